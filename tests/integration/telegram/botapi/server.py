"""Is there a Telegram without Telegram? The Bot API on loopback: methods, long polling, webhook, files."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import weakref
from typing import Any
from urllib.parse import unquote

from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from tests.integration.telegram.botapi.faults import Fault, Faults
from tests.integration.telegram.botapi.methods import Methods
from tests.integration.telegram.botapi.refusals import Refusal
from tests.integration.telegram.botapi.world import Json, World

BOT = {
    "id": 4_242_424_242,
    "is_bot": True,
    "first_name": "Hỏi Đáp",
    "username": "hoi_dap_thu_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}
_JSON_FIELDS = (
    "reply_markup", "reply_parameters", "link_preview_options", "commands", "scope", "reaction", "results",
    "button", "allowed_updates",
)  # fmt: skip


class FakeBotApi:
    """Start it, hand its `base_url` and `token` to the bot, and let people in `world` talk.

    `calls`: every call, as (method, parameters, seconds on the monotonic clock).
    """

    def __init__(self, token: str, *, keep_calls: bool = True) -> None:
        self.token = token
        self.world = World(dict(BOT))
        self.faults = Faults()
        self.calls: list[tuple[str, Json, float]] = []
        self.webhook: Json = {"url": ""}
        self.port = 0
        self.poll_limit = 100
        self.revoked = False
        self._keep_calls = keep_calls
        self._methods = Methods(self.world)
        self._server: HTTPServer | None = None
        self._poller: asyncio.Future[None] | None = None
        self._deliveries: asyncio.Task[None] | None = None
        self._streams: weakref.WeakSet[Any] = weakref.WeakSet()
        self._deaf: weakref.WeakSet[Any] = weakref.WeakSet()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    async def start(self) -> None:
        """Listen; on the same port as before when it was stopped."""
        routes = [
            (r"/bot([^/]+)/(\w+)", _Method, {"api": self}),
            (r"/file/bot([^/]+)/documents/(\w+)", _File, {"api": self}),
        ]
        sockets = bind_sockets(self.port, "127.0.0.1")
        self.port = sockets[0].getsockname()[1]
        quiet = Application(routes, log_function=lambda _: None)  # its log would show the token
        self._server = HTTPServer(quiet, max_buffer_size=64_000_000)
        self._server.add_sockets(sockets)

    async def stop(self) -> None:
        """Be gone: no listening, and every connection cut."""
        if self._server is not None:
            self._server.stop()
            for stream in list(self._streams):
                stream.close()
            with contextlib.suppress(Exception):
                await self._server.close_all_connections()
        if self._deliveries is not None:
            self._deliveries.cancel()
            self._deliveries = None
        self._server = None

    def deafen(self) -> None:
        """Let the connections there are hear of no update any more; new ones do."""
        for stream in self._streams:
            self._deaf.add(stream)

    def called(self, method: str) -> list[Json]:
        return [parameters for name, parameters, _ in self.calls if name.lower() == method.lower()]

    async def answer(self, token: str, method: str, parameters: Json, stream: Any = None) -> Json:
        """The result of a call. Raises Refusal."""
        if unquote(token) != self.token or self.revoked:
            raise Refusal(401, "Unauthorized")
        if self._keep_calls:
            self.calls.append((method, parameters, time.monotonic()))
        match method.lower():
            case "getupdates":
                return {"ok": True, "result": await self._get_updates(parameters, stream)}
            case "setwebhook" | "deletewebhook":
                return {"ok": True, "result": self._set_webhook(parameters)}
            case "getwebhookinfo":
                about = {**self.webhook, "has_custom_certificate": False}
                about.pop("secret_token", None)
                return {"ok": True, "result": {**about, "pending_update_count": len(self.world.waiting)}}
            case _:
                return {"ok": True, "result": self._methods.call(method, parameters)}

    async def _get_updates(self, p: Json, stream: Any) -> list[Json]:
        if self.webhook["url"]:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(
                Refusal(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
            )
        me = self._poller = asyncio.get_running_loop().create_future()
        self.world.confirm(int(p.get("offset", 0)))
        ends = time.monotonic() + float(p.get("timeout", 0))
        try:
            while True:
                if stream is not None and stream.closed():
                    return []  # nobody is there to take them
                deaf = stream in self._deaf
                updates = [] if deaf else self.world.hand_out(self.poll_limit, p.get("allowed_updates"))
                left = ends - time.monotonic()
                if updates or left <= 0:
                    return updates
                arrival = asyncio.ensure_future(asyncio.Event().wait() if deaf else self.world.arrived.wait())
                await asyncio.wait((arrival, me), timeout=left, return_when=asyncio.FIRST_COMPLETED)
                arrival.cancel()
                self.world.arrived.clear()
                if me.done():
                    me.result()
        finally:
            if not me.done():
                me.set_result(None)

    def _set_webhook(self, p: Json) -> bool:
        self.webhook = {"url": p.get("url", ""), "secret_token": p.get("secret_token", "")}
        if self._deliveries is not None:
            self._deliveries.cancel()
            self._deliveries = None
        if self.webhook["url"]:
            self._deliveries = asyncio.create_task(self._deliver())
        return True

    async def _deliver(self) -> None:
        """Post updates to the webhook, in order; one that was not taken comes again."""
        client = AsyncHTTPClient()
        headers = {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"],
        }
        while True:
            await self.world.arrived.wait()
            for waiting in list(self.world.waiting):
                reply = await client.fetch(
                    self.webhook["url"],
                    method="POST",
                    headers=headers,
                    body=json.dumps(waiting.update),
                    raise_error=False,
                    validate_cert=False,
                )
                if reply.code != 200:
                    await asyncio.sleep(0.05)
                    break
                self.world.waiting.remove(waiting)
            if not self.world.waiting:
                self.world.arrived.clear()


class _Method(RequestHandler):
    def initialize(self, api: FakeBotApi) -> None:
        self.api = api

    def prepare(self) -> None:
        self.api._streams.add(self._stream())

    def _stream(self) -> Any:
        return self.request.connection.stream  # type: ignore[union-attr, attr-defined]

    async def post(self, token: str, method: str) -> None:
        parameters = self._parameters()
        fault = None if method.lower() == "getwebhookinfo" else self.api.faults.take(method, parameters)
        try:
            if fault is not None and await self._play(fault, token, method, parameters):
                return
            body = await self.api.answer(token, method, parameters, self._stream())
        except Refusal as refusal:
            self.set_status(refusal.code)
            body = refusal.payload()
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(body))

    async def _play(self, fault: Fault, token: str, method: str, parameters: Json) -> bool:
        """Whether nothing more is to be answered. Raises the fault's refusal, if it has one."""
        refusal = fault.refusal()
        if refusal is not None:
            raise refusal
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return False
        if fault.kind == "drop_after":
            await self.api.answer(token, method, parameters)
        self._stream().close()
        return True

    def _parameters(self) -> Json:
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            return dict(json.loads(self.request.body))
        fields: Json = {k: v[-1].decode() for k, v in self.request.body_arguments.items()}
        for name in _JSON_FIELDS:
            if name in fields:
                fields[name] = json.loads(fields[name])
        for name, files in self.request.files.items():
            fields[name] = (files[0]["filename"], files[0]["body"])
        attached = fields.get("document")
        if isinstance(attached, str) and attached.startswith("attach://"):
            fields["document"] = fields[attached.removeprefix("attach://")]
        return fields

    def log_exception(self, *_: Any) -> None:
        """Connections cut on purpose are no news."""


class _File(RequestHandler):
    def initialize(self, api: FakeBotApi) -> None:
        self.api = api

    def get(self, token: str, identifier: str) -> None:
        known = self.api.world.files.get(identifier)
        if unquote(token) != self.api.token or known is None:
            self.set_status(404)
            return
        self.finish(known[1])
