"""How rare is a word, or a pair of neighbours, in Vietnamese at large?

A corpus of a few hundred articles tells little of that: most words of any foreign question are rare in it, "kể" as
much as "plutoni". `rarity.npz` holds what `benchmarks/count_rarity.py` counted in the sentences of 20,000 news
articles (VNTC, MIT licence): 8-bit numbers under the ids that terms have in the index, and no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.collection import TermIds, term_id
from retrieval.ranking.bm25 import Scores
from retrieval.records import QueryTerm
from retrieval.vietnamese.syllables import fold

RARITY = Path(__file__).with_name("rarity.npz")
STEPS = 16
"""Of one unit of rarity."""
ONE_WORD = 0.3
"""`one_word` of neighbours from which on they are taken for a word of two syllables."""


@dataclass(frozen=True, slots=True)
class Rarities:
    """`steps[i]`: STEPS times the rarity of the term `ids[i]`; ids are sorted. `unseen`: the rarity of all others."""

    ids: TermIds
    steps: npt.NDArray[np.uint8]
    unseen: float

    def of(self, terms: Sequence[str]) -> Scores:
        """ln(1 + sentences / sentences with the term) of each; shape (terms,)."""
        wanted = np.array([term_id(term) for term in terms], dtype=np.uint32)
        places = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.where(self.ids[places] == wanted, self.steps[places] / STEPS, self.unseen)


@cache
def load_rarities(*, plain: bool) -> Rarities:
    """Those of terms as they are written, or without diacritics."""
    spelling = "plain" if plain else "accented"
    with np.load(RARITY) as table:
        return Rarities(table[f"{spelling}_ids"], table[f"{spelling}_steps"], float(table["unseen"]))


_MOST = 20_000
_met: dict[tuple[str, bool], float] = {}
"""Rarities that were asked for: it is mostly for the same terms again, and a look-up in arrays takes 20 us."""


def rarity_of(terms: Sequence[QueryTerm]) -> Scores:
    """The rarity of each term or pair, in the spelling that it is looked for; shape (terms,)."""
    return np.array(_look_up([(term.text, term.plain) for term in terms]))


def _look_up(wanted: Sequence[tuple[str, bool]]) -> list[float]:
    """Of (term, without diacritics): those that weren't met yet in one look-up for each spelling."""
    found = list(map(_met.get, wanted))
    if None not in found:
        return found  # type: ignore[return-value]
    new = [one for one, met in zip(wanted, found, strict=True) if met is None]
    fresh: dict[tuple[str, bool], float] = {}
    for plain in {plain for _, plain in new}:
        alike = [one for one in new if one[1] == plain]
        values = load_rarities(plain=plain).of([term for term, _ in alike])
        fresh.update(zip(alike, values.tolist(), strict=True))
    if len(_met) > _MOST:
        _met.clear()
    _met.update(fresh)
    return [fresh[one] if met is None else met for one, met in zip(wanted, found, strict=True)]


def typed_rarity(term: QueryTerm, *, lacks_marks: bool = False) -> float:
    """The rarity of a question's word with the marks that it was typed with, even where the corpus has it with none or
    with others; of one from a question that lacks them (`lacks_marks`), in the spelling that it is looked for."""
    return _look_up([(term.text, term.plain) if lacks_marks else (fold(term.origin), False)])[0]


def one_word(left: Scores, right: Scores, together: Scores) -> Scores:
    """How far neighbours are one word, in [0, 1], by their rarities and that of the pair: of the sentences with the
    rarer one, the share with both together; 0 for pairs that are too rare to be in the table."""
    share = np.minimum(1.0, np.exp(np.maximum(left, right) - together))
    return np.where(together < load_rarities(plain=False).unseen, share, 0.0)


@lru_cache(maxsize=20_000)
def is_one_word(left: str, right: str, *, sure: float = ONE_WORD) -> bool:
    """Whether two neighbouring terms are taken for a word of two syllables; `sure`: of `one_word`, how far."""
    terms = (QueryTerm(left), QueryTerm(right), QueryTerm(f"{left}_{right}"))
    rarities = [rarity_of([term]) for term in terms]
    return bool(one_word(*rarities)[0] >= sure)
