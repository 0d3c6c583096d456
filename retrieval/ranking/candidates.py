"""Which passages might answer? The index's best passages, and all passages of its best articles.

The sentence that answers often doesn't name what the article is about, so articles are searched as well. Counts of
the question's terms in all these passages come out of the index's term arrays, as matrices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.collection import TermIds, term_id
from retrieval.index.protocol import Filter, Snapshot, Wanted
from retrieval.question.vocabulary import row_df_in
from retrieval.ranking.articles import articles_named, passages_named
from retrieval.ranking.wording import add_wordings
from retrieval.records import Query, QueryTerm
from retrieval.term_arrays import Outlines, TermArrays
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
USUAL = 3
"""A phrase is read as another wording too that so many times as many passages hold (decision 0010)."""
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

    `keys`: shape (A,); `documents`: their term arrays. `article`: (P,), each passage's place in `keys`;
    `number`: (P,), its number in the document, whose passages stand together, in order.
    `tf`: (T, P); `pair_tf`: (B, P); `section_tf`: (T, P), in all that
    stands over the passage; `section_pair_tf`: (B, P), within one of those; `article_tf`: (T, A), title and headings
    included; `article_pair_tf`: (B, A); `title`: (T, A), whether the title has it. `length`: (P,);
    `article_length`: (A,); `section_length`: (P,), of all that stands over it. `section_said`: (P,), the greatest
    share of its terms that the question says of anything over the passage. `is_beside`: (P,), see `Sections`.
    `is_named`: (P,), whether it is in an article that the question names: "khoản 2 Điều 5".
    """

    keys: tuple[int, ...]
    documents: TermArrays
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
        """The passages `offset` after these in the same document; -1 where there is none."""
        moved = places + offset
        inside = (moved >= 0) & (moved < len(self.article))
        same = self.article[np.where(inside, moved, 0)] == self.article[places]
        return np.where(inside & same, moved, -1)

    def counts_at(self, places: Places) -> Counts:
        """Columns of `tf`; zeros where a place is -1."""
        return np.where(places >= 0, self.tf.take(places, axis=1, mode="wrap"), 0)

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
) -> Candidates | None:
    """Candidates for the query; None where no term of it is in the index. `within`: all passages of the document
    with this key, and no others."""
    if within is not None:
        return _counted(query, terms, snapshot.terms_of([within]))
    content = [term for term in terms.singles if term.role not in ("function", "asking")]
    wanted = content or list(terms.singles)
    keys, found = snapshot.find(Wanted(wanted, ARTICLES), Wanted([*wanted, *terms.pairs], limit), where)
    keys = list(dict.fromkeys([*keys, *(key for key, _ in found)]))
    return _counted(query, terms, snapshot.terms_of(keys))


def with_usual_wording(query: Query, snapshot: Snapshot) -> Query:
    """The query without other wordings of phrases that are the corpus' own: those of which no other wording is in USUAL
    times as many passages. Laws have "nhà giáo" in many more than "giáo viên"."""

    def is_usual(said: str, others: Sequence[str]) -> bool:
        own, *counts = (_passages_with(words, query, snapshot) for words in (said, *others))
        return own > 0 and max(counts) < USUAL * own

    return replace(query, wording=tuple(each for each in query.wording if not is_usual(*each)))


def _form(term: QueryTerm, unmarked: bool) -> str:
    return unmark(term.text) if unmarked and not term.plain else term.text


def _passages_with(words: str, query: Query, snapshot: Snapshot) -> int:
    """How many passages hold the phrase, its words in a row, at most."""
    unmarked = query.lacks_marks
    terms = [unmark(fold(word)) if unmarked else fold(word) for word in words.split()]
    return row_df_in(snapshot)(terms, unmarked)


