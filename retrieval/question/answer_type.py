"""What does a question ask for, and with which words? The interrogatives of Vietnamese and the nouns before them.

Phrases are folded terms; an unaccented question is compared without marks. "May" and "dau" without marks are many
words, and only ask where their neighbours say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from retrieval.records import AnswerKind
from retrieval.vietnamese.function_words import DENIALS, EACH, POINTING
from retrieval.vietnamese.name_heads import HEADS, TERRITORIES
from retrieval.vietnamese.syllables import plain, spell
from retrieval.vietnamese.units import SCALES


@dataclass(frozen=True, slots=True)
class Interrogative:
    """The asking words `[start, end)` of a question's terms, and what they ask for."""

    kind: AnswerKind
    start: int
    end: int


_PHRASES: dict[AnswerKind, str] = {
    "date": "khi nào|bao giờ|mấy giờ|ngày mấy|tháng mấy|ngày bao nhiêu|năm bao nhiêu|năm mấy|thế kỉ mấy|hồi mấy giờ"
    "|ngày tháng nào|ngày tháng năm nào|quý mấy",
    "reason": "cớ gì|vì sao|tại sao|cớ sao|sao lại|vì lí do gì|lí do gì|lí do nào|lí do là gì|nguyên nhân gì"
    "|nguyên nhân nào"
    "|nguyên nhân là gì|do đâu|vì đâu|để làm gì|làm gì mà|nhằm gì|nhằm mục đích gì|mục đích gì|mục đích là gì|vì ai"
    "|vì cái gì|nhờ đâu|bởi đâu|ý nghĩa gì",
    "number": "bao nhiêu|bao lâu|bao xa|bao cao|bao nặng|mấy|nhiêu",
    "place": "ở đâu|tại đâu|về đâu|từ đâu|đến đâu|tới đâu|quê đâu|nơi đâu|đâu là|đi đâu",
    "person": "ai|tên gì|tên là gì|họ tên là gì",
    "manner": "phương pháp nào|phương pháp gì|như thế nào|thế nào|ra sao|làm sao|bằng cách nào|cách nào"
    "|như nào|bằng gì|kiểu gì|hướng nào|hình thức nào|biện pháp nào|phương thức nào|bằng đường nào",
    "list": "những gì|gồm gì|gồm những gì|những ai|gồm những ai|gồm ai",
    "definition": "là gì|nghĩa là gì|là sao|thế nào là|được hiểu thế nào|được hiểu như thế nào"
    "|chức vụ gì|chức gì|làm nghề gì|nghề gì|có nghĩa gì|gọi là gì",
    "other": "gì|nào|đâu|sao|thứ mấy|khóa mấy|lần mấy|hạng mấy|số mấy|lớp mấy|cấp mấy|tầng mấy|vào đâu",
}
_NO_NAMES = frozenset(("phòng", "khoa", "trang", "kênh", "cổng", "hạt", "trạm", "bệnh nhân", "nạn nhân"))
"""Asked for with "nào", these are answered by a number or by what they are like as well as by a name."""
_NOUNS: dict[AnswerKind, str] = {
    "date": "lúc|hồi|ngày|hôm|năm|tháng|thời gian|thời điểm|thế kỉ|giai đoạn|nhiệm kì|mùa|thời kì|thập niên"
    "|thập kỉ|buổi"
    "|quý|dịp|tuần|đời",
    "place": "|".join(TERRITORIES)
    + "|nơi|chỗ|nước|quốc gia|làng|thôn|địa phương|vùng|châu lục|châu|khu vực|hòn đảo|đảo|địa điểm|tỉnh thành"
    "|đất nước|vùng đất|con sông|sông|biển|miền|bang|khu|bến|sân vận động|sân bay"
    "|địa danh|địa chỉ|thủ đô|đường phố|con phố|cảng|hồ|núi",
    "organisation": "|".join(word for word in HEADS["organisations"] if word not in _NO_NAMES)
    + "|cơ quan|đơn vị|trường đại học|nhà xuất bản|tờ báo|cấp|đội bóng|đội tuyển|nhóm nhạc|ban nhạc|hãng hàng không"
    "|quân đội",
    "person": "|".join(word for word in (*HEADS["callings"], *HEADS["offices"]) if word not in _NO_NAMES)
    + "|người|vị|ông|bà|đồng chí|nhân vật|vị vua|lãnh đạo|cá nhân",
    "other": "cơ sở|loại người|nhóm người|toàn bộ|nội bộ|loại|thứ|kiểu|dạng|hạng|mức",
}
"""What is asked for by this noun and "nào" or "gì": "cơ quan nào". Under "other": what only ends like one of these."""
_ORDER: tuple[AnswerKind, ...] = (
    "date", "reason", "number", "organisation", "place", "person", "manner", "list", "definition", "other",
)  # fmt: skip
_TAGS = "đúng hay sai|sai hay đúng|có đúng không|đúng hay không|đúng không|có phải không|phải không"
"""What turns a statement into a question at its end; longer ones first."""
_LIST_MARKS = "những|các"
_REASON_NOUNS = "nguyên nhân|lí do|mục đích"
_SIGNS = "triệu chứng|biểu hiện|dấu hiệu|biến chứng|điều kiện"
_LISTED = f"{_SIGNS}|tiêu chuẩn|tiêu chí|giấy tờ|hồ sơ|nhiệm vụ|nghĩa vụ|trách nhiệm|quyền lợi"
_OF_WHAT = "của|để|khi|cho|đối với"
"""What texts answer with an enumeration, also where the question has no "những": "… có biểu hiện gì?", "Nghĩa vụ của
bên thuê là gì?"; but "Nghĩa vụ quân sự là gì?" wants a definition."""
_MUST = "phải|nên|cần|mới|bị"
"""After an opening "khi nào" these ask for a condition: "Khi nào phải mổ?"."""
_LASTING = "trong|vòng|tối đa|tối thiểu|mất|hết|quá|đủ|thêm|dài|suốt"
"""Before "mấy giờ" where it counts hours: "trong mấy giờ"."""
_COUNTED = (
    "lần|người|ngày|tháng|năm|giờ|tuần|phút|tiếng|cái|con|chiếc|đồng|triệu|tỉ|điểm|phần|mét|cân|kí|loại|môn|bài"
    "|trang|buổi|tín chỉ|học sinh|sinh viên"
)
"""What "mấy" counts, so that it doesn't ask which: "họp lớp mấy lần"."""
_LISTING = "kể tên|liệt kê|nêu tên|gồm có|bao gồm"
_TELLING = "mục đích|nhằm mục đích|ý nghĩa|chức vụ|chức|nghề|làm nghề|hình thức|biện pháp|phương pháp|phương thức|hướng"
"""Words of the phrases above that papers answer with: only what follows them asks."""
_HEADS: dict[AnswerKind, str] = {
    "reason": _REASON_NOUNS,
    "manner": "cách|phương pháp|quy trình|thủ tục|biện pháp|cách thức",
    "number": "số lượng|tổng số|tỉ lệ|số|dân số|diện tích|chiều cao|giá|kinh phí|học phí|lệ phí|phí|mức",
    "date": "ngày|thời gian|năm sinh|ngày sinh|giờ|hạn|lịch|thời điểm",
    "place": "địa chỉ|địa điểm|quê|nơi|chỗ|vị trí",
    "person": "người",
    "list": _LISTED,
    "definition": "khái niệm|định nghĩa",
}
"""What a question without asking words wants, by its first words: "nguyên nhân gây lũ"."""
_BODY_ACTS = "tổ chức|ban hành|quản lí|cấp|phê duyệt|chủ trì|tài trợ|phát hành|sản xuất"
_BEFORE_MAY = frozenset(
    "co duoc la bang thanh len trong chiem giam tang dat chia bi con thu khoang toi mat gom".split()
)
_COUNTED_AFTER_MAY = frozenset(
    "cai con chiec nguoi lan ngay thang gio tuan tang phong lop tuoi lit can hoc chi em".split()
)
_BEFORE_MACHINE = frozenset("nha xe tho hang nghe quat chiec cai bo rua".split())
"""Without marks: "may cai" asks how many, "nha may lit" doesn't; "máy", "may" follow these."""
_AFTER_MAY = frozenset("bay moc tinh giat lanh phat san chu ao mac may sao anh xay in xuc".split())


