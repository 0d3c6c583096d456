"""Does what a card shows hold the kind of thing that is asked for, and the words that say which?

A near miss looks like an answer: the right article, its names, its words; only the fee, the number of pupils, the
deputy's name isn't there. What is shown is read once more for that.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import partial
from itertools import pairwise

import numpy as np

from retrieval.analyzer import Analyzer
from retrieval.answering.asked_passage import AskedPassage, says
from retrieval.answering.calibration import load_calibration
from retrieval.answering.columns import BAR
from retrieval.answering.pick_date import fitting_moments
from retrieval.answering.pick_number import in_dimension, is_counter, is_said, persons_in
from retrieval.answering.pick_person import likely_persons
from retrieval.answering.rarity import rarity_of
from retrieval.question.asked_date import asked_grain
from retrieval.question.content import is_mentioned
from retrieval.ranking.papers import asked_fact, is_meant
from retrieval.ranking.passage_view import PassageView
from retrieval.ranking.wording import said_otherwise
from retrieval.records import AskedQuantity, Hit, Query
from retrieval.vietnamese.calendar import has_weekday, says_how_often
from retrieval.vietnamese.mention import Quantity
from retrieval.vietnamese.syllables import plain
from retrieval.vietnamese.tokens import Token, terms_of

HELD = ("kind_asked", "kind", "kind_lacks", "emphasised", "words", "rarest_lacks", "sure")
"""What tells an answer from a near miss; see `held`."""
LITTLE = 0.5
"""Of `kind`, below which nothing of the kind is there: "tổ 4" is no number of members."""
IN_PLACE = 0.6
"""Of `kind`, for one who isn't named by name."""
SHARE = 0.6
"""Of `kind`, for a share of a price where money is asked for: "thu thêm 30 % giá phòng"."""
_FREE = re.compile(r"(?<!\w)(?:miễn phí|không (?:thu|mất|tính)(?: tiền| phí)?)(?!\w)", re.IGNORECASE)
"""No money at all."""
CELL = 0.9
"""Of an amount for a figure that stands alone in its cell."""
ENOUGH = 0.3
"""The chance from which what is shown is taken to answer."""


def answers_here(features: dict[str, float]) -> bool:
    """Whether what is shown answers, and isn't only near it, by the features that `held` gives.

    Without any figure of the kind it doesn't: one in ten of the sets' answers has none ("hàng trăm"), and is told to be
    near; of near misses, half.
    """
    return not features["figure_lacks"] and load_calibration("nearness").chance(features) >= ENOUGH


def held_by(hit: Hit, query: Query, analyzer: Analyzer, *, chance: float) -> dict[str, float]:
    """What `held` gives of a hit's card, with title and headings beside what it shows."""
    document = hit.document
    start, end = hit.shown or (hit.passage.start, hit.passage.end)
    over = terms_of(" ".join((document.title, *hit.passage.section)), analyzer.spelling)
    view = PassageView(document.text[start:end], partial(analyzer.spelling_of, document))
    headings = "\n".join(line for line in hit.passage.section if BAR not in line)
    found = held(
        query,
        view,
        over,
        emphasised=hit.highlight is not None,
        chance=chance,
        over=PassageView(headings, partial(analyzer.spelling_of, document)) if headings else None,
    )
    if hit.highlight and asked_fact(query) and is_meant(query, document):
        found |= {"kind": 1.0, "kind_lacks": 0.0, "figure_lacks": 0.0}  # the paper's own number is no amount
    return found


