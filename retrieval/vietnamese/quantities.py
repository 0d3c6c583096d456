"""How much, how many, the how manyeth? Figures and number words, with what they are measured in.

"7.448 đảng viên", "trên 54 ngàn", "27-30%", "ba nhóm", "một phần ba", "lần thứ hai", "23-16". `quantity_at` reads what
stands at one place of a text; `mentions.find_mentions` looks at every place.
"""

from __future__ import annotations

import re

from retrieval.vietnamese.letters import CAPITAL
from retrieval.vietnamese.mention import Form, Quantity
from retrieval.vietnamese.number_words import CARDINALS, ORDINALS, VALUES, either
from retrieval.vietnamese.units import COUNTED, SCALE, SCALES, SHORT_SCALES, UNIT, dimension_of

_SHORT = "|".join(SHORT_SCALES)
_FIGURE = (
    r"[$€£]?\s?(?:\d{1,3}(?:[.,]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?[½¼¾]?)"
    rf"(?:(?:{_SHORT})\d{{0,3}}(?!\w))?"
    rf"(?:\s+(?:{SCALE})(?!\w))*"
)
_ONES = either(word for word in CARDINALS if word not in ("năm", "mười"))
"""Without "năm", which is a year as well."""
_WORDS = (
    rf"(?:{_ONES}|năm|mười|vài)(?!\w)"
    rf"(?:\s+(?:(?:linh|lẻ)\s+năm|mươi|mốt|lăm|{SCALE}|linh|lẻ|mười"
    rf"|{_ONES})(?!\w))*"
)
_FRACTION = (
    rf"(?:một|hai|ba|bốn|[1-9])\s+phần\s+(?:{either(CARDINALS)}|[2-9])(?!\w)"
    r"|(?:một\s+)?nửa(?!\w)|quá bán"
)
_ABOUT = (
    r"khoảng|gần|hơn|trên|dưới|chừng|xấp xỉ|ít nhất|nhiều nhất|tối đa|tối thiểu|không quá|ngót|cỡ"
    r"|chưa đến|chưa đầy"
)
_AMOUNT = re.compile(
    rf"(?P<about>(?:(?:{_ABOUT})\s+){{0,2}})"
    r"(?P<number>"
    rf"(?<!\w)(?P<fraction>{_FRACTION})"
    rf"|(?P<figure>(?:từ\s+)?(?<![\w.,/-]){_FIGURE}"
    rf"(?:(?:\s*(?:{UNIT}))?(?:\s*[-–]\s*|\s+(?:đến|tới)\s+){_FIGURE}|\s+hoặc\s+{_FIGURE}|/\d+)?)"
    rf"|(?<!\w)(?P<words>{_WORDS}(?:\s+(?:đến|tới|hoặc)\s+{_WORDS})?)"
    r")"
    rf"(?:\s*(?P<unit>{UNIT})(?:(?P<rest>\d{{1,2}})(?!\w)|(?!\w)(?:\s+rưỡi(?!\w))?))?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:(?:lần|hạng|vị trí|khóa|khoá|tuần)\s+)?thứ\s+"
    rf"(?:\d+|[IVXL]+|{either(ORDINALS)})(?!\w)"
    r"|(?:lần\s+)?đầu tiên|lần đầu(?!\w)|(?:khóa|khoá|hạng|lớp|tập|lần)\s+(?:[IVXL]+|\d+)(?!\w)",
)
_AGED = re.compile(r"tuổi (?P<number>\d{1,3}(?:\s?[-–]\s?\d{1,3})?)(?![\d.,]\d)", re.IGNORECASE)
_NUMBERED_BY = (
    "nghị quyết|chỉ thị|quyết định|thông tư|nghị định|kế hoạch|chương trình|điều|khoản|chương|quận|phường|khóa|khoá"
    "|quốc lộ|lớp|tập|trang|hình|thứ"
)
_NUMBERED = re.compile(
    r"(?<!mỗi )(?<!từng )(?:(?<!con )(?<!tổng )(?<!đa )(?<!dân )(?<!chỉ )(?<!tỉ )(?<!tỷ )(?<!hệ )số"
    rf"|{_NUMBERED_BY})\s+$",
    re.IGNORECASE,
)
_NUMBERING = ("số", *_NUMBERED_BY.split("|"))
"""How what `_NUMBERED` finds ends, in small letters: told sooner than by the whole pattern."""
_NAMED = re.compile(rf"(?<=\w\s){CAPITAL}[^\W\d_]*\s$")
_CODED = re.compile(r"\w|[-–/]\s?[A-ZĐ]{2}|-\d")
_SCORE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
FIRST_WORDS = frozenset(
    (*"khoảng gần hơn trên dưới chừng xấp ít nhiều tối không ngót cỡ chưa từ vài nửa quá".split(), *CARDINALS)
)
"""The first syllables, in small letters, of amounts that don't open with a figure."""
ORDINAL_WORDS = frozenset("lần hạng vị khóa khoá tuần thứ đầu lớp tập".split())
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_PLAIN_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_COUNTED_AFTER_FIVE = re.compile(
    rf"năm\s+(?:(?:mươi|{COUNTED})(?!\w)|(?:hoặc|đến|tới)\s+sáu)",
    re.IGNORECASE,
)
"""Where "năm" is five and no year: a scale, a unit or what is counted alone follows. "Năm học", "năm nay" are years."""
_SHORTENED = re.compile(rf"(?P<whole>\d[\d.,]*)(?P<scale>{_SHORT})(?P<rest>\d*)", re.IGNORECASE)
_PARTED = ("length", "weight", "money")
"""What is said with its decimals behind the unit: "1m65", "3kg2", "2k5"."""
_YEARLY = re.compile(r"(?<!\w)(?:mỗi|hàng|hằng|cả|nhiều|mấy|các|những|từng|học)\s+$", re.IGNORECASE)


