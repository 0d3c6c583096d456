"""Which lines of a saved page are not the article? Told by their words, shape and repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_PHRASES = """
trang chủ|trang nhất|tiếng việt|tiếng anh|english|français|中文|đăng nhập|đăng ký|đăng xuất|tìm kiếm|menu|sơ đồ site
rss|facebook|twitter|zalo|youtube|tiktok|instagram|linkedin|google news|google|email|e-mail|messenger|telegram|pinterest
chia sẻ|chia sẻ bài viết|chia sẻ qua|chia sẻ lên|chia sẻ tin này|share|tweet|like|thích|theo dõi|follow|lưu bài|lưu tin|lưu
sao chép liên kết|sao chép link|copy link|copy|gửi email|gửi mail|gửi cho bạn bè|gửi bài viết|gửi tin này|gửi phản hồi|gửi bình luận|gửi
in bài viết|in bài này|in bài|in trang|in tin|bản in|print|phiên bản in|tải về|tải xuống|nghe bài viết|nghe đọc bài|đọc bài viết
tăng cỡ chữ|giảm cỡ chữ|cỡ chữ|cỡ chữ lớn|cỡ chữ nhỏ|thu nhỏ|phóng to|chữ to|chữ nhỏ|font chữ|tăng kích thước chữ|giảm kích thước chữ
tăng tương phản|giảm tương phản|độ tương phản|đọc nội dung|xem với cỡ chữ|mặc định|aa|a a a|a- a a\\+|a\\+|a-
bình luận|ý kiến bạn đọc|ý kiến|phản hồi|góp ý|quan tâm nhất|mới nhất|cũ nhất|hay nhất|xếp theo|sắp xếp theo|xem tất cả|xem thêm|tải thêm
quay lại|trở lại|về đầu trang|lên đầu trang|đầu trang|về trang chủ|trang trước|trang sau|trước|sau|tiếp theo|tiếp|xem ngay|xem chi tiết|chi tiết|đọc tiếp
quảng cáo|advertisement|ads|tài trợ|lượt xem|lượt đọc|lượt truy cập|views|đánh giá bài viết|đánh giá|báo lỗi|đóng|close|ok|hủy bỏ|video|ảnh|audio|podcast
click để xem|bấm để xem|nhấn để xem|xem bình luận|viết bình luận|bình luận của bạn|thêm bình luận|bình luận mới vừa được thêm vào
""".strip().replace("\n", "|")  # fmt: skip
_ONLY_PHRASES = re.compile(
    rf"^[\W\d_]*(?:(?:{_PHRASES})(?!\w)[\W\d_]*)+$",
    re.IGNORECASE,
)
_PHRASE = re.compile(rf"(?<!\w)(?:{_PHRASES})(?!\w)", re.IGNORECASE)
_SECTIONS = (
    "thời sự|chính trị|kinh tế|xã hội|văn hóa|giáo dục|pháp luật|thể thao|giải trí|thế giới|quốc tế|đời sống|sức khỏe|y tế"
    "|công nghệ|khoa học|du lịch|bạn đọc|bất động sản|kinh doanh|an ninh|quốc phòng|xây dựng đảng|nông nghiệp|nông thôn mới"
    "|môi trường|giao thông|xe|văn nghệ|truyền hình|phát thanh|multimedia|infographic|e-?magazine|media|tin tức|sự kiện"
    "|giới thiệu|liên hệ|văn bản|thủ tục hành chính|dịch vụ công|công dân|doanh nghiệp|hỏi đáp|thư viện|trang nhất|trang chủ"
)
_MENU = re.compile(
    rf"^[\W\d_]*(?:(?:{_SECTIONS}|{_PHRASES})(?!\w)(?:[\W\d_]|và(?=\s))*){{3,}}$", re.IGNORECASE
)
"""A site's sections in a row; one or two alone could be a heading."""
_SECTION = re.compile(rf"^[\W\d_]*(?:{_SECTIONS}|{_PHRASES})[\W\d_]*$", re.IGNORECASE)
_ALONE = frozenset(
    {"ảnh", "video", "trước", "sau", "ý kiến", "chi tiết", "đánh giá", "mới nhất", "tiếng anh", "tiếng việt"}
)
"""Phrases that are a heading of an article as often as a button."""

