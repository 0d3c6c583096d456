"""What is one written syllable, whichever way it is spelt? Tone mark, i or y, case, with and without marks.

Vietnamese spelling leaves room: hoà or hòa, uỷ ban or ủy ban, kỷ luật or kỉ luật. A term is one chosen form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "`", "\u0301": "'", "\u0303": "~", "\u0309": "?", "\u0323": "."}
_TONE_MARKS = frozenset(_TONES)
_WORD = re.compile(r"[^\W_]+")
_Y_FOR_I = re.compile(r"(?<=[hklmstv])y$|(?<=^qu)y$")
_TONE_SPOT = re.compile(
    r"^(?P<onset>qu|gi(?=[aeiouyăâêôơư])|[^aeiouyăâêôơư]*)(?P<vowels>[aeiouyăâêôơư]+)(?P<coda>[^aeiouyăâêôơư]*)$"
)


class _Strip(dict[int, int | None]):
    """For `str.translate`: a mark is dropped, what else there is stays. Filled as it is asked."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_STRIP = _Strip({ord("đ"): ord("d"), ord("Đ"): ord("D")})


def strip_marks(text: str) -> str:
    """The text without any diacritics, đ as d: what people type in a hurry."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_STRIP))


@lru_cache(maxsize=256)
def lacks_marks(text: str) -> bool:
    """Whether the text has no diacritics: "Bac Giang". Asked some twenty times of one question."""
    return strip_marks(text) == text


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
    return unicodedata.normalize("NFC", place_tone(letters, tone)) if tone else letters


def place_tone(letters: str, tone: str) -> str:
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
    """A word's term without its marks."""
    return fold(strip_marks(term))


def spell(word: str, *, lacks_marks: bool) -> str:
    """A word's term as it is compared with a text that has its marks, or lacks them."""
    return plain(word) if lacks_marks else fold(word)


def plain_words(text: str) -> list[str]:
    """The plain terms of a text's words, in order."""
    return [plain(word) for word in _WORD.findall(text)]


_ONSETS = "ngh ng nh gh gi g kh k ch c qu ph p th tr t b d đ h l m n r s v x".split()
"""Longer ones first where one opens another. "gi" also stands before a rhyme in i that it swallows: gì, giếng."""
_OPEN_RHYMES = frozenset(
    "a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây e em en eng eo ê êm ên êng ênh êu"
    " i ia im in inh iu iêm iên iêng iêu o oi om on ong oa oai oam oan oang oanh oao oay oăm oăn oăng oe oen oeo oong"
    " ô ôi ôm ôn ông ơ ơi ơm ơn u ua ui um un ung uân uâng uây uê uên uênh uơ uôi uôm uôn uông uy uya uyu uyn uynh uyên"
    " ư ưa ưi ưm ưn ưng ưu ươi ươm ươn ương ươu y yêm yên yêng yêu ynh".split()
)
_STOPPED_RHYMES = frozenset(
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oc op ot oac oach oap oat oăc oăt oet ooc"
    " ôc ôp ôt ơp ơt uc up ut uât uêch uôc uôt uych uyp uyt uyêt ưc ưt ươc ươp ươt yêt yt".split()
)
"""Rhymes in c, ch, p or t: their tone is the rising or the low one."""
_FRONT = frozenset("eêiy")
_BEFORE_FRONT = frozenset(("k", "gh", "ngh"))
_NEVER_BEFORE_FRONT = frozenset(("c", "g", "ng"))


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether Vietnamese spelling allows this as one syllable, with all its marks: "trường", not "truòng", "bos"."""
    letters, tone = _split_tone(word.lower())
    if len(tone) > 1:
        return False
    return any(
        letters.startswith(onset) and _fits(onset, letters[len(onset) :], tone) for onset in ("", *_ONSETS)
    )


def _fits(onset: str, rhyme: str, tone: str) -> bool:
    if rhyme in _STOPPED_RHYMES:
        if tone not in ("\u0301", "\u0323"):
            return False
    elif rhyme not in _OPEN_RHYMES:
        return False
    front = rhyme[0] in _FRONT
    if (front and onset in _NEVER_BEFORE_FRONT) or (not front and onset in _BEFORE_FRONT - {"k"}):
        return onset == "g" and rhyme in ("i", "in", "iêng", "iêt")
    if rhyme[0] == "y" and len(rhyme) > 1:
        return onset in ("", "qu")
    return not (onset == "qu" and rhyme[0] in "uư")


def is_plain_syllable(word: str) -> bool:
    """Whether these letters are a syllable once the right marks are put: "duoc", "tinh"; not "dangr", "vieen"."""
    return word.lower() in _PLAIN_SYLLABLES


_PLAIN_RHYMES = frozenset(map(strip_marks, _OPEN_RHYMES | _STOPPED_RHYMES)) - {"oong", "ooc"}
_PLAIN_ONSETS = tuple(onset for onset in _ONSETS if onset != "đ")
_PLAIN_SYLLABLES = frozenset(onset + rhyme for onset in ("", *_PLAIN_ONSETS) for rhyme in _PLAIN_RHYMES)
_MARKED_RHYMES: dict[str, list[str]] = {}
for _rhyme in sorted(_OPEN_RHYMES | _STOPPED_RHYMES):
    _MARKED_RHYMES.setdefault(strip_marks(_rhyme), []).append(_rhyme)


@lru_cache(maxsize=20_000)
def marked_forms(word: str) -> tuple[str, ...]:
    """Every syllable, small letters, that these letters are when marks are put: "tuong" -> "tuông", "tường" …"""
    forms = [
        unicodedata.normalize("NFC", place_tone(onset + rhyme, tone))
        for plain_onset in ("", *_PLAIN_ONSETS)
        if word.startswith(plain_onset)
        for rhyme in _MARKED_RHYMES.get(word[len(plain_onset) :], ())
        for onset in (("d", "đ") if plain_onset == "d" else (plain_onset,))
        for tone in ("", *_TONES)
    ]
    return tuple(dict.fromkeys(form for form in forms if is_syllable(form)))
