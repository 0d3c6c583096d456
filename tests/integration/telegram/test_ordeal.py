"""Five hundred questions, and everything that can go wrong: is each answered once, in order?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.telegram.botapi import FakeBotApi
from tests.integration.telegram.ordeal import Ordeal

pytestmark = pytest.mark.anyio


@pytest.fixture
def api(own_api: FakeBotApi) -> FakeBotApi:
    """A server for each test: these break it."""
    return own_api


async def test_every_question_is_answered_once_through_all_faults(api: FakeBotApi, tmp_path: Path) -> None:
    ordeal = Ordeal(api, tmp_path, questions=500, people=40, outage=1.0, patience=120, seed=7)
    outcome = await ordeal.run()
    assert set(outcome.played) >= {"429", "502", "drop", "cant_parse"}
    assert min(outcome.duplicated, outcome.late, outcome.restarts) > 0
    assert outcome.answered_once == outcome.questions
    assert (outcome.unanswered, outcome.answered_again, outcome.wrong, outcome.out_of_order) == (0, 0, 0, 0)
