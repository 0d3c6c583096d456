"""Which date answers? Written dates, months, years, periods, centuries and hours, at the grain asked for."""

from __future__ import annotations

import re
from functools import partial
from typing import Literal

from retrieval.answering.asked_passage import AskedPassage, Span
from retrieval.question.asked_date import GRAIN_FIT, asked_grain
from retrieval.vietnamese.calendar import opens_in_words
from retrieval.vietnamese.date_parts import cut_to, days_within, years_within
from retrieval.vietnamese.enumerations import parts
from retrieval.vietnamese.mention import FoundDate, Grain
from retrieval.vietnamese.syllables import plain, spell

_SURE = 0.55
_ALONE = 0.45
"""How much must speak for a date where the passage has others that could be meant, and where it has none."""
_OWN = 2.0
"""What a date's own part of an enumeration counts where several could be meant, beside how near the words are."""
_OF_DAYS = 0.9
"""How well a period that names its days serves who asks for a day."""
_STARTS = frozenset("sinh dau lap".split())
_ENDS = frozenset("mat chet doi thuc".split())
_BOUNDS = frozenset("sinh mất chết mat chet".split())
_FROM = re.compile(r"\b[Tt]ừ\s+$")
_UNTIL = re.compile(r"(?:\b(?:đến|tới)(?:\s+hết)?|[-–])\s*$")
_BRACKET = re.compile(r"\([^()]*$")


def pick_date(evidence: AskedPassage) -> Span | None:
    """The date nearest to what is asked, or None where there is none of the grain asked for."""
    if (bound := _asked_bound(evidence)) and not _tells_a_bound(evidence):
        return None
    asked = asked_grain(evidence.query)
    fitting = _at_the_end(evidence, _at_the_bound(evidence, bound, fitting_moments(evidence)))
    if not fitting:
        return None
    own = evidence.own_share([(found.start, found.end) for found, _ in fitting])
    scored = [
        (0.5 * fit + evidence.closeness((found.start, found.end)), share, found)
        for (found, fit), share in zip(fitting, own, strict=True)
    ]
    score, _, best = max(scored, key=lambda entry: (entry[0] + _OWN * entry[1], -entry[2].start))
    sure = score > (_SURE if len(scored) > 1 else _ALONE)
    return _trim(evidence, best, asked) if sure else None


def fitting_moments(evidence: AskedPassage) -> list[tuple[FoundDate, float]]:
    """The moments at the grain asked for that the question doesn't say itself, each with how well it serves."""
    asked = asked_grain(evidence.query)
    found = []
    for one in evidence.mentions.moments:
        moment = one.value
        fit = GRAIN_FIT[asked].get(moment.grain, 0.0) - 0.15 * moment.doubtful
        if asked == "day" and moment.grain == "period" and _names_days(evidence.text, one):
            fit = _OF_DAYS
        if asked == "year" and moment.year is None:
            continue
        if asked == "day" and moment.grain == "period" and moment.year and not moment.day:
            continue
        if fit > 0 and not _said(evidence, (one.start, one.end)):
            found.append((one, fit))
    return found


def _names_days(text: str, found: FoundDate) -> bool:
    """Whether a period goes from a day to a day: "từ ngày 01 đến ngày 05 hằng tháng", not "từ 2015 đến 2020"."""
    days = {text[slice(*span)] for span in days_within(text, found)}
    return sum(not day.isdigit() for day in days) > 1


def _asked_bound(evidence: AskedPassage) -> str:
    """The verb, where it is asked when a life began or ended: "sinh năm nào", but not when "học sinh" begin school."""
    first, _ = evidence.query.asking or (0, 0)
    before = evidence.query.terms[max(0, first - 1) : first]
    return next((plain(term.text) for term in before if term.text in _BOUNDS and term.role == "verb"), "")


def _at_the_bound(
    evidence: AskedPassage, bound: str, fitting: list[tuple[FoundDate, float]]
) -> list[tuple[FoundDate, float]]:
    """The moments that the text says of that verb, where it says it of any: "sinh năm 1931 … Ông mất năm 2009"."""
    if not bound:
        return fitting
    verbs = _STARTS if bound in _STARTS else _ENDS
    own = parts(evidence.text, [(found.start, found.end) for found, _ in fitting])
    said = [
        entry
        for entry, part in zip(fitting, own, strict=True)
        if verbs & {plain(token.term) for token in evidence.tokens_in(part.own)}
    ]
    return said or fitting


def _tells_a_bound(evidence: AskedPassage) -> bool:
    return any(token.term in _BOUNDS for token in evidence.tokens) or any(
        one.value.year and _BRACKET.search(evidence.text, 0, one.start) for one in evidence.mentions.moments
    )


def _said(evidence: AskedPassage, span: Span) -> bool:
    """Whether the question itself gives all of that date."""
    written = evidence.text[slice(*span)]
    numbers = re.findall(r"\d+|[IVXL]+", written)
    if not numbers or opens_in_words(written):  # "ngày rằm", "rằm tháng 7"
        return written.lower() in evidence.asked
    known = re.findall(r"\d+|[IVXL]+", evidence.query.text)
    return all(number in known for number in numbers)


def _trim(evidence: AskedPassage, found: FoundDate, asked: Grain | Literal["any"]) -> Span | None:
    """What of a date is asked for: of "ngày 7 tháng 1 năm 1943" the year, of "1646–1716" where a life began."""
    grain = found.value.grain
    if asked == "year" and grain == "period":
        years = years_within(evidence.text, found)
        words = {plain(term.text) for term in evidence.query.terms}
        if not years or (_STARTS & words and _ENDS & words) or not (_STARTS | _ENDS) & words:
            return None
        return years[0] if _STARTS & words else years[-1]
    if asked == "day" and grain == "period":
        return _bound(evidence, found)
    if asked == "any" or grain not in ("day", "month"):
        return found.start, found.end
    return cut_to(evidence.text, found, asked)


def _bound(evidence: AskedPassage, found: FoundDate) -> Span:
    """Of "từ ngày 5/6 đến ngày 7/6" the first day for "từ ngày nào", the last for "đến ngày nào", else the whole."""
    days, end = days_within(evidence.text, found), _end_asked(evidence)
    if not end or len(days) < 2:
        return found.start, found.end
    return days[0] if end == "từ" else days[-1]


def _end_asked(evidence: AskedPassage) -> Literal["từ", "đến", ""]:
    """Which end of a time is asked for: "từ mấy giờ", "đến hết ngày nào"; empty for neither. With marks "buổi tối mấy
    giờ" is no "tới mấy giờ"."""
    first, _ = evidence.query.asking or (0, 0)
    spelled = partial(spell, lacks_marks=evidence.query.lacks_marks)
    before = [spelled(term.origin) for term in evidence.query.terms[max(0, first - 2) : first]]
    if before[1:] == [spelled("hết")]:
        before.pop()
    if before[-1:] == [spelled("từ")]:
        return "từ"
    return "đến" if before and before[-1] in map(spelled, ("đến", "tới")) else ""


def _at_the_end(
    evidence: AskedPassage, fitting: list[tuple[FoundDate, float]]
) -> list[tuple[FoundDate, float]]:
    """The moments that are the end asked for, where the text says of any that it is: "từ 7h đến 16h30"."""
    end = _end_asked(evidence)
    if not end:
        return fitting
    stands = _FROM if end == "từ" else _UNTIL
    return [entry for entry in fitting if stands.search(evidence.text, 0, entry[0].start)] or fitting
