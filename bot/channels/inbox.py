"""How is no message lost, and none answered twice? Each is written down before the channel may forget it."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

_SEEN_SECONDS = 3 * 24 * 3600
"""Channels drop what they couldn't deliver after a day, so none comes again after three."""
_MAX_STARTS = 3
"""An update that was at work when the bot died this often is let go: it may be what kills it."""


class Inbox:
    """The tables `inbox` and `seen` of a channel's database; `update_id` is what the channel calls an update by."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep_update(self, update_id: int | str, payload: str) -> bool:
        """Write down an update before it is worked on; False where it came before."""
        now = time.time()
        with self._connection as c:
            c.execute("BEGIN IMMEDIATE")
            fresh = c.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (update_id, now)).rowcount == 1
            if fresh:
                c.execute(
                    "INSERT OR IGNORE INTO inbox (update_id, payload) VALUES (?, ?)", (update_id, payload)
                )
        return fresh

    def finish_update(self, update_id: int | str) -> None:
        """Its reply is delivered: forget what it said."""
        self._connection.execute("DELETE FROM inbox WHERE update_id = ?", (update_id,))

    def begin_update(self, update_id: int | str) -> None:
        """Count that work on it begins."""
        self._connection.execute("UPDATE inbox SET starts = starts + 1 WHERE update_id = ?", (update_id,))

    def unfinished_updates(self) -> list[tuple[Any, str]]:
        """Ids and payloads of updates that were not answered, oldest first."""
        self._connection.execute("DELETE FROM inbox WHERE starts >= ?", (_MAX_STARTS,))
        return self._connection.execute("SELECT update_id, payload FROM inbox ORDER BY rowid").fetchall()

    def waiting(self) -> int:
        """How many updates are not answered yet."""
        return int(self._connection.execute("SELECT count(*) FROM inbox").fetchone()[0])

    def tidy(self) -> None:
        """Forget which updates came, where none of them comes again."""
        self._connection.execute("DELETE FROM seen WHERE at < ?", (time.time() - _SEEN_SECONDS,))
