"""Who gets in, and how fast may they ask?"""

from __future__ import annotations

import pytest

from bot.channels.access import Access
from bot.channels.pace import Pace
from bot.settings import TelegramSettings


@pytest.mark.parametrize(
    ("settings", "user", "group", "may"),
    [
        (TelegramSettings(), 1, None, True),
        (TelegramSettings(), 1, -5, True),
        (TelegramSettings(allow_users=(1,)), 1, None, True),
        (TelegramSettings(allow_users=(1,)), 2, None, False),
        (TelegramSettings(allow_users=(1,)), 2, -5, False),
        (TelegramSettings(allow_users=(1,), admins=(9,)), 9, None, True),
        (TelegramSettings(block_users=(1,)), 1, None, False),
        (TelegramSettings(allow_users=(1,), block_users=(1,)), 1, None, False),
        (TelegramSettings(allow_groups=(-5,)), 2, -5, True),
        (TelegramSettings(allow_groups=(-5,)), 2, -6, False),
        (TelegramSettings(allow_groups=(-5,)), 2, None, True),
        (TelegramSettings(allow_users=(1,), allow_groups=(-5,)), 2, -5, True),
        (TelegramSettings(block_groups=(-5,)), 2, -5, False),
        (TelegramSettings(block_users=(2,), allow_groups=(-5,)), 2, -5, False),
    ],
)
def test_the_lists_decide_who_may_ask(
    settings: TelegramSettings, user: int, group: int | None, may: bool
) -> None:
    assert Access(settings).may_ask(user=user, group=group) is may


def test_a_person_who_asks_too_fast_is_told_once_and_may_ask_again_later() -> None:
    now = 0.0
    pace = Pace(2, clock=lambda: now)
    assert [pace.take(1) for _ in range(4)] == ["go", "go", "warn", "hush"]
    assert pace.wait(1) == 30
    assert pace.take(2) == "go"
    now = 30.0
    assert [pace.take(1) for _ in range(2)] == ["go", "warn"]


def test_without_a_limit_everybody_asks_as_they_like() -> None:
    pace = Pace(0)
    assert {pace.take(1) for _ in range(100)} == {"go"}
    assert pace.wait(1) == 0


def test_only_the_latest_people_are_remembered() -> None:
    pace = Pace(1, clock=lambda: 0.0)
    assert pace.take(0) == "go"
    for person in range(1, 10_002):
        pace.take(person)
    assert pace.take(0) == "go"
    assert pace.take(10_001) == "warn"
