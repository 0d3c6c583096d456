"""Which article comes first where a question speaks of a time as seen from today? The one of that time, or the newest.

"Năm ngoái" prefers articles of last year, "mới nhất" newer ones; among passages of nearly the same score that hold as
much of the question, so that a newer article on something else doesn't come first. No article is left out: where none
is of that time, all stays as it was, and the date below the passage tells.
"""

from __future__ import annotations

import datetime

from retrieval.ranking.order import contenders, named_first
from retrieval.ranking.ranker import Ranked, Ranking
from retrieval.records import Query
from retrieval.vietnamese.mention import Moment
from retrieval.vietnamese.relative_dates import Days, RelativeTime
from retrieval.vietnamese.syllables import plain
from retrieval.vietnamese.tokens import Spelling, terms_of

_LATER = ((2, 1), (7, 2), (31, 10), (366, 45))
"""(days that are meant, at most; for so many days after them articles still tell of them)."""


def in_time_first(query: Query, ranking: Ranking, *, spelling: Spelling) -> Ranking:
    """The ranking with the articles of the time asked for first, among its contenders."""
    when = query.when
    if when is None or not ranking.passages:
        return ranking
    said = _asked(query, when)
    scores = ranking.standing
    held = {place: len(said & _terms(ranking.passages[place], spelling)) for place in contenders(scores)}
    alike = [place for place in held if held[place] >= held[0]]
    fits = {place: _fits(when, ranking.passages[place]) for place in alike}
    if max(fits.values()) == fits[0]:
        return ranking
    return ranking.reordered(named_first(scores, sorted(alike, key=lambda place: fits[place], reverse=True)))


def _asked(query: Query, when: RelativeTime) -> set[str]:
    """The question's content words but those that say when, without marks where the question has none."""
    return {term.text for term in query.terms if term.is_content and not when.start <= term.start < when.end}


def _terms(passage: Ranked, spelling: Spelling) -> set[str]:
    terms = {*passage.view.terms, *terms_of(passage.document.title, spelling)}
    return terms | {plain(term) for term in terms}


def _fits(when: RelativeTime, passage: Ranked) -> tuple[int, int]:
    """The more, the better: (how sure it is of the days meant, its day where the newest is wanted)."""
    date = passage.document.date
    if when.days is None:
        return 0, date.toordinal() if date else 0
    first, last = when.days
    if any(_lies_in(found.value, when.days) for found in passage.view.mentions.moments):
        return 2, 0
    if date is None:
        return 0, 0
    if first <= date <= last:
        return 2, 0
    span = (last - first).days
    after = next((days for longest, days in _LATER if span < longest), _LATER[-1][1])
    return (1, 0) if last < date <= last + datetime.timedelta(days=after) else (0, 0)


def _lies_in(moment: Moment, days: Days) -> bool:
    """Whether a written moment names a day among these, or a year that they make up."""
    first, last = days
    if moment.date:
        return first <= moment.date <= last
    whole_year = (last - first).days >= 364 and first.year == last.year
    return whole_year and moment.last is None and moment.year == first.year
