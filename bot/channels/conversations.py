"""What was said so far, in each place? The table `conversations` of a channel's database."""

from __future__ import annotations

import sqlite3
import time

import msgspec

from bot.conversation import Turns


class _Kept(msgspec.Struct, frozen=True):
    """What was said so far in one place, newest last."""

    turns: Turns = ()


class Conversations:
    """`place`: the chat and the person, in the channel's words."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def conversation(self, place: str) -> Turns:
        """What was said so far in this place, newest last."""
        row = self._connection.execute("SELECT body FROM conversations WHERE place = ?", (place,)).fetchone()
        if row is None:
            return ()
        try:
            return msgspec.json.decode(row[0], type=_Kept).turns
        except msgspec.DecodeError:
            return ()  # written by a version that remembered other things

    def keep_conversation(self, place: str, turns: Turns) -> None:
        body = msgspec.json.encode(_Kept(turns)).decode()
        self._connection.execute("REPLACE INTO conversations VALUES (?, ?, ?)", (place, body, time.time()))

    def forget_conversation(self, place: str) -> None:
        self._connection.execute("DELETE FROM conversations WHERE place = ?", (place,))
