"""Does the corpus hold the answer, or only something near it?

Two questions, kept apart: how much of what was asked the first passage and its article hold (`support`, turned into
a chance that the passage answers), and whether a name, a document's number or a year of the question is nowhere in
that article (`missing`: then it speaks of something else, however well the rest fits).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from retrieval.analysis.syllables import plain
from retrieval.analysis.terms import Spelling, terms_of
from retrieval.analysis.vocabulary import row_df_in
from retrieval.index.prepare import term_id
from retrieval.index.protocol import DocumentTerms, Snapshot, TermIds
from retrieval.ranking.bm25 import Scores
from retrieval.ranking.candidates import Flags
from retrieval.ranking.ranker import Ranking
from retrieval.records import Document, Query

SUPPORT = (
    "share",
    "around",
    "article",
    "unknown",
    "content_words",
    "pairs_here",
    "pairs_article",
    "missing",
    "names",
    "score",
)
"""What the chance is made of; see `support`."""


FEW = 10
MARGIN = 4.0
"""One on the right name is looked for among so many passages, if it scores at most so much less than the first: the
odds against it are then about fifty to one already."""


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The chance is 1 / (1 + exp(-(offset + the sum of weight x support)))."""

    offset: float
    weights: dict[str, float]


@cache
def load_calibration() -> Calibration:
    """The numbers that ship: `benchmarks/train_decision.py` makes them."""
    path = Path(__file__).with_name("calibration.json")
    return msgspec.json.decode(path.read_bytes(), type=Calibration)


def support(query: Query, ranking: Ranking, lacking: Sequence[str]) -> dict[str, float]:
    """How far the first passage carries the question.

    Shares of the idf mass of its content words: held by the passage with its neighbours and title (`around`), by its
    article; unknown to the whole corpus. Shares of its neighbouring pairs' mass, in the passage and the article.
    `share`: of the attainable BM25; `score`: the ranking's. `content_words`: ln(1 + how many). `names`, `missing`:
    1 where the question names something, and where that is missing.
    """
    candidates, place = ranking.candidates, ranking.places[:1]
    content = np.array([term.role not in ("function", "asking") for term in ranking.terms.singles])
    if not content.any():
        content = np.ones(len(content), dtype=bool)
    mass, pair_mass = np.where(content, ranking.weights.single, 0.0), ranking.weights.pair
    before, after = candidates.beside(place, -1), candidates.beside(place, 1)
    counts = candidates.tf[:, place] + candidates.counts_at(before) + candidates.counts_at(after)
    article = candidates.article[place]
    return {
        "share": ranking.passages[0].share,
        "around": _part(mass, (counts > 0) | candidates.title[:, article]),
        "article": _part(mass, candidates.article_tf[:, article] > 0),
        "unknown": _part(mass, ranking.weights.unknown[:, None]),
        "content_words": math.log1p(int(content.sum())),
        "pairs_here": _part(pair_mass, candidates.pair_tf[:, place] > 0),
        "pairs_article": _part(pair_mass, candidates.article_pair_tf[:, article] > 0),
        "missing": float(bool(lacking)),
        "names": float(bool(query.names)),
        "score": ranking.passages[0].score,
    }


def _part(mass: Scores, column: Flags) -> float:
    """The share of `mass`, shape (n,), that a column of flags, shape (n, 1), picks."""
    return float(mass[column[:, 0]].sum()) / (float(mass.sum()) or 1.0)


def chance(supporting: dict[str, float]) -> float:
    """How likely the first passage answers, in [0, 1]."""
    calibration = load_calibration()
    value = calibration.offset + sum(
        weight * supporting[name] for name, weight in calibration.weights.items()
    )
    return 1.0 / (1.0 + math.exp(-value))


def nothing_missing_first(
    query: Query, ranking: Ranking, snapshot: Snapshot, *, spelling: Spelling
) -> tuple[Ranking, tuple[str, ...]]:
    """The ranking, and what its first passage's article lacks of what the question names.

    Among the first FEW passages of nearly the same score, those whose articles lack less come first: a passage on
    another name is no better an answer for fitting better otherwise.
    """
    if not (query.names or query.years or query.numbers):
        return ranking, ()
    enough = ranking.passages[0].score - MARGIN
    few = [entry for entry in ranking.passages[:FEW] if entry.score >= enough]
    terms = snapshot.terms_of({entry.key for entry in few})
    lacking = {
        entry.key: missing(query, entry.document, terms[entry.key], spelling=spelling)
        for entry in {entry.key: entry for entry in few}.values()
    }
    order = sorted(range(len(few)), key=lambda place: len(lacking[few[place].key]))
    if order[0] != 0:
        ranking = ranking.reordered([*order, *range(len(few), len(ranking.passages))])
    return ranking, lacking[ranking.passages[0].key]


def missing(query: Query, document: Document, terms: DocumentTerms, *, spelling: Spelling) -> tuple[str, ...]:
    """What the question names and the document, its title and its source don't: names, years, papers' numbers."""
    beside = terms_of(f"{document.title} {document.source or ''} {document.author or ''}", spelling)
    unmarked = query.text.isascii()
    streams = (terms.plain, _ids(map(plain, beside))) if unmarked else (terms.accented, _ids(beside))
    lacking = []
    for name in query.names:
        wanted = terms_of(name, spelling)
        run = _ids(map(plain, wanted) if unmarked else wanted)
        if not any(_has_run(stream, run) for stream in streams):
            lacking.append(name)
    for number in query.numbers:
        runs = [_ids(map(plain, run)) for run in _statements(query, number, spelling)]
        if not any(
            _has_run(stream, run) for run in runs for stream in (terms.plain, _ids(map(plain, beside)))
        ):
            lacking.append(f"số {number}")
    years = {document.date.year} if document.date else set()
    lacking += [
        f"năm {year}"
        for year in query.years
        if year not in years and not np.any(terms.accented == np.uint32(term_id(str(year))))
    ]
    return tuple(dict.fromkeys(lacking))


def _statements(query: Query, number: str, spelling: Spelling) -> list[list[str]]:
    """How an article may state a paper's number: a code as it is; a bare number after what kind of paper it is, as
    in "Nghị quyết số 05" and "Nghị quyết 05": "Chỉ thị số 05" is another."""
    wanted = terms_of(number, spelling)
    words = [term.text for term in query.terms]
    if not number.isdigit() or wanted[0] not in words:
        return [wanted]
    before = words[: words.index(wanted[0])]
    kind = [word for word in before[-2:] if plain(word) != "so"][-1:]
    return [[*kind, "số", *wanted], [*kind, *wanted]]


def held_elsewhere(lacking: Sequence[str], snapshot: Snapshot, *, spelling: Spelling) -> tuple[str, ...]:
    """Those that some article may hold: each syllable, and each pair of neighbours, occurs in the corpus."""
    row_df = row_df_in(snapshot)

    def occurs(name: str) -> bool:
        unmarked = name.isascii()
        return row_df([plain(term) if unmarked else term for term in terms_of(name, spelling)], unmarked) > 0

    return tuple(name for name in lacking if occurs(name))


def _ids(terms: Iterable[str]) -> TermIds:
    return np.array([term_id(term) for term in terms], dtype=np.uint32)


def _has_run(stream: TermIds, wanted: TermIds) -> bool:
    if not len(wanted):
        return True
    starts = np.flatnonzero(stream[: len(stream) - len(wanted) + 1] == wanted[0])
    return any(np.array_equal(stream[start : start + len(wanted)], wanted) for start in starts)
