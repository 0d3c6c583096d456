"""What outlives a restart? Updates not yet answered, conversations, what is behind buttons and links."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from bot.channels.channel_store import ChannelStore
from bot.channels.kept import NO_TURN, KeptTurn, read_turns
from bot.channels.telegram import schema
from bot.reply import ReplyKind
from retrieval import Turn


def new_key() -> str:
    """A name for a card or a link that nobody can guess."""
    return secrets.token_urlsafe(9)


class Card(msgspec.Struct, frozen=True):
    """What stands behind a reply's buttons. `asks`: questions that its buttons ask, by position.

    `turn`: what paging needs; none under a greeting. `place`: the conversation it belongs to.
    `context`: the wider text is shown. `voted`: 👍 and 👎 have done their work. `extra`: ids of the reply's
    further messages.
    """

    place: str
    kind: ReplyKind = "talk"
    turn: KeptTurn = NO_TURN
    asks: tuple[str, ...] = ()
    context: bool = False
    voted: bool = False
    extra: tuple[int, ...] = ()

    def with_extra(self, messages: Iterable[int]) -> Card:
        return msgspec.structs.replace(self, extra=tuple(messages))


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card with where it is: `asked` is the question's message, `shown` the reply's. `turn`: the card's, read."""

    key: str
    chat: int
    asked: int | None
    shown: int | None
    card: Card
    turn: Turn | None = None


class Store(ChannelStore):
    """Cards, links and groups that moved, beside what every channel keeps."""

    setting, layouts, personal = "telegram.state", schema.MIGRATIONS, schema.PERSONAL

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

    def card_shown(self, shown: int, *, chat: int) -> KeptCard | None:
        """The card that this message of the bot shows."""
        return self._card("shown = ? AND chat = ? ORDER BY at DESC LIMIT 1", (shown, chat))

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
        turn = next(iter(read_turns((card.turn,))), None)
        return KeptCard(row[0], row[1], row[2], row[3], card, turn)

    def keep_link(self, question: str) -> str:
        """A short key for a question that is too long for a link."""
        key = new_key()
        self.connection.execute("INSERT INTO links VALUES (?, ?, ?)", (key, question, time.time()))
        return key

    def link(self, key: str) -> str | None:
        row = self.connection.execute("SELECT question FROM links WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None
