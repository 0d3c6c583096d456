"""Who holds the office that signs a text? "Hiệu trưởng trường Kênh Vàng là ai?": "HIỆU TRƯỞNG / Sử Thị Diễm".

The signature stands at the end, an office on its line and a person below it, and names the body of neither; the head of
the text does. A question that asks for that office of that body is answered there.
"""

from __future__ import annotations

from itertools import islice

from retrieval.ranking.order import named_first
from retrieval.ranking.ranker import Ranking
from retrieval.records import Document, Query
from retrieval.vietnamese.name_heads import MOST_WORDS, head_at
from retrieval.vietnamese.names import names_in
from retrieval.vietnamese.syllables import plain, plain_words

Span = tuple[int, int]

HEAD = 1_000
"""Characters of a document, from its first, that say whose it is."""
TAIL = 1_500
"""Characters, to its last, in which it is signed."""
BELOW = 3
"""Lines below the office in which the name stands."""


def signed_first(query: Query, ranking: Ranking) -> tuple[Ranking, bool]:
    """The ranking with the signature first whose office the question asks for, and whether there is one; else the
    ranking as it is."""
    head = head_at(query.text, 0) if query.kind in ("person", "definition") else None
    if head is None or head.group != "offices":
        return ranking, False
    first = ranking.passages[0]
    signer = _signer(first.document, plain_words(head.value))
    if signer is None or not _is_its_body(query, head.end, first.document):
        return ranking, False
    here = (place for place, entry in enumerate(ranking.passages) if entry.key == first.key)
    for place in here:
        passage = ranking.passages[place].passage
        if passage.start <= signer[0] and signer[1] <= passage.end:
            return ranking.reordered(named_first(ranking.standing, [place])), True
    return ranking, False


def _signer(document: Document, office: list[str]) -> Span | None:
    """Where the name stands that alone fills a line, below a line that is only that office."""
    start = max(0, len(document.text) - TAIL)
    at, lines = start, []
    for line in document.text[start:].split("\n"):
        if line.strip():
            lines.append((at, line))
        at += len(line) + 1
    for number in reversed(range(len(lines))):
        if plain_words(lines[number][1]) != office:
            continue
        for begin, line in islice(lines, number + 1, number + 1 + BELOW):
            written = line.strip()
            if 2 <= len(written.split()) <= MOST_WORDS and _is_name(written):
                first = begin + line.index(written)
                return first, first + len(written)
    return None


def _is_name(line: str) -> bool:
    """Whether one name, of nothing but a person as far as is known, fills the line: what stands below an office is."""
    names = list(names_in(line))
    return len(names) == 1 and len(names[0].words) == len(line.split()) and names[0].kind in ("", "person")


def _is_its_body(query: Query, end: int, document: Document) -> bool:
    """Whether all that the question says behind the office stands in the document's head."""
    held = set(plain_words("\n".join((document.title, document.text[:HEAD]))))
    said = [
        plain(term.origin)
        for term in query.terms
        if term.start >= end and term.is_content and plain(term.text) != "la"
    ]
    return bool(said) and all(word in held for word in said)
