"""How is an index made, opened, read and written? On disk: a folder; with `path=None`: the same in memory.

DIR/manifest.json   which epoch counts, and what its files are
DIR/0001/           an epoch: store.db, texts, terms, words, passages/, articles/
DIR/writer.lock     held by who is writing; DIR/writer.json says who that is
"""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from retrieval.errors import IndexDamaged, IndexError_, IndexLocked, IndexOutdated
from retrieval.index.embedded import lock, manifest
from retrieval.index.embedded.epoch import Epoch
from retrieval.index.embedded.manifest import Manifest
from retrieval.index.embedded.snapshot import StoredSnapshot
from retrieval.index.embedded.store import STORE
from retrieval.index.embedded.writer import Writer
from retrieval.settings import Settings

LOOK_EVERY = 0.5
"""Seconds after which a reader looks again whether another process has committed."""

_ATTEMPTS = 5
"""How often opening is tried while a writer is replacing files."""


class Index:
    """One index. All methods are safe from several threads; one writer at a time."""

    def __init__(
        self, path: Path | None, epoch: Epoch, *, settings: Settings | None, analyzer: str | None
    ) -> None:
        self.path = path
        self._settings = (settings or Settings()).index
        self._epoch, self._analyzer = epoch, analyzer
        self._current: StoredSnapshot | None = None
        self._looked = 0.0
        self._closed = False
        self._state: tuple[object, ...] = ()
        self._reading, self._writing = threading.RLock(), threading.Lock()

    @classmethod
    def create(
        cls, path: Path | str | None = None, *, settings: Settings | None = None, analyzer: str = ""
    ) -> Index:
        """An empty index, in place of one that is there already.

        `analyzer`: the fingerprint of the analysis that the terms come from. Raises IndexLocked, and IndexError_ where
        the folder holds anything else.
        """
        if path is None:
            return cls(None, Epoch(None, create=True), settings=settings, analyzer=analyzer)
        root = Path(path)
        _check_free(root)
        root.mkdir(parents=True, exist_ok=True)
        with lock.writing(root):
            switch_epoch(root, begin_epoch(root), analyzer=analyzer)
        return cls.open(root, settings=settings, analyzer=analyzer)

    @classmethod
    def open(
        cls, path: Path | str, *, settings: Settings | None = None, analyzer: str | None = None
    ) -> Index:
        """Raises IndexMissing, IndexDamaged or IndexOutdated (another version, or another `analyzer`)."""
        root = Path(path)
        return cls(root, _open_epoch(root, analyzer), settings=settings, analyzer=analyzer)

    def snapshot(self) -> StoredSnapshot:
        """The newest commit, at most LOOK_EVERY seconds old.

        Raises IndexMissing as long as the folder is gone, though its files may still be open: what somebody deleted
        answers no more. Raises IndexDamaged.
        """
        with self._reading:
            self._check_open()
            now = time.monotonic()
            if self._current is None or now - self._looked > LOOK_EVERY:
                self._epoch.check_sizes()
                state = self._seen()
                if self._current is None or state != self._state:
                    self._current = self._read()
                    self._state = state
                self._looked = now  # last: what can't be read is looked for again with each question
            return self._current

    def _seen(self) -> tuple[object, ...]:
        """Differs after each commit."""
        if self.path is None or self._epoch.folder is None:
            return ()
        found: list[object] = []
        for path in (self.path / manifest.NAME, self._epoch.folder / "passages" / "meta.json"):
            with contextlib.suppress(OSError):
                stat = path.stat()
                found += [stat.st_ino, stat.st_mtime_ns, stat.st_size]
        return tuple(found)

    def _read(self) -> StoredSnapshot:
        """Tries again where a writer has put another epoch in the place of this one just now."""
        if self.path is None:
            return StoredSnapshot(self._epoch)
        stale = self._epoch.read_only and self._current is not None  # what was opened never changes there
        for _ in range(_ATTEMPTS):
            before = manifest.read(self.path)
            if stale or not self._epoch.lies_in(self.path / before.epoch):
                self._epoch = _open_epoch(self.path, self._analyzer)
            try:
                return StoredSnapshot(self._epoch)
            except IndexDamaged:
                stale = self._epoch.read_only
                now = manifest.read(self.path)
                if now.epoch == before.epoch and not (stale and (now.writing or now != before)):
                    raise
        raise IndexDamaged(f"{self.path}: bị thay nhanh hơn kịp đọc; hãy thử lại")

    def close(self) -> None:
        """Lets go of all files; snapshots taken before can't be used any more either."""
        with self._reading:
            if not self._closed:
                self._closed, self._current = True, None
                self._epoch.close()
                del self._epoch

    def _check_open(self) -> None:
        if self._closed:
            raise IndexError_(f"{self.path or 'chỉ mục trong bộ nhớ'}: đã đóng; hãy mở lại")

    def refresh(self) -> None:
        """The next snapshot sees what was committed before this call."""
        with self._reading:
            self._state, self._looked = ("look again",), 0.0

    def doubt(self) -> None:
        """What was compared with its CRC is compared again when it is next read."""
        with self._reading:
            self._check_open()
            self._epoch.doubt()

    @contextlib.contextmanager
    def writer(self) -> Iterator[Writer]:
        """To add and remove. What isn't committed when the block ends is dropped. Raises IndexLocked."""
        self._check_open()
        if not self._writing.acquire(blocking=False):
            raise IndexLocked("một luồng khác đang ghi vào chỉ mục này; hãy đợi xong")
        try:
            if self.path is None:
                with _closing(Writer(self._epoch, settings=self._settings), self) as writer:
                    yield writer
            else:
                with (
                    lock.writing(self.path),
                    self._session(self.path) as writer,
                ):
                    yield writer
        finally:
            self._writing.release()

    @contextlib.contextmanager
    def _session(self, root: Path) -> Iterator[Writer]:
        before = manifest.read(root)
        remove_leftovers(root, before.epoch)
        _check_analyzer(root, before, self._analyzer)
        _raise_first(root, before, live=False)
        manifest.write(root, replace(before, writing=True))
        epoch = Epoch(root / before.epoch)
        if before.writing:
            epoch.store.check_pages()
        writer = Writer(epoch, settings=self._settings)
        try:
            with _closing(writer, self):
                yield writer
        finally:
            finish(root, before, epoch)
            self.refresh()


