"""Which passages are the article that a question names? Told by the headings over them and by their own numbers.

"Điều 3" is what stands under a heading that begins so, or begins so itself; not what cites it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from retrieval.collection import TermIds, term_id
from retrieval.records import Passage, Query
from retrieval.term_arrays import DocumentTerms, TermArrays
from retrieval.vietnamese.function_words import HOLDING
from retrieval.vietnamese.mention import ArticleReference
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.syllables import plain, plain_words, spell

Flags = npt.NDArray[np.bool_]


_ITEMS = frozenset(("khoản", "điểm", "tiết"))
"""Parts that are told by their own mark within an article: "2. …", "a) …"."""


_UNNAMED = frozenset(("phần", "chương", "mục", "tiểu mục"))
"""Divisions whose headings may begin with their number alone."""
_NUMBERED = re.compile(r"^\W*(\d+(?:\.\d+)*[a-zđ]?)\s?[.):/](?!\d)", re.MULTILINE)
"""A clause's own mark: "2.", "2a.", "3)"."""
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_CLAUSES = 20
"""No more clauses than these stand in one passage."""


_SAYING = r"(?:quy định|nói|nêu|ghi|viết|nội dung)"
_SAYS = re.compile(rf"\b{_SAYING}\b", re.IGNORECASE)
_PLAIN_SAYS = re.compile(rf"\b{plain(_SAYING)}\b", re.IGNORECASE)


def words_beside(query: Query, named: Sequence[ArticleReference], title: str) -> set[str]:
    """The question's content words, plain, without those of its references, of the paper's name, and of asking what it
    says: of "Điều 5 quy ước xóm Lò quy định thế nào về lấn lối đi?" only "lấn", "lối", "đi"; of "Điều 5 có gì?" none.

    `title`: of the paper; a name that stands between a reference and "quy định" is told by its place.
    """
    saying = [match.span() for match in (_PLAIN_SAYS if query.lacks_marks else _SAYS).finditer(query.text)]
    behind = named[-1].end if named else 0
    asked = next((start for start, _ in saying if start >= behind), behind)
    left_out = [*((one.start, one.end) for one in named), *saying, (behind, asked)]
    called = set(plain_words(title))
    empty = {spell(word, lacks_marks=query.lacks_marks) for word in HOLDING}
    return {
        word
        for term in query.terms
        if term.is_content
        and spell(term.origin, lacks_marks=query.lacks_marks) not in empty
        and (word := plain(term.origin)) not in called
        and not any(start <= term.start < end for start, end in left_out)
    }


@lru_cache(maxsize=100)
def articles_named(text: str) -> tuple[ArticleReference, ...]:
    """What a question names of a paper, from an article up: "điểm a" alone could be any; "khoản 4.2" says where."""
    return tuple(
        reference
        for reference in find_mentions(text).articles
        if reference.parts[-1][0] not in _ITEMS or "." in reference.parts[-1][1]
    )


def passages_named(references: Sequence[ArticleReference], documents: TermArrays) -> Flags:
    """For each passage of the documents, laid end to end, whether it is in one of what the question names."""
    found = [
        np.logical_or.reduce(
            [np.zeros(len(document.spans), np.bool_), *(_within(each, document) for each in references)]
        )
        for document in documents.values()
    ]
    return np.concatenate(found) if found else np.zeros(0, np.bool_)


def _within(reference: ArticleReference, document: DocumentTerms) -> Flags:
    named = np.ones(len(document.spans), np.bool_)
    for level, number in reversed(reference.parts):
        begins = [plain(number)] if level in _ITEMS else [*plain(level).split(), plain(number)]
        sections = document.sections.starts
        over = _under(_begin(document.plain, sections[:-1], sections[1:], begins), document)
        own = _begin(document.plain, document.starts[:-1], document.starts[1:], begins)
        narrowed = named & (over | own)
        if level in _UNNAMED and not narrowed.any():  # "Mục II" may be headed "II. Nghỉ phép"
            begins = [plain(number)]
            narrowed = named & _under(_begin(document.plain, sections[:-1], sections[1:], begins), document)
        if level == "khoản" and number.isdigit() and not narrowed.any():
            for clause in range(1, min(int(number), _CLAUSES) + 1):  # short ones are one passage: "1. … 2. …"
                narrowed = (named if clause == 1 else narrowed) & _hold(document, str(clause))
            if not narrowed.any() and _lacks_numbers(named, document):
                narrowed = named
        within = level in ("điểm", "tiết") and not _lacks_letter(plain(number), named, document)
        if narrowed.any() or not within:  # points often stand within their clause's passage
            named = narrowed
    return named


def _lacks_letter(letter: str, article: Flags, document: DocumentTerms) -> bool:
    """Whether what is named so far has points a and b, and none of this letter."""
    a, b, wanted = ((article & _hold(document, each)).any() for each in ("a", "b", letter))
    return bool(a and b and not wanted)


def _lacks_numbers(article: Flags, document: DocumentTerms) -> bool:
    """Whether the article's clauses bear no numbers: which one is meant is told by its place, see `clauses_meant`."""
    first = _begin(document.plain, document.starts[:-1], document.starts[1:], ["1"])
    return bool(article.any()) and not article.all() and not (article & first).any()


def clauses_in(text: str) -> list[tuple[str, str]]:
    """The clauses of a text that bear numbers, each with its number: ("2a", " Không thả lưới.")."""
    _, *marked = _NUMBERED.split(text)
    return list(zip(marked[::2], marked[1::2], strict=True))


def clauses_meant(
    references: Sequence[ArticleReference], passages: Sequence[Passage], text: str
) -> list[Passage]:
    """Of an article's passages those of the clause that is named, where the clauses bear no numbers: "khoản 2" is the
    second paragraph. All of them, where no clause is named or clauses have numbers; none, where it isn't there."""
    number = next((parts["khoản"] for one in references if "khoản" in (parts := dict(one.parts))), "")
    if not number.isdigit() or any(_NUMBERED.match(passage.text) for passage in passages):
        return list(passages)
    first, last = passages[0].start, max(passage.end for passage in passages)
    clauses = [match.span() for match in _PARAGRAPH.finditer(text, first, last)]
    if int(number) > len(clauses):
        return []
    start, end = clauses[int(number) - 1]
    return [passage for passage in passages if passage.start < end and start < passage.end]


def _begin(
    terms: TermIds, starts: npt.NDArray[np.uint32], ends: npt.NDArray[np.uint32], words: list[str]
) -> Flags:
    """Whether each stretch of `terms` begins with these words."""
    begins = ends.astype(np.int64) - starts >= len(words)
    for offset, word in enumerate(words):
        places = np.minimum(starts.astype(np.int64) + offset, max(len(terms) - 1, 0))
        begins &= terms[places] == np.uint32(term_id(word)) if len(terms) else False
    return np.asarray(begins)


def _hold(document: DocumentTerms, word: str) -> Flags:
    """Whether each passage has the word."""
    there = np.concatenate([[0], np.cumsum(document.plain == np.uint32(term_id(word)))])
    return np.asarray(there[document.starts[1:]] > there[document.starts[:-1]])


def _under(heads: Flags, document: DocumentTerms) -> Flags:
    """Which passages stand under one of these sections, or under what stands under it."""
    covered = heads.copy()
    for section, parent in enumerate(document.sections.parents.tolist()):
        covered[section] |= parent >= 0 and covered[parent]
    over = document.sections.over
    return (
        np.asarray((over >= 0) & covered[np.maximum(over, 0)])
        if len(covered)
        else np.zeros(len(over), np.bool_)
    )
