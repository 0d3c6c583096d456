"""Is what leans on the last question still about the last answer's article, or about any?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from retrieval.dialogue.rewrite import Whole
from retrieval.records import Answer, Document
from retrieval.vietnamese.syllables import plain, plain_words

_SURE = 0.5
"""That article is preferred unless another is more than twice as likely to answer: people go on about one thing."""


def stays(whole: Whole, there: Answer, anywhere: Answer) -> bool:
    """Whether `there`, the last article's answer to the whole question, is what is wanted.

    `anywhere`: every article's answer to the whole question, where it must lean on the last one; else to the
    question as it was asked. A question that hardly says anything stays; one that could stand alone does where that
    article holds what it says, and a long one only where it finds nothing better elsewhere.
    """
    if not there.hits or any(name in whole.asked for name in there.missing):
        return False
    article = there.hits[0].document
    same = bool(anywhere.hits) and anywhere.hits[0].document.id == article.id
    if whole.refers:  # to what that article speaks of
        return not anywhere.conflicting and (_finds(there) or same or not _finds(anywhere))
    if whole.lean == "must":
        if anywhere.answered and not same and _is_of_another(whole.asked, there, anywhere):
            return False
        return not anywhere.conflicting and _answers(there, anywhere, same=same)
    if not (whole.is_short or _holds(article, whole.own)):
        return False
    better = not _finds(anywhere) or there.confidence >= anywhere.confidence
    return whole.lean == "likely" or (_finds(there) and not same and better)


def _finds(answer: Answer) -> bool:
    """Whether an article speaks of what is asked, be the answer shown or only near."""
    return answer.answered or answer.near


def _answers(there: Answer, anywhere: Answer, *, same: bool) -> bool:
    """Whether the article answers, or lies near enough; why something is so is said in words that nobody can guess."""
    if same:
        return _finds(there) or not _finds(anywhere) or there.query.kind == "reason"
    return _finds(there) and there.confidence >= _SURE * anywhere.confidence


def _is_of_another(asked: str, there: Answer, anywhere: Answer) -> bool:
    """Whether another article is the one of what is named: its title says so, or only it answers."""
    titles = [f" {' '.join(plain_words(one.hits[0].document.title))} " for one in (there, anywhere)]
    in_title = [f" {' '.join(plain_words(asked))} " in title for title in titles]
    named = any(name in asked for name in there.query.names)
    return in_title == [False, True] or (named and not there.answered)


def _holds(document: Document, words: Sequence[str]) -> bool:
    """Whether the document has at least half of the syllables beside a neighbour; alone each is many words."""
    text = _syllables(document.title, document.text)
    together = [f" {plain(left)} {plain(right)} " in text for left, right in pairwise(words)]
    held = sum(before or after for before, after in zip([False, *together], [*together, False], strict=True))
    return 2 * held >= len(words)


@lru_cache(maxsize=4)
def _syllables(title: str, text: str) -> str:
    """Those of an article that many ask on about, each between blanks.

    With its text that is 3 bytes a character: four of the longest laws (600,000) take 7 MB. Read anew each time,
    such a law would take 110 ms, an article of 3,000 characters 1.
    """
    return f" {' '.join(plain_words(title))} {' '.join(plain_words(text))} "
