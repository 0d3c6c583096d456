"""Are the answers on our own texts of other kinds as good as they were, and are the questions on them sound?

Gains pass; what is lost fails. Exact figures would make every two changes of the ranking collide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from tests.quality.report import read_golden, worse
from tests.quality.test_gate import MEND
from tests.quality.text_outcomes import Seen, seen
from tests.quality.text_report import TEXT_GOLDEN, golden, lost, pinned, totals
from tests.quality.text_rows import TEXTS, Wanted, kinds, rows


@pytest.fixture(scope="module")
def found() -> tuple[Seen, ...]:
    return seen()


def test_no_total_is_worse_than_pinned(found: tuple[Seen, ...]) -> None:
    before = pinned()
    assert set(before) == {*kinds(), "open", "held"}
    fallen = worse(before, totals(found))
    if fallen:
        pytest.fail("\n".join(["worse:", *fallen, MEND]), pytrace=False)


def test_what_was_right_still_is(found: tuple[Seen, ...]) -> None:
    before = read_golden(TEXT_GOLDEN)
    assert set(before) == {f"{kind}.txt" for kind in kinds()}
    gone = lost(before, golden(found))
    if gone:
        pytest.fail("\n".join(["no longer right:", *gone, MEND]), pytrace=False)


def test_lost_are_the_messages_that_were_right() -> None:
    before = {"a.txt": "+ a-01  Ai?\n    wanted “x”; answered\n- a-02  Gì?\n+   a-03.2  Còn B?\n"}
    assert lost(before, {"a.txt": "2 a-01  Ai?\n+ a-02  Gì?\n+   a-03.2  Còn B?\n"}) == ["a.txt: a-01  Ai?"]


def test_there_are_enough_of_every_form() -> None:
    single = [row for row in rows() if len(row.turns) == 1]
    assert len(kinds()) >= 12
    assert sum(bool(row.turns[0].answers) for row in single) >= 150
    assert sum(not row.turns[0].answers for row in single) >= 50
    assert sum(len(row.turns) > 1 for row in rows()) >= 25
    assert 0.4 <= sum(row.held for row in rows()) / len(rows()) <= 0.6


def test_no_question_is_asked_twice() -> None:
    single = [row.turns[0].text for row in rows() if len(row.turns) == 1]
    assert len(set(single)) == len(single)


def test_every_answer_and_section_stands_in_its_file() -> None:
    texts = {
        str(path.relative_to(TEXTS)): _flat(path.read_text(encoding="utf-8")) for path in TEXTS.rglob("*.*")
    }
    assert [
        (turn.text, words)
        for turn in _turns()
        for words in (*turn.answers, turn.section)
        if turn.document and _flat(words) not in texts[turn.document]
    ] == []


def test_what_is_to_be_declined_says_why() -> None:
    assert [turn.text for turn in _turns() if bool(turn.why) == bool(turn.answers)] == []


def _turns() -> Iterator[Wanted]:
    return (turn for row in rows() for turn in row.turns)


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
