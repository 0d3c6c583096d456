"""Which words of the last question stand in the article where the new phrase does?

"Trẻ em thì sao?" after "vé lượt người lớn bao nhiêu?": the article says "vé lượt: người lớn 40.000 đồng, trẻ em 25.000
đồng", so "trẻ em" takes the place of "người lớn".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answering.rarity import is_one_word
from retrieval.dialogue.coreference import Before
from retrieval.dialogue.phrases import Phrases, Stretch
from retrieval.vietnamese.enumerations import Span, parts
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.names import names_in
from retrieval.vietnamese.syllables import fold

_WORD = re.compile(r"\w+")


def counterpart(phrase: Sequence[str], before: Before) -> Stretch | None:
    """Where in the last question the words stand that the article says of the answer, and not of `phrase`.

    `phrase`: words in lower case. None where the article doesn't set the two side by side.
    """
    text, answer = before.text, before.answer_span
    if answer is None:
        return None
    pieces = parts(text, _alike(text, answer))
    own = next((piece for piece in pieces if piece.own[0] <= answer[0] < piece.own[1]), None)
    if own is None:
        return None
    words = r"\W+".join(map(re.escape, phrase))
    wanted = re.compile(rf"\b{words}\b", re.IGNORECASE)
    if wanted.search(text, *own.own) or wanted.search(text, *own.shared):
        return None
    holding = [
        piece for piece in pieces if wanted.search(text, *piece.own) or wanted.search(text, *piece.shared)
    ]
    if not holding:
        return None
    other = min(holding, key=lambda piece: abs(piece.own[0] - own.own[0]))
    said = _words(text, own.own) - _words(text, other.own)
    if own.shared != other.shared:
        said = said | _words(text, own.shared) - _words(text, other.shared) - _words(text, other.own)
    return _asked_stretch(before.question, said)


def _alike(text: str, answer: Span) -> list[Span]:
    """What the text has of the answer's kind: amounts measured alike, days or hours, persons."""
    mentions = find_mentions(text)
    kinds: list[list[tuple[Span, object]]] = [
        [((one.start, one.end), one.dimension) for one in mentions.quantities],
        [((one.start, one.end), one.value.grain) for one in mentions.moments],
        [((one.start, one.end), one.kind) for one in names_in(text)],
    ]
    for found in kinds:
        own = [kind for (start, end), kind in found if start < answer[1] and answer[0] < end]
        if own:
            return [span for span, kind in found if kind == own[0]]
    return []


def _words(text: str, piece: Span) -> set[str]:
    return {word.lower() for word in _WORD.findall(text[slice(*piece)])}


def _asked_stretch(old: Phrases, said: set[str]) -> Stretch | None:
    """The longest stretch of the question in those words, no name in it; of several the one nearest to what asks."""
    named = {number for name in old.names() for number in range(*name)}
    inside = [
        number not in named and word.role != "asking" and word.lower in said
        for number, word in enumerate(old.words)
    ]
    asking = [number for number, word in enumerate(old.words) if word.role == "asking"]
    best: Stretch | None = None
    best_rank = (0, 0)
    start = 0
    while start < len(inside):
        end = start
        while end < len(inside) and inside[end]:
            end += 1
        first, last = start, end
        while first < last and old.words[first].role == "function":
            first += 1
        while last > first and old.words[last - 1].role == "function":
            last -= 1
        first, last = _whole_words(old, first, last)
        near = -min((min(abs(first - number), abs(last - number)) for number in asking), default=0)
        if last > first and (last - first, near) > best_rank:
            best, best_rank = (first, last), (last - first, near)
        start = end + 1
    return best


def _whole_words(old: Phrases, start: int, end: int) -> Stretch:
    """The stretch with all syllables of its first and last words: "công nhân", of which "nhân viên" has a half."""
    terms = [fold(word.text) for word in old.words]
    while start < end and start and is_one_word(terms[start - 1], terms[start]):
        start -= 1
    while start < end < len(terms) and is_one_word(terms[end - 1], terms[end]):
        end += 1
    return start, end
