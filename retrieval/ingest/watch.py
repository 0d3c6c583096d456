"""Have files changed since they were indexed? Looked for by their sizes and times; waits until they lie
still.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from pathlib import Path

from retrieval.corpus import find_files
from retrieval.errors import CorpusError
from retrieval.ingest.scan import state_of

PAUSE = 1.0
"""Seconds between two looks, at least; a look takes at most a tenth of the time."""


class FileWatcher:
    """Follows files and folders from when it is made."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = list(paths)
        self.pause = PAUSE
        self._indexed = self._last = self._look()

    def has_changed(self) -> bool:
        """Whether something changed since this was last said, and nothing does any more."""
        now = self._look()
        still, self._last = now == self._last, now
        if not still or now == self._indexed:
            return False
        self._indexed = now
        return True

    def _look(self) -> int:
        """A number that is the same as long as all files are."""
        began = time.monotonic()
        found = 0
        for path in self._paths:
            with contextlib.suppress(CorpusError):
                for one in find_files([path], report=lambda where, what: None):
                    with contextlib.suppress(OSError):
                        found ^= hash(state_of(one))
        self.pause = max(PAUSE, 9 * (time.monotonic() - began))
        return found
