"""Which passages might answer? The index's best passages, and all passages of its best articles.

The sentence that answers often doesn't name what the article is about, so articles are searched as well. Counts of
the question's terms in all these passages come out of the index's term arrays, as matrices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from retrieval.collection import DocumentTerms, TermIds, term_id
from retrieval.index.protocol import Filter, Snapshot, Wanted
from retrieval.question.vocabulary import row_df_in
from retrieval.ranking.articles import articles_named, passages_named
from retrieval.ranking.wording import add_wordings
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
    `article_length`: (A,); `section_length`: (P,), of all that stands over it. `section_said`: (P,), the greatest
    share of its terms that the question says of anything over the passage. `is_beside`: (P,), see `Sections`.
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
    section_said: Scores
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
    keys, found = snapshot.find(Wanted(wanted, ARTICLES), Wanted([*wanted, *terms.pairs], limit), where)
    keys = list(dict.fromkeys([*keys, *(key for key, _ in found)]))
    return _count(query, terms, _read(snapshot, keys))


def with_unknown_wording(query: Query, snapshot: Snapshot) -> Query:
    """The query without other wordings of phrases that the corpus holds."""
    return replace(
        query, wording=tuple(each for each in query.wording if not _is_known(each[0], query, snapshot))
    )


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


def _is_known(words: str, query: Query, snapshot: Snapshot) -> bool:
    """Whether a passage holds the phrase, its words in a row."""
    unmarked = query.lacks_marks
    terms = [unmark(fold(word)) if unmarked else fold(word) for word in words.split()]
    return row_df_in(snapshot)(terms, unmarked) > 0


def _related(query: Query, snapshot: Snapshot) -> Iterator[QueryTerm]:
    unmarked = query.lacks_marks
    unknown = (
        other for words, others in query.synonyms if not _is_known(words, query, snapshot) for other in others
    )
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
    cell_of = np.repeat(np.arange(len(cells), dtype=np.int32), cells)
    article_of_cell = np.repeat(np.arange(len(documents)), counts)
    within = np.arange(len(cells)) - firsts[article_of_cell]
    is_section = within > passages[article_of_cell]
    of_passages = np.flatnonzero((within > 0) & ~is_section)
    of_sections = np.flatnonzero(is_section)
    tf = np.zeros((len(terms.singles) if documents else 0, len(cells)), np.int32)
    pair_tf = np.zeros((len(terms.pairs) if documents else 0, len(cells)), np.int32)
    for unmarked in {term.plain for term in (*terms.singles, *terms.pairs)} if documents else ():
        stream = np.concatenate([document.plain if unmarked else document.accented for document in documents])
        _count_stream(stream, cell_of, terms, unmarked, tf, pair_tf)
        if query.wording:
            rows: list[tuple[tuple[str, ...], Counts]] = [
                ((term.text,), tf[row]) for row, term in enumerate(terms.singles) if term.plain == unmarked
            ]
            rows += [
                ((_form(left, unmarked), _form(right, unmarked)), pair_tf[row])
                for row, (pair, (left, right)) in enumerate(zip(terms.pairs, terms.pair_parts, strict=True))
                if pair.plain == unmarked
            ]
            add_wordings(query, stream, cell_of, rows, unmarked=unmarked)
    first_section = np.cumsum(sections) - sections
    over, parents = (
        _moved([getattr(document.sections, name) for document in documents], first_section)
        for name in ("over", "parents")
    )

    def above(values: Counts) -> Counts:
        return _over_passages(values.take(of_sections, axis=-1), over, parents)

    return Candidates(
        keys=tuple(document.key for document in documents),
        documents=tuple(documents),
        article=article_of_cell[of_passages],
        number=within[of_passages] - 1,
        tf=tf.take(of_passages, axis=1),
        pair_tf=pair_tf.take(of_passages, axis=1),
        article_tf=_sum_by(tf, firsts),
        article_pair_tf=_sum_by(pair_tf, firsts),
        title=tf.take(firsts, axis=1) > 0,
        length=cells[of_passages].astype(np.int32),
        article_length=np.add.reduceat(cells, firsts).astype(np.int32)
        if len(firsts)
        else np.zeros(0, np.int32),
        section_tf=above(tf),
        section_pair_tf=above(pair_tf),
        section_length=above(cells.astype(np.int32)),
        section_said=_best_over_passages(
            (tf[:, is_section] > 0).sum(axis=0) / np.maximum(cells[is_section], 1), over, parents
        ),
        is_beside=np.concatenate(
            [document.sections.beside for document in documents] or [np.zeros(0, np.uint32)]
        )
        > 0,
        is_named=passages_named(articles_named(query.text), documents),
    )


def _count_stream(
    stream: TermIds, cell_of: Counts, terms: QuestionTerms, unmarked: bool, tf: Counts, pair_tf: Counts
) -> None:
    """Fills the rows of `tf` and `pair_tf` that are counted in this stream of terms, accented or `unmarked`.

    `cell_of`: the cell that each of its terms is in. One pass finds whatever may be one of the question's terms by 16
    bits of its id; the rest looks at those few.
    """
    singles = {row: term_id(term.text) for row, term in enumerate(terms.singles) if term.plain == unmarked}
    pairs = {
        row: (term_id(_form(left, unmarked)), term_id(_form(right, unmarked)))
        for row, (pair, (left, right)) in enumerate(zip(terms.pairs, terms.pair_parts, strict=True))
        if pair.plain == unmarked
    }
    wanted = np.unique(
        np.array([*singles.values(), *(side for pair in pairs.values() for side in pair)], np.uint32)
    )
    maybe = np.zeros(1 << 16, np.bool_)
    maybe[wanted.astype(np.uint16)] = True
    places = np.flatnonzero(maybe[stream.astype(np.uint16)])
    which = np.minimum(np.searchsorted(wanted, stream[places]), len(wanted) - 1)
    exact = wanted[which] == stream[places]
    places, which = places[exact], which[exact]
    cells, size = cell_of[places], tf.shape[1]
    counts = np.bincount(which * size + cells, minlength=len(wanted) * size).reshape(len(wanted), size)
    at = {identity: place for place, identity in enumerate(wanted.tolist())}
    if singles:
        tf[list(singles)] = counts[[at[identity] for identity in singles.values()]]
    if pairs:
        row_of = np.full((len(wanted), len(wanted)), -1, np.int64)
        for row, (left, right) in pairs.items():
            row_of[at[left], at[right]] = row
        beside = np.flatnonzero((places[1:] == places[:-1] + 1) & (cells[1:] == cells[:-1]))
        rows = row_of[which[beside], which[beside + 1]]
        held = rows >= 0
        np.add.at(pair_tf, (rows[held], cells[beside[held]]), 1)


def _moved(places: Sequence[npt.NDArray[np.int32]], firsts: Places) -> Places:
    """Places among each document's own sections as places among all documents'; -1 stays."""
    if not places:
        return np.zeros(0, np.int64)
    own = np.concatenate(places).astype(np.int64)
    return np.where(own >= 0, own + np.repeat(firsts, [len(each) for each in places]), -1)


def _over_passages(of_section: Counts, over: Places, parents: Places) -> Counts:
    """The sums of `of_section`, shape (..., sections), over all sections that stand over each passage."""
    if not (over >= 0).any():
        return np.zeros((*of_section.shape[:-1], len(over)), np.int32)
    nothing = np.zeros((*of_section.shape[:-1], 1), np.int32)  # stands last: what -1 means
    own = np.concatenate([of_section, nothing], axis=-1)
    parents = np.append(parents, -1)
    total, at = own.copy(), parents
    while (at >= 0).any():
        total += own.take(at, axis=-1, mode="wrap")
        at = parents[at]
    return total.take(over, axis=-1, mode="wrap")


def _best_over_passages(of_section: Scores, over: Places, parents: Places) -> Scores:
    """The greatest of `of_section`, shape (sections,), among all sections that stand over each passage; else 0."""
    if not (over >= 0).any():
        return np.zeros(len(over))
    own, parents = np.append(of_section, 0.0), np.append(parents, -1)
    best, at = own.copy(), parents
    while (at >= 0).any():
        best = np.maximum(best, own[at])
        at = parents[at]
    return np.asarray(best[over])


def _sum_by(table: Counts, firsts: npt.NDArray[np.int64]) -> Counts:
    if not len(firsts) or not len(table):
        return np.zeros((len(table), len(firsts)), np.int32)
    return np.add.reduceat(table, firsts, axis=1).astype(np.int32)
