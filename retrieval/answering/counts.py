"""Which amount answers? The one that counts what is asked for, in the dimension asked for, nearest to its words."""

from __future__ import annotations

import re

from retrieval.analysis.syllables import fold
from retrieval.answering.amounts import Amount, amounts
from retrieval.answering.counted import Counted, what_is_counted
from retrieval.answering.nearness import Evidence, Span, says

_STRICT = frozenset({"percent", "time", "age", "length", "score"})
"""Dimensions without which an amount can't be meant, where they are asked for."""
_PEOPLE = tuple(
    tuple(map(fold, phrase.split()))
    for phrase in "người|bệnh nhân|bệnh nhi|ca|trường hợp|nạn nhân|học sinh|sinh viên|trẻ|em|bé|đảng"
    " viên|đv|cán bộ|công nhân"
    "|nhân viên|giáo sư|bác sĩ|y bác sĩ|phụ nữ|đàn ông|thanh niên|chiến sĩ|thí sinh|giáo viên|đại biểu"
    "|hội viên|dân"
    "|binh sĩ|lính|công dân|thành viên|tình nguyện viên|khách|du khách|cư dân".split("|")
)
"""What stands where "người" is asked for."""
_SURE = 0.55


def pick_number(evidence: Evidence) -> Span | None:
    """The amount that answers, with its unit; what it counts too, where that is no longer than the amount."""
    counted = what_is_counted(evidence.query)
    amount = best_amount(evidence, counted)
    return _widened(evidence, amount, counted) if amount else None


def best_amount(evidence: Evidence, counted: Counted) -> Amount | None:
    """The amount that answers, or None where none is sure."""
    best, found = _SURE, None
    for amount in amounts(evidence.text):
        fit = None if _said(evidence, amount) else _fit(evidence, counted, amount)
        if fit is None:
            continue
        score = fit + evidence.closeness((amount.start, amount.end))
        if score > best:
            best, found = score, amount
    return found


def _fit(evidence: Evidence, counted: Counted, amount: Amount) -> float | None:
    """How well an amount serves what is asked for; None where it can't."""
    if (amount.dimension == "ordinal") != (counted.dimension == "ordinal"):
        return None
    if counted.dimension:
        return _measured(evidence, counted, amount)
    follows = _follows(evidence, counted, amount)
    if follows < 0.5 and (amount.form == "words" or amount.labels):
        return None
    if counted.nouns:
        if amount.dimension and not follows:
            return None
        return 0.15 + 0.6 * follows
    return 0.3 if amount.form != "words" and amount.dimension != "age" else None


def _measured(evidence: Evidence, counted: Counted, amount: Amount) -> float | None:
    if amount.dimension == counted.dimension or (
        counted.dimension == "percent" and amount.form == "fraction"
    ):
        return (0.6 if counted.stated else 0.5) + 0.15 * (_follows(evidence, counted, amount) > 0.5)
    if counted.stated or amount.form != "figure" or amount.labels or counted.dimension in _STRICT:
        return None
    return 0.1 if amount.dimension is None else None


def _follows(evidence: Evidence, counted: Counted, amount: Amount) -> float:
    """How much of what is counted follows the number, in [0, 1]."""
    following = evidence.terms_after(amount.number_end, 5)
    if not counted.nouns or not following:
        return 0.0
    here = tuple(token.term for token in following)
    if says(here[0], counted.nouns[0]):
        same = sum(any(says(term, noun) for term in here) for noun in counted.nouns)
        return 0.6 + 0.4 * same / len(counted.nouns)
    if says("người", counted.nouns[0]) and any(here[: len(phrase)] == phrase for phrase in _PEOPLE):
        return 0.6
    return 0.3 * any(says(term, counted.nouns[0]) for term in here)


def _said(evidence: Evidence, amount: Amount) -> bool:
    """Whether the question says that figure itself."""
    figure = evidence.text[amount.core : amount.end].strip().lower()
    return amount.form == "figure" and bool(
        re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w|[.,]\d)", evidence.asked)
    )


def _widened(evidence: Evidence, amount: Amount, counted: Counted) -> Span:
    """The amount with what it counts, where that doesn't outweigh it; one or two digits never alone.

    Measured: with this right more often than with what is counted always or never, here and there by 2 to 4 points.
    """
    start, end = amount.start, amount.end
    if amount.dimension or not counted.nouns:
        return start, end
    last = end
    for token in evidence.terms_after(end, len(counted.nouns)):
        if token.start > last + 1 or not any(says(token.term, noun) for noun in counted.nouns):
            break
        last = token.end
    short = amount.form == "figure" and amount.number_end - amount.core <= 2
    return (start, last) if short or last - start <= 2 * (end - start) else (start, end)
