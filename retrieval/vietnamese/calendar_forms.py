"""How are moments written? The forms of days, months, years, periods and hours, each for one place of a text."""

from __future__ import annotations

from retrieval.vietnamese.mention import Grain
from retrieval.vietnamese.number_words import CARDINALS, ORDINALS, VALUES, either
from retrieval.vietnamese.units import COUNTED, SCALE

DAY_PARTS = ("sáng", "trưa", "chiều", "tối", "đêm")
_DAY_PART = either(DAY_PARTS)
WEEKDAY = rf"(?:thứ\s(?:{either(ORDINALS)}|[2-7])|chủ\s?nhật)"
MONTH_WORDS = {word: VALUES[word] for word in CARDINALS if word != "bốn"} | {
    "giêng": 1, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_YEAR4 = r"[12]\d{3}"
YEAR = r"(?:1[89]|20)\d\d"
"""One that is a year even where no word says so, and nothing is counted by it."""
_NO_NUMBER = r"(?![\d/]|[.,]\d)"
ERA = r"(?:\s+(?:TCN|SCN|(?:trước|sau) [Cc]ông [Nn]guyên))?"
_PART = r"(?:(?:cuối|đầu|giữa|khoảng|những|hồi)\s+)?"
MONTH_WORD = "|".join(sorted(MONTH_WORDS, key=len, reverse=True)).replace(" ", r"\s+")
_MONTH_NAME = (
    rf"(?-i:(?:{either(word.capitalize() for word in CARDINALS if word != 'bốn')})"
    r"(?:(?<=Mười)\s+(?:Một|Hai|một|hai))?)(?!\w)"
    r"|giêng(?!\w)|chạp(?!\w)"
)
ENGLISH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_TO = r"(?:\s*[-–]\s*|\s+(?:cho\s+)?(?:đến|tới)\s+(?:hết\s+)?)"
_YEARS = rf"(?P<ya>{_YEAR4}){_TO}(?:năm\s+)?(?P<yb>{_YEAR4}|nay\b|hiện nay\b){_NO_NUMBER}"
_DAY_MONTH = r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])"
_SPOKEN = (
    rf"\d{{1,2}}\s+tháng\s+(?:\d{{1,2}}(?!\d)|(?:{MONTH_WORD})(?!\w))"
    r"(?:(?:\s*,?\s*năm\s+|\s*[,/]\s*)\d{3,4}(?!\d))?"
)
_WRITTEN = (
    r"\d{1,2}\s?(?P<sep>[/.–-])\s?\d{1,2}\s?(?P=sep)\s?\d{4}(?![\d/]|[.,]\d)"
    r"|\d{1,2}[/.-]\d{1,2}\s+năm\s+\d{4}(?!\d)"
)
_BEFORE_DAY = rf"(?:ngày|hôm|rạng sáng|{_DAY_PART}|mùng|mồng)\s+(?:ngày\s+)?(?:mùng\s+|mồng\s+)?"
_IN_MONTH = rf"(?:\s+tháng\s+(?:\d{{1,2}}(?!\d)|(?:{MONTH_WORD})(?!\w))(?:\s*,?\s*năm\s+\d{{3,4}}(?!\d))?)?"
_BY_THE_MOON = r"(?:\s+(?:âm|dương) lịch(?!\w))?"
DAY_IN_WORDS = rf"(?:ngày\s+)?(?:(?:mùng|mồng)\s+(?P<number>{either(CARDINALS)})(?!\w)|(?<!trăng )rằm(?!\w))"
"""A day of the moon that no figure says: "mùng mười", "rằm"; "trăng rằm" is the moon itself."""
_AGO = rf"\d[\d.,]*\s+(?:(?:{SCALE})\s+)?(?:năm|tháng|tuần|ngày)"
AT_FIGURE: tuple[tuple[Grain, str], ...] = (
    ("day", r"\d{4}(?P<sep4>[-/.])\d{1,2}(?P=sep4)\d{1,2}(?!\d)"),
    ("period", _YEARS),
    (
        "day",
        rf"\d{{1,2}}(?:/\d{{1,2}})?(?:\s?[-–]\s?|\s+đến\s+(?:ngày\s+)?){_DAY_MONTH}(?:/\d{{4}})?(?![\d/-])",
    ),
    ("day", _SPOKEN + ERA),
    ("day", _WRITTEN),
    ("day", r"\d{1,2}\s+thg?\.?\s*\d{1,2}(?:,\s*|\s+(?:năm\s+)?)\d{4}(?!\d)"),
    ("day", rf"\d{{1,2}}(?:st|nd|rd|th)?[\s-]{ENGLISH},?[\s-]\d{{4}}(?!\d)"),
    ("day", rf"{_DAY_MONTH}(?![\d/-]|[.,]\d)"),
    ("month", r"(?:0?[1-9]|1[0-2])[/-]" + YEAR + r"(?![\d/-])"),
    ("hour", r"\d{1,2}\s?(?:giờ|h|g)(?:\s?\d{1,2})?(?:\s?phút)?(?:\s+(?:" + _DAY_PART + r"))?(?!\w)"),
    ("hour", r"\d{1,2}:\d{2}(?::\d{2})?(?![\d:])"),
    ("past", rf"{_AGO}\s+trước(?!\w)"),
    ("year", rf"(?:1\d|20)\d{{2}}(?![\d/%-]|[.,]\d|\w|\s*(?:{COUNTED})(?!\w))"),
)
_PARTS_OF = "cuối đầu giữa khoảng những hồi"
_DAYS_OF = " ".join(("ngày hôm rạng mùng mồng", *DAY_PARTS))
AT_WORD: tuple[tuple[Grain, str, str], ...] = (
    (
        "period",
        "giai nhiệm niên năm thời từ",
        r"(?:(?:giai đoạn|nhiệm kỳ|nhiệm kì|niên khóa|niên khoá|năm học|thời kỳ|thời kì|từ)\s+(?:năm\s+)?|năm\s+)"
        + _YEARS,
    ),
    (
        "period",
        "từ",
        r"từ (?:tháng|ngày) \d{1,2}(?:/\d{1,2})?(?:/\d{4})? (?:đến|tới) (?:tháng |ngày |hết tháng )?\d{1,2}"
        r"(?:/\d{1,2})?(?:/\d{4})?",
    ),
    ("day", _DAYS_OF, rf"{_BEFORE_DAY}(?:{_SPOKEN})" + ERA + _BY_THE_MOON),
    ("day", _DAYS_OF, rf"{_BEFORE_DAY}(?:{_WRITTEN})"),
    ("day", _DAYS_OF, rf"{_BEFORE_DAY}\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?[/-]\d{{1,2}}(?![\d/-])"),
    (
        "day",
        "ngày mùng mồng rằm",
        r"ngày\s+(?:mùng\s+|mồng\s+)?\d{1,2}(?![\d/.,-]\d|[\d/%]|\s*(?:đến|tới|-|–)\s*\d+\s)"
        rf"|(?:(?:mùng|mồng)\s+\d{{1,2}}(?!\d)|{DAY_IN_WORDS}){_IN_MONTH}{_BY_THE_MOON}",
    ),
    (
        "month",
        f"{_PARTS_OF} các tháng",
        rf"{_PART}(?:các\s+)?tháng\s+(?:\d{{1,2}}(?![\d.,]\d|\d)|{_MONTH_NAME})(?!\w)"
        rf"(?:(?:\s*,?\s*năm\s+|\s*[,/-]\s*)\d{{3,4}}(?!\d))?" + ERA,
    ),
    ("quarter", "quý", r"quý\s+(?:IV|I{1,3}|[1-4])(?!\w)(?:(?:\s*,?\s*năm\s+|\s*[/-]\s*)\d{4}(?!\d))?"),
    ("season", f"{_PARTS_OF} mùa", _PART + r"mùa (?:xuân|hè|hạ|thu|đông)(?:\s*,?\s*năm\s+\d{4})?"),
    (
        "decade",
        "cuối đầu giữa những thập",
        r"(?:(?:cuối|đầu|giữa)\s+)?(?:những năm|thập niên|thập kỷ|thập kỉ)\s+(?:\d{4}|\d{2})(?!\d)",
    ),
    ("century", f"{_PARTS_OF} thế", _PART + r"thế k[ỷỉ]\s+(?:thứ\s+)?(?:\d{1,2}|[IVXL]+)(?!\w)" + ERA),
    ("past", "khoảng hơn gần cách", rf"(?:(?:khoảng|hơn|gần|cách đây)\s+){{0,2}}{_AGO}\s+trước(?!\w)"),
    ("past", "cách", rf"cách đây\s+(?:(?:khoảng|hơn|gần)\s+)?{_AGO}(?!\w)"),
    ("year", f"{_PARTS_OF} năm", rf"{_PART}năm\s+\d{{3,4}}{_NO_NUMBER}(?!\w)" + ERA),
)
"""(grain, the first syllables in small letters, the form)."""
ENGLISH_MONTHS = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september"
    " october november december".split()
)
"""What an English date may open with, in small letters."""
