"""Which place answers? "Tỉnh Long An" for "tỉnh nào", any province, district or ward for "ở đâu"."""

from __future__ import annotations

import re

from retrieval.answering.asked_passage import AskedPassage, Span, says
from retrieval.vietnamese.syllables import fold, plain

_CLASSES = {
    "tỉnh": r"tỉnh",
    "thành phố": r"thành phố|TP\.?",
    "thị xã": r"thị xã|TX\.?",
    "thị trấn": r"thị trấn|TT\.?",
    "quận": r"quận|Q\.",
    "huyện": r"huyện|H\.",
    "phường": r"phường|P\.",
    "xã": r"xã",
    "nước": r"nước|vương quốc|cộng hòa",
    "bang": r"(?:tiểu )?bang",
    "sông": r"sông",
    "đảo": r"(?:quần )?đảo",
}
"""How a place of each class is written before its name."""
_ANY = "|".join(_CLASSES.values())
_SURE = 0.3


def pick_place(evidence: AskedPassage) -> Span | None:
    """The place of the class asked for that stands nearest to the question's words, its class included."""
    query = evidence.query
    if query.asking is None:
        return None
    classes = _asked_class(evidence)
    if classes is None:
        return None
    known = {plain(term.text) for term in query.terms if term.role not in ("function", "asking")}
    written = re.compile(rf"(?<!\w)(?:{classes})(?!\w)", re.IGNORECASE)
    scored = []
    for name in evidence.names:
        heads = [
            match.start() for match in written.finditer(evidence.text, max(0, name.start - 16), name.end)
        ]
        adjoining = [
            at
            for at in heads
            if at == name.start or written.fullmatch(evidence.text[at : name.start].rstrip())
        ]
        if adjoining and not {plain(fold(word)) for word in name.words} <= known:
            span = (adjoining[-1], name.end)
            if written.fullmatch(evidence.text, *span):
                continue  # "Tỉnh ủy": a class and no name
            scored.append((evidence.closeness(span), -name.start, span))
    if not scored:
        return None
    score, _, span = max(scored)
    return span if score > _SURE or (len(scored) == 1 and classes != _ANY) else None


def _asked_class(evidence: AskedPassage) -> str | None:
    """The class in "tỉnh nào", "thuộc tỉnh nào"; any for "ở đâu"; None where something else is asked."""
    query = evidence.query
    first, last = query.asking or (0, 0)
    words = query.terms[max(0, first - 2) : last]
    for name, pattern in _CLASSES.items():
        syllables = name.split()
        for place in range(len(words) - len(syllables)):
            if all(says(fold(s), word) for s, word in zip(syllables, words[place:], strict=False)):
                return pattern
    return _ANY if words and plain(words[-1].text) == "dau" else None
