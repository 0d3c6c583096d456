"""Are the gate's questions sound: enough, of all kinds, each with its answer in the sample corpus?"""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from retrieval import AnswerKind, read_corpus
from tests.quality.outcomes import SEEDS
from tests.quality.questions import Question, Target, Unanswerable, questions, talks, unanswerable


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {document.id: document.text for document in read_corpus([SEEDS])}


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(question.kind for question in questions())
    assert kinds.total() >= 150
    assert kinds.keys() == set(get_args(AnswerKind))
    assert min(kinds.values()) >= 5
    assert len(unanswerable()) >= 40
    assert len(talks()) >= 30


def test_every_one_has_an_id_and_words_of_its_own() -> None:
    single: list[Question | Unanswerable] = [*questions(), *unanswerable()]
    assert len({question.id for question in single}) == len(single)
    assert len({question.text for question in single}) == len(single)
    assert len({talk.id for talk in talks()}) == len(talks())


def test_every_answer_stands_in_its_article(texts: dict[str, str]) -> None:
    targets = [(q.id, q.target) for q in questions()]
    targets += [(talk.id, turn.target) for talk in talks() for turn in talk.turns if turn.target]
    assert [name for name, target in targets if not _held(target, texts)] == []


def test_every_ideal_emphasis_stands_in_its_article(texts: dict[str, str]) -> None:
    assert [q.id for q in questions() if q.span not in texts[q.target.document]] == []


def test_what_is_missing_stands_in_no_article(texts: dict[str, str]) -> None:
    missing = [question.missing for question in unanswerable()]
    missing += [turn.missing for talk in talks() for turn in talk.turns]
    everything = "\n".join(texts.values()).lower()
    assert [name for name in missing if name and name.lower() in everything] == []


def test_conversations_have_two_to_four_turns() -> None:
    assert {len(talk.turns) for talk in talks()} <= {2, 3, 4}


def _held(target: Target, texts: dict[str, str]) -> bool:
    return all(words in texts[target.document] for words in target.answers)
