"""Is a short line somebody's name? Vietnamese personal and pen names, as articles are signed with them."""

from __future__ import annotations

import re

from retrieval.vietnamese.name_heads import FAMILY_NAMES, HEADS, TERRITORIES, alternatives
from retrieval.vietnamese.syllables import is_syllable

_LABEL = re.compile(
    r"^(?:(?:tin|bài|ảnh|bài viết|clip|video|thực hiện|tác giả|người viết|người đăng|viết bởi|đăng bởi|bởi|biên soạn|nguồn tin"
    r"|phóng viên|pv|nhóm pv|nhóm phóng viên|ctv|by|author)(?:\s*(?:,|và|&|-|/|\+)\s*)?)+\s*:\s*",
    re.IGNORECASE,
)
_TITLE_OF = re.compile(
    rf"^(?:{alternatives(HEADS['callings'], HEADS['degrees'])})(?:\.\s*|\s+)(?=\S)", re.IGNORECASE
)
_REMARK = re.compile(
    r"\s*\((?:thực hiện|tổng hợp|ghi|biên soạn|lược dịch|lược ghi|dịch|lược thuật|sưu tầm|giới thiệu|t/h|th|tổng thuật|theo [^)]{2,40}|[^)]{2,30} điện tử)\)\s*$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,|-|–|/|&|\+| và )\s*")
_INITIALS = re.compile(r"^(?:[A-ZĐ]{1,2}\.){0,3}[A-ZĐ]{1,2}\.?$")
_BODIES = re.compile(
    rf"^(?:theo|phần|chương|{alternatives(TERRITORIES, set(HEADS['organisations']) - FAMILY_NAMES)})\s",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    rf"(?<!\w)(?:và|của|các|{alternatives(HEADS['offices'])}|thủ trưởng|thường trực|chính phủ|quốc hội|nhà nước"
    r"|ủy ban|hội đồng|văn phòng|cơ quan|đơn vị|xã hội|việt nam|hợp nhất|nơi nhận|phụ lục|mẫu số|điều|chương|mục)(?!\w)",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(HEADS["offices"]) | frozenset(
    "việt nam|hà nội|kết luận|mở đầu|phụ lục|nơi nhận|mục lục|trân trọng|hồ chí minh|liên hệ|lời kết|hết|ban biên tập"
    "|chính trị|kinh tế|thời sự|xã hội|pháp luật"
    "|thể thao|giáo dục|văn hóa|thế giới|đời sống|sức khỏe|giải trí|du lịch|công nghệ|khoa học|bạn đọc|quốc tế|trong nước".split(
        "|"
    )
)


def read_byline(line: str) -> str | None:
    """The name that signs an article: "Bài, ảnh: Thanh Nam" -> "Thanh Nam", "Thu Phong (thực hiện)" -> "Thu Phong"."""
    if len(line) > 80:
        return None
    label = _LABEL.match(line)
    rest = line[label.end() :] if label else line
    rest = _REMARK.sub("", rest).strip(" .,;*()–-")
    if not rest or any(c.isdigit() for c in rest):
        return None
    people = [_TITLE_OF.sub("", person) for person in _JOINT.split(rest) if person]
    if not people or len(people) > 4 or not all(_is_name(person, labelled=bool(label)) for person in people):
        return None
    return ", ".join(map(_recase, people))


def is_person(text: str) -> str | None:
    """The person's name, of which a line holds nothing else: two to five syllables, each with a capital."""
    words = text.split()
    if (
        not 2 <= len(words) <= 5
        or text.lower() in _NOT_NAMES
        or _BODIES.match(text)
        or _NO_PERSON.search(text)
    ):
        return None
    letters = all(word.replace("'", "").replace("’", "").isalpha() and word[0].isupper() for word in words)
    return _recase(text) if letters and 2 * sum(map(is_syllable, words)) >= len(words) else None


def is_surely_byline(line: str) -> bool:
    """A name with its label, or one that opens with a family name: "Tuyến Cát Lái" below a title is a heading."""
    return has_byline_label(line) or line.split(" ", 1)[0].lower() in FAMILY_NAMES


def has_byline_label(line: str) -> bool:
    """The line says itself that a name follows."""
    return bool(_LABEL.match(line))


def _is_name(text: str, *, labelled: bool) -> bool:
    if text.lower() in _NOT_NAMES or _BODIES.match(text):
        return False
    words = text.split()
    if len(words) == 1:
        return labelled and (bool(_INITIALS.match(text)) or (text[:1].isupper() and is_syllable(text)))
    if len(words) > 5 or not all(word[0].isupper() for word in words):
        return False
    known = sum(is_syllable(word) or bool(_INITIALS.match(word)) for word in words)
    return known == len(words) and any(is_syllable(word) for word in words)


def _recase(name: str) -> str:
    """NGUYỄN VĂN AN -> Nguyễn Văn An; initials stay as they are."""
    if not name.isupper():
        return name
    return " ".join(
        word.capitalize() if is_syllable(word) and len(word) > 1 else word for word in name.split()
    )
