"""What does a question ask, and which of its words must the answer hold?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from retrieval.analysis.document import Analyzer
from retrieval.analysis.kinds import Interrogative, find_interrogative
from retrieval.analysis.syllables import plain
from retrieval.analysis.terms import Token, tokenize
from retrieval.errors import QuestionError
from retrieval.records import Query, QueryTerm, Role

MAX_CHARACTERS = 1_000
"""What is read of a question: longer ones are pasted texts, whose first sentences say what they are about."""

WEIGHTS: dict[Role, float] = {"noun": 1.0, "name": 1.0, "verb": 1.0, "modifier": 1.0, "function": 0.4, "asking": 0.2}
"""How much a word of each role counts. Measured: any value near these is as good; 1 for all is 1 to 2 points worse."""

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("N", "Nc", "Nu", "Ny", "Nb", "Ni", "M", "B", "FW", "X", "Z"), "noun"),
    "Np": "name",
    "V": "verb",
    "Vb": "verb",
    "Vy": "verb",
    "A": "modifier",
}
_FUNCTION_WORDS = frozenset(
    plain(word)
    for word in (
        "là của có được những các và thì mà ở cho với đã đang sẽ khi một này đó trong về từ như do bị để đến theo"
        " hay hoặc vào ra tại bởi cũng rất thế vậy cái trên dưới cùng hãy à ạ nhỉ nhé không chưa phải"
    ).split()
)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_SOURCE = re.compile(r"\b(?:theo|trên|của)\s+((?:báo|đài|tạp chí|cổng|trang|thông tấn xã)\s+[^,?;.]+)", re.IGNORECASE)


class Vocabulary(Protocol):
    """What a corpus knows of a term: how many passages hold it."""

    def passage_df(self, term: str, *, plain: bool) -> int: ...


def understand(text: str, *, analyzer: Analyzer, vocabulary: Vocabulary) -> Query:
    """The question's terms with their weights, and what it asks for.

    Raises QuestionError where there is nothing to look for.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())[:MAX_CHARACTERS]
    tokens = tokenize(text, analyzer.spelling)
    if not tokens:
        raise QuestionError("Câu hỏi chưa có từ nào để tìm; xin hỏi lại bằng một câu tiếng Việt.")
    words = [token.term for token in tokens]
    unaccented = text.isascii()
    asking = find_interrogative(words, unaccented=unaccented)
    roles = _plain_roles(words, asking) if unaccented else _tagged_roles(text, tokens, asking)
    terms = tuple(
        QueryTerm(term, WEIGHTS[role], is_plain, text[token.start : token.end], role)
        for token, role in zip(tokens, roles, strict=True)
        for term, is_plain in [_form(token.term, unaccented=unaccented, vocabulary=vocabulary)]
    )
    return Query(
        text=text,
        terms=terms,
        kind=asking.kind if asking else "other",
        asking=(asking.start, asking.end) if asking else None,
        nouns=_counted(tokens, roles, asking) if asking and asking.kind == "number" else (),
        names=_names(text, tokens, roles),
        years=tuple(int(year) for year in _YEAR.findall(text)),
        source=match[1].strip() if (match := _SOURCE.search(text)) else None,
    )


def _form(term: str, *, unaccented: bool, vocabulary: Vocabulary) -> tuple[str, bool]:
    """The term as typed where the corpus has it, else without its marks."""
    if not unaccented and vocabulary.passage_df(term, plain=False):
        return term, False
    return plain(term), True


def _tagged_roles(text: str, tokens: Sequence[Token], asking: Interrogative | None) -> list[Role]:
    from underthesea import pos_tag

    starts: list[tuple[int, str]] = []
    at = 0
    for word, tag in pos_tag(text):
        found = text.find(word, at)
        if found >= 0:
            starts.append((found, tag))
            at = found + len(word)
    roles: list[Role] = []
    here, tag = -1, "X"
    for number, token in enumerate(tokens):
        while here + 1 < len(starts) and starts[here + 1][0] <= token.start:
            here += 1
            tag = starts[here][1]
        roles.append("asking" if _asks(number, asking) else _ROLES.get(tag, "function"))
    return roles


def _plain_roles(words: Sequence[str], asking: Interrogative | None) -> list[Role]:
    """Without marks words can't be tagged: short lists of the words that only hold a sentence together."""
    return [
        "asking" if _asks(number, asking) else "function" if word in _FUNCTION_WORDS else "noun"
        for number, word in enumerate(words)
    ]


def _asks(number: int, asking: Interrogative | None) -> bool:
    return asking is not None and asking.start <= number < asking.end


def _counted(tokens: Sequence[Token], roles: Sequence[Role], asking: Interrogative) -> tuple[str, ...]:
    """What is counted: the nouns right after "bao nhiêu"."""
    nouns: list[str] = []
    for token, role in zip(tokens[asking.end :], roles[asking.end :], strict=True):
        if role not in ("noun", "name") or len(nouns) == 4:
            break
        nouns.append(token.term)
    return tuple(nouns)


def _names(text: str, tokens: Sequence[Token], roles: Sequence[Role]) -> tuple[str, ...]:
    """Runs of capitalised words, as typed; the question's first word counts only as part of a longer run or name."""
    names: list[str] = []
    run: list[int] = []

    def close() -> None:
        if run and (len(run) > 1 or run[0] > 0 or roles[run[0]] == "name"):
            names.append(text[tokens[run[0]].start : tokens[run[-1]].end])
        run.clear()

    for number, token in enumerate(tokens):
        written = text[token.start : token.end]
        if run and tokens[run[-1]].end + 1 < token.start:
            close()
        if written[0].isupper() and roles[number] not in ("asking", "function"):
            run.append(number)
        elif token.start != tokens[number - 1].start:
            close()
    close()
    return tuple(names)