def held(
    query: Query,
    shown: PassageView,
    beside: Iterable[str],
    *,
    emphasised: bool,
    chance: float,
    over: PassageView | None = None,
) -> dict[str, float]:
    """Of the question, what stands in the text `shown` or among the terms `beside` it (title, headings); `over`: those
    headings, which the card names too and which may say what is asked for ("Ngày 05/11/2031" over a day's hours).

    `kind_asked`: a number, date, person, place or organisation is asked for; `kind`: how far one that the question
    doesn't say is there, in [0, 1]; `kind_lacks`: none is; `figure_lacks`: none is and only a figure can answer, which
    no weight is learned for. `emphasised`: words are. `words`: the share of the rarity of its content words that is
    there, said of what the question names; `rarest_lacks`: the rarity of the rarest one that isn't. `sure`: the log
    odds of `chance`, by which the corpus answers at all.
    """
    evidence = AskedPassage(query, shown)
    content = [
        term for term in query.terms if term.is_content and term.weight > 0 and not is_mentioned(query, term)
    ]
    wanted = {term.text for term in content}
    if evidence.may_be_of_another:
        of_asked = [
            token.term
            for token in shown.tokens
            if (token.term in wanted or plain(token.term) in wanted)
            and not evidence.of_another((token.start, token.end))
        ]
    else:
        of_asked = shown.terms
    terms = {*beside, *of_asked}
    both = terms | {plain(term) for term in terms}
    rarity = rarity_of(content) if content else np.zeros(0)
    otherwise = said_otherwise(query, shown.text)
    lacking = np.array(
        [
            term.text not in both and not any(start <= term.start < end for start, end in otherwise)
            for term in content
        ],
        dtype=bool,
    )
    kind = kind_held(evidence)
    if kind is not None and kind < LITTLE and over and query.kind in ("date", "number"):
        kind = max(kind, kind_held(AskedPassage(query, over)) or 0.0)
    whole = float(rarity.sum())
    return {
        "kind_asked": float(kind is not None),
        "kind": kind or 0.0,
        "kind_lacks": float(kind is not None and kind < LITTLE),
        "figure_lacks": float(kind is not None and kind < LITTLE and _asks_for_figure(query)),
        "emphasised": float(emphasised),
        "words": float(rarity[~lacking].sum()) / whole if whole else 1.0,
        "rarest_lacks": float(rarity[lacking].max()) if lacking.any() else 0.0,
        "sure": log_odds(chance),
    }


def _asks_for_figure(query: Query) -> bool:
    """Whether only a figure can answer: "bao nhiêu", "năm nào"; "khi nào" may want a condition."""
    return query.kind == "number" or (query.kind == "date" and asked_grain(query) != "any")


def kind_held(evidence: AskedPassage) -> float | None:
    """How far the text has something of the kind asked for, in [0, 1]; None where no such kind is asked for."""
    query = evidence.query
    if query.kind == "number":
        return _amount_held(evidence, query.asked or AskedQuantity())
    if query.kind == "date":
        found = fitting_moments(evidence)
        fits = [fit for one, fit in found if not evidence.of_another((one.start, one.end))]
        return max((*fits, 0.7 * has_weekday(evidence.text)))
    if query.kind == "person" and not any(plain(term.text) == "ten" for term in query.terms):
        persons = (
            likely
            for name, likely in likely_persons(evidence)
            if not evidence.of_another((name.start, name.end))
        )
        return min(1.0, max(persons, default=0.0) * 2) or IN_PLACE * _acts(evidence)
    if query.kind in ("person", "place", "organisation"):
        return float(
            any(
                not evidence.asks_with(name.words) and not evidence.of_another((name.start, name.end))
                for name in evidence.names
            )
        )
    return None


def _acts(evidence: AskedPassage) -> bool:
    """Whether somebody does what the question asks of "ai": "Hạt trưởng có quyền phạt" for "Ai có quyền phạt?".

    An office or a body answers as well as a person by name.
    """
    first, last = evidence.query.asking or (0, 0)
    done = evidence.query.terms[last : last + 2]
    if first > 1 or len(done) < 2:
        return False
    return any(
        says(one.term, done[0]) and says(other.term, done[1]) and evidence.terms_before(one.start, 1)
        for one, other in pairwise(evidence.tokens)
    )


