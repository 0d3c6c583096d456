"""How well does each reading explain a stretch of text? Its words become Vietnamese syllables, or they don't."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from retrieval.corpus.legacy import tables
from retrieval.vietnamese.calendar_forms import YEAR
from retrieval.vietnamese.syllables import is_syllable

READINGS: dict[str, Callable[[str], str]] = {
    "tcvn3": tables.tcvn3,
    "vni": tables.vni,
    "viscii": tables.viscii,
    "vps": tables.vps,
    "1258": tables.windows_1258,
    "double utf-8": tables.double_utf8,
}
_FOREIGN = "".join(c for c in map(chr, range(0xA1, 0x100)) if c not in "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ°²³")
_ODD = f"{_FOREIGN}\u00ad\u0192\u02c6\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u2020\u2021\u2219\u2030"
_VNI_MARKS = "ùõâáàãêéèúÙÕÂÁÀÃÊÉÈÚ"
SUSPECT = re.compile(
    f"[{_ODD}{_VNI_MARKS}\u2212](?:(?<=[aeAE][{_VNI_MARKS}])|(?<=[{_ODD}])"
    "|(?<=\u2212)(?:(?=[^\\W\\d_])|(?<=[^\\W\\d_]\u2212)))"
)
"""What legacy texts are full of and no Vietnamese word in Unicode holds: other Latin-1 code points, and VNI's marks
after a and e. It opens with all its letters, which is searched for eight times as fast as each kind in turn."""
UNICODE = re.compile("[ăĂđĐĩĨũŨơƠưƯạ-ỹẠ-Ỹ]")
"""Letters that only Vietnamese in Unicode has."""
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~“”‘’–—…0-9]+")
_MIXED = re.compile(
    r"^[^\W\d_]*[A-ZĐƯƠÂÊÔĂ][bcdđghklmnpqrstvxàáảãâầấẩẫăằắẳẵèéẻẽêềếểễìíỉĩòóỏõôồốổỗơờớởỡùúủũưừứửữỳýỷỹ]+[A-ZĐ]"
)
"""Capitals around small letters; those with a dot below are left out, which VPS has in one case only."""
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
KEPT = re.compile(
    r"(?<![^\s\d.,;:()])[×÷·±§¼½¾∙\u2212](?![^\s\d.,;:()])"  # signs by themselves: "1 × 2,5", "a · b", "§ 5"
    r"|(?<=\d)[¼½¾°]|(?<=\d)\s?[¥¤]|[¥¤](?=\s?\d)"  # "100¥"; without a number TCVN3's letters, "¤ t«"
    r"|(?<=\d)\s?µ(?:[mglsFAVWM]|mol|l)\b"  # "5 µm"
    rf"|©(?=\s?{YEAR})"
    r"|(?<=[A-Za-z]{3})®(?![^\W\d_]|[^\x00-\x7f])"  # "Windows®"
)
"""What is itself under every reading: signs, amounts and units."""
_FOREIGN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{4,}")
_FOREIGN_LETTER = re.compile(r"[À-ÖØ-öø-ÿ]")


@dataclass(slots=True)
class Evidence:
    """Words beyond ASCII: those that are Vietnamese syllables, and those that can't be."""

    good: int = 0
    bad: int = 0

    def add(self, other: Evidence) -> None:
        self.good += other.good
        self.bad += other.bad

    @property
    def share(self) -> float:
        return self.good / (self.good + self.bad) if self.good + self.bad else 0.0


def evidence_of(text: str) -> Evidence:
    """What the text's own words say. Abbreviations without a vowel, "QĐ", say nothing."""
    found = Evidence()
    for word in _WORD.findall(text):
        if not word.isascii():
            verdict = _verdict(word)
            found.good += verdict == 1
            found.bad += verdict == -1
    return found


@lru_cache(maxsize=50_000)
def _verdict(word: str) -> int:
    if word in "đĐ" or (word.isupper() and not _VOWEL.search(unicodedata.normalize("NFD", word))):
        return 0
    return 1 if is_syllable(word) else -1


def _mixed_case(text: str) -> int:
    """Words such as "CUỹA", in an encoding that has capitals of its own."""
    return sum(bool(_MIXED.match(word)) for word in _WORD.findall(text) if not word.isascii())


def under_readings(text: str) -> dict[str, Evidence]:
    """The evidence for each reading, and as the text stands under ""."""
    masked = KEPT.sub(" ", text)
    found = {"": evidence_of(masked)}
    for name, read in READINGS.items():
        converted = read(masked)
        found[name] = evidence_of(converted) if converted != masked else found[""]
        if converted != masked and name != "tcvn3" and (mixed := _mixed_case(converted)):
            found[name] = Evidence(found[name].good, found[name].bad + mixed)
    return found


def convert(text: str, reading: str, *, font: bool = False) -> str:
    """The text under the reading, but for signs and for foreign words: "François" stays.

    `font`: its font draws each code so, as one named ".VnTime" does; then nothing in it is as it stands.
    """
    read = READINGS[reading]
    # In encodings other than these two a sign may be a word: VISCII writes "ở" as a middle dot.
    if font or reading not in ("tcvn3", "vni"):
        return read(text)
    parts, end = [], 0
    for match in KEPT.finditer(text):
        parts += [_convert_words(text[end : match.start()], read), match[0]]
        end = match.end()
    return "".join([*parts, _convert_words(text[end:], read)])


def _convert_words(text: str, read: Callable[[str], str]) -> str:
    foreign = [match for match in _FOREIGN_WORD.finditer(text) if _is_foreign(match[0], read)]
    if not foreign:
        return read(text)
    parts, end = [], 0
    for match in foreign:
        parts += [read(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, read(text[end:])])


def _is_foreign(word: str, read: Callable[[str], str]) -> bool:
    """A word with one or two accents whose reading is no Vietnamese, not even two words run together."""
    accents = _FOREIGN_LETTER.findall(word)
    if not 1 <= len(accents) <= 2 or len(word) <= 3 * len(accents) or word[1:] != word[1:].lower():
        return False
    converted = read(word)
    if converted == word or is_syllable(converted):
        return False
    return not any(
        is_syllable(converted[:n]) and is_syllable(converted[n:]) for n in range(1, len(converted))
    )