@contextlib.contextmanager
def _closing(writer: Writer, index: Index) -> Iterator[Writer]:
    try:
        yield writer
    finally:
        writer.close()
        index.refresh()


def finish(root: Path, before: Manifest, epoch: Epoch) -> None:
    """Writes the manifest of what is there now, and closes the epoch."""
    snapshot = StoredSnapshot(epoch)
    stats = snapshot.stats
    settled = epoch.store.settle()
    epoch.close()
    sealed = manifest.seal(
        root,
        replace(
            before,
            writing=False,
            generation=snapshot.generation,
            articles=stats.articles,
            passages=stats.passages,
        ),
        settled=settled,
    )
    manifest.write(root, sealed)


def begin_epoch(root: Path) -> Epoch:
    """The next epoch, empty; nobody reads it before `switch_epoch`."""
    current = None
    with contextlib.suppress(IndexError_):
        current = manifest.read(root).epoch
    remove_leftovers(root, current)
    taken = [int(path.name) for path in root.iterdir() if path.name.isdigit()]
    return Epoch(root / f"{max(taken, default=0) + 1:04}", create=True)


def switch_epoch(root: Path, epoch: Epoch, *, analyzer: str) -> None:
    """From here on the index is what is in this epoch; the one before goes."""
    assert epoch.folder is not None
    finish(root, Manifest(analyzer=analyzer, epoch=epoch.folder.name, writing=False), epoch)
    remove_leftovers(root, epoch.folder.name)


def remove_leftovers(root: Path, current: str | None) -> None:
    """Removes the folders of other epochs, and what a killed writer left beside the manifest."""
    for path in root.iterdir():
        if path.name != current and current is not None and _is_epoch(path):
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(manifest.NAME) and path.suffix == ".new":
            path.unlink(missing_ok=True)


def _is_epoch(path: Path) -> bool:
    """Whether the folder is ours: somebody's articles of a year have such a name, too."""
    if not (path.name.isdigit() and path.is_dir()):
        return False
    inside = {one.name for one in path.iterdir()}
    return not inside or bool(inside & {STORE, "texts.dat"})


def _check_free(root: Path) -> None:
    """Raises IndexError_ where the folder holds anything but an index."""
    if root.exists() and not root.is_dir():
        raise IndexError_(f"{root}: không phải thư mục; hãy nêu một thư mục mới cho chỉ mục")
    if not root.exists() or (root / manifest.NAME).exists():
        return
    for path in root.iterdir():
        if not (
            path.name.startswith((".", manifest.NAME))
            or path.name in (lock.NOTE, lock.LOCK)
            or _is_epoch(path)
        ):
            raise IndexError_(f"{root}: có tệp khác ({path.name}); hãy nêu một thư mục mới cho chỉ mục")


def _open_epoch(root: Path, analyzer: str | None) -> Epoch:
    """Tries again where a writer replaces files just now."""
    for attempt in range(_ATTEMPTS):
        found = manifest.read(root)
        _check_analyzer(root, found, analyzer)
        try:
            _raise_first(root, found, live=found.writing and lock.is_held(root))
            return Epoch(root / found.epoch)
        except IndexDamaged:
            if attempt == _ATTEMPTS - 1 or not (lock.is_held(root) or manifest.read(root) != found):
                raise
            time.sleep(0.05 * (attempt + 1))
    raise AssertionError("unreachable")


def _raise_first(root: Path, found: Manifest, *, live: bool) -> None:
    try:
        problems = manifest.verify(root, found, live=live)
    except FileNotFoundError as error:  # it went while it was looked at
        problems = [(Path(error.filename), "không có")]
    for path, what in problems:
        raise IndexDamaged(f"{path}: {what}; hãy chạy hoidap check --index {root}")


def _check_analyzer(root: Path, found: Manifest, analyzer: str | None) -> None:
    if analyzer is not None and found.analyzer != analyzer:
        raise IndexOutdated(
            f"{root}: được lập với thiết lập khác hoặc cách phân tích của phiên bản khác;"
            f" hãy chạy hoidap index --rebuild --index {root}"
        )