class _Table:
    """The phrases above, in one spelling."""

    def __init__(self, *, lacks_marks: bool) -> None:
        spelt = partial(spell, lacks_marks=lacks_marks)

        def phrases(text: str) -> tuple[tuple[str, ...], ...]:
            return tuple(tuple(map(spelt, phrase.split())) for phrase in text.split("|"))

        self.lacks_marks = lacks_marks
        self.kinds: dict[str, list[tuple[tuple[str, ...], AnswerKind]]] = {}
        for kind, text in _PHRASES.items():
            for phrase in phrases(text):
                self.kinds.setdefault(phrase[0], []).append((phrase, kind))
        for known in self.kinds.values():
            known.sort(key=lambda phrase: -len(phrase[0]))
        self.nouns = {phrase: kind for kind, text in _NOUNS.items() for phrase in phrases(text)}
        self.which = {spelt("nào"), spelt("gì")}
        self.tags = phrases(_TAGS)
        self.reasons = phrases(_REASON_NOUNS)
        self.listed = phrases(_LISTED)
        self.enumerated = phrases(_SIGNS) + tuple(
            (*noun, *link) for noun in self.listed for link in phrases(_OF_WHAT)
        )
        self.must, self.lasting = phrases(_MUST), phrases(_LASTING)
        self.counted = phrases("|".join((_COUNTED, *SCALES)))
        self.amounts = phrases("bao nhiêu|mấy")
        self.per = {spelt(word) for word in (*EACH, "hằng", "hàng")}
        self.when = set(phrases("khi nào|lúc nào|bao giờ"))
        self.what_is = phrases("thế nào là")[0]
        self.hours, self.how_many, self.why = phrases("mấy giờ")[0], spelt("mấy"), spelt("sao")
        self.how_much = spelt("nhiêu")
        self.listing = phrases(_LISTING)
        self.lists = {phrase[0] for phrase in phrases(_LIST_MARKS)}
        self.telling = set(phrases(_TELLING))
        self.heads: dict[str, list[tuple[tuple[str, ...], AnswerKind]]] = {}
        for kind, text in _HEADS.items():
            for phrase in phrases(text):
                self.heads.setdefault(phrase[0], []).append((phrase, kind))
        self.body_acts = phrases(_BODY_ACTS)
        self.not_yet = {spelt(word) for word in DENIALS}
        self.pointing = {spelt(word) for word in POINTING}
        self.has, self.by = spelt("có"), spelt("do")


