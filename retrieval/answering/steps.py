"""By which steps is a question answered? Its passages in order, what they lack, and whether the first one answers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from retrieval.analyzer import Analyzer
from retrieval.answering.asked_held import answers_here, held_by
from retrieval.answering.citing import citing_first
from retrieval.answering.confidence_features import support
from retrieval.answering.decision import (
    chance,
    held_elsewhere,
    named_articles_first,
    nothing_missing_first,
    paper_facts_first,
    says_what_about,
    small_names_missing,
)
from retrieval.answering.disagreement import conflicting
from retrieval.answering.hits import emphasised, is_looked_up, make_hits
from retrieval.answering.in_article import nearby_first, own_words_first
from retrieval.answering.in_range import in_range_first
from retrieval.answering.in_time import in_time_first
from retrieval.answering.signed import signed_first
from retrieval.index.protocol import Filter, Snapshot
from retrieval.ranking.papers import asked_fact
from retrieval.ranking.passage_view import PassageView
from retrieval.ranking.ranker import Ranking, rank
from retrieval.records import Answer, Following, Hit, Query
from retrieval.settings import Settings


@dataclass(frozen=True, slots=True)
class Found:
    """What the corpus has for a question, in order. `ranking`: None where nothing has any of its words. `lacking`: what
    it names and the first article doesn't hold. `in_range`: a value of it lies in a range that is shown. `told`: the
    first passage is the signature of whom it asks for, or the clause that cites what it tells and has the answer.
    """

    query: Query
    snapshot: Snapshot
    ranking: Ranking | None
    lacking: tuple[str, ...]
    in_range: bool = False
    told: bool = False


class Steps:
    """`find`, then `hits` or `answer` of what was found."""

    def __init__(self, analyzer: Analyzer, settings: Settings) -> None:
        self._analyzer = analyzer
        self._settings = settings

    def find(
        self, query: Query, snapshot: Snapshot, *, where: Filter, following: Following | None = None
    ) -> Found:
        """The passages that may answer. `following`: what is asked on about; only that article is looked at."""
        spelling = self._analyzer.spelling
        within = snapshot.key_of(following.document_id) if following else None
        if following and within is not None:
            query = own_words_first(query, following)
        narrowed = dataclasses.replace(where, source=where.source or query.source)
        ranking = self._rank(query, snapshot, narrowed, within)
        unheard = () if ranking or not query.source else (query.source,)
        if unheard:
            ranking = self._rank(query, snapshot, where, within)
        if ranking is None:
            return Found(query, snapshot, None, (*unheard, *query.names))
        if following and within is not None:
            ranking = nearby_first(ranking, following)
        else:
            ranking = in_time_first(query, ranking, spelling=spelling)
        ranking, lacking = nothing_missing_first(query, ranking, spelling=spelling)
        ranking, in_range, outside = in_range_first(query, ranking)
        ranking, absent = named_articles_first(query, ranking)
        ranking, cited = citing_first(query, ranking)
        ranking, signed = signed_first(query, paper_facts_first(query, ranking))
        lacking = unheard + (() if signed else lacking or outside) + absent
        return Found(query, snapshot, ranking, lacking, in_range, signed or cited)

    def answer(self, found: Found, limit: int, *, explain: bool = False) -> Answer:
        """The best passages, with the words emphasised that answer, and whether the first one does."""
        query, ranking, snapshot, lacking = found.query, found.ranking, found.snapshot, found.lacking
        if ranking is None:
            return Answer(question=query.text, hits=(), answered=False, missing=lacking, query=query)
        if not found.told:
            lacking = lacking or small_names_missing(query, ranking, spelling=self._analyzer.spelling)
        shown = self.hits(found, limit, explain=explain)
        fact = asked_fact(query)
        hits = tuple(emphasised(query, *each, fact=fact) for each in shown)
        views = [view for _, view in shown]
        named = bool(ranking.candidates.is_named[ranking.places[0]] or found.told) or is_looked_up(
            query, hits[0]
        )
        supporting = support(ranking, lacking, passages=snapshot.stats.passages)
        sure = chance(supporting, told=not lacking and (named or found.in_range))
        enough = sure >= self._settings.answering.min_confidence
        fits = enough and not lacking and says_what_about(query)
        answered = fits and (named or answers_here(held_by(hits[0], query, self._analyzer, chance=sure)))
        return Answer(
            question=query.text,
            hits=hits,
            answered=answered,
            highlight=hits[0].highlight if answered else None,
            missing=lacking,
            elsewhere=held_elsewhere(query, lacking, snapshot, spelling=self._analyzer.spelling),
            confidence=sure,
            conflicting=conflicting(query, hits, views) if answered else (),
            query=query,
            near=fits and not answered,
        )

    def _rank(
        self, query: Query, snapshot: Snapshot, where: Filter, within: int | None = None
    ) -> Ranking | None:
        return rank(
            query,
            snapshot,
            analyzer=self._analyzer,
            settings=self._settings.ranking,
            where=where if where != Filter() else None,
            within=within,
        )

    def hits(self, found: Found, limit: int, *, explain: bool = False) -> list[tuple[Hit, PassageView]]:
        """The best `limit` passages, without emphasis, each with what is read of it."""
        told, ranking = self._settings.ranking if explain else None, found.ranking
        return make_hits(found.query, ranking, found.snapshot, limit=limit, explain=told) if ranking else []
