"""How is an index made anew from what it holds? From its stored texts, or from its stored terms.

Into a new epoch, which takes the place of the old one in one step; readers go on with the old one until then.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

from retrieval.analyzer import make_analyzer
from retrieval.errors import IndexDamaged, IndexError_, IndexMissing
from retrieval.index.embedded import lock, manifest
from retrieval.index.embedded.blobs import BlobFile
from retrieval.index.embedded.engine import Engine
from retrieval.index.embedded.epoch import Epoch
from retrieval.index.embedded.index import Index, begin_epoch, switch_epoch
from retrieval.index.embedded.store import STORE, VISIBLE, FileState, Store
from retrieval.index.embedded.writer import Writer
from retrieval.index.prepare import PreparedDocument, unpack_document
from retrieval.ingest.analysing import BATCH, analyse_anew
from retrieval.ingest.report import IndexReport, OnProblem, OnProgress
from retrieval.records import Document, PinnedAnswer
from retrieval.settings import Settings

MIN_REMOVED = 1_000
"""Passages; with fewer removed ones an index isn't worth making anew."""


def rebuild_index(
    root: Path, settings: Settings, report: IndexReport, on_progress: OnProgress | None, tell: OnProblem
) -> None:
    """Analyses all stored texts anew, whatever version or analyzer wrote the index, and whatever else is
    damaged.

    `tell` hears of each text that can't be read any more. Raises IndexMissing, IndexLocked; IndexDamaged
    where the list of documents itself is damaged.
    """
    if not root.is_dir():
        raise IndexMissing(
            f"{root}: không có chỉ mục ở đó; hãy lập bằng hoidap index ĐƯỜNG_DẪN --index {root}"
        )
    with lock.writing(root):
        old = _Stored(root, _current_epoch(root))

        keys = old.keys()
        starts = range(0, len(keys), BATCH)
        batches = (tuple(old.documents(keys[start : start + BATCH], tell)) for start in starts)
        documents = analyse_anew(batches, settings, report, on_progress, whole=len(keys))
        _fill(root, documents, old, settings, make_analyzer(settings).fingerprint)


def compact_if_due(index: Index, settings: Settings) -> bool:
    """Makes the index anew without what was removed, where that has become much; says whether it did."""
    root = index.path
    snapshot = index.snapshot()
    if root is None or not snapshot.is_crowded(settings.index.max_removed_share, MIN_REMOVED):
        return False
    with lock.writing(root):
        before = manifest.read(root)
        epoch = Epoch(root / before.epoch)
        old = _Stored(root, before.epoch)
        kept = old.keys()
        restored = (epoch.restored(key) for key in kept)
        _fill(root, restored, old, settings, before.analyzer)
    index.refresh()
    return True


def _fill(
    root: Path,
    documents: Generator[PreparedDocument, None, None],
    old: _Stored,
    settings: Settings,
    analyzer: str,
) -> None:
    epoch = begin_epoch(root)
    try:
        with (
            closing(Writer(epoch, settings=settings.index, after=old.generation)) as writer,
            closing(documents),
        ):
            for prepared in documents:
                writer.add_prepared(prepared, origin=old.origin_of(prepared.id))
                if writer.pending_passages >= settings.index.commit_passages:
                    writer.commit()
            for state in old.file_states():
                writer.set_file_state(state)
            for answer in old.pins():
                writer.pin(answer)
            writer.commit()
    except BaseException:
        epoch.close()
        if epoch.folder:
            shutil.rmtree(epoch.folder, ignore_errors=True)
        raise
    old.close()
    switch_epoch(root, epoch, analyzer=analyzer)


class _Stored:
    """The documents of an epoch whose engines may be damaged: only the database and the texts are read."""

    def __init__(self, root: Path, name: str) -> None:
        folder = root / name
        self._store = Store(folder / STORE)
        self._texts = BlobFile(folder, "texts")
        self._lost: set[str] = set()
        try:
            self.generation = Engine(folder / "passages", create=False).search().generation
        except IndexDamaged:
            self.generation = self._store.rows("SELECT coalesce(max(generation), 0) FROM commits")[0][0]

    def keys(self) -> list[int]:
        return [
            key
            for (key,) in self._store.rows(
                f"SELECT key FROM documents WHERE {VISIBLE} ORDER BY key", {"at": self.generation}
            )
        ]

    def documents(self, keys: list[int], tell: OnProblem) -> Iterator[Document]:
        """Those that can still be read."""
        for key in keys:
            try:
                yield unpack_document(self._texts.get(key))
            except IndexDamaged:
                identity, origin = self._store.rows("SELECT id, origin FROM documents WHERE key = ?", (key,))[
                    0
                ]
                self._lost.add(origin)
                tell(
                    origin or identity,
                    f'văn bản đã lưu của "{identity}" bị hỏng; hãy lập chỉ mục lại từ tệp gốc',
                )

    def origin_of(self, identity: str) -> str | None:
        rows = self._store.rows(
            f"SELECT origin FROM documents WHERE id = :id AND {VISIBLE}",
            {"id": identity, "at": self.generation},
        )
        return rows[0][0] if rows else None

    def file_states(self) -> list[FileState]:
        """Without those of files whose documents were lost: these are to be read again."""
        rows = self._store.rows(
            "SELECT origin, size, modified, hash FROM files WHERE generation <= ?", (self.generation,)
        )
        return [FileState(*row) for row in rows if row[0] not in self._lost]

    def pins(self) -> tuple[PinnedAnswer, ...]:
        return self._store.pins()

    def close(self) -> None:
        self._store.close()


def _current_epoch(root: Path) -> str:
    """The epoch that counts, even by a manifest that is damaged or of another version; else the newest."""
    try:
        return manifest.read(root).epoch
    except IndexError_ as error:
        try:
            named = json.loads((root / manifest.NAME).read_bytes())["epoch"]
            if (root / named / STORE).is_file():
                return str(named)
        except (OSError, ValueError, KeyError, TypeError):
            pass
        found = sorted(path.parent.name for path in root.glob(f"*/{STORE}"))
        if not found:
            raise error
        return found[-1]
