"""Do a document's labels tell of others of what the question asks about, and of that one nowhere?

Lists, tables, forms and headings call things of one kind by labels that begin alike: "Ca sáng: …", "Ca chiều: …". A
question on "ca đêm" that such a document never mentions is not answered by any of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import pairwise

from retrieval.answering.rarity import typed_rarity
from retrieval.answering.rivals import is_ordinary, may_be_predicate
from retrieval.question.asked_label import words_asked
from retrieval.question.content import is_mentioned
from retrieval.ranking.wording import said_otherwise
from retrieval.records import Query, QueryTerm
from retrieval.vietnamese.function_words import HOLDING, PREPOSITIONS
from retrieval.vietnamese.labels import openings
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.syllables import fold, plain, spell
from retrieval.vietnamese.units import UNITS

REACH = 3_000
"""Characters around what is shown whose labels are read."""
LONGEST = 8
"""Words of a label."""
TELLING = 2.7
"""Rarity from which on a word tells one thing from another."""
FOLLOWING = 2.0
"""That of a word that goes on with it: "sự" of "nhân sự"."""
ACTING = 5.0
"""That of a verb: "Ca đêm phải làm gì" is of no "ca đêm phải"."""
HARDLY_A_VERB = 9.0
"""That of a noun which is tagged a verb: "cá chình"; verbs that people ask with are commoner."""
MOST = 3
"""Words that tell the one asked about from others, at most: "giấy phép xây dựng"."""
_OF_CLAUSES = frozenset(form(word) for word in ("được", "bị", "là") for form in (fold, plain))
_LINKING = frozenset(form(word) for word in (*PREPOSITIONS, *HOLDING) for form in (fold, plain))
"""These tell no other: "Quán mở cửa lúc mấy giờ" is said of what "mở cửa từ 9 giờ"."""
_WORD = re.compile(r"[^\W_]+")
_MEASURING = frozenset(
    form(word)
    for units in UNITS.values()
    for unit in (*units, "rưỡi")
    for word in _WORD.findall(unit)
    for form in (fold, plain)
)
"""Words that a card may hold as units only, which say nothing: see `_without_units`."""


def labelled_otherwise(
    query: Query,
    card: str,
    around: str,
    stands: Callable[[Sequence[QueryTerm]], bool],
    *,
    title: str,
) -> tuple[str, ...]:
    """The phrase of the question that names a thing which no label does, while labels that begin alike name others.

    `card`: what is shown, with title and headings; `around`: the text about it, whose labels are read; the `title`
    counts as one where no lone verb follows: "Xe chở …" is no other than "Xe đạp Én Bạc". `stands`: whether the article
    has these terms side by side. At most one phrase, as the question has it.
    """
    terms = [word for term in query.terms for word in _words(term.origin, query)[:1] or [term.text]]
    written = set(_words(card, query))
    telling = [
        at
        for at in range(1, len(terms))
        if (terms[at] not in written or terms[at] in _MEASURING)
        and (terms[at - 1] in written or not terms[at - 1].isalpha())
        and _may_tell(query, at)
    ]
    if not telling:
        return ()
    shown = _words(_without_units(card), query)
    held, pairs = set(shown), set(pairwise(shown))
    telling = [at for at in telling if terms[at] not in held and terms[at - 1] in held]
    labels = list(_labels(around, query, frozenset(terms))) if telling else []
    whole = _words(title, query) if labels else ()
    others = [label for label in labels if label != whole[: len(label)]]
    for at in telling if labels else ():
        goes_on = at + 1 < len(terms) and terms[at + 1] not in held and _is_told(query, at + 1)
        alone = query.terms[at].role == "verb" and not goes_on
        start = _alike(others if alone else labels, terms, at, pairs)
        if start is None or stands(query.terms[at - 1 : at + 1]):
            continue
        end = at + 1
        while (
            end < len(terms)
            and end - at < MOST
            and _is_told(query, end, FOLLOWING)
            and terms[end] not in held
        ):
            end += 1
        before = query.terms[at - 1]
        if any(one <= before.start < other for one, other in query.name_spans):
            start = at  # "cầu Tà Lùng khánh thành": the thing is there, what is asked of it isn't
            end += end < len(terms) and query.terms[end].role == query.terms[end - 1].role
        first, last = query.terms[start].start, query.terms[end - 1].end
        if not any(first <= one and other <= last for one, other in said_otherwise(query, around)):
            return (query.text[first:last],)
    return ()


def _labels(text: str, query: Query, terms: Set[str]) -> Iterator[tuple[str, ...]]:
    """What opens lines and cells of the text with one of these terms: several words, and not many."""
    for opening in dict.fromkeys(openings(text)):
        first = _WORD.search(opening)
        if first and spell(first.group(), lacks_marks=query.lacks_marks) in terms:
            words = _words(opening, query)
            if 1 < len(words) <= LONGEST:
                yield words


def _alike(
    labels: Sequence[tuple[str, ...]], terms: Sequence[str], at: int, pairs: set[tuple[str, str]]
) -> int | None:
    """From which term on the question begins like a label that goes on with a word of its own; None where none does.

    "Bạch trà nặng" is no other than "Trà xanh": the card has "bạch trà". "BMI được tính bằng …" is a clause, no label.
    """
    for label in labels:
        for size in range(1, min(len(label), at + 1)):
            start = at - size
            if label[:size] != tuple(terms[start:at]) or label[size] in terms or terms[at] in label:
                continue
            if _OF_CLAUSES & set(label[:size]) or label[size] in _LINKING:
                continue
            if start == 0 or (terms[start - 1], label[0]) not in pairs:
                return start
    return None


def _may_tell(query: Query, at: int) -> bool:
    """Whether term `at` may tell a thing from its like: no verb that any question has, not what it asks for."""
    first, last = query.asking or (len(query.terms), len(query.terms))
    if first <= at < last or not _is_told(query, at):
        return False
    is_noun = query.terms[at].role in ("noun", "name") or _is_told(query, at, HARDLY_A_VERB)
    if at == first - 1 and (not is_noun or _asks_which(query)):
        return False
    if not query.terms[at - 1].is_content:
        return False
    if at + 2 == first and may_be_predicate(query) and is_ordinary(*query.terms[at : at + 2]):
        return False  # hợp đồng quy định gì
    label = [fold(term.origin) for term in query.terms[at : at + 2]]
    return not words_asked(label, query)


def _asks_which(query: Query) -> bool:
    """Whether the word before the asking ones says what is asked for: "học môn gì", "gặp bác sĩ nào"."""
    _, last = query.asking or (0, 0)
    return plain(query.terms[last - 1].text) in ("gi", "nao")


def _is_told(query: Query, at: int, least: float = TELLING) -> bool:
    term = query.terms[at]
    if not term.is_content or not term.origin.replace("-", "").isalpha():  # "i-ốt"
        return False
    amounts = [one for one in query.mentions.quantities if one.form != "words" or one.dimension]
    if is_mentioned(query, term, amounts):
        return False
    rarity = typed_rarity(term, lacks_marks=query.lacks_marks)
    return rarity >= (max(ACTING, least) if term.role == "verb" else least)


def _without_units(text: str) -> str:
    """The text without what its figures are measured in: "đồng" of "690.000 đồng" is no "đồng phục"."""
    kept, at = [], 0
    for amount in find_mentions(text).quantities:
        if amount.unit:
            kept.append(text[at : amount.number_end])
            at = amount.end
    return " ".join((*kept, text[at:]))


def _words(text: str, query: Query) -> tuple[str, ...]:
    return tuple(spell(word, lacks_marks=query.lacks_marks) for word in _WORD.findall(text))
