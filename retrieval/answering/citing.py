"""Which clause says what becomes of another, which it only cites? "Vi phạm khoản 2 Điều 5 phạt 700.000 đồng".

Rules say in one place what is forbidden, owed or granted and in another what follows from it, by number. A question on
what follows is answered by the clause that cites, though it has hardly a word of the matter itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.answering.columns import header_over
from retrieval.answering.spans import pick_span
from retrieval.ranking.articles import articles_named, clauses_in, words_beside
from retrieval.ranking.order import named_first
from retrieval.ranking.ranker import Ranked, Ranking
from retrieval.records import Query
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.papers import of_other_papers
from retrieval.vietnamese.syllables import plain, plain_words

Parts = dict[str, str]

_ARTICLE = re.compile("điều|dieu", re.IGNORECASE)
_TOLD = re.compile(r"\s*[:|]")


def citing_first(query: Query, ranking: Ranking) -> tuple[Ranking, bool]:
    """The ranking with the clause first that cites what the question names, or what the first passage is, and says of
    it what the question asks, and whether there is one; else the ranking as it is.

    Of what the question names ("Vi phạm khoản 2 Điều 5 bị gì?") it must say more of the question's words than that
    article itself; of what the question tells in words, one that the first passage lacks, which doesn't answer.
    """
    first = ranking.passages[0]
    named = articles_named(query.text)
    cited = [dict(one.parts) for one in named] if named else list(_own_reference(query, first))
    if not any("điều" in parts for parts in cited):
        return ranking, False
    citing = [
        (place, _said(entry))
        for place, entry in enumerate(ranking.passages)
        if place and entry.key == first.key and _cites(entry, cited)
    ]
    words = words_beside(query, named, first.document.title) if citing else set()
    held = words & _said(first) if citing else set()
    wanted, least = (words, len(held)) if named else (words - held, 0)
    best, place = max(((len(wanted & said), -place) for place, said in citing), default=(0, 0))
    if best <= least or (not named and (not held or _answers(query, first))):
        return ranking, False
    return ranking.reordered(named_first(ranking.standing, [-place])), _answers(
        query, ranking.passages[-place]
    )


def _answers(query: Query, entry: Ranked) -> bool:
    """Whether words of the passage answer."""
    return pick_span(query, entry.view, header=header_over(entry.passage)) is not None


def _own_reference(query: Query, entry: Ranked) -> Iterator[Parts]:
    """The article and the clause that a passage is: of several clauses the one with most of the question's words."""
    opening = (*entry.passage.section, entry.passage.text)
    article = next((parts for text in reversed(opening) if "điều" in (parts := _opening(text))), {})
    if not article:
        return
    said = {plain(term.origin) for term in query.terms}
    clauses = [
        (len(said.intersection(plain_words(clause))), mark) for mark, clause in clauses_in(entry.passage.text)
    ]
    clause = {"khoản": max(clauses)[1]} if clauses else {}
    yield {"điều": article["điều"]} | clause


def _opening(text: str) -> Parts:
    """The reference that a text begins with, where it is to an article."""
    if not _ARTICLE.search(text, 0, 60):
        return {}
    found = find_mentions(text[:60]).articles
    return dict(found[0].parts) if found and not text[: found[0].start].strip() else {}


def _cites(entry: Ranked, cited: Sequence[Parts]) -> bool:
    """Whether a passage names one of these of its own paper; one article names another's clause, or all of it.

    The article that it is itself ("Điều 9. Mức phạt") is none; a line or a row may begin with what it tells of:
    "Khoản 2 Điều 5: 500.000 đồng".
    """
    passage, references = entry.passage.text, entry.view.mentions.articles
    others = of_other_papers(passage, references)
    for one in references:
        parts = dict(one.parts)
        is_itself = not passage[: one.start].strip() and len(parts) == 1 and not _TOLD.match(passage, one.end)
        if is_itself or one.start in others or "điều" not in parts:
            continue
        if any(all(parts[level] == own.get(level, parts[level]) for level in parts) for own in cited):
            return True
    return False


def _said(entry: Ranked) -> set[str]:
    return set(plain_words("\n".join((*entry.passage.section, entry.passage.text))))
