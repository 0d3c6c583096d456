"""Who answers? A name beside the question's words that something in the text marks as a person's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering.asked_passage import AskedPassage, Span
from retrieval.answering.rarity import is_one_word
from retrieval.vietnamese.letters import CAPITAL, SMALL
from retrieval.vietnamese.names import Name
from retrieval.vietnamese.syllables import fold, plain
from retrieval.vietnamese.wordlists import read_words

_TITLE = re.compile(
    r"(?:\b(?:phó )?(?:ông|bà|anh|chị|cô|chú|bác|cụ|em|bé|cháu|thầy|đồng chí|đ/c|bác sĩ|dược sĩ|y sĩ|giáo sư|tiến sĩ"
    r"|thạc sĩ|kỹ sư|cử nhân|luật sư|nghệ sĩ|ca sĩ|nhạc sĩ|họa sĩ|nghệ nhân|diễn viên|đạo diễn|người mẫu"
    r"|hoa hậu|cầu thủ|huấn luyện viên|vận động viên|phóng viên|nhà báo|tác giả|nhà văn|nhà thơ|nhà sử học"
    r"|nhà nghiên cứu|nhà khoa học|nhà vật lý|nhà hóa học|nhà toán học|nhà thám hiểm|nhà triết học"
    r"|nhà soạn nhạc|nhà thiết kế|chuyên gia|nhiếp ảnh gia|kiến trúc sư|doanh nhân|tỷ phú|sử gia|tướng"
    r"|thiếu tướng|trung tướng|thượng tướng|đại tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy"
    r"|trung úy|đô đốc|thống chế|nguyên soái|vua|hoàng đế|hoàng hậu|công chúa|hoàng tử|nữ hoàng|thái tử"
    r"|chúa|thánh|giáo hoàng|hồng y|giám mục|linh mục|mục sư|hòa thượng|thượng tọa|tổng thống|thủ tướng"
    r"|phó thủ tướng|thượng nghị sĩ|nghị sĩ|dân biểu|đại sứ|quận công|chủ tịch|phó chủ tịch|bí thư"
    r"|phó bí thư|giám đốc|phó giám đốc|trưởng ban|phó trưởng ban|trưởng phòng|hiệu trưởng|bộ trưởng"
    r"|thứ trưởng|viện trưởng|cục trưởng|vụ trưởng|chánh văn phòng|trưởng khoa|phó khoa|bệnh nhân|nạn nhân)"
    r"|\b(?:PGS|GS|TS|ThS|BS|CKI|CKII|KS|CN|TTƯT|NGƯT)\.?)\s*$",
    re.IGNORECASE,
)
_ROLE = re.compile(rf"\b(?:nhà|người)(?: {SMALL}+){{1,5}} $|\bngười {CAPITAL}\w+(?: {CAPITAL}\w+)? $")
"""A calling: "nhà sử học quân sự Allen Brown", "người Pháp Jean Ribault"."""
_OFFICE = re.compile(
    r"(?:chủ tịch|bí thư|giám đốc|trưởng|phó khoa|chánh|thư ký|ủy viên|uỷ viên|tổng thống|thủ tướng|đại sứ"
    r"|thanh tra|chủ nhiệm)(?:\s+[^\s,.;()]+){0,9}(?:,|\s[-–]|:)?\s*$",
    re.IGNORECASE,
)
_OFFICE_AFTER = re.compile(
    r"\s*[,(]\s*(?:\d+ tuổi|đồng thời|nguyên|cựu|phó|trưởng|chủ tịch|giám đốc|bí thư|tổng|ủy viên|uỷ viên"
    r"|viện trưởng|hiệu trưởng|bộ trưởng|thứ trưởng|chuyên gia|bác sĩ|giáo sư|tiến sĩ|một |nhà |người "
    r"|thành viên|tác giả|con |vợ |chồng |mẹ |cha |bố )",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\s+(?:đã|đang|sẽ|từng|vừa|thường|bắt đầu|quyết định|tiếp tục|nói|cho biết|cho hay|cho rằng|chia sẻ"
    r"|phát biểu|khẳng định|nhận xét|nhấn mạnh|kể|trả lời|giải thích|nhận định|đánh giá|phân tích|khuyên"
    r"|viết|là|sinh|mất|qua đời|kết hôn|được|bị|nhận|trao|chụp|ghi|thực hiện|phát hiện|phát minh|sáng lập"
    r"|thành lập|lãnh đạo|đánh bại|giành|làm|trở thành|giữ|dẫn đầu|chỉ huy|tuyên bố|ký|đề xuất|gửi|xuất bản"
    r"|sáng tác|thiết kế|mua|bán|yêu cầu|ra lệnh|bổ nhiệm|từ chối|đồng ý|trực tiếp|cùng)(?!\w)"
)
"""What people do, said right after their names."""
_ELSE = re.compile(
    r"(?:\b(?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|xã|phường|thị trấn|đường|phố|sông|núi|đảo|biển"
    r"|vịnh|hồ|nước|bang|vùng|miền|châu|khu|đại lộ"
    r"|làng|thôn|ấp|ở|tại|gần|từ|đến|tới|về|vào|phía|sân bay|ga|cảng|cầu|chợ|trường|đại học|học viện"
    r"|bệnh viện|viện|công ty|tập đoàn|hãng"
    r"|đội|câu lạc bộ|báo|tạp chí|đài|kênh|giải|cúp|đảng|tỉnh ủy|thị ủy|huyện ủy|thành ủy|đảng ủy|ban"
    r"|sở|bộ|cục|vụ|hội|ủy ban|liên đoàn"
    r"|tổ chức|quỹ|dự án|chương trình|phim|bài hát|cuốn|tiểu thuyết|người|dân|quân|tộc|nhà thờ|đền|chùa"
    r"|lâu đài|cung điện|trận|chiến tranh"
    r"|cách mạng|khởi nghĩa|hiệp ước|nghị quyết|luật|đạo luật|thời|triều|nhà|loài|chi|họ|tiếng|đế quốc"
    r"|vương quốc|cộng hòa))\s*$",
    re.IGNORECASE,
)
_ORGANISATIONS = frozenset(
    map(
        fold,
        "đảng ủy tỉnh huyện thị thành ban bộ sở cục vụ viện hội trường đại công tập liên quốc chính"
        " quân tòa nhà nghị chỉ kế chương"
        " trung báo đài phòng khoa bệnh sân giải cúp ủy hội hiệp tổ đội câu thế chiến châu đông tây nam"
        " bắc phường quận xã".split(),
    )
)
_PLACES = frozenset(
    "việt nam|hà nội|hoa kỳ|hồ chí minh|sài gòn|đà nẵng|hải phòng|cần thơ|trung quốc|nhật bản|hàn quốc"
    "|thái lan|ấn độ|anh|pháp|đức|mỹ|nga|úc|châu âu|châu á|châu phi|châu mỹ|đông đức|tây đức|triều tiên"
    "|bắc kinh|thượng hải|đài loan|tây ban nha|bồ đào nha|hy lạp|la mã|thổ nhĩ kỳ|thiên chúa giáo|tin lành"
    "|công giáo|phật giáo|hồi giáo|do thái|liên xô|sóc trăng".split("|")
)
_SURNAMES = read_words("family_names")
_ADDRESS = re.compile(r"\b(?:ông|bà|anh|chị|cô|chú|bác|cụ|em|bé|thầy|đồng chí|đ/c)\s*$", re.IGNORECASE)
_UNDER = re.compile(
    r"(?:lãnh đạo|hướng dẫn|chỉ đạo|chỉ huy|giám sát|dẫn dắt|điều hành)"
    r"\s+của\s*$"
)
"""After these "của" names who did it, elsewhere whose something is."""
_NAMED = re.compile(r"(?:\btên|\bgọi|mệnh danh)(?: là)?\s*$")
_JOINED = re.compile(r"\s+(?:và|cùng)\s+")
_BY = frozenset("bởi do của cho với theo cùng tên".split())
_PLACE_FORM = re.compile(r"(?:TP|TX|TT)(?:\.|$)", re.IGNORECASE)
_SURE = 0.8
_AHEAD = 0.4
"""By how much a name must be surer than any other."""


def pick_person(evidence: AskedPassage) -> Span | None:
    """The name of the person asked for, or None where no name is surely a person's and near the question's words."""
    if evidence.query.asking is None:
        return None
    likely = likely_persons(evidence)
    scored = sorted(
        (
            (chance + _placed(evidence, name) + evidence.closeness((name.start, name.end)), -name.start, name)
            for name, chance in likely
        ),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    if not scored or scored[0][0] <= _SURE:
        return None
    found = _whole(evidence.text, scored[0][2], [name for name, _ in likely])
    others = (score for score, _, name in scored[1:] if not found[0] <= name.start < found[1])
    return found if scored[0][0] >= max(others, default=0.0) + _AHEAD else None


def likely_persons(evidence: AskedPassage) -> list[tuple[Name, float]]:
    """The names that something marks as a person's and that the question doesn't say, each with how much does."""
    form = plain if evidence.query.lacks_marks else fold  # "Trương Công Minh" isn't said by "trường"
    known = {
        form(term.origin or term.text)
        for term in evidence.query.terms
        if term.role not in ("function", "asking")
    }
    named = any(plain(term.text) == "ten" for term in evidence.query.terms)
    found = []
    for name in map(_own, evidence.names):
        said = {form(fold(word.rstrip("."))) for word in name.words} & known
        if not said and not _is_half(evidence, name):
            likely = _likely(evidence.text, name, named=named)
            if likely > 0:
                found.append((name, likely))
    return found


def _is_half(evidence: AskedPassage, name: Name) -> bool:
    """Whether the name is only the start of a longer word: "Lực" of "Lực lượng", "Bộ Nội" of "Bộ Nội vụ"."""
    after = evidence.terms_after(name.end, 1)
    if not after or after[0].start != name.end + 1 or after[0].term[0].isdigit():
        return False
    end = evidence.tokens_of((name.start, name.end))[1]
    small = evidence.text[after[0].start].islower() and evidence.tokens[end - 1].term == fold(name.words[-1])
    return small and is_one_word(evidence.tokens[end - 1].term, after[0].term)


def _own(name: Name) -> Name:
    """ "Người Pháp Jean Ribault": the name without the country before it."""
    for length in (2, 1):
        if len(name.words) > length + 1 and " ".join(name.words[:length]).lower() in _PLACES:
            start = name.start + len(" ".join(name.words[:length])) + 1
            return replace(name, start=start, words=name.words[length:])
    return name


def _likely(text: str, name: Name, *, named: bool) -> float:
    """How much speaks for a person's name, in [0, 1]; 0 where nothing does or it is something else's.

    `named`: the question asks for a name, which may be any thing's.
    """
    before, after = text[max(0, name.start - 70) : name.start], text[name.end : name.end + 40]
    if named and _NAMED.search(before):
        return 0.8
    elsewhere = bool(_ELSE.search(before))
    titled = bool(_TITLE.search(before) or (not elsewhere and _ROLE.search(before)))
    office = bool(_OFFICE.search(before))
    if _PLACE_FORM.match(name.words[0]):
        return 0.0  # TP. HCM
    written = " ".join(name.words).lower()
    if written in _PLACES or (fold(name.words[0]) in _ORGANISATIONS and not titled):
        return 0.0
    of_office = fold(name.words[0]) in _ORGANISATIONS and office and not _ADDRESS.search(before)
    if len(name.words) == 1 and not name.foreign and (of_office or not titled):
        return 0.0  # "Bí thư Thị ủy", but "ông Thành"
    vietnamese = name.words[0].lower() in _SURNAMES and 2 <= len(name.words) <= 5
    if elsewhere and not titled and not (office and vietnamese):
        return 0.0
    return min(
        1.0,
        0.5 * titled
        + 0.3 * (office and not titled)
        + 0.3 * bool(_OFFICE_AFTER.match(after))
        + 0.25 * bool(_ACTS.match(after))
        + 0.35 * vietnamese
        + 0.25 * (len(name.words) > 1 and not vietnamese)
        + 0.3 * (name.words[0].endswith(".") and not vietnamese),
    )


def _placed(evidence: AskedPassage, name: Name) -> float:
    """Whether the name stands as the question's "ai" does: after "do", "bởi"; before its verb; not as an owner."""
    first, _ = evidence.query.asking or (0, 0)
    asked = evidence.query.terms[first - 1].text if first else ""
    before = evidence.text[: name.start]
    preposition = before.rstrip().rsplit(" ", 1)[-1].lower()
    if _UNDER.search(before) or preposition in ("do", "bởi"):
        return 0.3
    if asked in _BY:
        return 0.3 * (preposition in (asked, "của"))
    if preposition == "của":
        return -0.3
    return 0.2 * bool(first <= 1 and _ACTS.match(evidence.text, name.end))


def _whole(text: str, name: Name, marked: Sequence[Name]) -> Span:
    """The name with the name that "và" joins to it, else with its title where that is no longer than the name."""
    start, end = name.start, name.end
    for other in marked:
        if _JOINED.fullmatch(text, other.end, start):
            return other.start, end
        if _JOINED.fullmatch(text, end, other.start):
            return start, other.end
    title = _TITLE.search(text, max(0, start - 40), start)
    if title and end - title.start() <= 2 * (end - start):
        return title.start(), end
    return start, end
