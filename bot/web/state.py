"""What does the service keep? One SQLite file that its workers and `hoidap token` share."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.channels.tally import TABLES
from retrieval import HoidapError

DATABASE = "server.sqlite"
_LAYOUT = (
    TABLES
    + """
CREATE TABLE IF NOT EXISTS tokens (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, scope TEXT NOT NULL, hash BLOB NOT NULL, day TEXT NOT NULL
);
INSERT OR IGNORE INTO secrets VALUES ('conversations', randomblob(32));
"""
)


def open_state(folder: Path) -> sqlite3.Connection:
    """The service's database in this folder, made where it is missing; only its owner may read it.

    Raises HoidapError where the folder or the file can't be used.
    """
    path = folder / DATABASE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.executescript(_LAYOUT)
    except (OSError, sqlite3.Error) as error:
        raise HoidapError(
            f"{path}: can't be used ({error}); check the folder, or name another in server.state"
        ) from error
    return connection


def secret(connection: sqlite3.Connection, name: str) -> bytes:
    """A secret that was drawn when the database was made."""
    return bytes(connection.execute("SELECT value FROM secrets WHERE name = ?", (name,)).fetchone()[0])
