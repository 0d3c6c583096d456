"""Do the parts that every channel shares keep to their rules?"""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.cutting import cut, units
from bot.channels.environment import secret_in
from bot.channels.lanes import Lanes
from bot.channels.sending import Stream, patiently
from retrieval import SettingsError


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_a_lane_keeps_its_order_and_other_lanes_overtake_it() -> None:
    lanes, done = Lanes(), []

    async def work(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(name)

    await asyncio.gather(
        lanes.run("a", lambda: work("a1", 0.2)),
        lanes.run("a", lambda: work("a2", 0.0)),
        lanes.run("b", lambda: work("b1", 0.0)),
    )
    assert done == ["b1", "a1", "a2"]


@pytest.mark.anyio
async def test_work_that_fails_lets_the_next_begin() -> None:
    lanes, done = Lanes(), []

    async def fails() -> None:
        raise ValueError("no")

    async def works() -> None:
        done.append(1)

    outcomes = await asyncio.gather(lanes.run(1, fails), lanes.run(1, works), return_exceptions=True)
    assert isinstance(outcomes[0], ValueError)
    assert done == [1]


@pytest.mark.anyio
async def test_a_chat_on_hold_waits_alone() -> None:
    stream, began, came = Stream(0), time.monotonic(), []

    async def take(chat: str) -> None:
        await stream.turn(chat)
        came.append(chat)

    stream.hold("a", 0.3)
    await asyncio.gather(take("a"), take("b"))
    assert came == ["b", "a"]
    assert time.monotonic() - began >= 0.3


@pytest.mark.anyio
async def test_an_outage_is_sat_out_and_a_refusal_is_not() -> None:
    met = [ConnectionError("down"), ConnectionError("down"), ValueError("refused")]
    failures = []

    async def call() -> None:
        raise met.pop(0)

    with pytest.raises(ValueError, match="refused"):
        await patiently(
            call,
            seconds=60,
            passing=lambda error: isinstance(error, ConnectionError),
            on_failure=lambda: failures.append(1),
        )
    assert (len(failures), met) == (2, [])


@given(st.text(st.sampled_from("ab ế😀.\n"), min_size=1, max_size=60), st.integers(2, 20))
def test_what_stands_before_the_cut_fits(text: str, limit: int) -> None:
    if units(text) > limit:
        at = cut(text, limit)
        assert 0 < at <= len(text)
        assert units(text[:at]) <= limit


def test_a_file_that_cannot_be_read_is_named_and_nothing_else() -> None:
    with pytest.raises(SettingsError, match="KEY_FILE: không đọc được nowhere/at-all"):
        secret_in({"KEY_FILE": "nowhere/at-all"}, "KEY")
