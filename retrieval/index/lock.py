"""Who is writing? One writer at a time, in all processes; a killed one leaves no lock behind."""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import os
import platform
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from retrieval.errors import IndexLocked

PATIENCE = 1.0
"""Seconds to wait for a writer that is just finishing, or a reader that is just looking."""


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Holds the lock in `path`. Raises IndexLocked, which names the holder."""
    with path.open("a+", encoding="utf-8") as file:
        deadline = time.monotonic() + PATIENCE
        while not _taken(file, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise IndexLocked(f"{path.parent}: {_holder(file)} is writing to it; wait for it to end")
            time.sleep(0.02)
        file.truncate(0)
        since = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        json.dump({"pid": os.getpid(), "host": platform.node(), "since": since}, file)
        file.flush()
        yield
        file.truncate(0)


def is_held(path: Path) -> bool:
    """Whether a living process is writing."""
    try:
        with path.open("r", encoding="utf-8") as file:
            return not _taken(file, fcntl.LOCK_SH)
    except OSError:
        return False


def _taken(file: IO[str], mode: int) -> bool:
    try:
        fcntl.flock(file, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(file: IO[str]) -> str:
    file.seek(0)
    try:
        holder = json.load(file)
        return f"process {holder['pid']} on {holder['host']}, since {holder['since']},"
    except (ValueError, KeyError, TypeError):
        return "another process"
