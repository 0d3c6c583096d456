"""How much may a client send, and how long may it take? The whole body is read before anything looks at it."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import Message, Receive

from bot.web.problems import Problem


class ClientLeft(Exception):
    """The client hung up before it had sent all."""


async def read_body(receive: Receive, *, length: str | None, most: int, seconds: float) -> Receive:
    """A `receive` that gives the body in one piece. `length`: what the client announced. Raises Problem, ClientLeft."""
    if length is not None and length.isdecimal() and int(length) > most:
        raise _too_large(most)
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientLeft
                pieces.append(message.get("body", b""))
                size += len(pieces[-1])
                if size > most:
                    raise _too_large(most)
                if not message.get("more_body"):
                    break
    except TimeoutError as error:
        raise Problem(
            408, f"yêu cầu không gửi đến xong trong {seconds:g} giây", headers={"Connection": "close"}
        ) from error
    return _Whole(b"".join(pieces), receive)


class _Whole:
    """Gives the body once, then what the server says further: that the client left."""

    def __init__(self, body: bytes, further: Receive) -> None:
        self._body: bytes | None = body
        self._further = further

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._further()
        message: dict[str, Any] = {"type": "http.request", "body": self._body, "more_body": False}
        self._body = None
        return message


def _too_large(most: int) -> Problem:
    return Problem(
        413,
        f"yêu cầu lớn hơn {most:,} byte; hãy gửi ít hơn mỗi lần",
        headers={"Connection": "close"},
    )
