"""Which name answers? That of a thing of the kind asked for, or the one in the place where the question asks.

"Bệnh viện nào" is answered by "Bệnh viện Chợ Rẫy", "quê ở đâu" by the name after "quê ở": Vietnamese asks in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answering.asked_passage import AskedPassage, Span
from retrieval.answering.rarity import is_one_word, load_rarities, rarity_of
from retrieval.records import QueryTerm
from retrieval.vietnamese.function_words import ASKING
from retrieval.vietnamese.mention import Name
from retrieval.vietnamese.name_heads import WHERE
from retrieval.vietnamese.syllables import plain

_WHERE = frozenset(map(plain, (*WHERE, "thuộc")))
"""Words, without marks, after which a place stands."""
_ASKING = frozenset(map(plain, ASKING - {"bao"}))  # without marks "báo nào" has it too
_HEADED, _IN_PLACE = 0.5, 0.4
_WITHIN = 0.1
"""How far a small syllable after a name must be one word with its last: "Cách mạng"."""
_TELLING = 2.5
"""Rarity of a word that is no mere link: "của"."""
_SURE = 0.85
"""How much must speak for a name: that it is of the kind or in the place, and near to the question's words."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """`head`: the noun asked about, `lead`: the words right before it, both folded without marks."""

    head: tuple[str, ...]
    lead: tuple[str, ...]


def pick_named(evidence: AskedPassage) -> Span | None:
    """The name with the noun that is asked about, or None where no name is surely meant."""
    query = evidence.query
    if query.asking is None:
        return None
    asked = _asked(query.terms, query.asking)
    scored = []
    for name in evidence.names:
        own = [word for word in name.words if plain(word) not in asked.head]
        if not own or evidence.asks_with(own):
            continue
        start = _with_head(evidence, name, asked.head)
        headed = start is not None
        if not headed and name.kind == "person":
            continue
        if not headed and len(name.words) == 1 and not name.foreign:
            continue  # half of a word: "Liên" of "Liên hợp quốc"
        end = _with_wider(evidence, _whole(evidence, name)) if not asked.head else _whole(evidence, name)
        span = (name.start if start is None else start, end)
        score = _HEADED * headed + _IN_PLACE * _in_place(evidence, span[0], asked) + evidence.closeness(span)
        if headed or _in_place(evidence, span[0], asked):
            scored.append((score, -span[0], span))
    if not scored:
        return None
    score, _, span = max(scored)
    return span if score >= _SURE else None


def _asked(terms: Sequence[QueryTerm], asking: tuple[int, int]) -> _Asked:
    """What is asked about: the noun of the asking words, else the noun right before them."""
    first, last = asking
    head = [plain(term.text) for term in terms[first:last] if plain(term.text) not in _ASKING]
    start = first
    while not head and start > 0 and terms[start - 1].role == "noun" and first - start < 2:
        start -= 1
    if plain(terms[last - 1].text) == "dau":
        head, start = [], first
    elif not head:
        head = [plain(term.text) for term in terms[start:first]]
    if head and start > 0 and _is_one_word(terms[start - 1].text, terms[start].text):
        start -= 1  # "dãy núi"
        head.insert(0, plain(terms[start].text))
    lead = [plain(term.text) for term in terms[max(0, start - 2) : start]]
    if plain(terms[last - 1].text) == "dau" and first < last - 1:  # "ở đâu" is one
        lead = [*lead, *(plain(term.text) for term in terms[first : last - 1])][-2:]
    return _Asked(tuple(word for word in head if word not in _WHERE), tuple(lead))


def _whole(evidence: AskedPassage, name: Name) -> int:
    """Where the name ends with the small syllables that finish its words: "Trường Tiểu học Eagle Canyon"."""
    end = name.end
    while True:
        _, after = evidence.tokens_of((name.start, end))
        following = evidence.tokens[after : after + 1]
        if not following or evidence.text[end : following[0].start] != " ":
            return end
        capital = evidence.text[following[0].start].isupper()
        before, last = evidence.tokens[max(0, after - 2)].term, evidence.tokens[after - 1].term
        if not capital and not _goes_on(before, last, following[0].term):
            return end
        end = following[0].end


def _with_wider(evidence: AskedPassage, end: int) -> int:
    """Where the places end that a place stands in: "Minh Phú, Sóc Sơn, Hà Nội"."""
    for name in evidence.names:
        if name.start == end + 2 and evidence.text[end : name.start] == ", ":
            end = name.end
    return end


def _goes_on(before: str, last: str, following: str) -> bool:
    """Whether the small syllable `following` finishes the name's `last` one, which the one `before` doesn't: "Bộ Nội
    vụ", but "Hà Nội bắt"."""
    if _is_one_word(last, following):
        return True
    right, both = rarity_of([QueryTerm(following)]), rarity_of([QueryTerm(f"{last}_{following}")])
    known = both < load_rarities(plain=False).unseen and right >= _TELLING
    return bool(known[0]) and not _is_one_word(before, last)


def _is_one_word(left: str, right: str) -> bool:
    return is_one_word(left, right, sure=_WITHIN)


def _with_head(evidence: AskedPassage, name: Name, head: tuple[str, ...]) -> int | None:
    """Where the head stands that the name opens with or follows; None where it does neither."""
    if not head:
        return None
    words = tuple(plain(word) for word in name.words)
    if len(words) > len(head) and words[: len(head)] == head:
        return name.start
    before = evidence.terms_before(name.start, len(head))
    if tuple(plain(token.term) for token in before) == head and before[-1].end == name.start - 1:
        wider = evidence.terms_before(before[0].start, 1)
        if wider and _is_one_word(wider[0].term, before[0].term):
            return wider[0].start  # "Định luật Lorentz" for "luật nào"
        return before[0].start
    return None


def _in_place(evidence: AskedPassage, start: int, asked: _Asked) -> bool:
    """Whether the words before the asking ones, or a word for where, stand right before."""
    before = [plain(token.term) for token in evidence.terms_before(start, 2)]
    if not before or not asked.lead:
        return False
    if before[-1] == asked.lead[-1]:
        return True
    return before[-1] in _WHERE and asked.lead[-1] in _WHERE
