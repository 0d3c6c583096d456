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

from retrieval.errors import IndexLocked

NOTE = "writer.json"
"""Says who holds the lock, which is on the folder itself."""

PATIENCE = 1.0
"""Seconds to wait for a writer that is just finishing, or a reader that is just looking."""


@contextlib.contextmanager
def writing(root: Path) -> Iterator[None]:
    """Holds the index's folder. Raises IndexLocked, which names the holder."""
    note = root / NOTE
    folder = os.open(root, os.O_RDONLY)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _take(folder, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise IndexLocked(f"{root}: {_holder(note)} is writing to it; wait for it to end")
            time.sleep(0.02)
        since = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        note.write_text(json.dumps({"pid": os.getpid(), "host": platform.node(), "since": since}))
        yield
        note.unlink(missing_ok=True)
    finally:
        os.close(folder)


def is_held(root: Path) -> bool:
    """Whether a living process is writing."""
    try:
        folder = os.open(root, os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _take(folder, fcntl.LOCK_SH)
    finally:
        os.close(folder)


def _take(folder: int, mode: int) -> bool:
    try:
        fcntl.flock(folder, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(note: Path) -> str:
    try:
        holder = json.loads(note.read_text())
        return f"process {holder['pid']} on {holder['host']}, since {holder['since']},"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
