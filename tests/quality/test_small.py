"""Small corpora of somebody's own: a school's notices, a clinic's. What they can't answer is declined.

`small/NAME.jsonl` holds the documents, `small/NAME_asked.jsonl` a question a line with its `answer`, or with `why` it has
none: another school's figure, another year, an article that isn't there, a fee never named, a name in small letters.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval import Document, Retriever
from retrieval.evaluation.cards import holds, shown_text

FOLDER = Path(__file__).with_name("small")
FLOORS = {"school": (30, 38, 29, 29), "clinic": (22, 25, 15, 16)}
"""Declined of those that can't be answered, answered with the answer on the card of those that can."""


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_a_small_corpus_answers_its_own_questions_and_declines_others(name: str) -> None:
    documents = [Document(row["id"], row["text"], row["text"].split("\n")[0]) for row in _rows(name)]
    retriever = Retriever.build(documents)
    wrong, right, declined = [], 0, 0
    rows = _rows(f"{name}_asked")
    for row in rows:
        answer = retriever.answer(row["question"])
        if "answer" not in row:
            fine = not answer.answered
            declined += fine
        else:
            fine = answer.answered and holds(shown_text(answer.hits[0]), [row["answer"]])
            right += fine
        wrong += [] if fine else [row["question"]]
    answerable = sum("answer" in row for row in rows)
    least_declined, unanswerable, least_right, asked = FLOORS[name]
    assert (len(rows) - answerable, answerable) == (unanswerable, asked)
    assert declined >= least_declined, wrong
    assert right >= least_right, wrong
