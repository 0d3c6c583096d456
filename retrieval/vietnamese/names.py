"""Which words of a text are names? Runs of capitalised words, "T. Huyền" and "John J. Pershing" whole.

Capitals alone don't make a name: a sentence starts with one, and so do offices and organisations ("Tỉnh ủy").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.vietnamese.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_PARTICLES = frozenset("de da di du del la le van von der den al bin ibn el of the".split())
_OPENING = frozenset(
    "theo trong ngoài khi sau trước tại từ ở với và nhưng ông bà anh chị cô cụ bác chú vua tướng ngày"
    " năm tháng để do vì"
    " nếu hiện đây đó các những một hai ba người sự cuộc việc tuy dù đến về cả như là có mỗi nhà đồng"
    " em bé cháu"
    " hôm sáng chiều tối trưa cùng trên dưới giữa bên cũng vào qua nhờ thầy thánh chúa đức sư hoàng"
    " thủ".split()
)
"""What sentences start with before a name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words at `[start, end)`. `foreign`: one of its `words` is no Vietnamese syllable."""

    start: int
    end: int
    words: tuple[str, ...]
    foreign: bool


def names_in(text: str) -> Iterator[Name]:
    """The names in a text, in order; a single Vietnamese syllable only where it may be one ("ông Tam")."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        joined = bool(run) and text[run[-1].end() : match.start()] == " " and not _ends(run[-1].group())
        if not joined:
            yield from _closed(text, run)
            run = []
        capital = word[0].isupper() and (
            run or word.lower() not in _OPENING or not _opens(text, match.start())
        )
        if capital or (run and word in _PARTICLES):
            run.append(match)
        else:
            yield from _closed(text, run)
            run = []
    yield from _closed(text, run)


def _ends(word: str) -> bool:
    """Whether a sentence may end with that word: initials go on."""
    return word.endswith(".") and len(word) > 3


def _opens(text: str, place: int) -> bool:
    """Whether a sentence starts there."""
    return not text[:place].strip() or re.search(r"[.!?…:\n\"“]\s*$", text[:place]) is not None


def _closed(text: str, run: list[re.Match[str]]) -> Iterator[Name]:
    while run and run[-1].group() in _PARTICLES:
        run.pop()
    if not run:
        return
    end = run[-1].end()
    last = run[-1].group()
    if last.endswith(".") and len(last) > 2:
        end -= 1
    words = tuple(match.group() for match in run)
    if all(word.rstrip(".").isupper() for word in words) and (
        len(words) == 1 or len(text[run[0].start() : end]) > 40
    ):
        return
    yield Name(run[0].start(), end, words, not all(is_syllable(word.rstrip(".")) for word in words))
