"""Does the chat work on a real terminal? The command runs on a pseudo-terminal, keys are typed, the screen is read."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")

PATIENCE = 30.0
"""Seconds after which something that should be on the screen is given up; reached only by a failure."""
_CONTROLS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]")


class Terminal:
    """The far end of a pseudo-terminal: what a person at the keyboard types and sees."""

    def __init__(self, end: int, process: subprocess.Popen[bytes]) -> None:
        self._end = end
        self._process = process
        self._seen = b""
        self._read_until = 0

    @property
    def screen(self) -> str:
        return _CONTROLS.sub("", self._seen.decode("utf-8", "replace"))

    @property
    def raw(self) -> str:
        return self._seen.decode("utf-8", "replace")

    def type(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def wait_for(self, *texts: str) -> None:
        """Waits until these have come, one after another, since what was waited for last."""
        until = time.monotonic() + PATIENCE
        for text in texts:
            while (found := self.screen.find(text, self._read_until)) < 0:
                assert time.monotonic() < until, f"{text!r} never came; on the screen: {self.screen}"
                assert self._read() or self._process.poll() is None, f"ended early: {self.screen}"
            self._read_until = found + len(text)

    def wait_for_the_end(self) -> int:
        until = time.monotonic() + PATIENCE
        while self._process.poll() is None:
            assert time.monotonic() < until, f"it did not end; on the screen: {self.screen}"
            self._read()
        return self._process.returncode

    def _read(self) -> bool:
        if not select.select([self._end], [], [], 0.2)[0]:
            return False
        try:
            read = os.read(self._end, 65536)
        except OSError:  # the other end is closed
            return False
        self._seen += read
        if b"\x1b[6n" in read:  # prompt_toolkit asks where the cursor is
            os.write(self._end, b"\x1b[1;1R")
        return bool(read)


@contextmanager
def chat(home: Path) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", "from bot.cli import main; main()", "chat"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=home,
        env=os.environ | {"TERM": "xterm-256color", "HOME": str(home), "COLUMNS": "90", "LINES": "40"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Terminal(ours, process)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_a_conversation_is_drawn_in_panels_and_left_with_control_d(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.wait_for("dữ liệu mẫu", "Bạn hỏi ›")
        terminal.type("Sóc Trăng kết nạp bao nhiêu đảng viên?\r")
        terminal.wait_for("Đoạn 1/", "nhắc đến ngày 29/07/2019", "╰", "Bạn hỏi ›")
        assert re.search(r"\x1b\[[0-9;]*1m7\.448", terminal.raw)
        terminal.type("tiếp\r")
        terminal.wait_for("Đoạn 2/", "Bạn hỏi ›")
        terminal.type("/moi\r")
        terminal.wait_for("Đã quên", "Bạn hỏi ›")
        terminal.type("\x04")
        assert terminal.wait_for_the_end() == 0
        assert "Traceback" not in terminal.screen
    history = tmp_path / ".local/state/hoidap/history"
    assert "Sóc Trăng" in history.read_text(encoding="utf-8")
    assert history.stat().st_mode & 0o077 == 0


def test_control_c_leaves_quietly(tmp_path: Path) -> None:
    with chat(tmp_path) as terminal:
        terminal.wait_for("Bạn hỏi ›")
        terminal.type("\x03")
        assert terminal.wait_for_the_end() == 0
        assert "Traceback" not in terminal.screen
