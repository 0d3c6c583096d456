"""Which row or line is meant by a value that lies within its range: "trẻ 4 tuổi" of "Trẻ 2 - 6 tuổi: 5 ml"?

And where rows or lines are told apart by ranges, and the value lies in none of them, nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.answering.columns import BAR, header_over
from retrieval.ranking.order import contenders, named_first
from retrieval.ranking.ranker import Ranked, Ranking
from retrieval.records import Query
from retrieval.vietnamese.labels import opening_of
from retrieval.vietnamese.ranges import Range, measure_of_words, ranges_in
from retrieval.vietnamese.syllables import plain, plain_words

REACH = 3_000
"""Characters around what is shown whose lines are read."""
KIND = 2
"""Syllables of a label that must be said: what a thing is, is a word of one or two ("gói", "nước mắm"); which of them
("nước mắm cá cơm") the question may leave out."""


def in_range_first(query: Query, ranking: Ranking) -> tuple[Ranking, bool, tuple[str, ...]]:
    """The ranking with the passage first whose range the asked value lies in; whether a label's does; and the value,
    where labels that begin as the question says give other values only.
    """
    asked = _asked(query)
    if asked is None:
        return ranking, False, ()
    value, measure = asked.low, asked.measure
    found = {place: list(_ranges(ranking.passages[place], measure)) for place in contenders(ranking.standing)}
    holding = {place: [one for one in ones if one[0].holds(value)] for place, ones in found.items()}
    if not holding[0]:
        may_come = [
            place
            for place, ones in holding.items()
            if any(one.is_open and (is_label or found[0]) for one, is_label in ones)
        ]
        if may_come:
            ranking = ranking.reordered(named_first(ranking.standing, may_come[:1]))
            return ranking, any(is_label for _, is_label in holding[may_come[0]]), ()
    labelled = any(is_label and one.is_open for one, is_label in holding[0])
    if any(holding.values()) or not _is_told_otherwise(query, asked, ranking.passages[0]):
        return ranking, labelled, ()
    return ranking, False, (query.text[asked.start : asked.end],)


def _asked(query: Query) -> Range | None:
    """The one value with a measure that the question says; None where it says none or several."""
    mentions = query.mentions
    taken = [(one.start, one.end) for one in mentions.moments]
    taken += [(one.start, one.end) for one in mentions.articles]
    taken += [(one.start, one.end) for one in mentions.papers]
    values = [
        one
        for one in ranges_in(query.text, None if query.marked else mentions)
        if one.measure and not any(start < one.end and one.start < end for start, end in taken)
    ]
    return values[0] if len(values) == 1 and not values[0].is_open else None


def _ranges(entry: Ranked, measure: str) -> Iterator[tuple[Range, bool]]:
    """The ranges of a passage in that measure, and whether each stands in its label: its first words up to a colon, a
    cell of its own."""
    text = entry.passage.text
    heads = header_over(entry.passage).split(BAR)
    label = opening_of(text)
    for one in ranges_in(text, entry.view.mentions):
        before = text[: one.start]
        head = heads[before.count(BAR)] if before.count(BAR) < len(heads) else ""
        if (measure_of_words(head) if head and not _is_unit(one.measure) else one.measure) == measure:
            is_cell = BAR in text and (not before or before.endswith(BAR))
            yield one, is_cell or one.end <= len(label)


def _cells(row: str) -> list[str]:
    """The line, or the cells of a row, each as one that a cell follows: what is said of it stands in the others."""
    return [f"{cell}{BAR}" for cell in row.split(BAR)] if BAR in row else [row]


def _is_unit(measure: str) -> bool:
    return bool(measure) and bool(measure_of_words(measure))


def _is_told_otherwise(query: Query, asked: Range, entry: Ranked) -> bool:
    """Whether two labels or more near what is shown begin as the question says and give values of that measure, but not
    this one: "Gói 1 tháng", "Gói 12 tháng" for "Gói 6 tháng"; cells of ages for "Bé 5 tuổi"."""
    passage, text = entry.passage, entry.document.text
    said = {plain(term.text) for term in query.terms}
    around = text[max(0, passage.start - REACH) : passage.end + REACH]
    others = 0
    for line in (cell for row in around.split("\n") for cell in _cells(row)):
        label = opening_of(line)
        ranges = [one for one in ranges_in(label) if one.measure == asked.measure]
        if not ranges:
            continue
        if any(one.holds(asked.low) for one in ranges):
            return False
        opening = plain_words(label[: ranges[0].start])
        others += set(opening[:KIND]) <= said
    rows = [one for one, is_label in _ranges(entry, asked.measure) if is_label and BAR in passage.text]
    return others > 1 or (bool(rows) and any(one.is_open for one in rows))
