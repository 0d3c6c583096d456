"""Which passages might answer? The index's best passages, and all passages of its best articles.

The sentence that answers often doesn't name what the article is about, so articles are searched as well. Of the
thousands of passages that these are, only those are counted out that hold most of the question at all, with what
stands next to them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.index.protocol import Filter, Snapshot, Wanted
from retrieval.ranking.articles import articles_named, passages_named
from retrieval.ranking.occurrences import Cells, Counts, Flags, Occurrences, Places
from retrieval.ranking.terms import ARTICLE, PAIRS, QuestionTerms, TermWeights, worth_looking_for
from retrieval.records import Query, QueryTerm
from retrieval.term_arrays import TermArrays

Scores = npt.NDArray[np.float64]

SECTION = 1.0
"""What a word counts that stands over a passage (a heading, a lead-in, a header row), beside one in it."""
ARTICLES = 50
"""How many whole articles are looked at. Measured: 200 gain nothing; 30 find fewer of the laws that people ask about in
their own words, see docs/benchmarks.md."""
OF_ARTICLES, OF_PASSAGES = 0.8, 0.6
"""What the terms that are looked for weigh at least, as a share of all: where words are in very many articles or
passages, the engine is not asked for the lightest. All are counted in what it finds. Measured: docs/benchmarks.md."""
MAX_TERMS = 400_000
"""Terms of articles that are read for one question: a hundred long laws, or nearly a thousand news articles."""
NAMED = 1e6
"""More than any score: passages of an article that the question names are always among those chosen."""
PAPERS = 5
ALIKE = 9
"""Decimals of scores that are compared: the same sum, taken in another order, differs behind them. Copies of a passage
are then told apart by where they stand."""
BEFORE, AFTER = 2, 1
"""So many passages before and after each that is chosen are counted out too."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages with their counts. P passages of A articles, T single terms, B pairs.

    `keys`: shape (A,); `documents`: their term arrays. `article`: (P,), each passage's place in `keys`;
    `number`: (P,), its number in the document, whose passages stand in order. `chosen`: which of the P hold most of the
    question, these first; the others are their neighbours.
    `tf`: (T, P); `pair_tf`: (B, P); `section_tf`: (T, P), in all that
    stands over the passage; `section_pair_tf`: (B, P), within one of those; `article_tf`: (T, A), title and headings
    included; `article_pair_tf`: (B, A); `title`: (T, A), whether the title has it. `length`: (P,);
    `article_length`: (A,); `section_length`: (P,), of all that stands over it. `section_said`: (P,), the greatest
    share of its terms that the question says of anything over the passage. `row_of`: of each of the documents' terms,
    which of the T it is, -1: of none; `begins`: (P,), where each passage's begin there; `over_begins`, `over_length`:
    (P,), where those of the section right over it begin, and how many they are. `is_beside`: (P,), see `Sections`.
    `is_named`: (P,), whether it is in an article that the question names: "khoản 2 Điều 5". `is_sure`: (P,), whether
    it comes before others, whatever these hold.
    """

    keys: tuple[int, ...]
    documents: TermArrays
    article: Places
    number: Places
    chosen: Places
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
    row_of: Counts
    begins: Places
    over_begins: Places
    over_length: Counts
    is_beside: Flags
    is_named: Flags
    is_sure: Flags

    def with_sections(self, places: Places) -> tuple[Scores, Scores]:
        """Columns of `tf` and `pair_tf` with what stands over each passage, at SECTION of its weight."""
        return (
            self.tf.take(places, axis=1) + SECTION * self.section_tf.take(places, axis=1),
            self.pair_tf.take(places, axis=1) + SECTION * self.section_pair_tf.take(places, axis=1),
        )

    def held(self, places: Places) -> Flags:
        """(T, places): which terms each passage holds, or what stands over it."""
        return np.asarray((self.tf.take(places, axis=1) > 0) | (self.section_tf.take(places, axis=1) > 0))

    def beside(self, places: Places, offset: int) -> Places:
        """The passages `offset` after these in the same document; -1 where there is none, or it isn't among the P."""
        moved = places + offset
        inside = (moved >= 0) & (moved < len(self.article))
        moved = np.where(inside, moved, 0)
        same = (self.article[moved] == self.article[places]) & (
            self.number[moved] == self.number[places] + offset
        )
        return np.where(inside & same, moved, -1)

    def counts_at(self, places: Places) -> Counts:
        """Columns of `tf`; zeros where a place is -1."""
        return np.where(places >= 0, self.tf.take(places, axis=1, mode="wrap"), 0)

    def rows_at(self, places: Places) -> list[Counts]:
        """Of each passage's terms, which of the T each is; -1: of none."""
        begins, lengths = self.begins[places].tolist(), self.length[places].tolist()
        return [self.row_of[begin : begin + length] for begin, length in zip(begins, lengths, strict=True)]

    def lengths_at(self, places: Places) -> Counts:
        return np.where(places >= 0, self.length[places], 0)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: the question's terms and their weights, the best `passages` of the index by these, of which
    `scored` are chosen. `with_heads`: heads and signatures of the PAPERS best papers are among them."""

    query: Query
    terms: QuestionTerms
    weights: TermWeights
    passages: int
    scored: int
    with_heads: bool = False


def gather(
    wish: Wish, snapshot: Snapshot, *, where: Filter | None, within: int | None = None
) -> Candidates | None:
    """Candidates for the query; None where no term of it is in the index. `within`: passages of the document with this
    key, and no others."""
    if within is not None:
        return _counted(wish, snapshot.terms_of([within]))
    articles, passages = _looked_for(wish, snapshot, everything=where is not None)
    keys, found = snapshot.find(Wanted(articles, ARTICLES), Wanted(passages, wish.passages), where)
    keys = list(dict.fromkeys([*keys, *(key for key, _ in found)]))
    return _counted(wish, snapshot.terms_of(keys))


def _looked_for(
    wish: Wish, snapshot: Snapshot, *, everything: bool
) -> tuple[list[QueryTerm], list[QueryTerm]]:
    """The terms that articles and passages are looked for by: with `everything`, all; counts say nothing of what a
    filter leaves."""
    singles, pairs, weights = wish.terms.singles, wish.terms.pairs, wish.weights
    rows = [row for row, term in enumerate(singles) if term.is_content] or list(range(len(singles)))
    content = [singles[row] for row in rows]
    passages = [*content, *pairs]
    if everything:
        return content, passages
    in_articles = [snapshot.article_df(term.text, plain=term.plain) for term in content]
    in_passages = [snapshot.passage_df(term.text, plain=term.plain) for term in passages]
    of_passages = [*weights.single[rows].tolist(), *weights.pair.tolist()]
    return (
        worth_looking_for(content, weights.article[rows].tolist(), in_articles, share=OF_ARTICLES),
        worth_looking_for(passages, of_passages, in_passages, share=OF_PASSAGES),
    )


def _counted(wish: Wish, documents: TermArrays) -> Candidates | None:
    """The documents' passages that hold most of the question, with their neighbours, counted out."""
    documents = documents.at_most(MAX_TERMS)
    if not documents:
        return None
    cells = Cells.of(documents.outlines())
    found = Occurrences.of(wish.query, wish.terms, documents, cells)
    singles, articles = len(wish.terms.singles), len(documents)
    held = found.held(len(cells.length))
    whole = found.counted(cells.document, articles)
    title = held[:singles].take(cells.titles, axis=1)
    references = articles_named(wish.query.text)
    nowhere = np.zeros(len(cells.article), np.bool_)
    is_named = passages_named(references, documents) if references else nowhere
    reach = wish.weights.article @ (whole[:singles] > 0)
    is_sure = is_named
    if wish.with_heads:
        best = np.argsort(-(reach + title.sum(axis=0)), kind="stable")[:PAPERS]
        is_sure = is_named | (cells.is_beside & np.isin(cells.article, best))
    rough: Scores = _coverage(held, cells, wish.weights) + ARTICLE * reach[cells.article] + NAMED * is_sure
    best = _best(np.round(rough, ALIKE), wish.scored)
    kept = _with_neighbours(best, cells.article)
    column_of = np.full(len(cells.length), -1, np.int64)
    own = cells.passages[kept]
    column_of[own] = np.arange(len(kept))
    here = found.counted(column_of, len(kept))
    over, section_length, section_said = _over(found, held, cells, singles, kept)
    begins = np.cumsum(cells.length) - cells.length
    right_over = np.append(cells.sections, -1)[cells.over[kept]]
    return Candidates(
        keys=tuple(documents),
        documents=documents,
        article=cells.article[kept],
        number=own - cells.titles[cells.article[kept]] - 1,
        chosen=np.searchsorted(kept, best),
        tf=here[:singles],
        pair_tf=here[singles:],
        article_tf=whole[:singles],
        article_pair_tf=whole[singles:],
        title=title,
        length=cells.length[own],
        article_length=np.add.reduceat(cells.length, cells.titles, dtype=np.int32),
        section_tf=over[:singles],
        section_pair_tf=over[singles:],
        section_length=section_length,
        section_said=section_said,
        row_of=found.row_of,
        begins=begins[own],
        over_begins=begins[right_over],
        over_length=np.where(right_over >= 0, cells.length[right_over], 0),
        is_beside=cells.is_beside[kept],
        is_named=is_named[kept],
        is_sure=is_sure[kept],
    )


