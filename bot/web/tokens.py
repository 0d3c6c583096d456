"""Who is let in? Bearer tokens: made once, shown once, kept as hashes, compared in constant time."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

Scope = Literal["read", "admin"]
"""`read`: ask, search, read documents. `admin`: that, and add and remove documents, and see the report."""
_FORM = re.compile(r"hoidap-([0-9a-f]{8})-([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TokenNote:
    """What is known of a token: everything but itself."""

    id: str
    name: str
    scope: Scope
    day: str


class Tokens:
    """The tokens in the service's database. What one process makes or revokes, the others see at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def new(self, name: str, scope: Scope) -> str:
        """A new token. It is not kept, only its hash: who loses it makes another."""
        identity, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        self._connection.execute(
            "INSERT INTO tokens VALUES (?, ?, ?, ?, ?)",
            (identity, name, scope, _hash(secret), datetime.date.today().isoformat()),
        )
        return f"hoidap-{identity}-{secret}"

    def notes(self) -> list[TokenNote]:
        """What is known of each token, the oldest first."""
        rows = self._connection.execute("SELECT id, name, scope, day FROM tokens ORDER BY day, rowid")
        return [TokenNote(*row) for row in rows]

    def revoke(self, identity: str) -> bool:
        """Whether there was such a token."""
        return self._connection.execute("DELETE FROM tokens WHERE id = ?", (identity,)).rowcount == 1

    def scope_of(self, token: str) -> tuple[str, Scope] | None:
        """The id and scope of a token; None where it is wrong or revoked."""
        form = _FORM.fullmatch(token)
        if form is None:
            return None
        identity, secret = form.groups()
        row = self._connection.execute("SELECT hash, scope FROM tokens WHERE id = ?", (identity,)).fetchone()
        # An unknown id takes as long as a wrong secret.
        same = hmac.compare_digest(_hash(secret), bytes(row[0]) if row else bytes(32))
        return (identity, row[1]) if row and same else None

    def __bool__(self) -> bool:
        return self._connection.execute("SELECT 1 FROM tokens LIMIT 1").fetchone() is not None


def _hash(secret: str) -> bytes:
    """A plain hash is enough: nobody guesses 256 random bits, however fast the hash."""
    return hashlib.sha256(secret.encode()).digest()
