"""Does a question ask what an official paper says of itself: its number, its day, who signed it, who issued it?

These stand in the paper's head and at its end, far from what the paper is about, and hold none of the question's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from retrieval.records import Document, Query
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.syllables import plain

Fact = Literal["signer", "number", "day", "issuer"]

_ISSUED = ("ban hanh", "phat hanh", "ky ngay", "ky khi", "ky vao", "ky luc", "ra ngay", "duoc ky", "ra doi")
_SIGNED = re.compile(r"(?<! đăng) k[ýí] ")
_SIGNED_PLAIN = re.compile(r"(?<! dang)(?<! hoc) k[yi] (?!luat|nang|niem|tuc)")
"""Signing; not "học kỳ", "kỷ luật", which are written alike without marks."""
_NUMBERED = ("so bao nhieu", "so may", "so hieu", "mang so", "so nao", "ky hieu", "so gi")
_BODIES = ("co quan nao", "don vi nao", "noi nao", "to chuc nao", "ai ban hanh", "ai da ban hanh")
_OF_WHOM = re.compile(r" cua (?:\w+ ){1,3}nao $")
"""At the end of a question that names a paper by its number: "Quyết định 45/QĐ-CT của công ty nào?"."""


def asked_fact(query: Query) -> Fact | None:
    """Which of its own facts the question asks of a paper; None where it asks something else."""
    text = f" {plain(query.text.lower()).rstrip(' ?.!')} "
    if any(f" {words} " in text for words in _BODIES) and "ban hanh" in text:
        return "issuer"
    if query.mentions.papers and _OF_WHOM.search(text):
        return "issuer"
    signed = _SIGNED_PLAIN.search(text) if query.lacks_marks else _SIGNED.search(f" {query.text.lower()} ")
    if query.kind == "person" and signed:
        return "signer"
    if any(text.endswith(f" {words} ") for words in _NUMBERED):
        return "number"
    if query.kind == "date" and any(f" {words} " in text for words in _ISSUED):
        return "day"
    return None


def is_meant(query: Query, document: Document) -> bool:
    """Whether the question speaks of a paper of the document's kind: of "quyết định" where it is one."""
    kind = document.meta.get("paper")
    if not isinstance(kind, str) or not kind:
        return False
    text = f" {plain(query.text.lower())} "
    return f" {plain(kind.lower())} " in text or " van ban " in text


def _written(fact: Fact, document: Document) -> Sequence[str]:
    """How the document's own fact may be written in its text; empty where the document doesn't tell it."""
    if fact == "signer":
        return document.author.split(", ") if document.author else ()
    said = document.number if fact == "number" else document.source
    return (said,) if said else ()


def span_of(fact: Fact, document: Document, text: str) -> tuple[int, int] | None:
    """Where the fact stands in `text`, a stretch of the document; None where it doesn't."""
    if fact == "day":
        days = (
            one for one in find_mentions(text).moments if one.value.date == document.published is not None
        )
        return next(((one.start, one.end) for one in days), None)
    folded = text.casefold()
    if len(folded) != len(text):
        folded = text
    folded = folded.replace("\n", " ")  # "ỦY BAN NHÂN DÂN / XÃ AN PHÚ" stands on two lines
    for words in _written(fact, document):
        at = folded.rfind(words.casefold()) if fact == "signer" else folded.find(words.casefold())
        if at >= 0:
            return at, at + len(words)
    return None
