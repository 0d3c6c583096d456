"""Which syllable was meant by keystrokes that stayed in the text? Telex ("dangr vieen"), VNI ("d9ang3 vie6n").

Keys stand right after their letter or later in the word, as input methods allow: "Trawng", "Trangw".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from retrieval.vietnamese.syllables import is_plain_syllable, is_syllable, place_tone

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"o": "ơ", "u": "ư"}
_VOWELS = frozenset("aeiouyăâêôơư")
MAX_LENGTH = 12
"""Keystrokes of the longest syllable: "nghiêng" with three keys, and one to spare."""


def decode(word: str) -> str | None:
    """The one syllable that the keystrokes spell, in the word's case; None where they spell none, or several.

    A word that is a syllable as it stands, with or without its marks, has no keystrokes left in it.
    """
    lowered = word.lower()
    doubled = "oo" in lowered  # a rare rhyme, as in "xoong"; here the key for ô
    if (
        not 2 <= len(word) <= MAX_LENGTH
        or is_plain_syllable(lowered)
        or (is_syllable(lowered) and not doubled)
    ):
        return None
    readings = {
        place_tone(letters, tone)
        for letters, tone in (_vni(lowered) if any(c.isdigit() for c in lowered) else _telex(lowered))
        if "oo" not in letters
    }
    possible = {unicodedata.normalize("NFC", reading) for reading in readings}
    found = [reading for reading in possible if is_syllable(reading)]
    return _in_case(found[0], word) if len(found) == 1 else None


def _in_case(syllable: str, word: str) -> str:
    if word.isupper():
        return syllable.upper()
    return syllable.capitalize() if word[0].isupper() else syllable


def _telex(word: str) -> Iterator[tuple[str, str]]:
    """(letters, tone) of each way to read the word; most are no syllables."""
    body = "đ" + word[1:].replace("d", "", 1) if word[0] == "d" and "d" in word[1:] else word
    yield from _read(body, 0, "", "", _TELEX_TONES)


def _vni(word: str) -> Iterator[tuple[str, str]]:
    body = "đ" + word[1:].replace("9", "", 1) if word[0] == "d" and "9" in word else word
    yield from _read(body, 0, "", "", _VNI_TONES)


def _read(word: str, at: int, letters: str, tone: str, tones: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Reads on from `at`, with what is read so far; where a key may also be a letter, both ways."""
    if at == len(word):
        yield letters, tone
        return
    key, spelt = word[at], any(c in _VOWELS for c in letters)
    if key in tones and spelt:
        if not tone:
            yield from _read(word, at + 1, letters, tones[key], tones)
        return
    for marked in _marked(letters, key):
        yield from _read(word, at + 1, marked, tone, tones)
    if key.isdigit():
        return
    base, mark = _letter_and_tone(key)
    if not (tone and mark):
        yield from _read(word, at + 1, letters + base, tone + mark, tones)


def _letter_and_tone(letter: str) -> tuple[str, str]:
    """A letter that already has its tone, as half-typed words do: (letter without, tone)."""
    decomposed = unicodedata.normalize("NFD", letter)
    tone = "".join(c for c in decomposed if c in _TELEX_TONES.values())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tone)), tone


def _marked(letters: str, key: str) -> Iterator[str]:
    """The letters with the mark that the key stands for."""
    if key in ("a", "e", "o") and key in letters:
        yield _last_replaced(letters, key, _HATS[key])
    elif key == "6":
        yield from (
            _last_replaced(letters, letter, hat) for letter, hat in _HATS.items() if letter in letters
        )
    elif key in ("w", "7", "8"):
        if "uo" in letters and key != "8":
            yield letters.replace("uo", "ươ")
        if "ưo" in letters and key != "8":
            yield letters.replace("ưo", "ươ")
        if "a" in letters and key != "7":
            yield _last_replaced(letters, "a", "ă")
        if key != "8":
            yield from (
                _last_replaced(letters, letter, horn) for letter, horn in _HORNS.items() if letter in letters
            )
        if key == "w" and not _VOWELS & set(letters):
            yield letters + "ư"


def _last_replaced(letters: str, letter: str, marked: str) -> str:
    at = letters.rindex(letter)
    return letters[:at] + marked + letters[at + 1 :]