@cache
def _table(*, lacks_marks: bool) -> _Table:
    return _Table(lacks_marks=lacks_marks)


def find_interrogative(terms: Sequence[str], *, lacks_marks: bool) -> Interrogative | None:
    """The asking words of a question's folded terms, or None where it asks by none.

    Of several, the one that opens the question counts, else the kind that says most.
    """
    table = _table(lacks_marks=lacks_marks)
    found = [_refine(one, terms, table) for one in _scan(terms, table)]
    tag = next((phrase for phrase in table.tags if tuple(terms[-len(phrase) :]) == phrase), None)
    if tag and not found and len(tag) < len(terms):
        return Interrogative("yes_no", len(terms) - len(tag), len(terms))
    if _asks_whether(terms, found, table):
        return Interrogative("yes_no", len(terms), len(terms))
    if not found:
        return None
    if len(found) == 1 and found[0].end == 1 < len(terms) and terms[0] == table.why:
        return Interrogative("reason", 0, 1)
    opening = [one for one in found if one.start <= 1 and one.kind != "other"]
    return opening[0] if opening else min(found, key=lambda one: (_ORDER.index(one.kind), one.start))


def kind_of_heading(terms: Sequence[str], *, lacks_marks: bool) -> AnswerKind:
    """What words without a question in them want: "nguyên nhân gây lũ" a reason, "kể tên các huyện" a list."""
    table = _table(lacks_marks=lacks_marks)
    if any(_holds(terms, phrase) for phrase in table.listing):
        return "list"
    return head_of(terms, lacks_marks=lacks_marks)[1]


def head_of(terms: Sequence[str], *, lacks_marks: bool) -> tuple[int, AnswerKind]:
    """How many of the terms name a kind of thing, from the first one on, and which: (2, "place") of "địa điểm thi"."""
    found = [
        (len(phrase), kind)
        for phrase, kind in _table(lacks_marks=lacks_marks).heads.get(terms[0] if terms else "", ())
        if tuple(terms[: len(phrase)]) == phrase
    ]
    return max(found, default=(0, "other"))


def _scan(terms: Sequence[str], table: _Table) -> Iterator[Interrogative]:
    at = 0
    while at < len(terms):
        match = next(
            (
                (phrase, kind)
                for phrase, kind in table.kinds.get(terms[at], ())
                if tuple(terms[at : at + len(phrase)]) == phrase and _may_ask(terms, at, phrase, table)
            ),
            None,
        )
        if match is None:
            at += 1
            continue
        phrase, kind = match
        end = at + len(phrase)
        yield Interrogative(kind, end - 1 if phrase[:-1] in table.telling else at, end)
        at = end


