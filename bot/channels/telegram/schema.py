"""How is the bot's data laid out, and how does an older layout become today's?"""

from __future__ import annotations

import sqlite3

from retrieval import HoidapError

MIGRATIONS: tuple[str, ...] = (
    # 1: the first layout
    """
    CREATE TABLE inbox (
        update_id INTEGER PRIMARY KEY, payload TEXT NOT NULL, starts INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE seen (update_id INTEGER PRIMARY KEY, at REAL NOT NULL);
    CREATE TABLE conversations (place TEXT PRIMARY KEY, body TEXT NOT NULL, at REAL NOT NULL);
    CREATE TABLE cards (
        key TEXT PRIMARY KEY, chat INTEGER NOT NULL, asked INTEGER, shown INTEGER,
        body TEXT NOT NULL, at REAL NOT NULL
    );
    CREATE INDEX cards_by_question ON cards (chat, asked);
    CREATE TABLE counts (
        day TEXT NOT NULL, name TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (day, name)
    );
    CREATE TABLE missed (
        question TEXT PRIMARY KEY, wording TEXT NOT NULL, amount INTEGER NOT NULL, day TEXT NOT NULL
    );
    CREATE TABLE feedback (
        card TEXT NOT NULL, voter TEXT NOT NULL, good INTEGER NOT NULL, reason TEXT NOT NULL,
        question TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (card, voter)
    );
    """,
    # 2: questions too long for a link, behind a key; a salt, so that voters are only hashes
    """
    CREATE TABLE links (key TEXT PRIMARY KEY, question TEXT NOT NULL, at REAL NOT NULL);
    CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL);
    INSERT INTO secrets VALUES ('salt', randomblob(16));
    """,
    # 3: groups that became supergroups, which have other ids
    """
    CREATE TABLE moved (new INTEGER NOT NULL, old INTEGER NOT NULL, PRIMARY KEY (new, old)) WITHOUT ROWID;
    """,
)
PERSONAL = ("conversations", "cards", "links")
"""Tables that hold what people wrote; kept in memory only where the operator wants nothing kept."""


def migrate(connection: sqlite3.Connection, *, name: str) -> None:
    """Bring the database to the newest layout, each step whole or not at all.

    Raises HoidapError where the layout is newer than this version knows.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise HoidapError(
            f"{name}: written by a newer version of hoidap; update this one, or name another folder"
        )
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")


def keep_in_memory(connection: sqlite3.Connection) -> None:
    """Put in-memory tables before those on disk that hold people's words, and empty the latter."""
    for table in PERSONAL:
        layout = connection.execute("SELECT sql FROM main.sqlite_schema WHERE name = ?", (table,)).fetchone()[
            0
        ]
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(layout.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
