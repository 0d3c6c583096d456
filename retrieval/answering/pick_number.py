"""Which amount answers? The one that counts what is asked for, in the dimension asked for, nearest to its words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path

import msgspec

from retrieval.answering.asked_passage import AskedPassage, Span, says
from retrieval.answering.columns import Cell
from retrieval.records import AskedQuantity, QueryTerm
from retrieval.vietnamese.function_words import EACH
from retrieval.vietnamese.mention import Quantity
from retrieval.vietnamese.syllables import fold, plain
from retrieval.vietnamese.tokens import Token
from retrieval.vietnamese.units import COUNTERS, PEOPLE, is_same_unit

_PEOPLE = tuple(tuple(map(fold, phrase.split())) for phrase in PEOPLE)
"""What stands where "người" is asked for."""
_COUNTERS = frozenset(map(fold, COUNTERS))
"""Counted alone, whatever follows; others are the first syllable of a longer word."""
_MEASURES = frozenset(map(fold, "dài rộng cao sâu dày nặng".split()))
"""What a thing is measured by; it stands right before its figure."""
_STATES = re.compile(r"(?:là|:|gồm|đạt)\s+$")
_EACH = frozenset(map(fold, EACH))
_SEXES = frozenset(("nữ", "nu"))
"""What narrows a count and is never left unsaid."""
_WHOLE = re.compile(r"[^.;!?\n]*\b(?P<part>trong (?:số )?đó)\b[^.;!?\n]*", re.IGNORECASE)
"""Between an amount and one of a part of it."""
_ALL = 0.9
"""`_follows` of an amount with all that is counted beside it."""
FEATURES = (
    "fit",
    "unfit",
    "other_dimension",
    "words",
    "digits",
    "about",
    "article",
    "alone",
    "closeness",
    "own",
    "goes_on",
    "speaks",
)
"""What tells which amount answers; see `_features`."""
SURE = 0.45
"""The chance from which an amount is emphasised. Measured: four in five of those emphasised are then right."""
_ENOUGH = 6
"""Words after the asking ones that tell one amount from another."""
_LEAST_MONEY = 500
"""Đồng: a bare figure below is no price."""
_LOOSE = 0.35
"""Up to this fit, only one word near the amount is a counted one, or none."""


class AmountWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of FEATURES. `none`: what all amounts together compete with, that none of them answers."""

    none: float
    weights: dict[str, float]


@cache
def load_amount_weights() -> AmountWeights:
    """The numbers that ship: `benchmarks/train_amounts.py` makes them."""
    path = Path(__file__).with_name("amount_weights.json")
    return msgspec.json.decode(path.read_bytes(), type=AmountWeights)


def pick_number(evidence: AskedPassage) -> Span | None:
    """The amount that answers, with its unit; what it counts too, where that is no longer than the amount."""
    counted = evidence.query.asked or AskedQuantity()
    if any(noun.text in _SEXES and not evidence.holds(noun) for noun in counted.nouns):
        return None
    amount = best_amount(evidence, counted)
    return _widened(evidence, amount, counted) if amount else None


def best_amount(evidence: AskedPassage, counted: AskedQuantity) -> Quantity | None:
    """The amount that answers, or None where none is sure."""
    if cell := evidence.asked_cell:
        return _amount_of(cell, evidence, counted)
    found = possible_amounts(evidence, counted)
    if not found:
        return None
    learned = load_amount_weights()
    values = [sum(learned.weights[name] * value for name, value in each.items()) for _, each in found]
    best = max(range(len(found)), key=lambda place: (values[place], -found[place][0].start))
    chance = 1.0 / sum(math.exp(value - values[best]) for value in (*values, learned.none))
    return found[best][0] if chance >= SURE else None


def _amount_of(cell: Cell, evidence: AskedPassage, counted: AskedQuantity) -> Quantity | None:
    """The only amount of the column asked about, in whatever its header says that it counts."""
    inside = [one for one in evidence.mentions.quantities if cell.start <= one.start and one.end <= cell.end]
    measured = [one for one in inside if one.dimension in (None, counted.dimension) or not counted.dimension]
    return measured[0] if len(inside) == len(measured) == 1 else None


