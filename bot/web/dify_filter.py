"""Which hits does Dify's metadata condition let through? Its operators, on what is known of a hit's document."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from retrieval import Hit

Operator = Literal[
    "contains", "not contains", "start with", "end with", "is", "is not", "in", "not in", "empty", "not empty",
    "=", "≠", ">", "<", "≥", "≤", "before", "after",
]  # fmt: skip

_NUMBERS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "≠": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "≥": operator.ge,
    "≤": operator.le,
}
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda held, wanted: wanted in held,
    "not contains": lambda held, wanted: wanted not in held,
    "start with": str.startswith,
    "end with": str.endswith,
    "is": operator.eq,
    "is not": operator.ne,
}
_WITHOUT = ("not contains", "is not", "not in", "empty", "≠")
"""Operators that hold where a document lacks the field."""


def metadata(hit: Hit) -> dict[str, Any]:
    """What Dify is told of a hit beside its text; what isn't known is left out, because null breaks Dify."""
    document, passage = hit.document, hit.passage
    told = {
        **document.meta,
        "document": document.id,
        "source": document.source,
        "date": document.date.isoformat() if document.date else None,
        "date_kind": document.date_kind,
        "number": document.number,
        "author": document.author,
        "url": document.url,
        "section": " › ".join(passage.section) or None,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
    }
    return {name: value for name, value in told.items() if value is not None}


def holds(fields: Mapping[str, Any], names: Sequence[str], how: Operator, value: Any) -> bool:
    """Whether one of these fields of a hit fulfils the condition."""
    return any(_holds(fields.get(name), how, value) for name in names)


def _holds(held: Any, how: Operator, value: Any) -> bool:
    missing = held is None or held in ("", [])
    if how in ("empty", "not empty"):
        return missing == (how == "empty")
    if missing:
        return how in _WITHOUT
    if how in ("in", "not in"):
        listed = value if isinstance(value, list) else str(value).split(",")
        return (_folded(held) in [_folded(one) for one in listed]) == (how == "in")
    if how in ("before", "after"):
        return _holds_of_days(held, how, value)
    return (
        _holds_of_numbers(held, how, value) if how in _NUMBERS else _TEXTS[how](_folded(held), _folded(value))
    )


def _holds_of_days(held: Any, how: Operator, value: Any) -> bool:
    day, other = day_of(held), day_of(value)
    return day is not None and other is not None and (day < other if how == "before" else day > other)


def _holds_of_numbers(held: Any, how: Operator, value: Any) -> bool:
    number, other = _number(held), _number(value)
    if number is None or other is None:
        return how in ("=", "≠") and (_folded(held) == _folded(value)) == (how == "=")
    return _NUMBERS[how](number, other)


def _folded(value: Any) -> str:
    return " ".join(str(value).casefold().split())


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def day_of(value: Any) -> datetime.date | None:
    """A day written as in ISO 8601, or in seconds since 1970 as Dify stores it."""
    number = _number(value)
    try:
        if number is not None:
            return datetime.datetime.fromtimestamp(number, datetime.UTC).date()
        return datetime.date.fromisoformat(str(value).strip()[:10])
    except (ValueError, OverflowError, OSError):
        return None
