"""Does work go where it is known, come back in order, and outlive the processes that do it?"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from functools import partial
from pathlib import Path

import pytest

from bot.channels.pool import MOST_AHEAD, Ask, Pool

_begun_with: list[str] = []


def _begin(word: str) -> None:
    _begun_with.append(word)


def _begin_with(path: str) -> None:
    if not Path(path).exists():
        raise FileNotFoundError("chưa có chỉ mục")


def _begun() -> list[str]:
    return _begun_with


def _wait_for(path: str) -> int:
    while not Path(path).exists():
        time.sleep(0.005)
    return os.getpid()


def _die() -> None:
    os._exit(1)


def _die_once(path: str) -> int:
    if not Path(path).exists():
        Path(path).touch()
        _die()
    return os.getpid()


def _fail() -> None:
    raise ValueError("không được")


def _process(pool: Pool, about: str) -> int:
    """The number of the process that this goes to."""
    return pool.submit(about, lambda ask: ask(os.getpid)).result()


def _held(pool: Pool, about: str, until: Path) -> Future[int]:
    """Keeps a process busy until the file is there; gives its number."""
    return pool.submit(about, lambda ask: ask(_wait_for, str(until)))


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(2, _begin, "lời chào")
    yield made
    made.close()


def test_each_process_begins_with_what_it_is_told(pool: Pool, tmp_path: Path) -> None:
    held = _held(pool, "một", tmp_path / "go")
    assert pool.submit("hai", lambda ask: ask(_begun)).result() == ["lời chào"]
    (tmp_path / "go").touch()
    held.result()
    assert pool.submit("một", lambda ask: ask(_begun)).result() == ["lời chào"]


def test_the_same_goes_to_the_same_process_and_the_rest_to_the_one_with_less_to_do(
    pool: Pool, tmp_path: Path
) -> None:
    held = [_held(pool, about, tmp_path / "go") for about in ("một", "hai")]
    known = [_held(pool, about, tmp_path / "go") for about in ("hai", "hai", "một", "hai")]
    other = _held(pool, "ba", tmp_path / "go")
    (tmp_path / "go").touch()
    one, two = (future.result() for future in held)
    assert one != two
    assert [future.result() for future in known] == [two, two, one, two]
    assert other.result() == one
    assert {_process(pool, "hai") for _ in range(5)} == {two}


def test_what_waits_too_long_for_the_process_that_knows_it_goes_to_another(
    pool: Pool, tmp_path: Path
) -> None:
    asked = [_held(pool, "một", tmp_path / "go") for _ in range(MOST_AHEAD + 3)]
    (tmp_path / "go").touch()
    went = [future.result() for future in asked]
    assert len(set(went[: MOST_AHEAD + 1])) == 1
    assert went[MOST_AHEAD + 1] != went[0]
    assert went[MOST_AHEAD + 2] == went[MOST_AHEAD + 1], "the other knows it now"


def test_what_is_known_waits_where_all_are_busy(pool: Pool, tmp_path: Path) -> None:
    first = _held(pool, "một", tmp_path / "go")
    busy = _held(pool, "hai", tmp_path / "go")
    asked = [_held(pool, "một", tmp_path / "go") for _ in range(MOST_AHEAD + 3)]
    (tmp_path / "go").touch()
    assert {future.result() for future in asked} == {first.result()}
    assert busy.result() != first.result()


def test_what_is_raised_comes_back_with_its_place_and_the_process_lives(pool: Pool) -> None:
    before = _process(pool, "một")
    with pytest.raises(ValueError, match="không được") as raised:
        pool.submit("một", lambda ask: ask(_fail)).result()
    assert "in _fail" in raised.value.__notes__[0]
    assert _process(pool, "một") == before


def test_what_waits_for_a_process_that_dies_is_done_in_order_by_the_next(pool: Pool, tmp_path: Path) -> None:
    before, done = _process(pool, "một"), []

    def work(number: int, ask: Ask) -> int:
        process = ask(_die_once, str(tmp_path / "died")) if number == 2 else ask(os.getpid)
        done.append(number)
        return process

    futures = [pool.submit("một", partial(work, number)) for number in range(MOST_AHEAD)]
    went = [future.result() for future in futures]
    assert done == list(range(MOST_AHEAD))
    assert went[:2] == [before] * 2
    assert len(set(went[2:])) == 1
    assert went[2] != before


def test_what_brings_every_process_down_is_given_up_and_the_next_is_done(pool: Pool) -> None:
    deadly = pool.submit("một", lambda ask: ask(_die))
    after = pool.submit("một", lambda ask: ask(os.getpid))
    with pytest.raises(BrokenExecutor):
        deadly.result()
    assert after.result() > 0


def test_a_process_that_cannot_begin_says_why_and_is_started_anew(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "index"
    pool = Pool(1, _begin_with, str(there))
    with pytest.raises(FileNotFoundError, match="chưa có chỉ mục"):
        _process(pool, "một")
    there.touch()
    assert _process(pool, "một") > 0
    pool.close()
    assert capfd.readouterr().err == ""


def test_closing_ends_what_is_under_way_and_cancels_the_rest(tmp_path: Path) -> None:
    pool = Pool(1, _begin, "")
    first, second = (_held(pool, "một", tmp_path / "go") for _ in range(2))
    closing = threading.Thread(target=pool.close)
    closing.start()
    while not second.cancelled():
        time.sleep(0.005)
    (tmp_path / "go").touch()
    closing.join()
    assert first.result() not in {process.pid for process in multiprocessing.active_children()}