def possible_amounts(
    evidence: AskedPassage, counted: AskedQuantity
) -> list[tuple[Quantity, dict[str, float]]]:
    """The passage's amounts that may answer, each with its features."""
    found = evidence.mentions.quantities
    speaks = _speaks_of(evidence)
    fits = [(amount, _fit(evidence, counted, amount)) for amount in found]
    possible = [
        (amount, fit)
        for amount, fit in fits
        if _may_answer(evidence, counted, amount, fit, speaks=speaks)
        and not _is_part(evidence, counted, amount, found)
    ]
    in_unit = [(amount, fit) for amount, fit in possible if is_same_unit(amount.unit, counted.unit)]
    possible = in_unit or possible  # "15 phút" beside "3 giờ" is none of "mấy tiếng"
    shared = {"alone": 1 / max(1, len(possible)), "speaks": float(speaks)}
    shares: dict[int, float] = {}
    for dimension in {amount.dimension for amount, _ in possible}:
        alike = [(amount.start, amount.end) for amount in found if amount.dimension == dimension]
        shares |= {start: share for (start, _), share in zip(alike, evidence.own_share(alike), strict=True)}
    return [
        (amount, shared | {"own": shares[amount.start]} | _features(evidence, counted, amount, fit))
        for amount, fit in possible
    ]


def _may_answer(
    evidence: AskedPassage, counted: AskedQuantity, amount: Quantity, fit: float | None, *, speaks: bool
) -> bool:
    """No ordinal for a number, none that the question says itself, none that counts something else."""
    if (amount.dimension == "ordinal") != (counted.dimension == "ordinal") or is_said(evidence, amount):
        return False
    if fit is None and (amount.form == "words" or (counted.nouns and not counted.dimension)):
        return False
    measured = amount.dimension in (None, "percent") or in_dimension(evidence, counted, amount)
    no_price = counted.dimension == "money" and not amount.dimension and (amount.value or 0) < _LEAST_MONEY
    if counted.dimension and (not measured or no_price):
        return False
    if _of_another_code(evidence, amount):
        return False
    if counted.dimension:
        return not (counted.stated and fit is None) and not _measures_another(evidence, amount)
    return not _counts_another(evidence, counted, amount) and ((fit or 0.0) > _LOOSE or speaks)


def _of_another_code(evidence: AskedPassage, amount: Quantity) -> bool:
    """Whether the amount is said of another code than the question's: "lớp A1 2.400.000 đồng, lớp A2 …".

    Only where codes stand before their amounts, as the first of the passage does.
    """
    asked = {code.value.upper() for code in evidence.query.mentions.codes}
    codes = evidence.mentions.codes
    if (
        not asked & {code.value.upper() for code in codes}
        or evidence.mentions.quantities[0].start < codes[0].start
    ):
        return False
    before = [code.value.upper() for code in codes if code.end <= amount.start]
    return bool(before) and before[-1] not in asked


def _measures_another(evidence: AskedPassage, amount: Quantity) -> bool:
    """Whether the text says that the amount is another measure: "dài 120 mét" where it is asked how wide."""
    first, _ = evidence.query.asking or (0, 0)
    asked = next((fold(term.origin) for term in evidence.query.terms[max(0, first - 1) : first]), "")
    if asked not in _MEASURES:
        return False
    before = [token.term for token in evidence.terms_before(amount.start, 4)]
    said = next((term for term in reversed(before) if term in _MEASURES or term[0].isdigit()), asked)
    return said in _MEASURES and said != asked


def _is_part(
    evidence: AskedPassage, counted: AskedQuantity, amount: Quantity, found: Sequence[Quantity]
) -> bool:
    """Whether the amount is of a part that the question doesn't speak of: "1.985 đảng viên, trong đó có 882 nữ"."""
    if counted.dimension:
        return False
    for whole in found:
        if (split := _WHOLE.fullmatch(evidence.text, whole.end, amount.start)) and (
            _follows(evidence, counted, whole) >= _ALL
        ):
            before = evidence.terms_before(split.start("part"), len(evidence.tokens))
            after = evidence.terms_after(split.end("part"), len(evidence.tokens))
            return evidence.said_by(after) <= evidence.said_by(before)
    return False


