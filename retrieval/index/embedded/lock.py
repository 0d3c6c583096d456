"""Who is writing? One writer at a time, in all processes; a killed one leaves no lock behind."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from retrieval.errors import IndexError_, IndexLocked, os_reason

LOCK = "writer.lock"
"""The file in the index's folder that the system locks; it may lie there when nobody writes."""

NOTE = "writer.json"
"""Says who holds the lock."""

PATIENCE = 1.0
"""Seconds to wait for a writer that is just finishing, or a reader that is just looking."""


@contextlib.contextmanager
def writing(root: Path) -> Iterator[None]:
    """Holds the index's folder. Raises IndexLocked, which names the holder; IndexError_ where nobody may write."""
    from filelock import FileLock, Timeout  # no question needs it, and importing takes its time

    note = root / NOTE
    held = FileLock(root / LOCK, timeout=PATIENCE, poll_interval=0.02, thread_local=False)
    try:
        held.acquire()
    except Timeout as error:
        raise IndexLocked(f"{root}: {_holder(note)} đang ghi vào đó; hãy đợi xong") from error
    except OSError as error:
        raise IndexError_(
            f"{root}: không ghi được ({os_reason(error)}); hãy sửa quyền, hoặc ghi vào một bản sao"
        ) from error
    try:
        since = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        about = {"pid": os.getpid(), "host": platform.node(), "since": since}
        note.write_text(json.dumps(about), encoding="utf-8")
        yield
        note.unlink(missing_ok=True)
    finally:
        held.release()


def is_held(root: Path) -> bool:
    """Whether a living process is writing. Asks without writing, so that whoever may read may ask."""
    from filelock import lock_descriptor, unlock_descriptor

    try:
        descriptor = os.open(root / LOCK, os.O_RDONLY)
    except OSError:
        return False
    try:
        if not lock_descriptor(descriptor, blocking=False):
            return True
        unlock_descriptor(descriptor)
        return False
    except OSError:  # a system without locks: there the file itself is the lock, and gone when nobody writes
        return True
    finally:
        os.close(descriptor)


def _holder(note: Path) -> str:
    try:
        holder = json.loads(note.read_text(encoding="utf-8"))
        return f"tiến trình {holder['pid']} trên máy {holder['host']}, từ {holder['since']},"
    except (OSError, ValueError, KeyError, TypeError):
        return "một tiến trình khác"
