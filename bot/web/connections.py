"""How many connections may be open, and how long may one stay silent? A limit on each, below HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

_TOLD = b'{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"too many connections are open"}'
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nRetry-After: 1\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(_TOLD), _TOLD)
)


class LimitedConfig(uvicorn.Config):
    """uvicorn's settings, with what one worker lets clients do: worker processes get them as they are."""

    def __init__(self, *args: Any, most: int, seconds: float, **kwargs: Any) -> None:
        """`most`: connections open at a time. `seconds`: for the head of a request to arrive in."""
        super().__init__(*args, **{**kwargs, "http": LimitedProtocol})
        self.most = most
        self.seconds = seconds


class LimitedProtocol(H11Protocol):
    """uvicorn's own, with limits on the connections and on how long a head may take."""

    config: LimitedConfig
    _deadline: asyncio.TimerHandle | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access_log = False  # it would write addresses with the questions in them

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.config.most:
            transport.write(_FULL)
            transport.close()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:  # a head is whole
            self._stop_waiting()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(self.config.seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
