"""The library's front door: build or open a corpus, search it, ask it, change it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from retrieval.analyzer import Analyzer
from retrieval.answering.confidence_features import support
from retrieval.answering.decision import chance, held_elsewhere, nothing_missing_first, says_what_about
from retrieval.answering.disagreement import conflicting
from retrieval.answering.diversity import grouped
from retrieval.answering.in_article import nearby_first, own_words_first
from retrieval.answering.spans import pick_span
from retrieval.dialogue.conversation import Conversation
from retrieval.dialogue.turn import Turn
from retrieval.index.embedded.index import Index
from retrieval.index.protocol import Filter, Snapshot
from retrieval.ingest.analysing import make_analyzer
from retrieval.question.understand import understand
from retrieval.ranking.explanation import explain as explain_hit
from retrieval.ranking.ranker import Ranked, Ranking, rank
from retrieval.records import Answer, Document, Following, Hit, Query, SourceSummary
from retrieval.settings import Settings


class Retriever:
    """A corpus to ask. `search` and `answer` are safe from several threads; each sees one commit of the index."""

    def __init__(self, index: Index, settings: Settings, analyzer: Analyzer) -> None:
        self._index = index
        self._settings = settings
        self._analyzer = analyzer

    @classmethod
    def build(
        cls,
        documents: Iterable[Document],
        *,
        path: Path | str | None = None,
        settings: Settings | None = None,
    ) -> Retriever:
        """A retriever over `documents`: in memory, or in a new index at `path`."""
        settings = settings or Settings()
        analyzer = make_analyzer(settings)
        index = Index.create(path, settings=settings, analyzer=analyzer.fingerprint)
        retriever = cls(index, settings, analyzer)
        retriever.add(documents)
        return retriever

    @classmethod
    def open(cls, path: Path | str, *, settings: Settings | None = None) -> Retriever:
        """The index at `path`. Raises IndexMissing, IndexDamaged or IndexOutdated."""
        settings = settings or Settings()
        analyzer = make_analyzer(settings)
        return cls(Index.open(path, settings=settings, analyzer=analyzer.fingerprint), settings, analyzer)

    def add(self, documents: Iterable[Document]) -> None:
        """Adds documents, each in place of one with the same id; all become visible together."""
        with self._index.writer() as writer:
            for document in documents:
                writer.add(self._analyzer.analyse(document))
            writer.commit()

    def remove(self, ids: Iterable[str]) -> int:
        """Removes the documents with these ids; returns how many there were."""
        with self._index.writer() as writer:
            count = writer.remove(ids)
            writer.commit()
        return count

    def understand(self, question: str) -> Query:
        """What the question asks for. Raises QuestionError where there is nothing to look for."""
        return understand(question, analyzer=self._analyzer, vocabulary=self._index.snapshot())

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        source: str | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> list[Hit]:
        """The `limit` best passages, best first. `source`, `since`, `until` (both included) leave others out.

        Raises QuestionError where there is nothing to look for.
        """
        return list(self.answer(question, limit=limit, source=source, since=since, until=until).hits)

    def answer(
        self,
        question: str | Query,
        *,
        limit: int = 5,
        source: str | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
        following: Following | None = None,
        explain: bool = False,
    ) -> Answer:
        """The best passages and whether the first one answers. Raises QuestionError as `search` does.

        `question`: as typed, or as `understand` gave it.
        `following`: what the question asks on about; only that article is searched, whatever its source and date.
        `explain`: every hit says what its score is made of.
        """
        snapshot = self._index.snapshot()
        query = (
            understand(question, analyzer=self._analyzer, vocabulary=snapshot)
            if isinstance(question, str)
            else question
        )
        within = snapshot.key_of(following.document_id) if following else None
        following = following if within is not None else None
        if following:
            query = own_words_first(query, following)
        ranking = self._rank(query, snapshot, Filter(source or query.source, since, until), within)
        unheard = () if ranking or not query.source else (query.source,)
        if unheard:
            ranking = self._rank(query, snapshot, Filter(source, since, until), within)
        if ranking is None:
            return Answer(
                question=query.text, hits=(), answered=False, missing=(*unheard, *query.names), query=query
            )
        if following:
            ranking = nearby_first(ranking, following)
        ranking, lacking = nothing_missing_first(query, ranking, snapshot, spelling=self._analyzer.spelling)
        lacking = unheard + lacking
        shown = grouped((entry.passage.text for entry in ranking.passages), limit=limit)
        hits = self._hits(query, [[ranking.passages[place] for place in group] for group in shown], snapshot)
        if explain:
            hits = tuple(
                dataclasses.replace(
                    hit, explanation=explain_hit(ranking, group[0], snapshot, self._settings.ranking)
                )
                for group, hit in zip(shown, hits, strict=True)
            )
        sure = chance(support(ranking, lacking, passages=snapshot.stats.passages))
        enough = sure >= self._settings.answering.min_confidence
        answered = enough and not lacking and says_what_about(query)
        return Answer(
            question=query.text,
            hits=hits,
            answered=answered,
            highlight=hits[0].highlight if answered else None,
            missing=lacking,
            elsewhere=held_elsewhere(lacking, snapshot, spelling=self._analyzer.spelling),
            confidence=sure,
            conflicting=conflicting(query, hits, spelling_of=self._analyzer.spelling_of) if answered else (),
            query=query,
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

    def _hits(self, query: Query, shown: Sequence[Sequence[Ranked]], snapshot: Snapshot) -> tuple[Hit, ...]:
        """A hit of each group's first passage; `also` names the other documents of the group."""
        also = snapshot.also([group[0].key for group in shown])
        return tuple(
            Hit(
                passage=first.passage,
                document=first.document,
                score=first.score,
                rank=place,
                highlight=pick_span(
                    query,
                    first.passage.text,
                    spelling=self._analyzer.spelling_of(first.document),
                    year=first.document.date.year if first.document.date else None,
                ),
                also=_named_once(
                    first.document,
                    [
                        *also.get(first.key, ()),
                        *(dataclasses.replace(other.document, text="") for other in repeated),
                    ],
                ),
            )
            for place, (first, *repeated) in enumerate(shown, start=1)
        )

    def converse(
        self,
        turns: Iterable[Turn] = (),
        *,
        limit: int = 5,
        source: str | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> Conversation:
        """A conversation that goes on from `turns`, the newest last; the rest as in `answer`, for every question."""
        return Conversation(self, turns, limit=limit, source=source, since=since, until=until)

    def document(self, document_id: str) -> Document | None:
        """The document with this id; None where the corpus has none."""
        snapshot = self._index.snapshot()
        key = snapshot.key_of(document_id)
        return snapshot.documents([key])[key] if key is not None else None

    def documents(self) -> Iterator[Document]:
        """All documents, in the order they were added."""
        snapshot = self._index.snapshot()
        keys = snapshot.keys()
        for start in range(0, len(keys), 200):
            yield from snapshot.documents(keys[start : start + 200]).values()

    def sources(self) -> list[SourceSummary]:
        """What the corpus holds of each publisher, the largest first."""
        return self._index.snapshot().sources()

    def refresh(self) -> None:
        """Sees at once what another process committed; otherwise that takes up to a second or so."""
        self._index.refresh()


def _named_once(document: Document, others: Iterable[Document]) -> tuple[Document, ...]:
    """The other documents, without `document` itself and none twice."""
    named = {other.id: other for other in others if other.id != document.id}
    return tuple(named.values())
