"""How is the bot's data laid out, and how does an older layout become today's?"""

from __future__ import annotations

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
