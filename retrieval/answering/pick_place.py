"""Which place answers? "Tỉnh Long An" for "tỉnh nào", any province, district or ward for "ở đâu"."""

from __future__ import annotations

from collections.abc import Container

from retrieval.answering.asked_passage import AskedPassage, Span, says
from retrieval.vietnamese.name_heads import PLACES, TERRITORIES
from retrieval.vietnamese.syllables import fold, plain

_ANY = frozenset((*TERRITORIES, "nước", "bang", "sông", "đảo"))
"""Classes of places that say where something is."""
_SURE = 0.3


def pick_place(evidence: AskedPassage) -> Span | None:
    """The place of the class asked for that stands nearest to the question's words, its class included."""
    query = evidence.query
    if query.asking is None:
        return None
    classes = _asked_class(evidence)
    if classes is None:
        return None
    scored = []
    for name in evidence.names:
        if name.kind == "place" and name.head in classes and not evidence.asks_with(name.words):
            span = (name.head_start, name.end)
            scored.append((evidence.closeness(span), -name.start, span))
    if not scored:
        return None
    score, _, span = max(scored)
    return span if score > _SURE or (len(scored) == 1 and classes is not _ANY) else None


def _asked_class(evidence: AskedPassage) -> Container[str] | None:
    """The class in "tỉnh nào", "thuộc tỉnh nào"; any for "ở đâu"; None where something else is asked."""
    query = evidence.query
    first, last = query.asking or (0, 0)
    words = query.terms[max(0, first - 2) : last]
    for name in PLACES:
        syllables = name.split()
        for place in range(len(words) - len(syllables)):
            if all(says(fold(s), word) for s, word in zip(syllables, words[place:], strict=False)):
                return (name,)
    return _ANY if words and plain(words[-1].text) == "dau" else None
