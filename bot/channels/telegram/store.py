"""What outlives a restart? Updates not yet answered, conversations, what is behind buttons and links."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bot.channels.telegram.schema import PERSONAL, keep_in_memory, migrate
from bot.conversation import Turns
from bot.reply import ReplyKind
from retrieval import HoidapError, Turn

DATABASE = "state.sqlite"
_SEEN_SECONDS = 3 * 24 * 3600
"""Telegram itself drops updates after a day, so none comes again after three."""
_MAX_STARTS = 3
"""An update that was at work when the bot died this often is let go: it may be what kills it."""


def new_key() -> str:
    """A name for a card or a link that nobody can guess."""
    return secrets.token_urlsafe(9)


class _Kept(msgspec.Struct, frozen=True):
    """What was said so far in one place, newest last."""

    turns: Turns = ()


class Card(msgspec.Struct, frozen=True):
    """What stands behind a reply's buttons. `asks`: questions that its buttons ask, by position.

    `turn`: what paging needs; None under a greeting. `place`: the conversation it belongs to.
    `context`: the wider text is shown. `voted`: 👍 and 👎 have done their work. `extra`: ids of the reply's
    further messages.
    """

    place: str
    kind: ReplyKind = "talk"
    turn: Turn | None = None
    asks: tuple[str, ...] = ()
    context: bool = False
    voted: bool = False
    extra: tuple[int, ...] = ()

    def with_extra(self, messages: Iterable[int]) -> Card:
        return msgspec.structs.replace(self, extra=tuple(messages))


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card with where it is: `asked` is the question's message, `shown` the reply's."""

    key: str
    chat: int
    asked: int | None
    shown: int | None
    card: Card


class Store:
    """One SQLite file in WAL mode. A call takes well under a millisecond: the event loop makes it itself."""

    def __init__(self, connection: sqlite3.Connection, *, keep_days: int) -> None:
        self.connection = connection
        self._keep_seconds = keep_days * 24 * 3600

    @classmethod
    def open(cls, folder: Path, *, keep_days: int = 30) -> Store:
        """Raises HoidapError where the folder or the file can't be used."""
        path = folder / DATABASE
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA temp_store = MEMORY")
            path.chmod(0o600)
            migrate(connection, name=str(path))
            if keep_days == 0:
                keep_in_memory(connection)
        except (OSError, sqlite3.Error) as error:
            raise HoidapError(
                f"{path}: can't be used ({error}); check the folder, or name another state"
            ) from error
        return cls(connection, keep_days=keep_days)

    def close(self) -> None:
        self.connection.close()

    def keep_update(self, update_id: int, payload: str) -> bool:
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

    def finish_update(self, update_id: int) -> None:
        """Its reply is delivered: forget what it said."""
        self.connection.execute("DELETE FROM inbox WHERE update_id = ?", (update_id,))

    def begin_update(self, update_id: int) -> None:
        """Count that work on it begins."""
        self.connection.execute("UPDATE inbox SET starts = starts + 1 WHERE update_id = ?", (update_id,))

    def unfinished_updates(self) -> list[tuple[int, str]]:
        """Ids and payloads of updates that were not answered, oldest first."""
        self.connection.execute("DELETE FROM inbox WHERE starts >= ?", (_MAX_STARTS,))
        return self.connection.execute("SELECT update_id, payload FROM inbox ORDER BY update_id").fetchall()

    def waiting(self) -> int:
        """How many updates are not answered yet."""
        return int(self.connection.execute("SELECT count(*) FROM inbox").fetchone()[0])

    def conversation(self, place: str) -> Turns:
        """What was said so far in this place, newest last."""
        row = self.connection.execute("SELECT body FROM conversations WHERE place = ?", (place,)).fetchone()
        if row is None:
            return ()
        try:
            return msgspec.json.decode(row[0], type=_Kept).turns
        except msgspec.DecodeError:
            return ()  # written by a version that remembered other things

    def keep_conversation(self, place: str, turns: Turns) -> None:
        body = msgspec.json.encode(_Kept(turns)).decode()
        self.connection.execute("REPLACE INTO conversations VALUES (?, ?, ?)", (place, body, time.time()))

    def forget_conversation(self, place: str) -> None:
        self.connection.execute("DELETE FROM conversations WHERE place = ?", (place,))

    def move_group(self, old: int, new: int) -> None:
        """The group has another id from now on: what was said in it goes on there. May be told twice."""
        with self.connection as c:
            c.execute("BEGIN IMMEDIATE")
            c.execute("INSERT OR IGNORE INTO moved VALUES (?, ?)", (new, old))
            c.execute("INSERT OR IGNORE INTO moved SELECT ?, old FROM moved WHERE new = ?", (new, old))
            for (place,) in c.execute(
                "SELECT place FROM conversations WHERE place GLOB ?", (f"{old}:*",)
            ).fetchall():
                there = f"{new}:{place.partition(':')[2]}"
                c.execute("UPDATE OR IGNORE conversations SET place = ? WHERE place = ?", (there, place))
            c.execute("DELETE FROM conversations WHERE place GLOB ?", (f"{old}:*",))

    def former_groups(self, group: int) -> frozenset[int]:
        """The ids that the group had before."""
        rows = self.connection.execute("SELECT old FROM moved WHERE new = ?", (group,)).fetchall()
        return frozenset(old for (old,) in rows)

    def keep_card(self, card: Card, *, key: str, chat: int, asked: int | None, shown: int | None) -> None:
        body = msgspec.json.encode(card).decode()
        self.connection.execute(
            "REPLACE INTO cards VALUES (?, ?, ?, ?, ?, ?)", (key, chat, asked, shown, body, time.time())
        )

    def card(self, key: str, *, chat: int) -> KeptCard | None:
        """The card with this key, if it is of this chat."""
        return self._card("key = ? AND chat = ?", (key, chat))

    def card_for(self, asked: int, *, chat: int) -> KeptCard | None:
        """The newest card that answers this message."""
        return self._card("asked = ? AND chat = ? ORDER BY at DESC LIMIT 1", (asked, chat))

    def _card(self, where: str, values: Iterable[object]) -> KeptCard | None:
        row = self.connection.execute(
            f"SELECT key, chat, asked, shown, body FROM cards WHERE {where}", tuple(values)
        ).fetchone()
        if row is None:
            return None
        try:
            card = msgspec.json.decode(row[4], type=Card)
        except msgspec.DecodeError:
            return None
        return KeptCard(row[0], row[1], row[2], row[3], card)

    def keep_link(self, question: str) -> str:
        """A short key for a question that is too long for a link."""
        key = new_key()
        self.connection.execute("INSERT INTO links VALUES (?, ?, ?)", (key, question, time.time()))
        return key

    def link(self, key: str) -> str | None:
        row = self.connection.execute("SELECT question FROM links WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def tidy(self) -> None:
        """Drop what is past its time."""
        now = time.time()
        self.connection.execute("DELETE FROM seen WHERE at < ?", (now - _SEEN_SECONDS,))
        kept = self._keep_seconds or 24 * 3600
        for table in PERSONAL:
            self.connection.execute(f"DELETE FROM {table} WHERE at < ?", (now - kept,))
