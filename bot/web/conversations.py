"""How does a conversation go on over HTTP? In a signed token that the client sends along; nothing is kept here.

The token holds the turns, compressed, with the time they were signed at and a keyed hash over both. Every worker
reads what another signed; nobody can make one up, change one, or use one after its time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
import zlib
from collections.abc import Callable

import msgspec

from bot.conversation import Turns
from bot.web.problems import Problem

LONGEST = 16_384
"""Characters of a token, at most; older turns are left out rather than make it longer."""
_SIGNATURE, _STAMP = 16, 8


class Conversations:
    """Writes and reads conversation tokens with one secret."""

    def __init__(self, secret: bytes, *, hours: float, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._seconds = hours * 3600
        self._clock = clock

    def token(self, turns: Turns) -> str:
        """What the client sends along with its next question."""
        while True:
            stamp = int(self._clock()).to_bytes(_STAMP, "big")
            body = stamp + zlib.compress(msgspec.json.encode(turns), 6)
            token = base64.urlsafe_b64encode(self._sign(body) + body).decode().rstrip("=")
            if len(token) <= LONGEST or not turns:
                return token
            turns = turns[1:]

    def read(self, token: str | None) -> Turns:
        """The turns in a token; none without one. Raises Problem for one forged, cut or past its time."""
        if not token:
            return ()
        try:
            signed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            signed = b""
        signature, body = signed[:_SIGNATURE], signed[_SIGNATURE:]
        if not hmac.compare_digest(signature, self._sign(body)):
            raise Problem(409, "conversation: không do dịch vụ này đưa ra; bỏ đi để bắt đầu lại")
        if self._clock() - int.from_bytes(body[:_STAMP], "big") > self._seconds:
            raise Problem(409, "conversation: đã quá cũ; bỏ đi để bắt đầu lại")
        try:
            return msgspec.json.decode(zlib.decompress(body[_STAMP:]), type=Turns)
        except msgspec.DecodeError:
            return ()  # signed by a version that remembered other things

    def _sign(self, body: bytes) -> bytes:
        return hmac.new(self._secret, body, hashlib.sha256).digest()[:_SIGNATURE]
