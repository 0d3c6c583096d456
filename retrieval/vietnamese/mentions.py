"""What does a text mention? Quantities, moments, papers, their articles, codes and names, found in one pass.

One walk over the places where something may stand: a figure, a capital or one of the words that open something. A small
reader for that kind takes it from there.
"""

from __future__ import annotations

import re

from retrieval.vietnamese import calendar, papers, quantities
from retrieval.vietnamese.calendar_forms import ENGLISH_MONTHS
from retrieval.vietnamese.letters import any_of
from retrieval.vietnamese.mention import ArticleReference, Code, FoundDate, Mention, Mentions, Paper, Quantity
from retrieval.vietnamese.units import CLASSIFIERS, HOMONYMS, dimension_of, is_unit

_FIGURE = re.compile(r"\d")
_CODED = re.compile(r"[^\W_]*(?:\d(?![^\W_])|(?<=[^\W_])[-.])")
"""A word that ends with a figure, or before a joint: what a code opens with."""
_CODE = re.compile(
    r"(?:"
    r"(?:[A-ZĐ]{1,5}|[A-ZĐ][a-z]{1,5}(?=-))(?:[-.]?\d{1,10}(?![\d%]|[.,]\d)[A-ZĐ]{0,3}){1,3}(?:-[A-ZĐ]{1,3})?"
    r"|\d{1,3}[A-ZĐ]{1,3}\d{0,3}(?:[-.]\d{1,5}(?:\.\d\d)?)?"
    r")(?![\w/])"
)
"""A1, SU-35M, TH-90246-TS; 7A1, 29C-123.45."""
_EACH_OF = re.compile(r"(?<!\w)(?:mỗi|một|từng|cứ)\s+$", re.IGNORECASE)
_FIGURED = re.compile(r"\w+\s+\d{1,3}")
"""A noun and a figure that may number it, or count what follows: "ngày 3", "lần 15"."""
_FOLLOWING = re.compile(
    r"\s?(?P<word>[^\W\d_]+[23²³]?)(?![\w/])(?P<more>\s+(?:đầu|thứ|này|cuối|lượt)(?!\w))?"
    r"(?P<shut>\s*(?:[,;](?!\s*(?:ngày|tháng)\s)|[.)]|$))?",
    re.MULTILINE,
)
"""The word after a figure, what makes it a longer one ("lần đầu", "lần lượt"), and what ends the phrase: no comma
before the next day of several, "ngày 8 xã, ngày 9 huyện"."""
_NUMBERED_ONLY = frozenset(("lớp", "tập", "khóa", "khoá", "hạng"))
"""Numbered wherever no "mỗi" stands before: "lớp 5"."""
_PERIODS = frozenset(("time", "age", "percent", "money"))
_STARTS = frozenset(
    (
        *calendar.FIRST_WORDS,
        *quantities.FIRST_WORDS,
        *quantities.ORDINAL_WORDS,
        *papers.FIRST_WORDS,
        *papers.ARTICLE_WORDS,
        *ENGLISH_MONTHS,
        "tuổi",
    )
)
"""The words, in small letters, at which something may stand."""
_PLACE = re.compile(
    rf"(?<![^\W_])(?:(?P<word>(?i:{any_of(_STARTS)}))(?![^\W_])|\d|[A-ZĐ](?=[A-ZĐa-z]{{0,5}}[-.]?\d))"
)
"""Where something may stand: at one of these words, a figure, or a capital of what may be a code."""
_NOTHING = Mentions((), (), (), (), ())
_MAY_BE_TWO = frozenset(("hour", "past"))
"""Moments that are amounts of time as well: "8 giờ", "3 năm trước"."""


def find_mentions(text: str) -> Mentions:
    """What `text` (NFC) mentions, in order of where it starts."""
    found: list[Mention] = []
    taken = 0
    for match in _PLACE.finditer(text):
        at, word = match.start(), match["word"]
        if at < taken:
            continue
        if word:
            taken = _at_word(text, at, word.lower(), found) or taken
        elif text[at].isdigit():
            taken = _at_figure(text, at, found) or taken
        elif (code := _CODE.match(text, at)) and _CODED.match(text, at):
            taken = _add_code(code, found)
    if not found:
        return _NOTHING
    return Mentions(
        tuple(m for m in found if isinstance(m, FoundDate)),
        tuple(m for m in found if isinstance(m, Quantity)),
        tuple(m for m in found if isinstance(m, Paper)),
        tuple(m for m in found if isinstance(m, ArticleReference)),
        tuple(m for m in found if isinstance(m, Code)),
    )


