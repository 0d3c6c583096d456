"""Is the bot well? `GET /healthz` and `GET /metrics`, on an address of the machine's own."""

from __future__ import annotations

from collections.abc import Callable
from socket import socket
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from retrieval import SettingsError, os_reason


def address(text: str, *, setting: str) -> tuple[str, int]:
    """Host and port of "127.0.0.1:8088". Raises SettingsError, which names the setting."""
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isdecimal() and int(port) < 65536):
        raise SettingsError(f"{setting}: {text!r} không phải địa chỉ; hãy viết như 127.0.0.1:8088")
    return host.strip("[]"), int(port)


def bound(text: str, *, setting: str) -> list[socket]:
    """Sockets that listen on "127.0.0.1:8088". Raises SettingsError, which names the setting."""
    host, port = address(text, setting=setting)
    try:
        return bind_sockets(port, host)
    except OSError as error:
        raise SettingsError(
            f"{setting}: không dùng được {host}:{port} ({os_reason(error)}); hãy chọn cổng khác"
        ) from error


class Listener:
    """Answers over HTTP at one address. `setting`: what names the address; `limits`: what HTTPServer takes."""

    def __init__(self, handlers: list[Any], *, setting: str, **limits: float) -> None:
        self._setting, self._limits = setting, limits
        self._application = Application(handlers, log_function=lambda _: None)
        self._server: HTTPServer | None = None
        self.port = 0

    def start(self, listen: str) -> None:
        """Raises SettingsError where the address can't be listened on."""
        sockets = bound(listen, setting=self._setting)
        self.port = sockets[0].getsockname()[1]
        self._server = HTTPServer(self._application, **self._limits)
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()
            self._server = None


class HealthPage(Listener):
    """`state`: whether all is well, and what to tell; `page`: the metrics."""

    def __init__(
        self, *, state: Callable[[], tuple[bool, dict[str, Any]]], page: Callable[[], str], setting: str
    ) -> None:
        handlers = [("/healthz", _Health, {"state": state}), ("/metrics", _Metrics, {"page": page})]
        super().__init__(handlers, setting=setting)


class _Health(RequestHandler):
    def initialize(self, state: Callable[[], tuple[bool, dict[str, Any]]]) -> None:
        self._state = state

    def get(self) -> None:
        well, told = self._state()
        self.set_status(200 if well else 503)
        self.finish({"status": "ok" if well else "failing", **told})


class _Metrics(RequestHandler):
    def initialize(self, page: Callable[[], str]) -> None:
        self._page = page

    def get(self) -> None:
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.finish(self._page())
