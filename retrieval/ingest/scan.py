"""Which files are new or changed since they were indexed? Size and time first, then their hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from retrieval.corpus import FoundFile, sidecars
from retrieval.index.embedded.store import FileState

_CHUNK = 1 << 20


def state_of(found: FoundFile) -> FileState:
    """Without the hash. Raises OSError."""
    stats = [path.stat() for path in _parts(found)]
    return FileState(
        origin=os.path.abspath(found.path),  # without "..": the same file, wherever it was named from
        size=sum(stat.st_size for stat in stats),
        modified=max(stat.st_mtime_ns for stat in stats),
    )


def with_hash(state: FileState, found: FoundFile) -> FileState:
    """The same with the hash of all the bytes. Raises OSError."""
    digest = hashlib.blake2b(digest_size=16)
    for path in _parts(found):
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return FileState(state.origin, state.size, state.modified, digest.digest())


def _parts(found: FoundFile) -> list[Path]:
    return [found.path, *sidecars(found.path, root=found.root)]
