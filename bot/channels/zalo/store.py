"""What outlives a restart? Events with what of their reply was sent, conversations, what the numbers do."""

from __future__ import annotations

import time

import msgspec

from bot.channels.channel_store import ChannelStore
from bot.channels.kept import KeptTurns
from bot.channels.tally import TABLES
from bot.channels.zalo.menu import Menu

LAYOUTS = (
    TABLES
    + """
    CREATE TABLE inbox (
        update_id TEXT PRIMARY KEY, payload TEXT NOT NULL, starts INTEGER NOT NULL DEFAULT 0,
        prepared TEXT, sent INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE seen (update_id TEXT PRIMARY KEY, at REAL NOT NULL);
    CREATE TABLE conversations (place TEXT PRIMARY KEY, body TEXT NOT NULL, at REAL NOT NULL);
    CREATE TABLE menus (place TEXT PRIMARY KEY, body TEXT NOT NULL, at REAL NOT NULL);
    """,
)
PERSONAL = ("conversations", "menus")
"""Tables that hold what people wrote; kept in memory only where the operator wants nothing kept."""


class Prepared(msgspec.Struct, frozen=True):
    """A reply ready to be sent. `turns`: the conversation after it, None where it stays. `menu`: what its numbers do,
    None where the earlier ones still hold.
    """

    parts: tuple[str, ...]
    turns: KeptTurns | None = None
    menu: Menu | None = None


class Store(ChannelStore):
    """A reply is written down before it is sent, so that a restart goes on where it stopped."""

    setting, layouts, personal = "zalo.state", LAYOUTS, PERSONAL

    def keep_prepared(self, key: str, prepared: Prepared) -> None:
        body = msgspec.json.encode(prepared).decode()
        self.connection.execute("UPDATE inbox SET prepared = ? WHERE update_id = ?", (body, key))

    def prepared(self, key: str) -> tuple[Prepared, int] | None:
        """A reply that was begun to be sent before the last stop, and how many of its parts arrived."""
        row = self.connection.execute(
            "SELECT prepared, sent FROM inbox WHERE update_id = ? AND prepared IS NOT NULL", (key,)
        ).fetchone()
        if row is None:
            return None
        try:
            return msgspec.json.decode(row[0], type=Prepared), row[1]
        except msgspec.DecodeError:
            return None  # written by a version that remembered other things

    def part_sent(self, key: str) -> None:
        """One more part of the reply has arrived."""
        self.connection.execute("UPDATE inbox SET sent = sent + 1 WHERE update_id = ?", (key,))

    def finish(self, key: str, place: str, prepared: Prepared) -> None:
        """The reply is delivered: what was said is remembered and the event forgotten, both or neither."""
        with self.connection as c:
            c.execute("BEGIN IMMEDIATE")
            if prepared.turns is not None:
                self.keep_conversation(place, prepared.turns)
            if prepared.menu is not None:
                body = msgspec.json.encode(prepared.menu).decode()
                c.execute("REPLACE INTO menus VALUES (?, ?, ?)", (place, body, time.time()))
            self.finish_update(key)

    def menu(self, place: str) -> Menu:
        """What the numbers under the last reply in this place do."""
        row = self.connection.execute("SELECT body FROM menus WHERE place = ?", (place,)).fetchone()
        if row is None:
            return Menu()
        try:
            return msgspec.json.decode(row[0], type=Menu)
        except msgspec.DecodeError:
            return Menu()