def _features(
    evidence: AskedPassage, counted: AskedQuantity, amount: Quantity, fit: float | None
) -> dict[str, float]:
    """`fit`: how well its noun and its unit serve; `unfit`: not at all. `article`: "một", which may be "a". `goes_on`:
    how far the words after it are the question's after its asking ones. Of the passage, `alone`: one by how many may
    answer; `speaks`: it has what is counted."""
    number = evidence.text[amount.core : amount.number_end]
    wanted, given = counted.dimension, amount.dimension
    return {
        "fit": fit or 0.0,
        "unfit": float(fit is None),
        "other_dimension": float(bool(wanted and given) and wanted != given),
        "words": float(amount.form == "words"),
        "digits": min(4, sum(map(str.isdigit, number))) / 4,
        "about": float(amount.start < amount.core),
        "article": float(number.strip().lower() == "một"),
        "closeness": evidence.closeness((amount.start, amount.end)),
        "goes_on": _goes_on(evidence, amount),
    }


def _goes_on(evidence: AskedPassage, amount: Quantity) -> float:
    """How many of the words after the asking ones follow the amount, in order, in [0, 1]: Vietnamese asks in place."""
    terms = evidence.query.terms
    first, last = evidence.query.asking or (0, len(terms))
    wanted = terms[last : last + _ENOUGH]
    if last == len(terms) and first > 1 and fold(terms[first - 2].origin) in _EACH:
        wanted = terms[first - 2 : first]  # "một ngày bao nhiêu" is "bao nhiêu một ngày"
    run = 0
    for token in _up_to_figure(evidence.terms_after(amount.end, 2 * _ENOUGH)):
        if run < len(wanted) and says(token.term, wanted[run]):
            run += 1
    return run / _ENOUGH


def _speaks_of(evidence: AskedPassage) -> bool:
    """Whether the passage holds the word that is counted: a figure beside "tổ chức Đảng" counts no "đảng viên"."""
    head = [plain(noun) for noun in evidence.query.nouns[:2]]
    if len(head) < 2:
        return True
    return (head[0], head[1]) in pairwise(plain(token.term) for token in evidence.tokens)


def _fit(evidence: AskedPassage, counted: AskedQuantity, amount: Quantity) -> float | None:
    """How well an amount serves what is asked for; None where it can't."""
    if counted.dimension:
        return _measured(evidence, counted, amount)
    follows = _follows(evidence, counted, amount)
    if follows < 0.5 and (amount.form == "words" or amount.labels):
        return None
    if counted.nouns and (counted.stated or not _asks_last(evidence)):
        if amount.dimension and (not follows or says("người", counted.nouns[0])):
            return None
        return 0.15 + 0.6 * follows
    if follows:
        return 0.15 + 0.6 * follows
    return 0.3 if amount.form != "words" and amount.dimension not in ("age", "time") else None


def _asks_last(evidence: AskedPassage) -> bool:
    """Whether nothing stands after the asking words: "vé lượt bao nhiêu?" asks what is said of it, not how many."""
    _, last = evidence.query.asking or (0, 0)
    return last == len(evidence.query.terms)


def in_dimension(evidence: AskedPassage, counted: AskedQuantity, amount: Quantity) -> bool:
    """Whether an amount is in the dimension asked for; how "rộng" something is, an area says too."""
    if amount.dimension == counted.dimension:
        return True
    if counted.dimension == "percent":
        return amount.form == "fraction"
    first, _ = evidence.query.asking or (0, 0)
    wide = not counted.stated and plain(evidence.query.terms[first - 1].text if first else "") == "rong"
    return wide and amount.dimension == "area"


def _measured(evidence: AskedPassage, counted: AskedQuantity, amount: Quantity) -> float | None:
    if in_dimension(evidence, counted, amount):
        return (0.6 if counted.stated else 0.5) + 0.15 * (_follows(evidence, counted, amount) > 0.5)
    if counted.stated or amount.form != "figure" or amount.labels:
        return None
    return 0.1 if amount.dimension is None else None


