"""Which words of a question carry its meaning?

`QueryTerm.is_content` says which neither ask nor only join; of these not all tell one thing from another.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.records import Query, QueryTerm
from retrieval.vietnamese.function_words import DENIALS, HOLDING
from retrieval.vietnamese.mention import Mention
from retrieval.vietnamese.syllables import fold, plain

EMPTY = HOLDING | {"tên", "tất", "cả"}
"""Words that stand in any clause."""
_EMPTY_PLAIN = frozenset(map(plain, EMPTY))
_DENIALS = frozenset(form(word) for word in DENIALS for form in (fold, plain))


def tells(term: QueryTerm) -> bool:
    """Whether a word tells what is asked about from its like: "không hoàn thành" is another than "hoàn thành"."""
    if not term.is_content:
        return denies(term.text) and term.role == "function"
    return term.text not in (_EMPTY_PLAIN if term.plain else EMPTY)


def denies(term: str) -> bool:
    """Whether a folded term denies, with its marks or typed without any: "chưa", "chua", but not "chùa"."""
    return term in _DENIALS


def is_mentioned(query: Query, term: QueryTerm, others: Sequence[Mention] = ()) -> bool:
    """Whether the word is part of a name, a date or a paper's number, which the article may say elsewhere, or of one of
    `others`."""
    mentions: tuple[Mention, ...] = (*query.mentions.moments, *query.mentions.papers, *others)
    return any(
        start <= term.start < end
        for start, end in (*query.name_spans, *((one.start, one.end) for one in mentions))
    )