def _related(query: Query, snapshot: Snapshot) -> Iterator[QueryTerm]:
    unmarked = query.lacks_marks
    unknown = (
        other
        for words, others in query.synonyms
        if not _passages_with(words, query, snapshot)
        for other in others
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


@dataclass(frozen=True, slots=True)
class _Cells:
    """Stretches of the documents' terms, in their order: of each document its title, its passages, its sections.

    `length`: how many terms each has. `of_term`: which of them each term is in. `titles`, `passages`, `sections`: which
    are what; `article`: (P,), each passage's document. `over`: (P,), the section right over each passage, and
    `parents`: (S,), over each section; -1: none.
    """

    length: Counts
    of_term: Counts
    titles: Places
    passages: Places
    sections: Places
    article: Places
    over: Places
    parents: Places
    is_beside: Flags

    @classmethod
    def of(cls, outlines: Outlines) -> _Cells:
        passages, sections = outlines.passages, outlines.sections
        counts = 1 + passages + sections
        titles = np.cumsum(counts) - counts
        places = np.arange(counts.sum())
        within = places - np.repeat(titles, counts)
        is_section = within > np.repeat(passages, counts)
        of_passages, of_sections = np.flatnonzero((within > 0) & ~is_section), np.flatnonzero(is_section)
        ends = np.empty(len(places), np.int64)
        ends[~is_section] = outlines.starts
        some = sections > 0
        first = np.cumsum(sections + some) - sections - some
        ends[is_section] = np.delete(outlines.section_starts, first[some])
        terms = outlines.terms
        length = np.diff(ends + np.repeat(np.cumsum(terms) - terms, counts), prepend=0)
        over = np.full(len(of_passages), -1, np.int64)
        over[np.repeat(some, passages)] = _moved(outlines.over, sections[some], passages[some])
        return cls(
            length=length.astype(np.int32),
            of_term=np.repeat(places.astype(np.int32), length),
            titles=titles,
            passages=of_passages,
            sections=of_sections,
            article=np.repeat(np.arange(len(passages)), passages),
            over=over,
            parents=_moved(outlines.parents, sections[some], sections[some]),
            is_beside=outlines.is_beside,
        )

    def by_article(self, values: Counts) -> Counts:
        """The sums over each document's title, passages and sections; `values`: shape (..., cells)."""
        return np.asarray(np.add.reduceat(values, self.titles, axis=-1), np.int32)


def _moved(own: Places, counts: Places, repeats: Places) -> Places:
    """Places among each document's own sections, `repeats` of them, as places among all documents'; -1 stays."""
    return np.where(own >= 0, own + np.repeat(np.cumsum(counts) - counts, repeats), -1)


def _counted(query: Query, terms: QuestionTerms, documents: TermArrays) -> Candidates | None:
    """All counts at once, over the documents' term arrays laid end to end. A title and each section count as a passage
    here, and are taken out at the end."""
    documents = documents.at_most(MAX_TERMS)
    if not documents:
        return None
    cells = _Cells.of(documents.outlines())
    singles, pairs = len(terms.singles), len(terms.pairs)
    counts = np.zeros(
        (singles + pairs + 1, len(cells.length)), np.int32
    )  # one array, so that each step is one pass
    counts[-1] = cells.length
    tf, pair_tf = counts[:singles], counts[singles:-1]
    for unmarked in {term.plain for term in (*terms.singles, *terms.pairs)}:
        stream = documents.stream(plain=unmarked)
        _count_stream(stream, cells.of_term, terms, unmarked, tf, pair_tf)
        if query.wording:
            rows: list[tuple[tuple[str, ...], Counts]] = [
                ((term.text,), tf[row]) for row, term in enumerate(terms.singles) if term.plain == unmarked
            ]
            rows += [
                ((_form(left, unmarked), _form(right, unmarked)), pair_tf[row])
                for row, (pair, (left, right)) in enumerate(zip(terms.pairs, terms.pair_parts, strict=True))
                if pair.plain == unmarked
            ]
            add_wordings(query, stream, cells.of_term, rows, unmarked=unmarked)
    references = articles_named(query.text)
    of_section = counts.take(cells.sections, axis=1)
    said = (of_section[:singles] > 0).sum(axis=0) / np.maximum(of_section[-1], 1)
    here, whole = counts.take(cells.passages, axis=1), cells.by_article(counts)
    above = _over_passages(of_section, cells.over, cells.parents, np.add)
    return Candidates(
        keys=tuple(documents),
        documents=documents,
        article=cells.article,
        number=cells.passages - cells.titles[cells.article] - 1,
        tf=here[:singles],
        pair_tf=here[singles:-1],
        article_tf=whole[:singles],
        article_pair_tf=whole[singles:-1],
        title=tf.take(cells.titles, axis=1) > 0,
        length=here[-1],
        article_length=whole[-1],
        section_tf=above[:singles],
        section_pair_tf=above[singles:-1],
        section_length=above[-1],
        section_said=_over_passages(said, cells.over, cells.parents, np.maximum),
        is_beside=cells.is_beside,
        is_named=passages_named(references, documents)
        if references
        else np.zeros(len(cells.article), np.bool_),
    )


def _count_stream(
    stream: TermIds, cell_of: Counts, terms: QuestionTerms, unmarked: bool, tf: Counts, pair_tf: Counts
) -> None:
    """Adds to the rows of `tf` and `pair_tf` that are counted in this stream of terms, accented or `unmarked`.

    `cell_of`: the cell that each of its terms is in. One pass finds whatever may be one of the question's terms by 16
    bits of its id; the rest looks at those few.
    """
    singles = {term_id(term.text): row for row, term in enumerate(terms.singles) if term.plain == unmarked}
    pairs = {
        row: (term_id(_form(left, unmarked)), term_id(_form(right, unmarked)))
        for row, (pair, (left, right)) in enumerate(zip(terms.pairs, terms.pair_parts, strict=True))
        if pair.plain == unmarked
    }
    wanted = sorted({*singles, *(side for pair in pairs.values() for side in pair)})
    at = {identity: place for place, identity in enumerate(wanted)}
    places, which = _occurrences(stream, np.array(wanted, np.uint32))
    cells, size = cell_of[places], tf.shape[1]
    row_of = np.array([singles.get(identity, len(tf)) for identity in wanted])
    counts = np.bincount(row_of[which] * size + cells, minlength=(len(tf) + 1) * size)
    for row in singles.values():
        tf[row] = counts[row * size : (row + 1) * size]
    if pairs:
        pair_of = np.full((len(wanted), len(wanted)), -1, np.int64)
        for row, (left, right) in pairs.items():
            pair_of[at[left], at[right]] = row
        beside = np.flatnonzero((places[1:] == places[:-1] + 1) & (cells[1:] == cells[:-1]))
        rows = pair_of[which[beside], which[beside + 1]]
        held = rows >= 0
        np.add.at(pair_tf, (rows[held], cells[beside[held]]), 1)


def _occurrences(stream: TermIds, wanted: TermIds) -> tuple[Places, Places]:
    """Where in the stream a wanted term stands, in order, and which of `wanted` (sorted) each is."""
    low = wanted.astype(np.uint16)
    if len(wanted) > 255 or len(set(low.tolist())) < len(wanted):
        places = np.flatnonzero(np.isin(stream, wanted))
        return places, np.searchsorted(wanted, stream[places])
    marks = np.zeros(1 << 16, np.uint8)
    marks[low] = np.arange(1, len(wanted) + 1)
    found = marks.take(stream.astype(np.uint16))
    places = np.flatnonzero(found != 0)
    which = found.take(places).astype(np.int64) - 1
    exact = wanted.take(which) == stream.take(places)
    return places[exact], which[exact]


def _over_passages(
    of_section: npt.NDArray[Any], over: Places, parents: Places, join: np.ufunc
) -> npt.NDArray[Any]:
    """All sections' values that stand over each passage, joined; `of_section`: shape (..., sections), not negative."""
    found = np.zeros((*of_section.shape[:-1], len(over)), of_section.dtype)
    below = np.flatnonzero(over >= 0)
    if not len(below) or not of_section.any():
        return found
    nothing = np.zeros((*of_section.shape[:-1], 1), of_section.dtype)  # stands last: what -1 means
    own = np.concatenate([of_section, nothing], axis=-1)
    parents = np.append(parents, -1)
    total, at = own.copy(), parents
    while (at >= 0).any():
        join(total, own.take(at, axis=-1, mode="wrap"), out=total)
        at = parents[at]
    if len(below) == len(over):
        return total.take(over, axis=-1)
    found[..., below] = total.take(over[below], axis=-1)
    return found
