"""How is a bot doing? Counts a day, questions that found nothing, what people thought of the answers."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import sqlite3
import unicodedata
from dataclasses import dataclass

from bot.reply import Reply

COUNTED = {"answer": "answered", "nearest": "declined", "nothing": "declined", "unclear": "unclear"}
"""Which count a reply adds to; "talk" adds to none."""
TABLES = """
CREATE TABLE IF NOT EXISTS counts (
    day TEXT NOT NULL, name TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (day, name)
);
CREATE TABLE IF NOT EXISTS missed (
    question TEXT PRIMARY KEY, wording TEXT NOT NULL, amount INTEGER NOT NULL, day TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS feedback (
    card TEXT NOT NULL, voter TEXT NOT NULL, good INTEGER NOT NULL, reason TEXT NOT NULL,
    question TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (card, voter)
);
CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL);
INSERT OR IGNORE INTO secrets VALUES ('salt', randomblob(16));
"""
"""What a tally writes to, for a database that has none of it yet."""
_MISSED_KEPT = 5000
"""Different questions without an answer that are kept, the rarest and oldest going first."""


@dataclass(frozen=True, slots=True)
class Day:
    """`questions` is the sum of those answered and those declined."""

    day: datetime.date
    answered: int
    declined: int

    @property
    def questions(self) -> int:
        return self.answered + self.declined


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that found nothing; `amount`: how often it was asked."""

    question: str
    amount: int
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Summary:
    """`days`: newest first. `complaints`: (reason, question) of 👎, newest first."""

    days: tuple[Day, ...]
    missed: tuple[Missed, ...]
    good: int
    bad: int
    complaints: tuple[tuple[str, str], ...]


class Tally:
    """Counts in the bot's database; nothing in it says who asked."""

    def __init__(self, connection: sqlite3.Connection, *, keep_wording: bool = True) -> None:
        self._connection = connection
        self._keep_wording = keep_wording

    def count(self, reply: Reply) -> None:
        """Count a question by what it got."""
        name = COUNTED.get(reply.kind)
        if name is None:
            return
        today = _today()
        self._connection.execute(
            "INSERT INTO counts VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET amount = amount + 1", (today, name)
        )
        if name == "declined" and self._keep_wording and reply.question:
            self._connection.execute(
                "INSERT INTO missed VALUES (?, ?, 1, ?) "
                "ON CONFLICT DO UPDATE SET amount = amount + 1, day = excluded.day",
                (_folded(reply.question), reply.question, today),
            )

    def vote(self, card: str, voter: int | str, *, good: bool, reason: str = "", question: str = "") -> None:
        """One vote a person and card; the last one holds. Of the voter only a salted hash is kept."""
        salt = self._connection.execute("SELECT value FROM secrets WHERE name = 'salt'").fetchone()[0]
        hashed = hashlib.blake2b(str(voter).encode(), key=salt, digest_size=12).hexdigest()
        wording = question if self._keep_wording else ""
        self._connection.execute(
            "REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?)", (card, hashed, good, reason, wording, _today())
        )

    def settle(self, question: str) -> None:
        """Forget that the question found nothing: it has an answer now."""
        self._connection.execute("DELETE FROM missed WHERE question = ?", (_folded(question),))

    def summary(self, *, days: int = 7, limit: int = 10) -> Summary:
        """The last `days` days on which something was asked, the most asked questions that found nothing."""
        rows = self._connection.execute(
            "SELECT day, sum(amount * (name = 'answered')), sum(amount * (name = 'declined')) "
            "FROM counts GROUP BY day ORDER BY day DESC LIMIT ?",
            (days,),
        )
        missed = self._connection.execute(
            "SELECT wording, amount, day FROM missed ORDER BY amount DESC, day DESC LIMIT ?", (limit,)
        )
        good, bad = self._connection.execute("SELECT total(good), total(1 - good) FROM feedback").fetchone()
        complaints = self._connection.execute(
            "SELECT reason, question FROM feedback WHERE good = 0 ORDER BY day DESC, rowid DESC LIMIT ?",
            (limit,),
        )
        return Summary(
            days=tuple(Day(datetime.date.fromisoformat(day), int(yes), int(no)) for day, yes, no in rows),
            missed=tuple(Missed(wording, n, datetime.date.fromisoformat(day)) for wording, n, day in missed),
            good=int(good),
            bad=int(bad),
            complaints=tuple((reason, question) for reason, question in complaints),
        )

    def table(self) -> str:
        """All of it as CSV, for a spreadsheet: what, day, amount, text, reason."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(("what", "day", "amount", "question", "reason"))
        for day, name, amount in self._connection.execute(
            "SELECT day, name, amount FROM counts ORDER BY day, name"
        ):
            writer.writerow((name, day, amount, "", ""))
        for wording, amount, day in self._connection.execute(
            "SELECT wording, amount, day FROM missed ORDER BY amount DESC, day DESC"
        ):
            writer.writerow(("no answer", day, amount, _harmless(wording), ""))
        for good, day, question, reason in self._connection.execute(
            "SELECT good, day, question, reason FROM feedback ORDER BY day"
        ):
            writer.writerow(("good" if good else "bad", day, 1, _harmless(question), reason))
        return out.getvalue()

    def tidy(self) -> None:
        """Keep the most asked of the questions without an answer."""
        self._connection.execute(
            "DELETE FROM missed WHERE question NOT IN "
            "(SELECT question FROM missed ORDER BY amount DESC, day DESC LIMIT ?)",
            (_MISSED_KEPT,),
        )


def _today() -> str:
    return datetime.date.today().isoformat()


def _folded(question: str) -> str:
    """One key for the ways in which the same question is typed."""
    words = unicodedata.normalize("NFC", question).casefold().split()
    return " ".join(words).strip(" ?!.…")


def _harmless(text: str) -> str:
    """A cell that a spreadsheet doesn't take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
