"""Which clause answers? The reason after "vì", the purpose after "để", what stands where the question asks: after "là".

Vietnamese asks in place: "Chất lượng kém là do đâu?" is answered by "Chất lượng kém là do …". A clause is shown only
where the rest of its sentence says what the question says, and the clause itself doesn't.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.answering.asked_passage import AskedPassage, Span, says
from retrieval.answering.rarity import is_one_word, rarity_of
from retrieval.ranking.bm25 import Scores
from retrieval.records import QueryTerm
from retrieval.vietnamese.letters import CAPITAL
from retrieval.vietnamese.syllables import plain

LONGEST = 200
"""Characters of a clause: more is no emphasis."""
OUTSIDE = 0.85
"""Of what the question says, by rarity, how much the rest of the sentence must hold. Measured on passages that answer
questions of three sets: seven in eight of the reasons shown are right, three in four of the other clauses."""
INSIDE = 0.34
"""Of it, how much the clause itself may hold."""
ENOUGH = 20.0
"""Rarity of what the question says, below which it may ask of anything: "Xét nghiệm cho thấy gì?"."""

_CAUSES = r"(?:bởi vì|vì|do|tại vì)"
_PURPOSES = r"(?:để|nhằm|nhằm mục đích|với mục đích)"
_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…](?=\S)[^.!?…\n]+)*")
_REASON = re.compile(
    rf"(?<!\w)(?<!lý )(?<!lí )(?<!tự )(?<!dù )(?P<mark>{_CAUSES}|{_PURPOSES})\s+(?P<clause>[^\s\"“].*)", re.I
)
"""Not "lý do", "tự do", "dù vì"."""
_NO_REASON = re.compile(rf"(?:vậy|thế|sao|đâu|ai)\b|{CAPITAL}")
"""What follows the mark where it gives no reason: "vì vậy", "do Sở Y tế tổ chức"."""
_ENDS = re.compile(r",?\s+(?:nên|cho nên|vì vậy|vì thế|do đó|khiến)\s|;|\s[-–]\s|[”\"]|\(")
_OPENED = re.compile(r",\s|\snên\s")
_OPENS_QUOTE = ('"', "“")
_QUOTED = re.compile(r"[\"”]")
_BRACKET = re.compile(r"\s\(|\s[-–]\s|;")
_HALF = 0.1
"""How far two words must be one, for the second not to be shown without the first: "khí hậu"."""
_ITEM = 6
"""Words of an item of a list, at most."""


def pick_reason(evidence: AskedPassage) -> Span | None:
    """The clause of the only sentence that gives a reason, or a purpose where one is asked for."""
    first, last = evidence.query.asking or (0, 0)
    asking = {plain(term.text) for term in evidence.query.terms[max(0, first - 1) : last]}
    purpose = bool({"de", "nham", "dich"} & asking)
    found = []
    for start, text in _sentences(evidence.text):
        for match in _REASON.finditer(text):
            mark = match["mark"].lower()
            if purpose != bool(re.fullmatch(_PURPOSES, mark)) or _NO_REASON.match(match["clause"]):
                continue
            at = start + match.start("mark")
            pattern = _OPENED if match.start() == 0 else _ENDS
            end = pattern.search(match["clause"])
            stop = start + match.start("clause")
            stop += end.start() if end else len(match["clause"].rstrip(" .,;:…"))
            if _fits(evidence, (start, start + len(text)), (at, stop)):
                found.append((at, stop))
                break
    return found[0] if len(found) == 1 else None


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Where each sentence starts, and it."""
    for match in _SENTENCE.finditer(text):
        stripped = match.group().lstrip()
        yield match.end() - len(stripped), stripped


def _fits(evidence: AskedPassage, sentence: Span, clause: Span) -> bool:
    """Whether what the question says stands in the sentence, outside the clause."""
    if not 2 < clause[1] - clause[0] <= LONGEST:
        return False
    said = [term for term in evidence.query.terms if term.is_content]
    if not said:
        return False
    weights = rarity_of(said)
    outside = {
        t.term
        for t in evidence.tokens
        if sentence[0] <= t.start < sentence[1] and not clause[0] <= t.start < clause[1]
    }
    inside = {t.term for t in evidence.tokens if clause[0] <= t.start < clause[1]}
    whole = float(weights.sum())
    return (
        _share(said, weights, outside) >= OUTSIDE * whole and _share(said, weights, inside) <= INSIDE * whole
    )


def _share(said: Sequence[QueryTerm], weights: Scores, terms: set[str]) -> float:
    both = terms | {plain(term) for term in terms}
    return float(sum(weight for term, weight in zip(said, weights, strict=True) if term.text in both))


def pick_in_place(evidence: AskedPassage) -> Span | None:
    """What stands after the word before the asking ones, to the sentence's end: after "là" for "… là gì?", "môn Toán"
    for "môn nào?". None where the question goes on after its asking words, or where several sentences fit."""
    query = evidence.query
    if query.asking is None or query.terms[query.asking[1] :]:
        return None
    said = [term for term in query.terms if term.is_content]
    if not said or float(rarity_of(said).sum()) < ENOUGH:
        return None
    at = _lead(query.terms, query.asking)
    if at is None:
        return None
    found = [
        span
        for start, text in _sentences(evidence.text)
        if (span := _after_lead(evidence, at, (start, start + len(text.rstrip(" .,;:…")))))
    ]
    return found[0] if len(found) == 1 else None


def _lead(terms: Sequence[QueryTerm], asking: Span) -> int | None:
    """Where the question's word stands after which it asks: its "là", else the word before the asking ones."""
    first, last = asking
    states = [at for at in range(first, last) if plain(terms[at].text) == "la"]
    return states[0] if states else first - 1 if first else None


def _after_lead(evidence: AskedPassage, at: int, sentence: Span) -> Span | None:
    terms = evidence.query.terms
    lead, start = terms[at], sentence[0]
    tokens = [token for token in evidence.tokens if start <= token.start < sentence[1]]
    for place in range(1, len(tokens) - 1):
        if not says(tokens[place].term, lead):
            continue
        before, after = tokens[place - 1], tokens[place + 1]
        if at and is_one_word(terms[at - 1].text, lead.text) and not says(before.term, terms[at - 1]):
            continue  # "quốc tịch" is no "chủ tịch"
        if is_one_word(tokens[place].term, after.term):
            continue  # "bệnh viện" is no "bệnh"
        clause = _trimmed(evidence.text, after.start, sentence[1])
        if clause and _fits(evidence, (start, clause[0]), clause):
            if lead.role != "noun":
                return clause
            whole = place - is_one_word(before.term, tokens[place].term, sure=_HALF)
            return tokens[whole].start, clause[1]
        return None
    return None


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Up to a bracket or the end of what it quotes; None where a comma that parts no list leaves its end open."""
    if text[start - 1 : start] in _OPENS_QUOTE or text[start : start + 1] in _OPENS_QUOTE:
        closed = _QUOTED.search(text, start + 1, end)
        return start, closed.start() if closed else end
    clause = text[start:end]
    opened = _BRACKET.search(clause)
    clause = clause[: opened.start()] if opened else clause
    parts = clause.split(", ")
    listed = len(parts) > 2 and all(len(part.split()) <= _ITEM for part in parts)
    if len(parts) > 1 and not listed:
        return None
    return start, start + len(clause.rstrip(' .,;:…)”"'))
