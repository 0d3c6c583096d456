"""What does a question ask, and which of its words must the answer hold?"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.analyzer import Analyzer
from retrieval.errors import QuestionError
from retrieval.gazetteer import Phrases
from retrieval.question.answer_type import Interrogative, find_interrogative, kind_of_heading
from retrieval.question.asked_quantity import asked_quantity, asks_for_ordinal
from retrieval.question.bounds import typed_question
from retrieval.question.input import Reading, read_question
from retrieval.question.names import Word, find_names
from retrieval.question.references import NamedSource, find_source, paper_numbers, period_of, years_of
from retrieval.question.tagging import tagged
from retrieval.question.vocabulary import Vocabulary, df_in, row_df_in
from retrieval.records import AnswerKind, Query, QueryTerm, Role
from retrieval.vietnamese.function_words import EACH, PREPOSITIONS
from retrieval.vietnamese.mention import Mentions, Name
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.relative_dates import find_relative
from retrieval.vietnamese.syllables import fold, plain
from retrieval.vietnamese.tokens import Token, tokenize

MAX_CHARACTERS = 1_000
"""What is read of a question: longer ones are pasted texts, whose first sentences say what they are about."""

WEIGHTS: dict[Role, float] = {
    "noun": 1.0,
    "name": 1.0,
    "verb": 1.0,
    "modifier": 1.0,
    "function": 0.4,
    "asking": 0.2,
}
"""How much a word of each role counts. Measured: any value near these is as good; 1 for all is 1 to 2 points worse."""

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("N", "Nc", "Nu", "Ny", "Nb", "Ni", "M", "B", "FW", "X", "Z"), "noun"),
    "Np": "name",
    "V": "verb",
    "Vb": "verb",
    "Vy": "verb",
    "A": "modifier",
}
_LINKS = frozenset((*PREPOSITIONS, "là", "thì", "và", "cho", "nữa"))


def understand(
    text: str, *, analyzer: Analyzer, vocabulary: Vocabulary, today: datetime.date | None = None
) -> Query:
    """The question's terms with their weights, and what it asks for. `today`: what "năm ngoái" is seen from.

    Raises QuestionError where there is nothing to look for.
    """
    typed = typed_question(text)[:MAX_CHARACTERS]
    reading = read_question(
        typed,
        gazetteer=analyzer.gazetteer,
        df=df_in(vocabulary),
        passages=vocabulary.stats.passages,
    )
    tokens = tokenize(reading.text, analyzer.spelling)
    if not tokens:
        raise QuestionError("Câu hỏi chưa có từ nào để tìm; xin hỏi lại bằng một câu tiếng Việt.")
    marked = [marked_term(token, reading) for token in tokens]
    forms = [form_of(token, term, reading, vocabulary) for token, term in zip(tokens, marked, strict=True)]
    asking = asking_words(tokens, marked)
    words = _words(reading, tokens, asking)
    names = find_names(
        reading.text, words, analyzer.gazetteer, row_df_in(vocabulary), lacks_marks=reading.lacks_marks
    )
    return interpret(
        Read(reading, tokens, marked, forms, asking, words, names), analyzer=analyzer, today=today
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What reading a question found, before it is said what it asks.

    One of `tokens`, `marked` (the term with its marks), `forms` (the term as it is looked for, whether without marks)
    and `words` for each token.
    """

    reading: Reading
    tokens: Sequence[Token]
    marked: Sequence[str]
    forms: Sequence[tuple[str, bool]]
    asking: Interrogative | None
    words: Sequence[Word]
    names: Sequence[Name]


def asking_words(tokens: Sequence[Token], marked: Sequence[str]) -> Interrogative | None:
    """The words that ask; their marks may be left out, or unknown: "Bắc Giang co bao nhieu"."""
    found = find_interrogative(marked, lacks_marks=False)
    return found or find_interrogative([token.term for token in tokens], lacks_marks=True)


def interpret(read: Read, *, analyzer: Analyzer, today: datetime.date | None = None) -> Query:
    """What a question asks that was read."""
    reading, tokens, words = read.reading, read.tokens, read.words
    text, asking = reading.text, read.asking
    source = find_source(text, analyzer.gazetteer.sources)
    mentions = find_mentions(reading.marked)
    numbers = paper_numbers(text, mentions)
    names = [
        name
        for name in read.names
        if not (source and source.start <= name.start < source.end)
        and not any(name.words[-1] in number for number in numbers)
        and not any(name.start < code.start < name.end < code.end for code in mentions.codes)  # "Tàu TH-9"
    ]
    names = sorted((*names, *_codes(mentions, words, names)), key=lambda name: name.start)
    kind = _kind(read.marked, asking, words, names)
    roles = _roles(words, names, asking if kind == "number" else None)
    period = period_of(reading.marked, mentions)
    weighed = _weighed(text, tokens, read.forms, roles, source)
    span = (asking.start, asking.end) if asking else None
    asked = None
    if kind == "number" or (
        span and asks_for_ordinal(weighed, read.marked, span, lacks_marks=reading.lacks_marks)
    ):
        # A heading, "giá phòng", asks as if "bao nhiêu" stood after it.
        at = span or (len(weighed), len(weighed))
        asked = asked_quantity(
            weighed, read.marked, at, names, mentions.moments, lacks_marks=reading.lacks_marks
        )
    return Query(
        text=text,
        marked="" if reading.marked == text else reading.marked,
        terms=weighed,
        kind=kind,
        asking=span,
        asked=asked,
        lacks_marks=reading.lacks_marks,
        mentions=mentions,
        names=tuple(text[name.start : name.end] for name in names),
        name_spans=tuple((name.start, name.end) for name in names),
        years=years_of(mentions),
        numbers=numbers,
        source=source.name if source else None,
        since=period.since,
        until=period.until,
        when=None
        if years_of(mentions)  # "năm trước" is then seen from the year that it names
        else find_relative(
            reading.marked, today=today or datetime.date.today(), lacks_marks=reading.lacks_marks
        ),
        corrections=reading.corrections,
        related=tuple(
            dict.fromkeys(older for name in names for older in analyzer.gazetteer.older_names(name.place))
        ),
        synonyms=tuple(_others(text, tokens, analyzer.gazetteer.synonyms, lacks_marks=reading.lacks_marks)),
        wording=tuple(_others(text, tokens, analyzer.gazetteer.wording, lacks_marks=reading.lacks_marks)),
    )


