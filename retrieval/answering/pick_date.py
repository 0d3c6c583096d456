"""Which date answers? Written dates, months, years, periods, centuries and hours, at the grain asked for."""

from __future__ import annotations

import re

from retrieval.answering.asked_passage import AskedPassage, Span
from retrieval.question.asked_date import GRAIN_FIT, asked_grain
from retrieval.vietnamese.enumerations import parts
from retrieval.vietnamese.mention import FoundDate, Moment
from retrieval.vietnamese.syllables import plain

_ERA = r"(?:\s+(?:TCN|SCN|(?:trước|sau) [Cc]ông [Nn]guyên))?"
_TRIMMED = {
    "year": re.compile(r"(?:(?:cuối|đầu|giữa)\s+)?(?:năm\s+)?\d{3,4}" + _ERA + "$", re.IGNORECASE),
    "month": re.compile(r"tháng\s.*$|\d{1,2}\s?[/.-]\s?\d{4}$", re.IGNORECASE),
}
"""What of a finer date answers "năm nào" or "tháng nào"."""
_SURE = 0.55
_ALONE = 0.45
"""How much must speak for a date where the passage has others that could be meant, and where it has none."""
_OWN = 2.0
"""What a date's own part of an enumeration counts where several could be meant, beside how near the words are."""
_OF_DAYS = 0.9
"""How well a period that names its days serves who asks for a day."""
_YEAR = re.compile(r"\d{3,4}")
_DAY = re.compile(r"(?:ngày\s+)?\d{1,2}(?:/\d{1,2}(?!\d))?(?:/\d{4})?", re.IGNORECASE)
_STARTS = frozenset("sinh dau lap".split())
_ENDS = frozenset("mat chet doi thuc".split())
_BOUNDS = frozenset("sinh mất chết mat chet".split())
_BRACKETED = re.compile(r"\([^()]*\d{3}")


def pick_date(evidence: AskedPassage) -> Span | None:
    """The date nearest to what is asked, or None where there is none of the grain asked for."""
    if (bound := _asked_bound(evidence)) and not _tells_a_bound(evidence):
        return None
    asked = asked_grain(evidence.query)
    fitting = _at_the_bound(evidence, bound, fitting_moments(evidence))
    if not fitting:
        return None
    own = evidence.own_share([(found.start, found.end) for found, _ in fitting])
    scored = [
        (0.5 * fit + evidence.closeness((found.start, found.end)), share, found)
        for (found, fit), share in zip(fitting, own, strict=True)
    ]
    score, _, best = max(scored, key=lambda entry: (entry[0] + _OWN * entry[1], -entry[2].start))
    sure = score > (_SURE if len(scored) > 1 else _ALONE)
    return _trim(evidence, (best.start, best.end), best.value, asked) if sure else None


def fitting_moments(evidence: AskedPassage) -> list[tuple[FoundDate, float]]:
    """The moments at the grain asked for that the question doesn't say itself, each with how well it serves."""
    asked = asked_grain(evidence.query)
    found = []
    for one in evidence.mentions.moments:
        moment = one.value
        fit = GRAIN_FIT[asked].get(moment.grain, 0.0) - 0.15 * moment.doubtful
        if asked == "day" and moment.grain == "period" and _names_days(evidence.text[one.start : one.end]):
            fit = _OF_DAYS
        if asked == "year" and moment.year is None:
            continue
        if asked == "day" and moment.grain == "period" and moment.year and not moment.day:
            continue
        if fit > 0 and not _said(evidence, (one.start, one.end)):
            found.append((one, fit))
    return found


def _names_days(text: str) -> bool:
    """Whether a period goes from a day to a day: "từ ngày 01 đến ngày 05 hằng tháng", not "từ 2015 đến 2020"."""
    return len({match.group() for match in _DAY.finditer(text) if not match.group().isdigit()}) > 1


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
    return (
        any(token.term in _BOUNDS for token in evidence.tokens)
        or _BRACKETED.search(evidence.text) is not None
    )


def _said(evidence: AskedPassage, span: Span) -> bool:
    """Whether the question itself gives all of that date."""
    numbers = re.findall(r"\d+|[IVXL]+", evidence.text[slice(*span)])
    known = re.findall(r"\d+|[IVXL]+", evidence.query.text)
    return all(number in known for number in numbers)


def _trim(evidence: AskedPassage, span: Span, moment: Moment, asked: str) -> Span | None:
    """What of a date is asked for: of "ngày 7 tháng 1 năm 1943" the year, of "1646–1716" where a life began."""
    if asked == "year" and moment.grain == "period":
        years = [match.span() for match in _YEAR.finditer(evidence.text, *span)]
        words = {plain(term.text) for term in evidence.query.terms}
        if not years or (_STARTS & words and _ENDS & words) or not (_STARTS | _ENDS) & words:
            return None
        return years[0] if _STARTS & words else years[-1]
    if asked == "day" and moment.grain == "period":
        return _bound(evidence, span)
    pattern = _TRIMMED.get(asked)
    if pattern is None or moment.grain not in ("day", "month"):
        return span
    match = pattern.search(evidence.text[slice(*span)])
    return (span[0] + match.start(), span[0] + match.end()) if match else span


def _bound(evidence: AskedPassage, span: Span) -> Span:
    """Of "từ ngày 5/6 đến ngày 7/6" the first day for "từ ngày nào", the last for "đến ngày nào", else the whole."""
    first, _ = evidence.query.asking or (0, 0)
    before = plain(evidence.query.terms[first - 1].text) if first else ""
    days = [match.span() for match in _DAY.finditer(evidence.text, *span)]
    if before not in ("tu", "den", "toi") or len(days) < 2:
        return span
    return days[0] if before == "tu" else days[-1]
