"""Does a panic of a library in Rust stay away from the user, and everything else on standard error reach him?"""

from __future__ import annotations

import os

import pytest

from retrieval.corpus.readers.panics import without_panics

PANIC = (
    b"\nthread '<unnamed>' (4711) panicked at src/xls.rs:12:34:\nrange end index 9 out of range\nof a slice"
    b"\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n"
)


def test_panics(capfd: pytest.CaptureFixture[str]) -> None:
    with without_panics():
        os.write(2, b"before\n" + PANIC + b"after\n")
    os.write(2, b"later\n")
    with without_panics():
        os.write(2, PANIC)
    assert capfd.readouterr().err == "before\nafter\nlater\n"
