"""What is one written syllable, whichever way it is spelt? Tone mark, i or y, case, with and without marks.

Vietnamese spelling leaves room: hoà or hòa, uỷ ban or ủy ban, kỷ luật or kỉ luật. A term is one chosen form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "?", "\u0323": "."}
_TONE_MARKS = frozenset(_TONES)
_Y_FOR_I = re.compile(r"(?<=[hklmstv])y$|(?<=^qu)y$")
_TONE_SPOT = re.compile(r"^(?P<onset>qu|gi(?=[aeiouyăâêôơư])|[^aeiouyăâêôơư]*)(?P<vowels>[aeiouyăâêôơư]+)(?P<coda>[^aeiouyăâêôơư]*)$")


def strip_marks(text: str) -> str:
    """The text without any diacritics, đ as d: what people type in a hurry."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def _split_tone(syllable: str) -> tuple[str, str]:
    """(letters without the tone mark, the tone mark's combining character or nothing)."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = "".join(c for c in decomposed if c in _TONE_MARKS)
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONE_MARKS))
    return letters, tone


@lru_cache(maxsize=200_000)
def fold(token: str) -> str:
    """The chosen form of a token: lower case, i for a final y that sounds the same, the tone mark last.

    "Hoà", "hòa" -> "hoa" + grave; "kỷ", "kỉ" -> "ki" + hook. What is not a Vietnamese syllable is only lowered.
    """
    lowered = token.lower()
    if lowered.isascii():
        return _Y_FOR_I.sub("i", lowered) if len(lowered) <= 3 else lowered
    letters, tone = _split_tone(lowered)
    if len(tone) > 1:
        return lowered
    letters = _Y_FOR_I.sub("i", letters)
    return unicodedata.normalize("NFC", _place_tone(letters, tone)) if tone else letters


def _place_tone(letters: str, tone: str) -> str:
    """The tone mark where the newer spelling puts it; the same spot whichever spelling it came from."""
    match = _TONE_SPOT.match(letters)
    if match is None:
        return letters + tone
    vowels, start = match["vowels"], match.start("vowels")
    marked = [i for i, c in enumerate(vowels) if c in "ăâêôơư"]
    if marked:
        spot = marked[-1]
    elif len(vowels) == 1:
        spot = 0
    elif len(vowels) == 3 or match["coda"] or vowels in ("oa", "oe", "uy"):
        spot = 1
    else:
        spot = 0
    at = start + spot + 1
    return letters[:at] + tone + letters[at:]


@lru_cache(maxsize=200_000)
def plain(term: str) -> str:
    """A folded term without its marks."""
    return fold(strip_marks(term))
