"""What does a line begin with that marks it as one of a series: "1.", "a)", "✓", "Bước 2:", "Điều 5."?

No list of bullets: whatever no word begins with is one, and a number or a letter is one by what follows it. Whether
a mark counts is for the series to say, because "30. " opens a sentence as often as an item.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from retrieval.vietnamese.number_words import CARDINALS, ORDINALS, ROMAN_LETTERS, VALUES, either, roman

_BULLET = re.compile(
    r"(?P<sign>[^\w\s\"“”'‘’«»(\[{.,;:!?%…)\]}/\\|]{1,3})[\ufe0e\ufe0f\u200d]*(?P<gap>\s*)(?=[^\s])"
)
_ROUND = re.compile(r"o\s+(?=[^\W\d_])")
"""Word's hollow bullet, once its font is gone."""
_CIRCLED = re.compile(r"(?P<n>[①-⒛⓪⓵-⓾❶-➓🄰-🅉])[.):]?\s*(?=\S)")
_KEYED = re.compile(
    r"(?P<word>[^\W\d_]+(?:\s[^\W\d_]+){0,2})\s+(?P<n>\d{1,3}[a-zđ]?|[IVXLC]{1,7}|[A-ZĐ])(?![\w/])(?P<end>\s*[.:)–—-]|(?=\s)|$)\s*"
)
_NUMBER = re.compile(
    r"(?P<open>\(?)(?P<n>\d{1,3}(?:\.\d{1,3}){0,5})(?P<close>\s?[.):/–—-]|\)\.?|(?=\s+[^\W\d_]))\s*(?=[^\s\d]|\d+[^\W\d]|\S*\s)"
)
_LETTER = re.compile(
    r"(?P<open>\(?)(?P<n>[a-zđ]|[A-ZĐ]|[IVXLC]{1,6}|[ivx]{1,5})(?P<close>\s?[.):/]|\s?[–—-](?=\s|$)|-(?=\w))\s*(?=\S)"
)
_CODE = re.compile(r"(?P<n>[A-ZĐ]{1,4}\d{1,4}[A-Za-z]?)\s*[–—:-]\s+(?=\S)")
_COUNTED = re.compile(
    rf"(?P<word>thứ\s+(?P<nth>{either(ORDINALS)})|(?P<card>{either(CARDINALS)})\s+là)\s?[,:]\s*(?=\S)",
    re.IGNORECASE,
)
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""Letters in the order in which Vietnamese lists use them."""
PARTS = ("phần", "chương", "phụ lục", "mục", "tiểu mục", "điều")
"""What laws and rules call their divisions, the widest first."""


@dataclass(frozen=True, slots=True)
class Marker:
    """`scheme`: equal for marks of one series. `ordinal`: 2 of "b)"; None of a bullet. `depth`: 2 of "1.1".

    `end`: characters of the line before its own words. `part`: the division that its word names, else "".
    """

    scheme: str
    ordinal: int | None
    end: int
    depth: int = 1
    part: str = ""


def marker_of(line: str) -> Marker | None:
    """The mark that a line begins with; None where it begins with a word of its own."""
    head = line[:60]
    first = head[:1]
    if first.isdigit() and first.isascii():
        return _number(head)
    if first == "(":
        return _number(head) or _letter(head)
    if first.isalpha():
        return _counted(head) or _keyed(head) or _code(head) or _letter(head) or _round(head)
    circled = _CIRCLED.match(head)
    if circled is not None:
        return Marker("①", _circled_value(circled["n"]), circled.end())
    bullet = _BULLET.match(head)
    if bullet is None or (
        not bullet["gap"]
        and bullet["sign"] in ("-", "–", "—", "+", "~", "$", "#", "@", "&")
        and head[bullet.end() : bullet.end() + 1].isdigit()
    ):
        return None
    return Marker(bullet["sign"], None, bullet.end())


def _number(head: str) -> Marker | None:
    match = _NUMBER.match(head)
    if match is None:
        return None
    close = match["close"].strip()
    parts = match["n"].split(".")
    if not close and len(parts) == 1:
        return None
    if close in ("/", "-", "–", "—", ":") and head[match.end("close") : match.end("close") + 1].isdigit():
        return None  # 30/6, 7-10 ngày, 8:00
    if len(parts) > 1 and any(len(part) > 2 for part in parts[1:]):
        return None  # 1.000 đồng
    if match["open"] and not close:
        return None
    return Marker(f"{match['open']}1{close}", int(parts[-1]), match.end(), len(parts))


def _letter(head: str) -> Marker | None:
    match = _LETTER.match(head)
    if match is None:
        return None
    written, close = match["n"], match["close"].strip()
    if (
        not match["open"]
        and close == "."
        and head[match.end("close") : match.end("close") + 1].isupper()
        and len(written) == 1
        and not head[match.end("close") - 1 :].startswith(". ")
    ):
        return None  # initials: V.A. Putin
    roman = _roman(written)
    if roman is not None and (len(written) > 1 or written in "IVXivx"):
        return Marker(f"{match['open']}{'I' if written.isupper() else 'i'}{close}", roman, match.end())
    if len(written) > 1:
        return None
    ordinal = _ALPHABET.find(written.lower()) + 1
    return Marker(f"{match['open']}{'A' if written.isupper() else 'a'}{close}", ordinal or None, match.end())


def _keyed(head: str) -> Marker | None:
    match = _KEYED.match(head)
    if match is None or not head[0].isupper():
        return None
    word = match["word"].lower()
    part = word if word in PARTS else ""
    written = match["n"]
    value = int(re.match(r"\d+", written)[0]) if written[0].isdigit() else _roman(written)  # type: ignore[index]
    if value is None:
        value = _ALPHABET.find(written.lower()) + 1
    rest = head[match.end() :]
    if match["end"].strip() and rest[:1].isdigit() and not head[match.end() - 1].isspace():
        return None  # "Xe máy trả 6.000 đồng"
    if match["end"].strip() in ("-", "–", "—") and rest[:1].isdigit():
        return None  # "Tháng 5 - 2020"
    if not match["end"] and not (part and (not rest or rest[:2].isupper())):
        return None
    return Marker(word, value, match.end(), part=part)


def _code(head: str) -> Marker | None:
    match = _CODE.match(head)
    if match is None:
        return None
    return Marker(re.sub(r"\d+.?", "0", match["n"]) + "–", None, match.end())


def _counted(head: str) -> Marker | None:
    match = _COUNTED.match(head)
    if match is None:
        return None
    nth = match["nth"]
    return Marker("thứ" if nth else "là", (VALUES | ORDINALS)[(nth or match["card"]).lower()], match.end())


def _round(head: str) -> Marker | None:
    match = _ROUND.match(head)
    return Marker("o", None, match.end()) if match else None


def _circled_value(sign: str) -> int | None:
    value = unicodedata.numeric(sign, None)
    return int(value) if value is not None else None


def _roman(written: str) -> int | None:
    """14 of "XIV" or "xiv"; None of what counts nothing."""
    return roman(written) if set(written.lower()) <= ROMAN_LETTERS else None
