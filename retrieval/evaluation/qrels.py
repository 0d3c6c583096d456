"""What counts as right? A passage, an article, an emphasised span, judged against the gold answers."""

from __future__ import annotations

import re
from typing import Literal

from retrieval.evaluation.sets import Gold, Question
from retrieval.records import Hit

Emphasis = Literal["right", "wrong", "none"]


def is_right_passage(hit: Hit, question: Question) -> bool:
    """Whether the passage holds one of the gold answers, in the right document.

    With an offset: the passage contains the gold span's first character and at least half of the span. So
    at most one passage of an article is right for a gold answer; one that merely ends in the answer's first
    word is not; an answer of more than a sentence may be had where most of it is shown. Without an offset:
    the passage contains the answer's words, case and spacing apart, not as part of a longer word or number.
    """
    if question.document_id is not None and hit.document.id != question.document_id:
        return False
    return question.by_article or any(_holds(hit, gold) for gold in question.answers)


def _holds(hit: Hit, gold: Gold) -> bool:
    if gold.start is None:
        return contains(hit.passage.text, gold.text)
    end = min(hit.passage.end, gold.start + len(gold.text))
    return hit.passage.start <= gold.start < hit.passage.end and 2 * (end - gold.start) >= len(gold.text)


def judge_emphasis(hit: Hit, highlight: tuple[int, int] | None, question: Question) -> Emphasis:
    """Whether the hit's highlighted characters contain a gold answer and are at most twice as long."""
    if highlight is None:
        return "none"
    shown = hit.passage.text[slice(*highlight)]
    fits = any(contains(shown, gold.text) and len(shown) <= 2 * len(gold.text) for gold in question.answers)
    return "right" if fits else "wrong"


def contains(text: str, answer: str) -> bool:
    """Whether the text holds the answer as whole words and numbers: "135" isn't in "1.135" nor in "135,5"."""
    words = r"\s+".join(map(re.escape, answer.split()))
    return re.search(rf"(?<!\w)(?<!\d[.,]){words}(?!\w)(?![.,]\d)", text, re.IGNORECASE) is not None
