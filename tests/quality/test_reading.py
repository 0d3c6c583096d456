"""Do all stages take the same for a question's names and years? On every question of the gate, however it is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.conversation import Responder
from retrieval import QuestionError, Retriever
from retrieval.dialogue.coreference import names_of_query
from retrieval.dialogue.phrases import Phrases
from tests.quality import questions, text_outcomes, text_rows


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return text_outcomes.texts()


def _texts() -> Iterator[str]:
    for row in text_rows.rows():
        yield from (turn.text for turn in row.turns)
    yield from (question.text for question in questions.questions())
    yield from (question.text for question in questions.unanswerable())


ASKED = tuple(dict.fromkeys(_texts()))


def test_a_conversation_has_the_names_and_years_of_the_library(retriever: Retriever) -> None:
    others, seen = [], 0
    for text in ASKED:
        query = retriever.understand(text)
        phrases = Phrases(query)
        names = [phrases.slice(name) for name in phrases.names() if not phrases.is_code(name)]
        years = {phrases.slice(year) for year in phrases.years()} - set(map(str, query.years))
        spoken_of = {one.name for one in names_of_query(query)} - set(query.names)
        seen += len(query.names)
        whole = not query.name_spans and names == [phrases.slice((0, len(phrases.words)))]
        if years or spoken_of or not (whole or set(names) <= set(query.names) | set(query.numbers)):
            others.append((text, names, query.names))
        lacking = [name for name in query.names if name not in names and name not in phrases.text]
        others += [(text, lacking, query.names)] if lacking else []
    assert seen > 200
    assert others == []


def test_the_bot_takes_for_names_and_years_what_the_library_holds(retriever: Retriever) -> None:
    responder = Responder(retriever)
    others, seen = [], 0
    for text in ASKED[::3]:
        try:
            query = retriever.understand(text)
        except QuestionError:
            continue
        _, turns = responder.respond(text)
        if not turns:
            continue  # a word of command
        asked = turns[-1].query
        assert asked is not None
        seen += bool(query.names)
        if (asked.names, asked.years) != (query.names, query.years):
            others.append((text, asked.names, query.names))
    assert seen > 50
    assert others == []