def _amount_held(evidence: AskedPassage, counted: AskedQuantity) -> float:
    """1 for an amount in the dimension asked for or of what is counted, less for one that may be meant."""
    _, last = evidence.query.asking or (0, 0)
    after = evidence.query.terms[last : last + 1]
    counts = bool(after) and counted.nouns[:1] == after
    nouns = counted.nouns[: 2 if is_counter(counted.nouns) else 1]
    headed = " | " in evidence.text and any(
        says(token.term, noun) for token in evidence.tokens for noun in nouns
    )
    best = float(counted.dimension == "money" and _FREE.search(evidence.text) is not None)
    best = max(best, float(counted.dimension == "time" and says_how_often(evidence.text)))
    for amount in evidence.mentions.quantities:
        if (amount.dimension == "ordinal") != (counted.dimension == "ordinal") or is_said(evidence, amount):
            continue
        if evidence.of_another((amount.start, amount.end)):
            continue
        if counted.dimension and amount.dimension is None and _is_cell(evidence.text, amount):
            best = max(best, CELL)
        elif counted.dimension:
            if in_dimension(evidence, counted, amount):
                best = max(best, 1.0)
            elif not counted.stated:
                is_share = amount.dimension == "percent" or amount.form == "fraction"
                share = counted.dimension == "money" and is_share  # "thu thêm 30 %", "hoàn một nửa"
                best = max(best, SHARE if share else 0.3 * (amount.dimension is None))
        elif counts and amount.dimension not in (
            None,
            "percent",
        ):  # "18 năm" counts no doctors, "120 gam muối" salt
            measured = evidence.terms_after(amount.end, 1)
            if amount.dimension in ("weight", "volume", "area"):  # "men vi sinh 200 gam"
                measured = [
                    *measured,
                    *evidence.terms_before(amount.start, 3),
                    *_clause_before(evidence, amount),
                ]
            best = max(best, float(any(says(token.term, noun) for token in measured for noun in nouns)))
        elif counts:
            near = evidence.terms_after(amount.number_end, 4) + evidence.terms_before(amount.start, 4)
            counted_there = any(says(token.term, noun) for token in near for noun in nouns) or (
                says("người", nouns[0]) and bool(persons_in(evidence.terms_after(amount.number_end, 4)))
            )
            counted_there = counted_there or _says_rest(evidence, counted, amount)
            best = max(best, float(counted_there or (headed and not amount.dimension)))
        elif not counts and not (counted.stated and nouns and _is_no_count(amount)):
            best = 1.0
    return best


def _says_rest(evidence: AskedPassage, counted: AskedQuantity, amount: Quantity) -> bool:
    """Whether the figure is said of what the question says of those counted: "5 không đồng ý" for "bao nhiêu hộ không
    đồng ý"."""
    _, last = evidence.query.asking or (0, 0)
    rest = evidence.query.terms[last + len(counted.nouns) :][:2]
    after = evidence.terms_after(amount.number_end, 2)
    return len(rest) == len(after) == 2 and all(
        says(token.term, term) for token, term in zip(after, rest, strict=True)
    )


def _is_no_count(amount: Quantity) -> bool:
    """Whether an amount can't be how many there are: "một số tiền 4,5 tỷ đồng" has no "dân số"."""
    return bool(amount.dimension) or (amount.form == "words" and amount.value == 1)


def _clause_before(evidence: AskedPassage, amount: Quantity) -> list[Token]:
    """The words before an amount as far back as no comma stands: "Có đất sử dụng hợp pháp từ 2.000 mét vuông"."""
    before = evidence.terms_before(amount.start, 12)
    start = max(evidence.text.rfind(mark, 0, amount.start) for mark in ",|")
    return [token for token in before if token.start > start]


def _is_cell(text: str, amount: Quantity) -> bool:
    """Whether a figure fills a cell of a row, whose header or heading knows what it is measured in."""
    before, after = text[: amount.start].rstrip(" "), text[amount.end :].lstrip(" ")
    return amount.form == "figure" and before.endswith("|") and (not after or after[0] in "|\n")


def log_odds(chance: float) -> float:
    """Of a chance, between those of 1 and of 99 in 100: in a corpus of a few articles chances are near 1."""
    bounded = min(max(chance, 0.01), 0.99)
    return math.log(bounded / (1 - bounded))
