"""Killed, read and written at once: the same runs as in benchmarks/, shorter."""

from __future__ import annotations

from pathlib import Path

from benchmarks.crash import survive
from benchmarks.readers import run


def test_killed_at_random_moments_nothing_committed_is_lost(tmp_path: Path) -> None:
    outcome = survive(tmp_path, rounds=4, seed=3, longest=0.5)
    assert outcome["wrong"] == []
    assert outcome["commits"] >= 4


def test_readers_see_whole_commits_only(tmp_path: Path) -> None:
    outcome = run(tmp_path / "index", readers=2, seconds=3.0, every=0.2)
    assert outcome["wrong"] == []
    assert outcome["asked"] > 20
    assert outcome["commits"] > 5
