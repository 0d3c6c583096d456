"""Which passages might answer? The index's best passages, and all passages of its best articles.

The sentence that answers often doesn't name what the article is about, so articles are searched as well. Counts of
the question's terms in all these passages come out of the index's term arrays, as matrices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from retrieval.collection import DocumentTerms, term_id
from retrieval.index.protocol import Filter, Snapshot
from retrieval.question.vocabulary import row_df_in
from retrieval.ranking.articles import articles_named, passages_named
from retrieval.records import Query, QueryTerm
from retrieval.vietnamese.syllables import fold
from retrieval.vietnamese.syllables import plain as unmark

Counts = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

RELATED_WEIGHT = 0.3
"""What words count that the question doesn't say itself: older names of its places, and synonyms. Synonyms only of
words that the corpus doesn't know: given for every word they gained nothing on three sets (+0.3, -0.2, -0.2)."""
SECTION = 1.0
"""What a word counts that stands over a passage (a heading, a lead-in, a header row), beside one in it."""
ARTICLES = 50
"""How many whole articles are looked at. Measured: 20 lose half a point of Success@1, 200 gain nothing."""
MAX_TERMS = 400_000
"""Terms of articles that are read for one question: a hundred long laws, or nearly a thousand news articles."""


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The question's distinct terms and its neighbouring pairs; a term typed twice weighs twice."""

    singles: tuple[QueryTerm, ...]
    pairs: tuple[QueryTerm, ...]
    pair_parts: tuple[tuple[QueryTerm, QueryTerm], ...]

    @classmethod
    def of(cls, query: Query, snapshot: Snapshot) -> QuestionTerms:
        pairs: dict[tuple[str, bool], tuple[QueryTerm, QueryTerm, QueryTerm]] = {}
        for left, right in pairwise(query.terms):
            unmarked = left.plain or right.plain
            text = f"{_form(left, unmarked)}_{_form(right, unmarked)}"
            pair = QueryTerm(text, max(left.weight, right.weight), unmarked, f"{left.origin} {right.origin}")
            pairs.setdefault((text, unmarked), (pair, left, right))
        return cls(
            singles=_distinct((*query.terms, *_related(query, snapshot))),
            pairs=tuple(pair for pair, _, _ in pairs.values()),
            pair_parts=tuple((left, right) for _, left, right in pairs.values()),
        )


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages with their counts. P passages of A articles, T single terms, B pairs.

    `keys`: shape (A,); `documents`: (A,), their term arrays. `article`: (P,), each passage's place in `keys`;
    `number`: (P,), its number in the document, whose passages stand together, in order.
    `tf`: (T, P); `pair_tf`: (B, P); `section_tf`: (T, P), in all that
    stands over the passage; `section_pair_tf`: (B, P), within one of those; `article_tf`: (T, A), title and headings
    included; `article_pair_tf`: (B, A); `title`: (T, A), whether the title has it. `length`: (P,);
    `article_length`: (A,); `section_length`: (P,), of all that stands over it. `is_beside`: (P,), see `Sections`.
    `is_named`: (P,), whether it is in an article that the question names: "khoản 2 Điều 5".
    """

    keys: tuple[int, ...]
    documents: tuple[DocumentTerms, ...]
    article: Places
    number: Places
    tf: Counts
    pair_tf: Counts
    article_tf: Counts
    article_pair_tf: Counts
    title: Flags
    length: Counts
    article_length: Counts
    section_tf: Counts
    section_pair_tf: Counts
    section_length: Counts
    is_beside: Flags
    is_named: Flags

    def with_sections(self) -> tuple[Scores, Scores]:
        """`tf` and `pair_tf` with what stands over each passage, at SECTION of its weight."""
        return self.tf + SECTION * self.section_tf, self.pair_tf + SECTION * self.section_pair_tf

    def held(self, places: Places) -> Flags:
        """(T, places): which terms each passage holds, or what stands over it."""
        return np.asarray((self.tf[:, places] > 0) | (self.section_tf[:, places] > 0))

    def beside(self, places: Places, offset: int) -> Places:
        """The passages `offset` after these in the same document; -1 where there is none."""
        moved = places + offset
        inside = (moved >= 0) & (moved < len(self.article))
        same = self.article[np.where(inside, moved, 0)] == self.article[places]
        return np.where(inside & same, moved, -1)

    def counts_at(self, places: Places) -> Counts:
        """Columns of `tf`; zeros where a place is -1."""
        return np.where(places >= 0, self.tf[:, places], 0)

    def lengths_at(self, places: Places) -> Counts:
        return np.where(places >= 0, self.length[places], 0)


def gather(
    query: Query,
    terms: QuestionTerms,
    snapshot: Snapshot,
    *,
    limit: int,
    where: Filter | None,
    within: int | None = None,
) -> Candidates:
    """Candidates for the query; none where no term of it is in the index. `within`: all passages of the document
    with this key, and no others."""
    if within is not None:
        return _count(query, terms, _read(snapshot, [within]))
    content = [term for term in terms.singles if term.role not in ("function", "asking")]
    wanted = content or list(terms.singles)
    keys = snapshot.find_articles(wanted, limit=ARTICLES, where=where)
    found = snapshot.find_passages([*wanted, *terms.pairs], limit=limit, where=where)
    keys = list(dict.fromkeys([*keys, *(key for key, _ in found)]))
    return _count(query, terms, _read(snapshot, keys))


def _read(snapshot: Snapshot, keys: Sequence[int]) -> list[DocumentTerms]:
    documents: list[DocumentTerms] = []
    total = 0
    for document in snapshot.terms_of(keys).values():
        if documents and total + len(document.accented) > MAX_TERMS:
            continue
        total += len(document.accented)
        if len(document.spans):
            documents.append(document)
    return documents


def _form(term: QueryTerm, unmarked: bool) -> str:
    return unmark(term.text) if unmarked and not term.plain else term.text


def _related(query: Query, snapshot: Snapshot) -> Iterator[QueryTerm]:
    unmarked = query.lacks_marks

    def known(words: str) -> bool:
        terms = [unmark(fold(word)) if unmarked else fold(word) for word in words.split()]
        return row_df_in(snapshot)(terms, unmarked) > 0

    unknown = (other for words, others in query.synonyms if not known(words) for other in others)
    for phrase in (*query.related, *unknown):
        for word in phrase.split():
            text = unmark(fold(word)) if unmarked else fold(word)
            yield QueryTerm(
                text, RELATED_WEIGHT, unmarked, word, "name" if phrase in query.related else "noun"
            )


def _distinct(terms: Sequence[QueryTerm]) -> tuple[QueryTerm, ...]:
    merged: dict[tuple[str, bool], QueryTerm] = {}
    for term in terms:
        known = merged.get((term.text, term.plain))
        merged[term.text, term.plain] = known.weighing(known.weight + term.weight) if known else term
    return tuple(merged.values())


def _count(query: Query, terms: QuestionTerms, documents: Sequence[DocumentTerms]) -> Candidates:
    """All counts at once, over the documents' term arrays laid end to end. A title and each section count as a passage
    here, and are taken out at the end."""
    passages = np.array([len(document.starts) - 1 for document in documents], dtype=np.int64)
    sections = np.array([len(document.sections.spans) for document in documents], dtype=np.int64)
    counts = 1 + passages + sections
    firsts = np.cumsum(counts) - counts
    sizes = np.array([len(document.accented) for document in documents], dtype=np.int64)
    ends = np.concatenate(
        [part for document in documents for part in (document.starts, document.sections.starts[1:])]
        or [np.zeros(0, np.uint32)]
    ).astype(np.int64)
    cells = np.diff(ends + np.repeat(np.cumsum(sizes) - sizes, counts), prepend=0)
    cell_of = np.repeat(np.arange(len(cells)), cells)
    article_of_cell = np.repeat(np.arange(len(documents)), counts)
    within = np.arange(len(cells)) - firsts[article_of_cell]
    is_title = within == 0
    is_section = within > passages[article_of_cell]
    is_passage = ~(is_title | is_section)
    streams = {
        unmarked: np.concatenate(
            [document.plain if unmarked else document.accented for document in documents]
        )
        for unmarked in {term.plain for term in (*terms.singles, *terms.pairs)}
        if documents
    }

    @cache
    def where_is(text: str, unmarked: bool) -> Places:
        return np.flatnonzero(streams[unmarked] == np.uint32(term_id(text)))

    def table(rows: Iterator[Places]) -> Counts:
        """For each row, which says where a term is in the stream, how often each cell has it."""
        counted = [np.bincount(cell_of[places], minlength=len(cells)) for places in rows]
        return np.array(counted, np.int32).reshape(len(counted), len(cells))

    def side_by_side(left: QueryTerm, right: QueryTerm, unmarked: bool) -> Places:
        starts = where_is(_form(left, unmarked), unmarked)
        starts = starts[starts + 1 < len(cell_of)]
        follows = streams[unmarked][starts + 1] == np.uint32(term_id(_form(right, unmarked)))
        return np.asarray(starts[follows & (cell_of[starts] == cell_of[starts + 1])])

    tf = table(where_is(term.text, term.plain) for term in terms.singles if documents)
    pair_tf = table(
        side_by_side(left, right, pair.plain)
        for pair, (left, right) in zip(terms.pairs, terms.pair_parts, strict=True)
        if documents
    )
    first_section = np.cumsum(sections) - sections
    over, parents = (
        _moved([getattr(document.sections, name) for document in documents], first_section)
        for name in ("over", "parents")
    )

    def above(values: Counts) -> Counts:
        return _over_passages(values[..., is_section], over, parents)

    return Candidates(
        keys=tuple(document.key for document in documents),
        documents=tuple(documents),
        article=article_of_cell[is_passage],
        number=within[is_passage] - 1,
        tf=tf[:, is_passage],
        pair_tf=pair_tf[:, is_passage],
        article_tf=_sum_by(tf, firsts),
        article_pair_tf=_sum_by(pair_tf, firsts),
        title=tf[:, is_title] > 0,
        length=cells[is_passage].astype(np.int32),
        article_length=np.add.reduceat(cells, firsts).astype(np.int32)
        if len(firsts)
        else np.zeros(0, np.int32),
        section_tf=above(tf),
        section_pair_tf=above(pair_tf),
        section_length=above(cells.astype(np.int32)),
        is_beside=np.concatenate(
            [document.sections.beside for document in documents] or [np.zeros(0, np.uint32)]
        )
        > 0,
        is_named=passages_named(articles_named(query.text), documents),
    )


def _moved(places: Sequence[npt.NDArray[np.int32]], firsts: Places) -> Places:
    """Places among each document's own sections as places among all documents'; -1 stays."""
    if not places:
        return np.zeros(0, np.int64)
    own = np.concatenate(places).astype(np.int64)
    return np.where(own >= 0, own + np.repeat(firsts, [len(each) for each in places]), -1)


def _over_passages(of_section: Counts, over: Places, parents: Places) -> Counts:
    """The sums of `of_section`, shape (..., sections), over all sections that stand over each passage."""
    total = np.zeros((*of_section.shape[:-1], len(over)), np.int32)
    passage = np.flatnonzero(over >= 0)
    at = over[passage]
    while len(passage):
        total[..., passage] += of_section[..., at]
        at = parents[at]
        passage, at = passage[at >= 0], at[at >= 0]
    return total


def _sum_by(table: Counts, firsts: npt.NDArray[np.int64]) -> Counts:
    if not len(firsts) or not len(table):
        return np.zeros((len(table), len(firsts)), np.int32)
    return np.add.reduceat(table, firsts, axis=1).astype(np.int32)
