"""What does a question ask that is made of questions read before? Their words keep what was read of them.

"Còn Kiến Tường thì sao?" after "Sóc Trăng kết nạp bao nhiêu đảng viên?" is asked as "Kiến Tường kết nạp bao nhiêu đảng
viên?", in which no word is new. Only what a rewriting adds is read here: "của", a name that an article has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.analyzer import Analyzer
from retrieval.errors import QuestionError
from retrieval.question.input import Reading
from retrieval.question.names import Word, names_beside
from retrieval.question.understand import (
    MAX_CHARACTERS,
    Read,
    asking_words,
    form_of,
    interpret,
    marked_term,
)
from retrieval.question.vocabulary import Vocabulary, row_df_in
from retrieval.records import Query, QueryTerm, Role
from retrieval.vietnamese.characters import as_typed
from retrieval.vietnamese.syllables import lacks_marks
from retrieval.vietnamese.tokens import Token, tokenize

_HOLDING = frozenset("có của ở tại là nhằm bài".split())
"""What a rewriting adds that only holds the rest together."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A word that was read before: term number `at` of `query`."""

    query: Query
    at: int

    @property
    def term(self) -> QueryTerm:
        return self.query.terms[self.at]


def compose(text: str, read: Sequence[Query], *, analyzer: Analyzer, vocabulary: Vocabulary) -> Query:
    """The question `text`, made of words of the questions `read`, and a few others.

    Raises QuestionError where there is nothing to look for.
    """
    text = as_typed(text)[:MAX_CHARACTERS]
    tokens = tokenize(text, analyzer.spelling)
    if not tokens:
        raise QuestionError("Câu hỏi chưa có từ nào để tìm; xin hỏi lại bằng một câu tiếng Việt.")
    known = list(_known(text, tokens, read))
    reading = _reading(text, tokens, known, read)
    marked = [marked_term(token, reading) for token in tokens]
    forms = [
        (one.term.text, one.term.plain) if one else form_of(token, term, reading, vocabulary)
        for token, term, one in zip(tokens, marked, known, strict=True)
    ]
    asking = asking_words(tokens, marked)
    ask = range(asking.start, asking.end) if asking else range(0)
    words = [_word(text, token, known[n], asks=n in ask) for n, token in enumerate(tokens)]
    fresh = {n for n, one in enumerate(known) if one is None or not _tells_names(one.query)}
    names = names_beside(
        text,
        words,
        list(_kept_names(known)),
        fresh,
        analyzer.gazetteer,
        row_df_in(vocabulary),
        lacks_marks=reading.lacks_marks,
    )
    return interpret(Read(reading, tokens, marked, forms, asking, words, names), analyzer=analyzer)


def _known(text: str, tokens: Sequence[Token], read: Sequence[Query]) -> Iterator[_Known | None]:
    """Where each token was read before: in the longest run of tokens that the texts share from there on."""
    here = [text[token.start : token.end].lower() for token in tokens]
    there = [(query, [term.origin.lower() for term in query.terms]) for query in read]
    at = 0
    while at < len(here):
        best, longest = None, 0
        for query, words in there:
            for start in range(len(words)):
                same = 0
                while here[at + same : at + same + 1] == words[start + same : start + same + 1] != []:
                    same += 1
                if same > longest:
                    best, longest = _Known(query, start), same
        if best is None:
            yield None
            at += 1
        else:
            yield from (_Known(best.query, best.at + n) for n in range(longest))
            at += longest


def _reading(
    text: str, tokens: Sequence[Token], known: Sequence[_Known | None], read: Sequence[Query]
) -> Reading:
    marked = text
    for token, one in zip(tokens, known, strict=True):
        if one and one.query.marked:
            spelt = one.query.marked[one.term.start : one.term.end]
            marked = f"{marked[: token.start]}{spelt}{marked[token.end :]}"
    slips = (slip for query in read for slip in query.corrections if slip[1] in text)
    return Reading(text, lacks_marks(text), marked, corrections=tuple(dict.fromkeys(slips)))


def _word(text: str, token: Token, known: _Known | None, *, asks: bool) -> Word:
    written = text[token.start : token.end]
    role: Role = "function" if written.lower() in _HOLDING else "noun"
    if known:
        role = known.term.role if known.term.role != "asking" else "function"
    return Word(written, token.term, token.start, token.end, "asking" if asks else role, "", token.end)


def _tells_names(query: Query) -> bool:
    """Whether names were told from other words: not where all is capitalised, as in "Kiến Tường"."""
    return any(term.origin[:1].islower() for term in query.terms)


def _kept_names(known: Sequence[_Known | None]) -> Iterator[tuple[int, int]]:
    """(first, last) of the names that were read before and stand here whole."""
    for first, one in enumerate(known):
        for start, end in one.query.name_spans if one else ():
            assert one is not None
            inside = [n for n, term in enumerate(one.query.terms) if start <= term.start and term.end <= end]
            run = known[first : first + len(inside)]
            same = [next_.at for next_ in run if next_ and next_.query is one.query]
            if same == inside and inside:
                yield first, first + len(inside) - 1
