"""A Zalo of the tests' own: hands out one update at a time, posts to webhooks, and goes wrong as a script wants it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any, Literal

import httpx
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

Json = dict[str, Any]
Fault = Literal["false", "429", "502", "drop", "hang", "page", "blocked"]
"""`false`: status 200, ok false; `drop`: the connection ends before the call counts; `hang`: so late that the caller
gave up, and nothing was done; `page`: status 200 with a page instead of JSON; `blocked`: refused for good.
"""
Plan = Callable[[str], Fault | None]


def made_up_token() -> str:
    """Of the shape that real ones have; put together here, so that no file holds one."""
    return ":".join((str(9_876_543_210), "zB" + "pT7_w-2Ld" * 3 + "cV8xQ1"))


class FakeZalo:
    """Start it, hand its `base_url` and `token` to the bot, and let people write.

    `sent`: the texts that arrived, by chat. `calls`: how often each method was called.
    """

    def __init__(self, *, hang_seconds: float = 3.0) -> None:
        self.token = made_up_token()
        self.port = 0
        self.sent: dict[str, list[str]] = defaultdict(list)
        self.typing: dict[str, int] = defaultdict(int)
        self.calls: dict[str, int] = defaultdict(int)
        self.played: dict[str, int] = defaultdict(int)
        self.plan: Plan | None = None
        self.queued: dict[str, deque[Fault]] = defaultdict(deque)
        self.webhook: Json = {}
        self.revoked = False
        self.hang_seconds = hang_seconds
        self.waiting: deque[Json] = deque()
        self._posting = httpx.AsyncClient(verify=False, limits=httpx.Limits(max_keepalive_connections=0))
        self._came = asyncio.Event()
        self._numbers = itertools.count(1)
        self._server: HTTPServer | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen; on the same port as before when it was stopped."""
        sockets = bind_sockets(self.port, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        routes = [(r"/bot([^/]+)/(\w+)", _Method, {"zalo": self})]
        self._server = HTTPServer(
            Application(routes, log_function=lambda _: None)
        )  # its log would show the token
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            with contextlib.suppress(Exception):
                await self._server.close_all_connections()
        self._server = None

    def event(
        self,
        chat: str,
        text: str,
        *,
        user: str = "",
        name: str = "message.text.received",
        group: bool = False,
    ) -> Json:
        """What Zalo tells of a message."""
        message: Json = {
            "from": {"id": user or chat, "display_name": "Người hỏi", "is_bot": False},
            "chat": {"id": chat, "chat_type": "GROUP" if group else "PRIVATE"},
            "message_id": f"m{next(self._numbers)}",
            "date": 1_780_000_000_000,
        }
        if text:
            message["text"] = text
        return {"event_name": name, "message": message}

    def push(self, event: Json) -> None:
        """Let the event wait for the next poll."""
        self.waiting.append(event)
        self._came.set()

    async def post(self, body: Any, *, port: int, secret: str | None = None, path: str = "/zalo") -> int:
        """Deliver by webhook; gives the status."""
        headers = {"Content-Type": "application/json"}
        wanted = self.webhook.get("secret_token", "") if secret is None else secret
        if wanted:
            headers["X-Bot-Api-Secret-Token"] = wanted
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        where = f"http://127.0.0.1:{port}{path}"
        return (await self._posting.post(where, content=content, headers=headers)).status_code

    def fault(self, method: str) -> Fault | None:
        queued = self.queued[method]
        found = queued.popleft() if queued else (self.plan(method) if self.plan else None)
        if found:
            self.played[found] += 1
        return found

    async def update(self, seconds: float) -> Json | None:
        """The next update, which is gone with that; None where none comes in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.waiting:
                    self._came.clear()
                    await self._came.wait()
        return self.waiting.popleft() if self.waiting else None


class _Method(RequestHandler):
    def initialize(self, zalo: FakeZalo) -> None:
        self._zalo = zalo
        self._gone = asyncio.Event()

    def on_connection_close(self) -> None:
        self._gone.set()

    def _say(self, status: int, body: Json) -> None:
        self.set_status(status)
        self.finish(body)

    def _wrong(self, code: int, description: str, *, status: int = 200) -> None:
        self._say(status, {"ok": False, "error_code": code, "description": description})

    async def post(self, token: str, method: str) -> None:
        zalo = self._zalo
        zalo.calls[method] += 1
        if token != zalo.token or zalo.revoked:
            self._wrong(401, "Unauthorized", status=401)
            return
        fault = zalo.fault(method)
        if fault is not None:
            await self._go_wrong(fault)
            return
        await self._answer(method, json.loads(self.request.body or b"{}"))

    async def _go_wrong(self, fault: Fault) -> None:
        match fault:
            case "false":
                self._wrong(500, "Internal error")
            case "429":
                self._wrong(429, "Too many requests")
            case "blocked":
                self._wrong(403, "The user has blocked the bot")
            case "502":
                self._say(502, {})
            case "page":
                self.set_header("Content-Type", "text/html")
                self.finish("<html>down for maintenance</html>")
            case "drop":
                self.request.connection.stream.close()  # type: ignore[union-attr]
            case "hang":
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._gone.wait(), self._zalo.hang_seconds)

    async def _answer(self, method: str, told: Json) -> None:
        zalo = self._zalo
        match method:
            case "getMe":
                self._ok({"id": "b1", "account_name": "bot.hoidap", "account_type": "BASIC"})
            case "getUpdates":
                await self._updates(told)
            case "setWebhook":
                secret = told.get("secret_token", "")
                if not (8 <= len(secret) <= 256 and told.get("url", "").startswith("https://")):
                    self._wrong(400, "Bad Request: url or secret_token")
                    return
                zalo.webhook = told
                self._ok({"url": told["url"]})
            case "deleteWebhook":
                if not zalo.webhook:
                    self._wrong(404, "No webhook is set")
                    return
                zalo.webhook = {}
                self._ok(True)
            case "sendMessage":
                text = told.get("text", "")
                if not 1 <= len(text.encode("utf-16-le")) // 2 <= 2000:
                    self._wrong(400, "Bad Request: text must be 1 to 2000 characters")
                    return
                zalo.sent[told["chat_id"]].append(text)
                self._ok({"message_id": f"b{sum(map(len, zalo.sent.values()))}", "date": 1_780_000_000_001})
            case "sendChatAction":
                zalo.typing[told["chat_id"]] += 1
                self._ok(True)
            case _:
                self._wrong(404, "Not Found", status=404)

    async def _updates(self, told: Json) -> None:
        if self._zalo.webhook:
            self._wrong(400, "A webhook is set")
            return
        getting = asyncio.ensure_future(self._zalo.update(float(told.get("timeout", 30))))
        leaving = asyncio.ensure_future(self._gone.wait())
        await asyncio.wait((getting, leaving), return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        if not getting.done():
            getting.cancel()
            return
        update = getting.result()
        if update is None:
            self._wrong(408, "Request timeout")
        else:
            self._ok(update)

    def _ok(self, result: Any) -> None:
        self._say(200, {"ok": True, "result": result})