def marked_term(token: Token, reading: Reading) -> str:
    """The token's term with the marks that it should have."""
    marked = fold(reading.marked[token.start : token.end])
    return marked if plain(marked) == token.term else token.term


def _words(reading: Reading, tokens: Sequence[Token], asking: Interrogative | None) -> list[Word]:
    """One for each token, with its role: by underthesea's tags of the text with its marks."""
    text = reading.text
    tags = tagged(reading.marked)
    words: list[Word] = []
    here = -1
    for number, token in enumerate(tokens):
        while here + 1 < len(tags) and tags[here + 1][0] <= token.start:
            here += 1
        tag, tagged_end = (tags[here][2], tags[here][1]) if here >= 0 else ("", token.end)
        role: Role
        if asking is not None and asking.start <= number < asking.end:
            role = "asking"
        else:
            role = _ROLES.get(tag or "X", "function")
        words.append(
            Word(text[token.start : token.end], token.term, token.start, token.end, role, tag, tagged_end)
        )
    return words


def _codes(mentions: Mentions, words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """What things are called by letters and figures: "SU-35M", "lớp A1"; not where it is part of a name."""
    for code in mentions.codes:
        inside = [word for word in words if code.start <= word.start and word.end <= code.end]
        if inside and not any(name.start < inside[-1].end and inside[0].start < name.end for name in names):
            yield Name(inside[0].start, inside[-1].end, tuple(word.text for word in inside), foreign=True)


def _roles(words: Sequence[Word], names: Sequence[Name], counting: Interrogative | None) -> list[Role]:
    """The words' roles. What follows "bao nhiêu" is counted, whatever the tagger makes of a rare word of two
    syllables there: "xã viên" is no particle."""
    roles = [word.role for word in words]
    opens_phrase = counting and counting.end < len(words) and words[counting.end].text.lower() in _LINKS
    if counting and not opens_phrase and roles[counting.end : counting.end + 2] == ["function", "function"]:
        roles[counting.end : counting.end + 2] = ["noun", "noun"]
    if counting and _only_asks(words[counting.end : counting.end + 2]):
        roles[counting.end] = "asking"
    for number, word in enumerate(words):
        if any(name.start <= word.start < name.end for name in names):
            roles[number] = "name"
    return roles


def _only_asks(following: Sequence[Word]) -> bool:
    """Whether what follows "bao nhiêu" only says that money is asked for: "bao nhiêu tiền một tháng" is answered by a
    price, which seldom has that word; "bao nhiêu tiền điện" by what is paid for that."""
    if not following or plain(following[0].term) != "tien":
        return False
    rest = following[1:]
    return not rest or rest[0].role not in ("noun", "name", "modifier") or rest[0].text.lower() in EACH


def _kind(
    terms: Sequence[str], asking: Interrogative | None, words: Sequence[Word], names: Sequence[Name]
) -> AnswerKind:
    """What is asked for: "Phan Văn Sáu là ai?" who he is, "Bí thư là ai?" a person."""
    if asking is None:
        return kind_of_heading(terms, lacks_marks=False)
    if (
        asking.kind == "person"
        and asking.end == len(terms)
        and asking.start > 1
        and plain(terms[asking.start - 1]) == "la"
    ):
        name = next((name for name in names if name.end == words[asking.start - 2].end), None)
        if name and all(word.text.lower() in ("ông", "bà") for word in words if word.start < name.start):
            return "definition"
    return asking.kind


def _weighed(
    text: str,
    tokens: Sequence[Token],
    forms: Sequence[tuple[str, bool]],
    roles: Sequence[Role],
    source: NamedSource | None,
) -> tuple[QueryTerm, ...]:
    terms = []
    for token, (term, without), role in zip(tokens, forms, roles, strict=True):
        weighed = QueryTerm(
            term,
            WEIGHTS[role],
            without,
            text[token.start : token.end],
            role,
            token.start,
            token.end,
        )
        if source and source.start <= token.start < source.end:
            weighed = replace(weighed, weight=0.0, role="function")
        terms.append(weighed)
    return tuple(terms)


def form_of(token: Token, marked: str, reading: Reading, vocabulary: Vocabulary) -> tuple[str, bool]:
    """(the term as it is looked for, whether without marks).

    With its marks, typed or restored, where the corpus has it so; without, where they are not sure and papers write
    other words with these letters.
    """
    letters = plain(marked)
    held = vocabulary.passage_df(marked, plain=False)
    if not held or (token.start in reading.unsure and held < vocabulary.passage_df(letters, plain=True)):
        return letters, True
    return marked, False


def _others(
    text: str, tokens: Sequence[Token], phrases: Phrases[tuple[str, ...]], *, lacks_marks: bool
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for start, end, others in phrases.find([token.term for token in tokens], lacks_marks=lacks_marks):
        yield text[tokens[start].start : tokens[end - 1].end], others