def _at_figure(text: str, at: int, found: list[Mention]) -> int:
    """Where what a figure opens ends; 0 where it opens nothing."""
    code = _CODE.match(text, at)
    if code and not is_unit(code.group().lstrip("0123456789")):
        return _add_code(code, found)
    moment = calendar.moment_at_figure(text, at)
    if moment and not moment.value.doubtful:
        return _add_moment(text, moment, found)
    if moment is None and (numbered := papers.papers_at(text, at)):
        found.extend(numbered)
        return numbered[-1].end
    if moment:
        found.append(moment)
        if moment.value.grain != "day":
            return moment.end
    amount = quantities.quantity_at(text, _with_sign(text, at))
    if amount is None:
        return moment.end if moment else 0
    found.append(amount)
    return max(amount.end, moment.end if moment else 0)


def _with_sign(text: str, at: int) -> int:
    """Where the figure starts with "$", "€" or "£" before it."""
    if at and text[at - 1] in "$€£":
        return at - 1
    return at - 2 if at > 1 and text[at - 1] == " " and text[at - 2] in "$€£" else at


def _at_word(text: str, at: int, word: str, found: list[Mention]) -> int:
    """Where what `word` opens ends; 0 where it opens nothing."""
    if word in calendar.FIRST_WORDS and (moment := calendar.moment_at_word(text, at, word)):
        return 0 if _counts_next(text, moment.start, moment.end) else _add_moment(text, moment, found)
    if word in papers.ARTICLE_WORDS and (reference := papers.articles_at(text, at)):
        found.append(reference)
        return reference.end
    if word in papers.FIRST_WORDS and (numbered := papers.papers_at(text, at)):
        found.extend(numbered)
        return numbered[-1].end
    if amount := _amount_at_word(text, at, word):
        found.append(amount)
        hour = _hour_in(text, amount)
        if hour:  # "từ 7 giờ 30 đến 17 giờ" says two of them
            found.append(hour)
        return hour.end if hour else amount.end
    if word in ENGLISH_MONTHS and (moment := calendar.moment_at_month(text, at)):
        return _add_moment(text, moment, found)
    return 0


def _amount_at_word(text: str, at: int, word: str) -> Quantity | None:
    amount = None
    if word in quantities.ORDINAL_WORDS:
        amount = quantities.ordinal_at(text, at)
        if amount and _counts_next(text, amount.start, amount.end):
            return None
    elif word == "tuổi":
        amount = quantities.age_at(text, at)
    if amount is None and word in quantities.FIRST_WORDS:
        amount = quantities.quantity_at(text, at)
        if amount and amount.form == "figure" and _is_dated(text, amount):
            return None
    return amount


def _counts_next(text: str, start: int, end: int) -> bool:
    """Whether the figure of a noun counts what follows, and doesn't number the noun: "mỗi lần 15 ml", "ngày 3 lần",
    "mỗi lớp 35 em"; "lần 15", "ngày 3 tháng 4", "ngày 14 trường nghỉ" and "ngày 25 ký quyết định" number it."""
    following = _FOLLOWING.match(text, end) if _FIGURED.fullmatch(text, start, end) else None
    if following is None or following["more"] or following["word"] in ("tháng", "năm"):
        return False
    if _EACH_OF.search(text, max(0, start - 6), start):
        return True
    word, noun = following["word"], text[start:end].split(maxsplit=1)[0].lower()
    if noun in _NUMBERED_ONLY:
        return False
    if word in ("lần", "lượt"):
        return True
    if word in HOMONYMS or word in CLASSIFIERS:
        return following["shut"] is not None
    return is_unit(word) and word[0].islower() and dimension_of(word) not in _PERIODS


def _hour_in(text: str, amount: Quantity) -> FoundDate | None:
    """The time of day that an amount after "từ", "khoảng" is as well."""
    figure = _FIGURE.search(text, amount.core, amount.end)
    moment = calendar.moment_at_figure(text, figure.start()) if figure and amount.form == "figure" else None
    return moment if moment and moment.value.grain == "hour" else None


def _add_moment(text: str, moment: FoundDate, found: list[Mention]) -> int:
    """Adds it, and the amount of time that it is as well."""
    found.append(moment)
    if moment.value.grain in _MAY_BE_TWO and (amount := quantities.quantity_at(text, moment.start)):
        found.append(amount)
    return moment.end


def _is_dated(text: str, amount: Quantity) -> bool:
    """Whether the figure after "từ" or "khoảng" is a year or a date: "từ 2015"."""
    figure = _FIGURE.search(text, amount.core)
    moment = calendar.moment_at_figure(text, figure.start()) if figure else None
    if moment is None or moment.value.grain in _MAY_BE_TWO:
        return False
    return not (moment.value.doubtful and moment.value.grain == "day")


def _add_code(code: re.Match[str], found: list[Mention]) -> int:
    letters = "".join(c for c in code.group() if c.isalnum())
    found.append(Code(code.start(), code.end(), letters))
    return code.end()
