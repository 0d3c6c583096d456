"""How else might people type a question? Without marks, in keystrokes, with a slip, shortened.

Each variant is drawn from a generator seeded by the question, so that a run repeats exactly.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from retrieval.evaluation.sets import Question
from retrieval.records import Document
from retrieval.vietnamese.names import names_in
from retrieval.vietnamese.syllables import strip_marks

Variant = Callable[[str, random.Random], str | None]
"""Makes other words of a question; None where it has nothing to change."""

_TELEX = {
    "\u0302": "repeat", "\u0306": "w", "\u031b": "w", "đ": "d",
    "\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j",
}  # fmt: skip
_VNI = {
    "\u0302": "6", "\u0306": "8", "\u031b": "7", "đ": "9",
    "\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5",
}  # fmt: skip
_TONES = frozenset("\u0300\u0301\u0309\u0303\u0323")
_WORD = re.compile(r"[^\W\d_]+")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# What people write in messages, on top of the lexicon's short forms.
_CHAT = {
    "không": "ko", "bao nhiêu": "bn", "được": "đc", "người": "ng", "những": "nhg", "với": "vs", "gì": "j",
    "như thế nào": "ntn", "Việt Nam": "VN", "Hà Nội": "HN", "Thành phố Hồ Chí Minh": "TPHCM",
    "Trung Quốc": "TQ", "đại học": "ĐH", "bệnh viện": "BV", "giáo sư": "GS", "tiến sĩ": "TS",
    "công ty": "cty",
}  # fmt: skip
# Names to ask about in another's stead: places, and people of tales.
_VIETNAMESE_NAMES = (
    "Cà Mau", "Lai Châu", "Đắk Nông", "Bạc Liêu", "Tuyên Quang", "Ninh Thuận", "Kiên Giang", "Phú Yên",
    "Bắc Kạn", "Trà Vinh", "Yên Bái", "Quảng Ngãi", "Gia Lai", "Bình Phước", "Thạch Sanh", "Lý Thông",
    "Thúy Kiều", "Lục Vân Tiên", "Mai An Tiêm", "Bá Kiến", "Xuân Tóc Đỏ", "Kiều Nguyệt Nga",
)  # fmt: skip
_FOREIGN_NAMES = (
    "Uruguay", "Reykjavik", "Sherlock Holmes", "Robinson Crusoe", "Tanzania", "Lisbon", "Gulliver", "Zagreb",
    "Montevideo", "Paraguay", "Hamlet", "Madagascar", "Don Quixote", "Kathmandu", "Oliver Twist",
)  # fmt: skip


def applied(variant: Variant, name: str) -> Callable[[Question], str | None]:
    """The variant for each question, drawn by the question's own words and the variant's name."""
    return lambda question: variant(question.text, random.Random(f"{name} {question.text}"))


def unaccented(text: str, _: random.Random) -> str | None:
    """Without diacritics: "dang vien"."""
    return _changed(text, strip_marks(text))


def telex(text: str, generator: random.Random) -> str | None:
    """As keystrokes of Telex: "dangr vieen"; a tone's key comes last, or after its vowel."""
    return _changed(text, _keystrokes(text, _TELEX, generator))


def vni(text: str, generator: random.Random) -> str | None:
    """As keystrokes of VNI: "d9ang3 vie6n"."""
    return _changed(text, _keystrokes(text, _VNI, generator))


def _keystrokes(text: str, keys: Mapping[str, str], generator: random.Random) -> str:
    return _WORD.sub(lambda match: _syllable_keys(match.group(), keys, late=generator.random() < 0.75), text)


def _syllable_keys(syllable: str, keys: Mapping[str, str], *, late: bool) -> str:
    typed, tone = "", ""
    for letter in syllable:
        if letter in "đĐ":
            typed += ("d" if letter == "đ" else "D") + keys["đ"]
            continue
        decomposed = unicodedata.normalize("NFD", letter)
        base, marks = decomposed[0], decomposed[1:]
        typed += base
        for mark in sorted(marks, key=lambda mark: mark in _TONES):
            key = keys.get(mark, "")
            if mark in _TONES and late:
                tone = key
            else:
                typed += base.lower() if key == "repeat" else key
    return typed + tone


def slip_in_name(text: str, generator: random.Random) -> str | None:
    """One letter of a name dropped, doubled, swapped with the next, bare, or the key beside it."""
    words = [
        (start + match.start(), match.group())
        for start, end in name_spans(text)
        for match in _WORD.finditer(text[start:end])
        if len(match.group()) >= 3
    ]
    if not words:
        return None
    start, word = generator.choice(words)
    slips = sorted(set(_slips(word)) - {word})
    return text[:start] + generator.choice(slips) + text[start + len(word) :]


def _slips(word: str) -> Iterable[str]:
    """The first letter stays: people look at it."""
    for at in range(1, len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        yield head + tail
        yield head + letter + letter + tail
        yield head + strip_marks(letter) + tail
        if tail:
            yield head + tail[0] + letter + tail[1:]
        for row in _KEYBOARD:
            if letter in row:
                place = row.index(letter)
                yield from (head + near + tail for near in row[max(0, place - 1) : place + 2])


def abbreviated(short_forms: Mapping[str, str]) -> Variant:
    """Long forms made short, as in messages too. `short_forms`: short -> long, as in a lexicon."""
    shorter = _CHAT | {long: short for short, long in sorted(short_forms.items(), reverse=True)}
    longest_first = sorted(shorter, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
    by_lowered = {long.lower(): short for long, short in shorter.items()}

    def abbreviate(text: str, _: random.Random) -> str | None:
        return _changed(text, pattern.sub(lambda match: by_lowered[match.group().lower()], text))

    return abbreviate


def swapped_name(documents: Iterable[Document]) -> Variant:
    """A name replaced by one that these documents nowhere have: what is asked can't be answered from them."""
    held = "\n".join(f"{document.title}\n{document.text}" for document in documents).lower()

    def lacking(names: Sequence[str]) -> list[str]:
        return [name for name in names if name.lower() not in held]

    vietnamese, foreign = lacking(_VIETNAMESE_NAMES), lacking(_FOREIGN_NAMES)

    def swap(text: str, generator: random.Random) -> str | None:
        spans = name_spans(text)
        if not spans:
            return None
        start, end = generator.choice(spans)
        others = foreign if text[start:end].isascii() else vietnamese
        return text.replace(text[start:end], generator.choice(others)) if others else None

    return swap


def name_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the names without what says whose they are: of two words or more, or of one that is no Vietnamese
    syllable."""
    names = names_in(text)
    return [(one.own_start, one.end) for one in names if len(one.own) > 1 or (one.own and one.foreign)]


def _changed(text: str, other: str) -> str | None:
    return other if other != text else None
