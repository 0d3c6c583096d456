"""How is an index made, opened, read and written? On disk: a folder; with `path=None`: the same in memory."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from retrieval.errors import IndexMissing
from retrieval.index.engine import Engine
from retrieval.index.snapshot import StoredSnapshot
from retrieval.index.store import Store
from retrieval.index.termfile import TermFile
from retrieval.index.writer import Writer
from retrieval.settings import Settings


class Index:
    """One index. `snapshot()` and what it gives are safe from several threads."""

    def __init__(self, folder: Path | None, settings: Settings, *, create: bool) -> None:
        self.path, self._settings = folder, settings
        if folder and create:
            folder.mkdir(parents=True, exist_ok=True)
        self._store = Store(folder and folder / "store.db", create=create)
        self._terms = TermFile(folder, create=create)
        self._passages = Engine("passages", folder and folder / "passages", create=create)
        self._articles = Engine("articles", folder and folder / "articles", create=create)
        self._current: StoredSnapshot | None = None
        self._lock = threading.Lock()

    @classmethod
    def create(cls, path: Path | str | None = None, *, settings: Settings | None = None) -> Index:
        return cls(Path(path) if path else None, settings or Settings(), create=True)

    @classmethod
    def open(cls, path: Path | str, *, settings: Settings | None = None) -> Index:
        folder = Path(path)
        if not (folder / "store.db").exists():
            raise IndexMissing(f"{folder}: no index there; make one with hoidap index PATH --index {folder}")
        return cls(folder, settings or Settings(), create=False)

    def snapshot(self) -> StoredSnapshot:
        """The newest commit."""
        with self._lock:
            if self._current is None:
                passages = self._passages.search()  # first: articles may then be newer, never older
                self._current = StoredSnapshot(self._store, self._terms, passages, self._articles.search())
            return self._current

    def refresh(self) -> None:
        """The next snapshot sees what was committed since."""
        with self._lock:
            self._current = None

    @contextlib.contextmanager
    def writer(self) -> Iterator[Writer]:
        """To add and remove. What isn't committed when the block ends is dropped."""
        writer = Writer(self._store, self._terms, self._passages, self._articles)
        try:
            yield writer
        finally:
            writer.close()
            self.refresh()
