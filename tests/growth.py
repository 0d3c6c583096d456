"""Does the work grow with the text, or with its square? Counted in this process's own time, not the clock's."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

_MOST = 9
"""Four times the text takes four times the work, sixteen times where it grows with the square."""
_NOISE = 0.1
"""Seconds."""
_TRIES = 4
"""A busy machine makes some of them slow, a square all."""


def assert_linear(work: Callable[[str], object], text: str) -> None:
    """Whether the whole text takes little more work for each character than a quarter of it."""
    quarter = text[: len(text) // 4]
    work(quarter)
    some = min(_seconds(work, quarter) for _ in range(3))
    for _ in range(_TRIES):
        whole = _seconds(work, text)
        if whole < _MOST * some + _NOISE:
            return
    raise AssertionError(f"{some:.2f} s for a quarter, {whole:.2f} s for all")


def _seconds(work: Callable[[str], object], text: str) -> float:
    """Without the collector of garbage, which goes over all objects of the process, the other tests' too."""
    gc.collect()
    gc.disable()
    try:
        began = process_time()
        work(text)
        return process_time() - began
    finally:
        gc.enable()
