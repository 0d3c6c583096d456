"""How does Zalo reach the bot by webhook? POST on one path, with a secret; answered once the event is on disk."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
from tornado.web import RequestHandler

from bot.channels.health import Listener

HEADER = "X-Bot-Api-Secret-Token"
_MAX_BODY = 1024 * 1024
_REQUEST_SECONDS = 20.0


class Webhook(Listener):
    """`take` is given what was posted; where it raises, Zalo is told to come again."""

    def __init__(self, url: str, *, secret: str, take: Callable[[Any], None]) -> None:
        path = urlsplit(url).path or "/"
        options = {"secret": secret.encode(), "take": take}
        super().__init__(
            [(_exactly(path), _Received, options)],
            setting="zalo.webhook_listen",
            max_body_size=_MAX_BODY,
            body_timeout=_REQUEST_SECONDS,
            idle_connection_timeout=60,
        )


def _exactly(path: str) -> str:
    """A pattern for this path and no other."""
    return "".join(c if c.isalnum() or c in "/-_" else rf"\{c}" for c in path)


class _Received(RequestHandler):
    def initialize(self, secret: bytes, take: Callable[[Any], None]) -> None:
        self._secret = secret
        self._take = take

    def post(self) -> None:
        sent = self.request.headers.get(HEADER, "")
        if not hmac.compare_digest(sent.encode("utf-8", "surrogateescape"), self._secret):
            self.set_status(403)
            self.finish({"ok": False})
            return
        try:
            received = msgspec.json.decode(self.request.body)
        except msgspec.DecodeError:
            self.set_status(400)
            self.finish({"ok": False})
            return
        self._take(received)
        self.finish({"ok": True})
