"""What does the service keep? One SQLite file that its workers and `hoidap token` share."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.channels.database import open_database
from bot.channels.tally import TABLES

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
    return open_database(folder, name=DATABASE, setting="server.state", layouts=(_LAYOUT,))


def secret(connection: sqlite3.Connection, name: str) -> bytes:
    """A secret that was drawn when the database was made."""
    return bytes(connection.execute("SELECT value FROM secrets WHERE name = ?", (name,)).fetchone()[0])