def quantity_at(text: str, at: int) -> Quantity | None:
    """The amount that is written at `at`: a figure or its sign, a number word, or "khoảng" before one."""
    match = _AMOUNT.match(text, at)
    if match is None:
        return None
    form: Form = "figure" if match["figure"] else "fraction" if match["fraction"] else "words"
    core, number, rest = match.start("number"), match["number"], match["rest"]
    if rest and not _is_parted(number, match["unit"], rest):
        return None
    before = text[max(0, core - 24) : core]
    if form == "figure":
        if _is_numbered(before) or (not match["unit"] and _CODED.match(text, match.end())):
            return None
    elif form == "words" and number[:3].lower() == "năm" and not _is_five(text, core, before):
        return None
    return Quantity(
        start=match.start(),
        core=core,
        number_end=match.end("number"),
        end=match.end(),
        dimension=_dimension(number, match["unit"], form),
        form=form,
        value=_value(f"{number},{rest}" if rest else number) if form != "fraction" else None,
        unit=match["unit"] or ("đồng" if _SHORTENED.search(number) else ""),
        labels=form == "figure" and bool(_NAMED.search(before)),
    )


def ordinal_at(text: str, at: int) -> Quantity | None:
    """ "Lần thứ hai", "hạng 3", "đầu tiên", written at `at`."""
    match = _ORDINAL.match(text, at)
    return Quantity(at, at, match.end(), match.end(), "ordinal", "ordinal") if match else None


def age_at(text: str, at: int) -> Quantity | None:
    """The figure of "tuổi 35", whose "tuổi" stands at `at`."""
    match = _AGED.match(text, at)
    if match is None:
        return None
    start, end = match.span("number")
    return Quantity(start, start, end, end, "age", "figure", _value(match["number"]))


def _is_numbered(before: str) -> bool:
    """Whether what stands before a figure is numbered by it: "Điều", "lớp"."""
    trimmed = before.rstrip()
    ends = trimmed != before and trimmed.lower().endswith(_NUMBERING)
    return ends and _NUMBERED.search(before) is not None


def _is_parted(number: str, unit: str, rest: str) -> bool:
    """Whether the figures behind the unit are decimals: of "1m65"; "2" of "4 inch2" makes another unit of it."""
    dimension = dimension_of(unit)
    if dimension == "length" and unit != "m" and rest in ("2", "3"):
        return False
    return number.isdigit() and dimension in _PARTED


def _is_five(text: str, core: int, before: str) -> bool:
    return _COUNTED_AFTER_FIVE.match(text, core) is not None and not _YEARLY.search(before)


def _dimension(number: str, unit: str | None, form: Form) -> str | None:
    if unit:
        return dimension_of(unit)
    if any(sign in number for sign in "$€£") or _SHORTENED.search(number):
        return "money"
    if form != "figure" or number.isdigit():
        return None
    score = _SCORE.fullmatch(number)  # 23-16 is a score, 100-150 a range
    return "score" if score and int(score[1]) >= int(score[2]) else None


def _value(number: str) -> float | None:
    """54 for "54", 54000 for "54 ngàn", 7448 for "7.448", 1.5 for "1,5", 25 for "hai mươi lăm"; None otherwise."""
    words = number.lower().lstrip("$€£ ").split()
    if len(words) > 1 and words[0] == "từ":
        words = words[1:]
    if not words:
        return None
    if not words[0][0].isdigit():
        return _value_of_words(words)
    if short := _SHORTENED.fullmatch(words[0]):
        parted = short["rest"] and short["whole"].isdigit()  # 1.25 of "1tr250"
        whole = float(f"{short['whole']}.{short['rest']}") if parted else _value(short["whole"])
        if whole is None:
            return None
        value = round(whole * SHORT_SCALES[short["scale"]], 3)
    elif _GROUPED.fullmatch(words[0]):
        value = float(re.sub(r"[.,]", "", words[0]))
    elif _PLAIN_FIGURE.fullmatch(words[0]):
        value = float(words[0].replace(",", "."))
    else:
        return None
    for word in words[1:]:
        if word not in SCALES:
            return None
        value *= SCALES[word]
    return value


def _value_of_words(words: list[str]) -> float | None:
    """ "Ba trăm linh năm" is 305, "mười hai" 12, "hai mươi mốt" 21, "hai triệu ba trăm nghìn" 2300000."""
    total, hundreds, tens = 0.0, 0.0, 0.0
    for word in words:
        if word in VALUES:
            tens += VALUES[word]
        elif word == "mươi":
            tens *= 10
        elif word == "trăm":
            hundreds, tens = (hundreds + tens) * 100, 0.0
        elif word in SCALES:
            total, hundreds, tens = total + (hundreds + tens or 1) * SCALES[word], 0.0, 0.0
        elif word not in ("linh", "lẻ"):
            return None
    return total + hundreds + tens or None
