"""Which amounts does a text name? Figures and number words, with what they are measured in.

"7.448 đảng viên", "trên 54 ngàn", "27-30%", "ba nhóm", "một phần ba", "lần thứ hai", "23-16".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.answering.pick_date import date_mentions
from retrieval.vietnamese.spelling import CAPITAL

UNITS: dict[str, tuple[str, ...]] = {
    dimension: tuple(units.split("|"))
    for dimension, units in {
        "percent": "%|‰|phần trăm",
        "time": "tiếng đồng hồ|ngày đêm|thập kỷ|thập kỉ|thập niên|thế kỷ|thế kỉ|thiên niên kỷ|tuần lễ"
        "|giây|phút|giờ|tiếng"
        "|ngày|đêm|tuần|tháng|quý|năm",
        "age": "tuổi",
        "temperature": "°C|°F|ºC|độ C|độ F|độ|°",
        "area": "km²|km2|m²|m2|km vuông|mét vuông|m vuông|dặm vuông|ki-lô-mét vuông|kilômét vuông|hecta"
        "|héc-ta|ha|mẫu|sào",
        "volume": "m³|m3|km³|km3|mét khối|lít|ml|cc|gallon|thùng",
        "speed": "km/h|km/giờ|m/s|dặm/giờ",
        "weight": "kilogam|kilogram|ki-lô-gam|miligam|gram|gam|mg|mcg|kg|g|tấn|tạ|cân|pound|lb|kí lô|ký"
        " lô|kí|ký|carat",
        "length": "kilômét|kilomet|ki-lô-mét|centimet|milimet|mét|mm|cm|km|m|cây số|dặm|hải lý|feet"
        "|foot|ft|inch|yard|tấc",
        "money": "đồng|VND|VNĐ|USD|đô la Mỹ|đô-la Mỹ|đô la|đô-la|dollar|euro|EUR|yên|yen|bảng Anh|bảng"
        "|nhân dân tệ|tệ"
        "|won|rúp|rupee|franc|peso|baht",
        "energy": "kWh|MWh|GWh|MW|GW|kW|W|calo|calorie|kcal|cal|Hz|GHz|MHz|V|GB|MB|mã lực",
    }.items()
}
"""What amounts are measured in, by dimension."""
_DIMENSION = {unit.lower(): dimension for dimension, units in UNITS.items() for unit in units}
_UNIT = "|".join(sorted(map(re.escape, _DIMENSION), key=len, reverse=True))
_FIGURE = (
    r"[$€£]?\s?(?:\d{1,3}(?:[.,]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?[½¼¾]?)"
    r"(?:\s+(?:trăm|nghìn|ngàn|vạn|triệu|tỉ|tỷ|chục|tá)(?!\w))*"
)
_ONES = "một|hai|ba|bốn|tư|sáu|bảy|bẩy|tám|chín"
_WORDS = (
    rf"(?:{_ONES}|năm|mười|vài)(?!\w)"
    rf"(?:\s+(?:(?:linh|lẻ)\s+năm|mươi|mốt|lăm|trăm|nghìn|ngàn|vạn|triệu|tỉ|tỷ|chục|tá|linh|lẻ|mười"
    rf"|{_ONES})(?!\w))*"
)
_FRACTION = (
    r"(?:một|hai|ba|bốn|[1-9])\s+phần\s+(?:hai|ba|tư|bốn|năm|sáu|bảy|tám|mười|[2-9])(?!\w)"
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
    rf"(?:(?:\s*(?:{_UNIT}))?(?:\s*[-–]\s*|\s+(?:đến|tới)\s+){_FIGURE}|\s+hoặc\s+{_FIGURE}|/\d+)?)"
    rf"|(?<!\w)(?P<words>{_WORDS}(?:\s+(?:đến|tới|hoặc)\s+{_WORDS})?)"
    r")"
    rf"(?:\s*(?P<unit>{_UNIT})(?!\w)(?:\s+rưỡi(?!\w))?)?",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:(?:lần|hạng|vị trí|khóa|khoá|tuần)\s+)?thứ\s+"
    r"(?:\d+|[IVXL]+|nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\w)"
    r"|(?:lần\s+)?đầu tiên|lần đầu(?!\w)|(?:khóa|khoá|hạng|lớp|tập|lần)\s+(?:[IVXL]+|\d+)(?!\w)",
)
_AGED = re.compile(r"(?<=tuổi )\d{1,3}(?:\s?[-–]\s?\d{1,3})?(?![\d.,]\d)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:(?<!con )(?<!tổng )(?<!đa )(?<!dân )(?<!chỉ )(?<!tỉ )(?<!tỷ )(?<!hệ )số|nghị quyết|chỉ thị"
    r"|quyết định|thông tư"
    r"|nghị định|kế hoạch|chương trình|điều|khoản|chương|quận|phường|khóa|khoá|quốc lộ|lớp|tập|trang"
    r"|hình|thứ)\s+$",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?<=\w\s){CAPITAL}[^\W\d_]*\s$")
_CODED = re.compile(r"\w|[-–/]\s?[A-ZĐ]{2}|-\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at `[start, end)`, its unit within.

    `core`: where it starts without "khoảng", "trên"; `number_end`: where it ends without its unit. `dimension`: of
    `UNITS`, `ordinal`, `score` or None. `form`: `figure`, `words`, `fraction` or `ordinal`. `labels`: it may be the
    number of something named, as in "Super Bowl 50".
    """

    start: int
    core: int
    number_end: int
    end: int
    dimension: str | None
    form: str
    labels: bool = False


def amounts(text: str) -> Iterator[Amount]:
    """The amounts in a text; parts of dates and numbers of documents are none."""
    dates = [
        (mention.start, mention.end)
        for mention in date_mentions(text)
        if mention.grain not in ("hour", "past") and not (mention.bare and mention.grain == "day")
    ]
    for match in _ORDINAL.finditer(text):
        yield Amount(match.start(), match.start(), match.end(), match.end(), "ordinal", "ordinal")
    for match in _AGED.finditer(text):
        yield Amount(match.start(), match.start(), match.end(), match.end(), "age", "figure")
    for match in _AMOUNT.finditer(text):
        amount = _amount(text, match)
        if amount and not any(amount.core < end and start < amount.number_end for start, end in dates):
            yield amount


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    form = "figure" if match["figure"] else "fraction" if match["fraction"] else "words"
    core = match.start("number")
    before = text[max(0, core - 24) : core]
    if form == "figure" and (
        _NUMBERED.search(before) or (not match["unit"] and _CODED.match(text, match.end()))
    ):
        return None
    number = match["number"]
    start = match.start("about")
    gap = len(text[start : match.end()]) - len(text[start : match.end()].lstrip())
    return Amount(
        start=start + gap,
        core=core,
        number_end=match.end("number"),
        end=match.end(),
        dimension=_dimension(number, match["unit"], form),
        form=form,
        labels=form == "figure" and bool(_NAMED.search(before)),
    )


def _dimension(number: str, unit: str | None, form: str) -> str | None:
    if unit:
        return _DIMENSION[unit.lower()]
    if re.search(r"[$€£]", number):
        return "money"
    if form != "figure":
        return None
    if inner := re.search(rf"\d\s*({_UNIT})(?!\w)", number, re.IGNORECASE):
        return _DIMENSION[inner[1].lower()]
    return "score" if re.fullmatch(r"\d+\s*[-–]\s*\d+", number) and _falls(number) else None


def _falls(number: str) -> bool:
    """23-16 is a score, 100-150 a range."""
    first, second = re.split(r"\s*[-–]\s*", number)
    return int(first) >= int(second)
