"""How is what a bot or the service keeps opened? One SQLite file in WAL mode, its owner's alone, in today's layout."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from retrieval import HoidapError

DATABASE = "state.sqlite"


def open_database(
    folder: Path,
    *,
    setting: str,
    layouts: Sequence[str],
    name: str = DATABASE,
    personal: Sequence[str] = (),
    keep: bool = True,
) -> sqlite3.Connection:
    """`setting`: what names the folder. `layouts`: the scripts that lead from nothing to today's layout, oldest
    first. `personal`: tables of what people wrote; unless `keep`, they are in memory only.

    Raises HoidapError where the folder or the file can't be used.
    """
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        path.chmod(0o600)
        _migrate(connection, layouts, path)
        if not keep:
            _keep_in_memory(connection, personal)
    except (OSError, sqlite3.Error) as error:
        raise HoidapError(
            f"{path}: không dùng được ({error}); hãy kiểm tra thư mục, hoặc nêu thư mục khác ở {setting}"
        ) from error
    return connection


def _migrate(connection: sqlite3.Connection, layouts: Sequence[str], path: Path) -> None:
    """Bring the database to the newest layout, each step whole or not at all.

    Raises HoidapError where the layout is newer than this version knows.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(layouts):
        raise HoidapError(
            f"{path}: do phiên bản hoidap mới hơn ghi; hãy cập nhật bản này, hoặc nêu thư mục khác"
        )
    for number, script in enumerate(layouts[version:], start=version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")


def _keep_in_memory(connection: sqlite3.Connection, tables: Sequence[str]) -> None:
    """Put in-memory tables before those on disk that hold people's words, and empty the latter."""
    for table in tables:
        layout = connection.execute("SELECT sql FROM main.sqlite_schema WHERE name = ?", (table,)).fetchone()[
            0
        ]
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(layout.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
