"""Are the readers' questions on the archive sound, as far as that can be told without its articles?"""

from __future__ import annotations

import json
from typing import Any, get_args

from retrieval import AnswerKind
from tests.quality.questions import FOLDER

ARCHIVE = FOLDER / "archive"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ARCHIVE / name).read_text(encoding="utf-8").splitlines()]


def test_there_are_enough_and_half_are_held_back() -> None:
    questions, refused, talks = map(_rows, ("questions.jsonl", "unanswerable.jsonl", "conversations.jsonl"))
    assert len(questions) >= 100
    assert (
        [row["why"] for row in refused].count("near")
        == [row["why"] for row in refused].count("subject")
        == 15
    )
    assert len(talks) == 20
    for rows in (questions, refused, talks):
        assert 0.4 <= sum(row.get("held", False) for row in rows) / len(rows) <= 0.6


def test_ids_and_kinds_are_sound() -> None:
    rows = [*_rows("questions.jsonl"), *_rows("unanswerable.jsonl"), *_rows("conversations.jsonl")]
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["kind"] for row in _rows("questions.jsonl")} <= set(get_args(AnswerKind))


def test_answers_are_a_few_words_and_no_sentence_of_an_article() -> None:
    turns = [turn for row in _rows("conversations.jsonl") for turn in row["turns"]]
    answers = [answer for row in (*_rows("questions.jsonl"), *turns) for answer in row["answers"]]
    assert answers
    assert [answer for answer in answers if len(answer.split()) > 6] == []
