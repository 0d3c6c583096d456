"""The library's front door: build or open a corpus, search it, ask it, change it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from retrieval.analyzer import Analyzer, make_analyzer
from retrieval.answering.pinned import checked, find_pinned
from retrieval.answering.steps import Steps
from retrieval.errors import HoidapError, QuestionError, SnapshotLost
from retrieval.index.opening import create_index, open_index
from retrieval.index.protocol import Filter, Index, Snapshot
from retrieval.question.bounds import check_bounds
from retrieval.question.compose import compose
from retrieval.question.understand import understand
from retrieval.ranking.ranker import weigh_terms
from retrieval.records import Answer, Document, Following, Hit, PinnedAnswer, Query, SourceSummary
from retrieval.remembered import Remembered
from retrieval.settings import Settings
from retrieval.vietnamese.characters import is_writable

if TYPE_CHECKING:
    from retrieval.dialogue.conversation import Conversation
    from retrieval.dialogue.turn import Turn

T = TypeVar("T")


class Retriever:
    """A corpus to ask. Every method may be called from several threads at once.

    A question sees one commit of the index, whatever is added or removed meanwhile; what was answered of late is kept
    until the next commit, so that two callers may get the same record. Of two threads that write at the same time, the
    second gets IndexLocked. `with Retriever.open(path) as retriever:` closes it in the end.
    """

    def __init__(self, index: Index, settings: Settings, analyzer: Analyzer) -> None:
        self._index = index
        self._settings = settings
        self._analyzer = analyzer
        self._steps = Steps(analyzer, settings)
        self._remembered = Remembered()

    @classmethod
    def build(
        cls,
        documents: Iterable[Document],
        *,
        path: Path | str | None = None,
        settings: Settings | None = None,
    ) -> Retriever:
        """A retriever over `documents`: in memory, or in a new index at `path`. Raises CorpusError as `add` does."""
        settings = settings or Settings()
        analyzer = make_analyzer(settings)
        index = create_index(path, settings=settings, analyzer=analyzer.fingerprint)
        retriever = cls(index, settings, analyzer)
        retriever.add(documents)
        return retriever

    @classmethod
    def open(cls, path: Path | str, *, settings: Settings | None = None) -> Retriever:
        """The index at `path`, a folder or an address like "opensearch+https://host:9200/name".

        This user must be allowed to read it, no more. Raises IndexMissing, IndexDamaged, IndexOutdated or
        IndexUnreachable.
        """
        settings = settings or Settings()
        analyzer = make_analyzer(settings)
        return cls(open_index(path, settings=settings, analyzer=analyzer.fingerprint), settings, analyzer)

    def close(self) -> None:
        """Lets go of the index's files; whatever is asked afterwards raises IndexError_. May be called again.

        Call it when no question is under way in another thread.
        """
        self._index.close()
        self._remembered.forget()

    def __enter__(self) -> Retriever:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, documents: Iterable[Document]) -> None:
        """Adds documents, each in place of one with the same id; all become visible together.

        Their words may be in any Unicode form: the index holds them in NFC, with blocks moved along. Raises
        CorpusError for a document without an id or with something else than text in it, and IndexLocked; then none
        of them is added.
        """
        from retrieval.corpus.entering import entered  # with the readers, which no question needs

        with self._index.writer() as writer:
            for document in documents:
                writer.add(self._analyzer.analyse(entered(document)))
            writer.commit()

    def remove(self, ids: Iterable[str]) -> int:
        """Removes the documents with these ids; returns how many there were. Raises IndexLocked."""
        with self._index.writer() as writer:
            count = writer.remove(filter(is_writable, [ids] if isinstance(ids, str) else ids))
            writer.commit()
        return count

    def pin(self, questions: str | Iterable[str], text: str, *, source: str) -> PinnedAnswer:
        """Answers `questions`, several wordings of one, with `text` from now on, whatever the documents say.

        `source`: who says so, shown beside it. Kept in the index through updates and rebuilds. Raises QuestionError
        for a wording that asks nothing or is pinned already, and for what is empty or too long; IndexLocked.
        """
        wordings = [questions] if isinstance(questions, str) else list(questions)
        answer = checked(wordings, text, source, day=datetime.date.today(), read=self.understand)
        self._index.refresh()
        for wording in answer.questions:
            query = self.understand(wording)
            there = self._asking(partial(self._pinned, query))
            if there:
                raise QuestionError(f"“{wording}”: đã được ghim (số {there.id}); hãy gỡ ghim đó trước")
        with self._index.writer() as writer:
            answer = dataclasses.replace(answer, id=writer.pin(answer))
            writer.commit()
        return answer

    def unpin(self, number: int) -> bool:
        """Forgets the pinned answer with this id; says whether there was one. Raises IndexLocked."""
        with self._index.writer() as writer:
            found = writer.unpin(number)
            writer.commit()
        return found

    def pins(self) -> tuple[PinnedAnswer, ...]:
        """What is pinned, the oldest first."""
        return self._asking(lambda snapshot: snapshot.pins)

    def _asking(self, ask: Callable[[Snapshot], T]) -> T:
        """What one commit answers; where it is lost meanwhile, what the newest answers."""
        try:
            with closing(self._index.snapshot()) as snapshot:
                return ask(snapshot)
        except SnapshotLost:
            pass
        except HoidapError:
            raise
        except Exception:
            # Numbers that were damaged after they were first read make any step fail. Asked once more, with all that is
            # read compared with what was written, that raises IndexDamaged; a fault of the program raises what it did.
            self._index.doubt()
        with closing(self._index.snapshot()) as snapshot:
            return ask(snapshot)

    def _pinned(self, query: Query, snapshot: Snapshot) -> PinnedAnswer | None:
        return find_pinned(
            query,
            snapshot.pins,
            read=lambda wording: self._understood(wording, snapshot),
            gazetteer=self._analyzer.gazetteer,
        )

    def understand(self, question: str, *, today: datetime.date | None = None) -> Query:
        """What the question asks for. Raises QuestionError where there is nothing to look for.

        `today`: the day that "năm ngoái" and "tuần này" are seen from, where it isn't this one.
        """
        return self._asking(lambda snapshot: self._understood(question, snapshot, today=today))

    def _understood(self, question: str, snapshot: Snapshot, *, today: datetime.date | None = None) -> Query:
        """As it was read before, where it was."""
        day = today or datetime.date.today()
        return self._remembered.recall(
            snapshot, ("understood", question, day), lambda: self._read(question, snapshot, today=day)
        )

    def _read(self, question: str, snapshot: Snapshot, *, today: datetime.date | None = None) -> Query:
        return snapshot.settled(
            lambda: understand(question, analyzer=self._analyzer, vocabulary=snapshot, today=today),
            then=lambda query: weigh_terms(query, snapshot),
        )

    def compose(self, question: str, read: Sequence[Query]) -> Query:
        """What `question` asks, which is made of words of questions that were understood: they aren't read again.

        Raises QuestionError where there is nothing to look for.
        """
        reading = partial(compose, question, read, analyzer=self._analyzer)
        key = ("composed", question, datetime.date.today(), *read)

        def ask(snapshot: Snapshot) -> Query:
            return self._remembered.recall(
                snapshot, key, lambda: snapshot.settled(lambda: reading(vocabulary=snapshot))
            )

        return self._asking(ask)

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

        Nothing in them is emphasised: only `answer` looks for the words that answer. Raises QuestionError where there
        is nothing to look for, or where `limit` or the dates can't be meant.
        """
        check_bounds(limit, source, since, until)
        where = Filter(source, since, until)

        def ask(snapshot: Snapshot) -> list[Hit]:
            found = self._steps.find(self._read(question, snapshot), snapshot, where=where)
            return [hit for hit, _ in self._steps.hits(found, limit)]

        return self._asking(ask)

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
        What is pinned answers only where nothing is left out: no `source`, `since`, `until` or `following`.
        `explain`: every hit says what its score is made of.
        """
        check_bounds(limit, source, since, until)
        where = Filter(source, since, until)

        def made(query: Query, snapshot: Snapshot) -> Answer:
            found = self._steps.find(query, snapshot, where=where, following=following)
            answer = self._steps.answer(found, limit, explain=explain)
            pinned = None if following or where != Filter() else self._pinned(found.query, snapshot)
            answer = dataclasses.replace(answer, partial=snapshot.partial)
            if pinned is None:
                return answer
            hits = answer.hits if answer.answered else ()
            return dataclasses.replace(
                answer, pinned=pinned, answered=True, hits=hits, missing=(), elsewhere=()
            )

        def ask(snapshot: Snapshot) -> Answer:
            query = self._understood(question, snapshot) if isinstance(question, str) else question
            if explain:  # for a person who looks at one question, and long
                return made(query, snapshot)
            key = ("answered", query, limit, where, following)
            return self._remembered.recall(snapshot, key, lambda: made(query, snapshot))

        return self._asking(ask)

    def answers(
        self,
        questions: Iterable[str],
        *,
        limit: int = 5,
        source: str | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> Iterator[Answer]:
        """The answer to each question, in order, as each is taken.

        A question with nothing to look for gives an answer without hits, so that a list with an empty line in it is
        answered to its end. Raises QuestionError where `limit` or the dates can't be meant.
        """
        check_bounds(limit, source, since, until)

        def each() -> Iterator[Answer]:
            for question in questions:
                try:
                    yield self.answer(question, limit=limit, source=source, since=since, until=until)
                except QuestionError:
                    yield Answer(question=question, hits=(), answered=False, query=Query(question))

        return each()

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
        from retrieval.dialogue.conversation import Conversation

        return Conversation(self, turns, limit=limit, source=source, since=since, until=until)

    def document(self, document_id: str) -> Document | None:
        """The document with this id, a near-duplicate of another too; None where the corpus has none."""

        def read(snapshot: Snapshot) -> Document | None:
            key = snapshot.key_of(document_id) if is_writable(document_id) else None
            return snapshot.documents([key])[key] if key is not None else None

        return self._asking(read)

    def documents(self) -> Iterator[Document]:
        """All documents, in the order they were added."""
        with closing(self._index.snapshot()) as snapshot:
            keys = snapshot.keys()
            for start in range(0, len(keys), 200):
                yield from snapshot.documents(keys[start : start + 200]).values()

    def sources(self) -> list[SourceSummary]:
        """What the corpus holds of each publisher, the largest first."""
        return self._asking(lambda snapshot: snapshot.sources())

    @property
    def generation(self) -> int:
        """Which commit the next question sees: another number after each."""
        return self._asking(lambda snapshot: snapshot.generation)

    def refresh(self) -> None:
        """Sees at once what another process committed; otherwise that takes up to a second or so."""
        self._index.refresh()
