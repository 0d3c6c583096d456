"""Which passages of a ranking are shown, with what beside each? A hit for each group that says the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from retrieval.answering.columns import header_over
from retrieval.answering.diversity import grouped
from retrieval.answering.looked_up import looked_up
from retrieval.answering.shown import asks_for_all, shown
from retrieval.answering.spans import pick_span
from retrieval.index.protocol import Snapshot
from retrieval.ranking.explanation import explain as explain_hit
from retrieval.ranking.papers import Fact, is_meant, span_of
from retrieval.ranking.passage_view import PassageView
from retrieval.ranking.ranker import Ranking
from retrieval.records import Document, Hit, Query
from retrieval.settings import RankingSettings


def make_hits(
    query: Query,
    ranking: Ranking,
    snapshot: Snapshot,
    *,
    limit: int,
    explain: RankingSettings | None = None,
) -> list[tuple[Hit, PassageView]]:
    """The first passage of each of the `limit` first groups, and its view; `also` names the other documents.
    `explain`: what the ranking was made by, where each hit is to say what its score is made of.
    """
    groups = grouped((entry.view.text for entry in ranking.passages), limit=limit)
    keys = [ranking.passages[group[0]].key for group in groups]
    joined, documents = snapshot.also(keys), snapshot.documents(set(keys))
    hits, whole = [], asks_for_all(query)
    for rank, group in enumerate(groups, start=1):
        first, *repeated = (ranking.passages[place] for place in group)
        also = [
            *joined.get(first.key, ()),
            *(dataclasses.replace(other.document, text="", blocks=()) for other in repeated),
        ]
        hit = Hit(
            passage=first.passage,
            document=documents[first.key],
            score=ranking.standing[group[0]],
            rank=rank,
            also=_named_once(first.document, also),
            explanation=explain_hit(ranking, group[0], snapshot, explain) if explain else (),
            shown=shown(first.document.text, first.terms, first.number, whole=whole),
        )
        hits.append((hit, first.view))
    return hits


def emphasised(query: Query, hit: Hit, view: PassageView, *, fact: Fact | None) -> Hit:
    """The hit with the words that answer. `fact`: see `asked_fact`."""
    if fact and is_meant(query, hit.document):
        return dataclasses.replace(hit, highlight=span_of(fact, hit.document, hit.passage.text))
    date = hit.document.date
    over = header_over(hit.passage)
    span = _looked_up(query, hit) or pick_span(query, view, year=date.year if date else None, header=over)
    return dataclasses.replace(hit, highlight=span)


def is_looked_up(query: Query, hit: Hit) -> bool:
    """Whether the question gives one cell of the hit's row and asks for another."""
    return _looked_up(query, hit) is not None


def _looked_up(query: Query, hit: Hit) -> tuple[int, int] | None:
    return looked_up(query, hit.passage.text, header_over(hit.passage))


def _named_once(document: Document, others: Iterable[Document]) -> tuple[Document, ...]:
    """The other documents, without `document` itself and none twice."""
    named = {other.id: other for other in others if other.id != document.id}
    return tuple(named.values())
