"""What is asked of both kinds of index: the seeds, our texts of other kinds, parts of them, and copies."""

from __future__ import annotations

import dataclasses
import datetime
import random
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from retrieval import Document, Hit, Retriever, read_corpus, shipped
from retrieval.index.protocol import Wanted
from retrieval.ranking.ranker import collect
from tests.quality.questions import questions, unanswerable
from tests.quality.text_rows import TEXTS, rows


@cache
def documents() -> tuple[Document, ...]:
    """Each whole, then every stretch of eight lines of it as a document of its own, and every ninth of these twice."""
    whole = tuple(read_corpus([shipped("seeds"), TEXTS]))
    return (*whole, *(part for document in whole for part in _parts(document)))


def _parts(document: Document) -> Iterator[Document]:
    lines = [line for line in document.text.split("\n") if line.strip()]
    for number, start in enumerate(range(0, len(lines), 8)):
        part = Document(
            id=f"{document.id}#{number}",
            text="\n".join(lines[start : start + 8]),
            title=f"{document.title} ({number})",
            source=document.source or f"Nguồn {number % 7}",
            published=datetime.date(2020, 1, 1) + datetime.timedelta(days=37 * number),
        )
        yield part
        if number % 9 == 0:
            yield dataclasses.replace(part, id=f"{part.id} again", source="Báo Chép Lại")


def mixtures(count: int) -> Iterator[Document]:
    """Whole documents again and again, their headings kept, every other line in place of one from elsewhere: of each
    passage there are many, under other headings, in articles that are as good as each other."""
    chance = random.Random(7)
    whole = [document for document in read_corpus([shipped("seeds"), TEXTS]) if len(document.text) > 2_000]
    said = [line for document in whole for line in document.text.split("\n") if 60 < len(line) < 600]
    for number in range(count):
        document = whole[number % len(whole)]
        lines = [
            chance.choice(said) if len(line) > 60 and chance.random() < 0.5 else line
            for line in document.text.split("\n")
        ]
        yield Document(f"{document.id}@{number}", "\n".join(lines), title=f"{document.title} ({number})")


@cache
def asked() -> tuple[str, ...]:
    """Questions of all kinds, each once."""
    texts = [turn.text for row in rows() for turn in row.turns]
    texts += [question.text for question in (*questions(), *unanswerable())]
    return tuple(dict.fromkeys(texts))


def found(retriever: Retriever, question: str) -> set[tuple[int, int]]:
    """The passages that the engine finds for all of the question's terms."""
    with closing(retriever._index.snapshot()) as snapshot:
        terms = retriever._understood(question, snapshot).terms
        wanted = Wanted(terms, retriever._settings.ranking.candidates)
        return set(snapshot.find(Wanted((), 0), wanted, None)[1])


def lacks_marks(retriever: Retriever, question: str) -> bool:
    """Whether any word of the question is looked for without its marks."""
    with closing(retriever._index.snapshot()) as snapshot:
        return any(term.plain for term in retriever._understood(question, snapshot).terms)


def chosen_among(retriever: Retriever, question: str) -> set[int]:
    """The articles that ranking chooses from: those that the engine finds, and those of the passages it finds."""
    with closing(retriever._index.snapshot()) as snapshot:
        ranking = collect(
            retriever._understood(question, snapshot),
            snapshot,
            analyzer=retriever._analyzer,
            settings=retriever._settings.ranking,
        )
        return set(ranking.candidates.keys) if ranking else set()


Seen = tuple[str, int, int, str, tuple[str, ...]]


def seen(hit: Hit) -> Seen:
    """What of a hit must be the same wherever it was found, besides its score; the order of those that say the same is
    nobody's."""
    others = tuple(sorted(other.id for other in hit.also))
    return hit.document.id, hit.passage.start, hit.passage.end, hit.passage.text, others


def differences(one: Retriever, other: Retriever, questions: tuple[str, ...]) -> list[str]:
    """Questions whose ten best hits aren't the same, or not with the same scores to a millionth."""
    different = []
    for question in questions:
        left, right = one.search(question, limit=10), other.search(question, limit=10)
        far = max((abs(a.score - b.score) for a, b in zip(left, right, strict=False)), default=0.0)
        if len(left) != len(right) or far > 1e-6 or not _same_but_for_ties(left, right):
            different.append(question)
    return different


def _same_but_for_ties(left: list[Hit], right: list[Hit]) -> bool:
    """Passages that say the same get the same score: which of them comes first is nobody's."""
    last = left[-1].score if left else 0.0

    def by_score(hits: list[Hit]) -> set[tuple[float, Seen]]:
        return {(round(hit.score, 5), seen(hit)) for hit in hits if hit.score > last + 1e-6}

    return by_score(left) == by_score(right)