def _coverage(held: Flags, cells: Cells, weights: TermWeights) -> Scores:
    """How much of the question each passage holds at all, or what stands over it."""
    mass = np.concatenate([weights.single, PAIRS * weights.pair])
    coverage: Scores = (mass @ held)[cells.passages]
    of_section = held.take(cells.sections, axis=1)
    said = cells.over_passages(np.asarray(of_section.any(axis=0)), np.logical_or)
    under = np.flatnonzero(said)  # few passages stand under a section that holds any of it
    if len(under):
        above = cells.over_passages(of_section, np.logical_or, under)
        coverage[under] = mass @ (held.take(cells.passages[under], axis=1) | above)
    return coverage


def _over(
    found: Occurrences, held: Flags, cells: Cells, singles: int, kept: Places
) -> tuple[Counts, Counts, Scores]:
    """Of what stands over each kept passage: the counts in all of it, its length, the greatest share that is said."""
    sections = cells.sections
    column_of = np.full(len(cells.length), -1, np.int64)
    column_of[sections] = np.arange(len(sections))
    length = cells.length[sections]
    counts = np.concatenate([found.counted(column_of, len(sections)), length[None]])
    said = held[:singles].take(sections, axis=1).sum(axis=0) / np.maximum(length, 1)
    above = cells.over_passages(counts, np.add, kept)
    return above[:-1], above[-1], cells.over_passages(said, np.maximum, kept)


def _best(scores: Scores, count: int) -> Places:
    """Places of the `count` best scores, best first; of equal ones the first, an older article's."""
    if count >= len(scores):
        return np.argsort(-scores, kind="stable")
    least = np.partition(scores, -count)[-count]
    among = np.flatnonzero(scores >= least)
    return among[np.argsort(-scores[among], kind="stable")][:count]


def _with_neighbours(chosen: Places, article: Places) -> Places:
    """The chosen passages and those next to them in the same article, in order."""
    near = (chosen[:, None] + np.arange(-BEFORE, AFTER + 1)).ravel()
    own = np.repeat(chosen, BEFORE + AFTER + 1)
    inside = (near >= 0) & (near < len(article))
    near, own = near[inside], own[inside]
    return np.unique(near[article[near] == article[own]])