_LONGEST = 300
"""Characters: no row of buttons is longer."""

_AFTER_ARTICLE = re.compile(
    r"^\W*(?:\d+\W*)?(?:bình luận|ý kiến bạn đọc|ý kiến của bạn|gửi bình luận|gửi ý kiến|viết bình luận|các bình luận"
    r"|đọc nhiều(?: nhất)?|tin đọc nhiều|xem nhiều(?: nhất)?|được quan tâm|nóng nhất|mới cập nhật|tin nóng"
    r"|đừng bỏ lỡ|đáng chú ý|mời quý (?:độc giả|bạn đọc).*|tin cùng (?:chuyên mục|loại)|bài cùng (?:chuyên mục|tác giả)|cùng chuyên mục|tin khác|các tin khác|các bài khác|bài viết khác"
    r"|các tin (?:mới|cũ) hơn|tin (?:mới|cũ) hơn|(?:những )?tin (?:tiếp theo|trước đó)|có thể bạn quan tâm|bạn có thể quan tâm"
    r"|mời quảng cáo.*|liên hệ quảng cáo.*|bình luận mới vừa được thêm vào.*|sự kiện nổi bật|thời sự trong ngày"
    r"|(?:tin|bài|bài viết) (?:mới nhất|nổi bật|liên quan|đã đăng)|nổi bật|đối tác|liên kết web(?:site)?|thống kê truy cập|thăm dò ý kiến)"
    r"\W*(?:\(?\d*\)?)\W*$",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"^\W*(?:(?:tin|bài|bài viết|xem|đọc) (?:liên quan|thêm)|xem thêm|đọc thêm|mời (?:bạn )?(?:đọc|xem) thêm|tin bài liên quan)\W*$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^\W*(?:trở lại|quay lại|trở về|về|đọc (?:tiếp )?trên|theo dõi|xem tin trên)(?:\s+\S+){1,6}$",
    re.IGNORECASE,
)
_RELATED_LINE = re.compile(
    r"^(?:>{1,3}|»|►)\s*\S|^(?:xem thêm|đọc thêm|xem chi tiết|mời bạn đọc|mời quý vị)\s*:\s*\S", re.IGNORECASE
)
_KEYWORD_LABEL = re.compile(r"^(?:từ khóa|từ khoá|tags?|tag bài viết|chủ đề|keywords?)\s*:", re.IGNORECASE)
_IMPRINT = re.compile(
    r"""^\W*(?:
    cơ\ quan\ (?:của|chủ\ quản|ngôn\ luận) | tiếng\ nói\ (?:của|đảng\ bộ) | diễn\ đàn\ của
    | (?:cổng|trang)\ (?:thông\ tin|tt|ttđt)\b | trang\ tin\ điện\ tử
    | liên\ hệ\ (?:tòa|toà)\ soạn | (?:tòa|toà)\ soạn | đường\ dây\ nóng | hotline | điện\ thoại | đt\ ?: | fax | e-?mail\ ?: | website\ ?:
    | giấy\ phép | (?:phó\ )?tổng\ biên\ tập | chịu\ trách\ nhiệm | bản\ quyền | © | copyright | all\ rights | (?:ghi|xin\ ghi)\ rõ\ nguồn
    | phát\ triển\ bởi | thiết\ kế\ bởi | powered\ by | đang\ (?:online|truy\ cập) | tổng\ (?:số\ )?(?:lượt\ )?truy\ cập | địa\ chỉ\ ?: | trụ\ sở
    | giới\ thiệu\ sản\ phẩm$ | số\ lượt\ (?:xem|đọc) | lượt\ xem
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_PUBLISHERS = re.compile(
    r"^\W*(?:cơ quan (?:của (?:đảng|tỉnh|thành)|chủ quản|ngôn luận)|tiếng nói của|diễn đàn của|liên hệ (?:tòa|toà) soạn|(?:tòa|toà) soạn"
    r"|giấy phép (?:số|xuất bản|hoạt động|thiết lập)|(?:phó )?tổng biên tập|bản quyền|© |copyright|all rights|(?:xin )?ghi rõ nguồn|phát triển bởi"
    r"|thiết kế bởi|powered by|đang (?:online|truy cập)|tổng (?:số )?(?:lượt )?truy cập|số lượt (?:xem|đọc)|lượt xem|mời quảng cáo|liên hệ quảng cáo)",
    re.IGNORECASE,
)
STATE_HEADER = re.compile(
    r"cộng\s*hòa\s*xã\s*hội\s*chủ\s*nghĩa\s*việt\s*nam|cộng\s*hoà\s*xã\s*hội|độc\s*lập\s*[-–]\s*tự\s*do\s*[-–]\s*hạnh\s*phúc",
    re.IGNORECASE,
)
_IDENTIFIERS = re.compile(r"^(?=[\x20-\x7e]+$)(?=.*[A-Za-z]_[A-Za-z])\S+(?:\s+\S+){0,5}$")
_LETTER = re.compile(r"[^\W\d_]")


def is_furniture(line: str) -> bool:
    """Buttons, menus, font-size links, share links, block names that a portal leaks: never the article's."""
    if _LETTER.search(line) is None:
        return len(line) <= 12 and not any(c.isdigit() for c in line)
    if line.strip(" :").lower() in _ALONE or len(line) > _LONGEST:
        return False
    return bool(
        _MENU.match(line)
        or _ONLY_PHRASES.match(line)
        or _IDENTIFIERS.match(line)
        or _KEYWORD_LABEL.match(line)
    )


def counts_buttons(line: str) -> int:
    """How many buttons stand on a line that is nothing else: 2 of "Share Tweet"."""
    return len(_PHRASE.findall(line)) if _ONLY_PHRASES.match(line) else 0


def is_menu(line: str) -> bool:
    """A site's sections in a row on one line."""
    return len(line) <= _LONGEST and bool(_MENU.match(line))


def is_section_name(line: str) -> bool:
    """The name of a site's section, or a button, and nothing else. One alone may head somebody's own text."""
    return len(line) <= _LONGEST and bool(_SECTION.match(line))


def is_identifiers(line: str) -> bool:
    """Names of a portal's parts that leaked into the page, or a line of keywords that says so."""
    return bool(_IDENTIFIERS.match(line) or _KEYWORD_LABEL.match(line))


def is_publishers_imprint(line: str) -> bool:
    """Who publishes a site, in words that nobody's own document has."""
    return len(line) <= _LONGEST and bool(_PUBLISHERS.match(line))


def starts_after_article(line: str) -> bool:
    """A heading under which readers comment or other articles are offered."""
    return bool(_AFTER_ARTICLE.match(line))


def starts_related(line: str) -> bool:
    """A heading of a box of links, which may stand inside an article."""
    return bool(_RELATED.match(line))


def is_related_link(line: str) -> bool:
    """A single link to another article, said to be one."""
    return bool(_RELATED_LINE.match(line))


def leads_away(line: str) -> bool:
    """A link back to a section or on to another channel. Only furniture outside the article."""
    return bool(_BACK.match(line)) and line[-1] not in ".:;,?!"


def is_imprint(line: str) -> bool:
    """Who publishes the site and how to reach them. Only furniture outside the article."""
    return bool(_IMPRINT.match(line))


def is_state_header(line: str) -> bool:
    """The two lines above every official Vietnamese document."""
    small = line.lower()  # most lines have none of these words, and need no search
    return any(word in small for word in ("hòa", "hoà", "hạnh")) and STATE_HEADER.search(line) is not None


def keyword_lines(lines: Sequence[str], title: str) -> set[str]:
    """Lines that list keywords: four or more short pieces, no full stop; repeated, or all of them in the title."""
    counts = Counter(lines)
    folded_title = title.lower()
    found = set()
    for line in counts:
        pieces = [piece.strip() for piece in line.split(",")]
        if len(pieces) < 4 or line[-1] in ".!?:;…" or any(not 0 < len(p.split()) <= 4 for p in pieces):
            continue
        if counts[line] > 1 or all(piece.lower() in folded_title for piece in pieces):
            found.add(line)
    return found