def _may_ask(terms: Sequence[str], at: int, phrase: tuple[str, ...], table: _Table) -> bool:
    """Whether words that are not always asking are so here."""
    if len(phrase) > 1:
        counts = phrase[-1] == table.how_many and _opens(terms[at + len(phrase) :], table.counted)
        before = terms[at - 1] if at else ""
        of_each = phrase[1:] in table.amounts and (before in table.per or before == "1")
        if counts or of_each:
            return False  # họp lớp mấy lần; một ngày bao nhiêu
        return not (table.lacks_marks and phrase == ("tu", "dau") and at + 2 < len(terms))  # từ đầu
    return _word_may_ask(terms, at, table)


def _word_may_ask(terms: Sequence[str], at: int, table: _Table) -> bool:
    word, before = terms[at], terms[at - 1] if at else ""
    after = terms[at + 1] if at + 1 < len(terms) else ""
    if word == "sao":
        return not after or not before
    if table.lacks_marks and word == "dau":
        return not after
    if word == table.how_much:
        return not table.lacks_marks and before != "bấy"  # bấy nhiêu; without marks it is "nhiều" too
    if word == "ai":
        return plain(after) != "cap"  # Ai Cập
    return word != table.how_many or _may_count(terms, at, table)


def _may_count(terms: Sequence[str], at: int, table: _Table) -> bool:
    """Whether "mấy" asks how many: not in "Mấy anh thợ lặn đó tên gì?", nor without marks in "nha may lit"."""
    if table.pointing & set(terms[at + 1 : at + 6]):
        return False
    if not table.lacks_marks:
        return True
    before, after = terms[at - 1] if at else "", terms[at + 1] if at + 1 < len(terms) else ""
    if after in _COUNTED_AFTER_MAY and before not in _BEFORE_MACHINE:
        return True
    return (not before or before in _BEFORE_MAY) and bool(after) and after not in _AFTER_MAY


def _refine(one: Interrogative, terms: Sequence[str], table: _Table) -> Interrogative:
    """By the words around: "cơ quan nào", "những … gì", "nguyên nhân … là gì", "do ai ban hành", "khi nào phải"."""
    before, asking, after = terms[: one.start], tuple(terms[one.start : one.end]), terms[one.end :]
    kind, start = one.kind, one.start
    which = kind == "other" and asking[-1] in table.which
    if which and (table.lists & set(before[-6:]) or _closes(before, table.listed)):
        kind = "list"
    elif which and (noun := _noun_before(before, table)):
        kind, start = noun
    elif kind in ("definition", "other") and any(_holds(before, noun) for noun in table.reasons):
        kind = "reason"
    elif kind == "definition" and any(_holds(before, noun) for noun in table.enumerated):
        kind = "list"
    elif kind == "person" and before and before[-1] == table.by and _opens(after, table.body_acts):
        kind = "organisation"
    elif asking == table.what_is and before:
        kind = "manner"  # Bón thế nào là vừa?
    elif kind == "date":
        kind = _kind_of_time(before, asking, after, table)
    return Interrogative(kind, start, one.end)


def _kind_of_time(
    before: Sequence[str], asking: tuple[str, ...], after: Sequence[str], table: _Table
) -> AnswerKind:
    """Not every "khi nào" wants a date: "Khi nào phải mổ?" wants a condition, "trong mấy giờ" a number."""
    if asking in table.when and not before and _opens(after, table.must):
        return "other"
    if asking == table.hours and _closes(before, table.lasting):
        return "number"
    return "date"


def _noun_before(before: Sequence[str], table: _Table) -> tuple[AnswerKind, int] | None:
    """The kind of the noun that "nào" asks about, and where it starts; words may stand between: "cầu thủ trẻ nào"."""
    for gap in (0, 1, 2):
        for length in (3, 2, 1):
            start = len(before) - gap - length
            if start >= 0 and (kind := table.nouns.get(tuple(before[start : start + length]))):
                return (kind, start) if not gap or length > 1 else None
    return None


def _asks_whether(terms: Sequence[str], found: Sequence[Interrogative], table: _Table) -> bool:
    """ "Có … không?", also around "nào" or "gì"; "đã … chưa?"."""
    if not terms:
        return False
    ends = terms[-1] in table.not_yet
    if ends and table.has in terms[:-1]:
        first = terms.index(table.has)
        return all(
            one.start > first and one.kind in ("other", "list", "organisation", "person", "place")
            for one in found
        )
    return not found and ends


def _opens(terms: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(tuple(terms[: len(phrase)]) == phrase for phrase in phrases)


def _closes(terms: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(tuple(terms[-len(phrase) :]) == phrase for phrase in phrases)


def _holds(terms: Sequence[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(terms[at : at + len(phrase)]) == phrase for at in range(len(terms) - len(phrase) + 1))
