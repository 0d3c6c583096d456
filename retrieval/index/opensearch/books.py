"""What does who writes need to know of what is in the cluster? Kept in a file beside it, and made anew where that lags.

The books are those of an index on disk: one row for each document. The cluster has the last word: where its commit is
not the books' last one, they are taken back to it, or filled from the cluster.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from retrieval.errors import IndexDamaged, IndexError_, os_reason
from retrieval.index.embedded.store import Store
from retrieval.index.opensearch.reading import Moment, field
from retrieval.index.opensearch.state import Seen, State
from retrieval.settings import OpenSearchSettings

_COLUMNS = (
    "key",
    "id",
    "origin",
    "content",
    "publisher",
    "day",
    "passages",
    "article_terms",
    "passage_terms",
    "leader",
    "added",
    "bands",
)
_AT_ONCE = 10_000


def open_books(moment: Moment, seen: Seen, settings: OpenSearchSettings) -> Store:
    """The books as of this commit. Raises IndexError_ where no file can be kept."""
    name = hashlib.sha256(seen.state.uid.encode()).hexdigest()[:16]
    path = Path(settings.books).expanduser() / f"{name}.db"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            try:
                store = Store(path)
                if _brought_to(store, seen.state):
                    return store
                store.close()
            except IndexDamaged:
                pass
        for old in path.parent.glob(f"{name}.db*"):
            old.unlink()
        store = Store(path, create=True)
    except OSError as error:
        raise IndexError_(
            f"{path}: không ghi được ({os_reason(error)}); hãy sửa quyền, hoặc đặt books trong [opensearch]"
        ) from error
    try:
        _fill(store, moment, seen.state)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store


def _brought_to(store: Store, state: State) -> bool:
    """Takes back what was written beyond the commit; says whether the books are then those of it."""
    at = {"last": state.generation}
    known = store.rows("SELECT at FROM commits WHERE generation = :last", at)
    if state.generation and [row[0] for row in known] != [state.commit]:
        return False
    store.begin()
    store.write("UPDATE documents SET removed = NULL WHERE removed > :last", at)
    store.write("DELETE FROM bands WHERE key IN (SELECT key FROM documents WHERE added > :last)", at)
    store.write("DELETE FROM documents WHERE added > :last", at)
    for table in ("commits", "files"):
        store.write(f"DELETE FROM {table} WHERE generation > :last", at)
    store.commit()
    return True


def _fill(store: Store, moment: Moment, state: State) -> None:
    store.begin()
    rows: list[tuple[object, ...]] = []
    bands: list[tuple[int, int]] = []

    def write() -> None:
        store.write_all("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", rows)
        store.write_all("INSERT OR IGNORE INTO bands VALUES (?, ?)", bands)
        rows.clear()
        bands.clear()

    for row, of_row in _documents(moment):
        rows.append(row)
        bands += of_row
        if len(rows) >= _AT_ONCE:
            write()
    write()
    for pin in state.pins:
        store.pin(pin)
    totals = (state.articles, state.passages, state.article_terms, state.passage_terms)
    if state.generation:
        store.write(
            "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?)", (state.generation, *totals, state.commit)
        )
    store.commit()


def _documents(moment: Moment) -> Iterator[tuple[tuple[object, ...], list[tuple[int, int]]]]:
    """Each document's row and its bands."""
    for hit in moment.pages("articles", {}, _COLUMNS, "key"):
        key = int(field(hit, "key"))
        content = bytes.fromhex(field(hit, "content"))
        leader = field(hit, "leader")
        yield (
            (
                key,
                field(hit, "id"),
                field(hit, "origin"),
                content,
                field(hit, "publisher"),
                *(int(field(hit, name)) for name in ("day", "passages", "article_terms", "passage_terms")),
                None if leader is None else int(leader),
                int(field(hit, "added")),
            ),
            [(int(band), key) for band in hit.get("fields", {}).get("bands", ())],
        )
