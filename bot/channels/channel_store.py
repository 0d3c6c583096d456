"""What outlives a restart of any chat bot? Updates that aren't answered yet, and what was said in each place.

No message is lost, and none answered twice: each is written down before the channel may forget it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import msgspec

from bot.channels.database import open_database
from bot.channels.kept import KeptTurns

_SEEN_SECONDS = 3 * 24 * 3600
"""Channels drop what they couldn't deliver after a day, so none comes again after three."""
_MAX_STARTS = 3
"""An update that was at work when the bot died this often is let go: it may be what kills it."""


class _Kept(msgspec.Struct, frozen=True):
    """What was said so far in one place, newest last."""

    turns: KeptTurns = ()


class ChannelStore:
    """One SQLite file in WAL mode, with the tables `inbox`, `seen` and `conversations`. A call takes well under a
    millisecond: the event loop makes it itself.

    `setting`, `layouts`, `personal`: as `open_database` takes them. `update_id` is what the channel calls an update by;
    `place`: the chat and the person, in the channel's words.
    """

    setting: ClassVar[str]
    layouts: ClassVar[Sequence[str]]
    personal: ClassVar[Sequence[str]]

    def __init__(self, connection: sqlite3.Connection, *, keep_days: int) -> None:
        self.connection = connection
        self._keep_seconds = keep_days * 24 * 3600

    @classmethod
    def open(cls, folder: Path, *, keep_days: int = 30) -> Self:
        """Raises HoidapError where the folder or the file can't be used."""
        connection = open_database(
            folder, setting=cls.setting, layouts=cls.layouts, personal=cls.personal, keep=keep_days > 0
        )
        return cls(connection, keep_days=keep_days)

    def close(self) -> None:
        self.connection.close()

    def keep_update(self, update_id: int | str, payload: str) -> bool:
        """Write down an update before it is worked on; False where it came before."""
        now = time.time()
        with self.connection as c:
            c.execute("BEGIN IMMEDIATE")
            fresh = c.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (update_id, now)).rowcount == 1
            if fresh:
                c.execute(
                    "INSERT OR IGNORE INTO inbox (update_id, payload) VALUES (?, ?)", (update_id, payload)
                )
        return fresh

    def finish_update(self, update_id: int | str) -> None:
        """Its reply is delivered: forget what it said."""
        self.connection.execute("DELETE FROM inbox WHERE update_id = ?", (update_id,))

    def begin_update(self, update_id: int | str) -> None:
        """Count that work on it begins."""
        self.connection.execute("UPDATE inbox SET starts = starts + 1 WHERE update_id = ?", (update_id,))

    def unfinished_updates(self) -> list[tuple[Any, str]]:
        """Ids and payloads of updates that were not answered, oldest first."""
        self.connection.execute("DELETE FROM inbox WHERE starts >= ?", (_MAX_STARTS,))
        return self.connection.execute("SELECT update_id, payload FROM inbox ORDER BY rowid").fetchall()

    def waiting(self) -> int:
        """How many updates are not answered yet."""
        return int(self.connection.execute("SELECT count(*) FROM inbox").fetchone()[0])

    def conversation(self, place: str) -> KeptTurns:
        """What was said so far in this place, newest last."""
        row = self.connection.execute("SELECT body FROM conversations WHERE place = ?", (place,)).fetchone()
        if row is None:
            return ()
        try:
            return msgspec.json.decode(row[0], type=_Kept).turns
        except msgspec.DecodeError:
            return ()  # damaged

    def keep_conversation(self, place: str, turns: KeptTurns) -> None:
        body = msgspec.json.encode(_Kept(turns)).decode()
        self.connection.execute("REPLACE INTO conversations VALUES (?, ?, ?)", (place, body, time.time()))

    def forget_conversation(self, place: str) -> None:
        self.connection.execute("DELETE FROM conversations WHERE place = ?", (place,))

    def tidy(self) -> None:
        """Drop what is past its time, and which updates came, where none of them comes again."""
        now = time.time()
        self.connection.execute("DELETE FROM seen WHERE at < ?", (now - _SEEN_SECONDS,))
        for table in self.personal:
            self.connection.execute(
                f"DELETE FROM {table} WHERE at < ?", (now - (self._keep_seconds or 24 * 3600),)
            )