def _follows(evidence: AskedPassage, counted: AskedQuantity, amount: Quantity) -> float:
    """How much of what is counted stands by the number, in [0, 1]: after it, or before "là" and it.

    Words that narrow ("đảng viên nữ") and that the passage has must stand there too.
    """
    if not counted.nouns:
        return 0.0
    following = _up_to_figure(evidence.terms_after(amount.number_end, 6))
    before = evidence.terms_before(amount.start, 14)
    figures = [place for place, token in enumerate(before) if token.term[0].isdigit()]
    before = before[figures[-1] + 1 :] if figures else before
    if _STATES.search(evidence.text, 0, amount.start) and _share(evidence, counted, before) == 1:
        return 0.9
    if not following:
        return 0.0
    if _heads(following, counted):
        share = _share(evidence, counted, following)
        return (0.5 + 0.5 * share) * share
    if says("người", counted.nouns[0]) and persons_in(following):
        return 0.6
    return 0.3 * any(says(token.term, counted.nouns[0]) for token in following)


def _up_to_figure(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens before the next figure, which has words of its own: "7 người chết, 4 người mất tích"."""
    return list(takewhile(lambda token: not token.term[0].isdigit(), tokens))


def _heads(following: Sequence[Token], counted: AskedQuantity) -> bool:
    """Whether the tokens start with the counted words, two of them where there are: "đảng bộ" is no "đảng viên"."""
    starts = list(dict.fromkeys(token.start for token in following))
    first, second = ([t.term for t in following if t.start in starts[:count]] for count in (1, 2))
    return any(says(term, counted.nouns[0]) for term in first) and all(
        any(says(term, noun) for term in second) for noun in _second(counted)
    )


def _counts_another(evidence: AskedPassage, counted: AskedQuantity, amount: Quantity) -> bool:
    """Whether what follows only starts like what is counted: "16 đảng bộ" are no "đảng viên"."""
    following = evidence.terms_after(amount.number_end, 6)
    return (
        bool(following and counted.nouns)
        and says(following[0].term, counted.nouns[0])
        and not any(says(token.term, noun) for token in following for noun in _second(counted))
        and bool(_second(counted))
    )


def _second(counted: AskedQuantity) -> Sequence[QueryTerm]:
    """The second syllable of what is counted, where the first says little: "đảng viên", but "người Do Thái"."""
    return () if is_counter(counted.nouns) else counted.nouns[1:2]


def persons_in(tokens: Sequence[Token]) -> int:
    """How many tokens, from the first, say a person: two of "bệnh nhân nội trú"."""
    terms = tuple(token.term for token in tokens)
    return max((len(phrase) for phrase in _PEOPLE if terms[: len(phrase)] == phrase), default=0)


def _share(evidence: AskedPassage, counted: AskedQuantity, tokens: Sequence[Token]) -> float:
    """How many of the counted words that the passage has are among `tokens`."""
    known = [noun for noun in counted.nouns if any(says(token.term, noun) for token in evidence.tokens)]
    found = sum(any(says(token.term, noun) for token in tokens) for noun in known)
    return found / len(known) if known else 0.0


def is_counter(nouns: Sequence[QueryTerm]) -> bool:
    """Whether the first of several nouns only counts the next: "cái lỗ"."""
    return len(nouns) > 1 and any(says(counter, nouns[0]) for counter in _COUNTERS)


def is_said(evidence: AskedPassage, amount: Quantity) -> bool:
    """Whether the question says that figure itself."""
    figure = evidence.text[amount.core : amount.end].strip().lower()
    return amount.form == "figure" and bool(
        re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w|[.,]\d)", evidence.asked)
    )


def _widened(evidence: AskedPassage, amount: Quantity, counted: AskedQuantity) -> Span:
    """The amount with what it counts, where that doesn't outweigh it; a word or one or two digits never alone: a bare
    "ba" says nothing.

    Measured on questions by Vietnamese writers: right more often than with what is counted always or never.
    """
    start, end = amount.start, amount.end
    if amount.dimension or not counted.nouns:
        return start, end
    last = end
    following = evidence.terms_after(end, max(len(counted.nouns), 3))
    people = persons_in(following) if says("người", counted.nouns[0]) else 0
    for place, token in enumerate(following):
        if token.start > last + 1 or not (
            place < people or any(says(token.term, noun) for noun in counted.nouns)
        ):
            break
        last = token.end
    if len(counted.nouns) > 1 and not people and not _heads(following, counted):
        return start, end
    short = amount.form == "words" or (amount.form == "figure" and amount.number_end - amount.core <= 2)
    return (start, last) if short or last - start <= 2 * (end - start) else (start, end)
