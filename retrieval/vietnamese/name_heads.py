"""Which word before a name says whose it is: "bà", "Chủ tịch", "xã", "công ty"? And which names need no such word?

The lists are data: `words/name_heads.toml`, `words/places.toml`, `words/known_names.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.vietnamese.syllables import fold, is_syllable
from retrieval.vietnamese.wordlists import read_table, read_words

HEADS = read_table("name_heads")
PLACES = read_table("places")
"""Class of a place -> how it is written before a name."""
TERRITORIES = ("tỉnh", "thành phố", "thị xã", "thị trấn", "quận", "huyện", "phường", "xã")
"""The classes of places into which the country is divided."""
ADDRESS = frozenset(HEADS["address"])
FAMILY_NAMES = read_words("family_names")
MIDDLE_NAMES = frozenset(("văn", "thị", "a"))
"""What many a person's name has second, whatever people's the family name is: "Vàng A Lử", "Lò Thị Mai"."""
MOST_WORDS = 5
"""Of a person's name."""
WHERE = frozenset(HEADS["where"])
PERSONS = ("address", "callings", "offices", "degrees")
"""Groups of heads that a person's name follows."""
TITLES = frozenset(head for group in PERSONS for head in HEADS[group])

_BLANKS = (" ", "\xa0")
_LONGEST = 3
_WIDEST = 24
"""Words and letters of the longest head."""
_OPENING = re.compile(rf"[^\W\d_]+(?:[ \xa0/][^\W\d_]+){{0,{_LONGEST - 1}}}")


@dataclass(frozen=True, slots=True)
class Head:
    """The words `[start, end)` that say whose name follows. `group`: of `name_heads.toml`, or `places`, whose class is
    `value`; else `value` is the words in the list's spelling."""

    group: str
    value: str
    start: int
    end: int


def _key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(word.rstrip(".")) for word in words)


def _known() -> dict[tuple[str, ...], tuple[str, str]]:
    table = {
        _key(head.split()): (group, head)
        for group in ("things", "organisations", *reversed(PERSONS))
        for head in HEADS[group]
    }
    for place, writings in PLACES.items():
        table |= {_key(words.split()): ("places", place) for words in writings}
    return table


_HEADS = _known()
_KNOWN = {_key(name.split()): group for group, names in read_table("known_names").items() for name in names}
_SHORT = frozenset(("q", "h", "p"))
"""Short forms that are a class only with their full stop: "Q. Tân Bình"."""


def head_before(text: str, at: int) -> Head | None:
    """The longest head that ends right before `at`: "Phó Chủ tịch" before "Lê Na", "TS." before "Lê Na"."""
    end = at - 1 if text[at - 1 : at] in _BLANKS else at
    stop = text[end - 1 : end] == "."
    end -= stop
    if end <= 0 or (end == at and not stop):
        return None
    from_ = max(0, end - _WIDEST)
    words = text[from_:end].replace("\xa0", " ").split(" ")[-_LONGEST:]
    if stop and is_syllable(words[-1]):
        return None  # "một văn bản. Đúng": a word ends there, "TP. Sông Công" has a short form
    for first in range(len(words)):
        written = " ".join(words[first:])
        found = _found(written)
        if found and (written.lower() not in _SHORT or stop):
            return Head(*found, end - len(written), end)
    return None


def head_at(text: str, start: int) -> Head | None:
    """The longest head that begins at `start`, with small letters or capitals: "Công ty" of "Công ty Sao Mai"."""
    match = _OPENING.match(text, start)
    words = match.group().replace("\xa0", " ").split(" ") if match else []
    while words:
        written = " ".join(words)
        end = start + len(written)
        found = _found(written)
        if found and (written.lower() not in _SHORT or text[end : end + 1] == "."):
            return Head(*found, start, end)
        words.pop()
    return None


@lru_cache(maxsize=50_000)
def _found(written: str) -> tuple[str, str] | None:
    return _HEADS.get(_key(written.split()))


def is_known(words: Iterable[str]) -> str:
    """ "places" for "Nhật Bản", "beliefs" for "Phật giáo"; empty for what isn't known by itself."""
    return _KNOWN.get(_key(words), "")


def is_like_a_persons(words: Sequence[str], *, in_office: bool = False) -> bool:
    """Whether a name of these words is built as Vietnamese persons' are: two to five, a family name first; or a usual
    middle name second, where an office that somebody holds stands before it: "Siêu Thị Mới" is nobody."""
    if not 2 <= len(words) <= MOST_WORDS:
        return False
    middle = in_office and len(words) > 2 and words[1].lower() in MIDDLE_NAMES
    return middle or words[0].lower() in FAMILY_NAMES


def alternatives(*lists: Iterable[str]) -> str:
    """A regular expression of any of these words, the longest first, in both spellings of "ủy"; to be compared without
    case."""
    words = {each for some in lists for each in some}
    words |= {word.replace("ủy", "uỷ") for word in words} | {word.replace("tòa", "toà") for word in words}
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
