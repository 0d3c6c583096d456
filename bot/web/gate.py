"""What must every request pass? Host, origin, size and pace of arrival; and what every response says."""

from __future__ import annotations

import logging
import time
import traceback
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.plain import one_line
from bot.web.access import Door
from bot.web.body import ClientLeft, read_body
from bot.web.metrics import Metrics
from bot.web.origins import Origins
from bot.web.problems import Problem

_LOG = logging.getLogger("hoidap.web")
_PROBES = ("/healthz", "/readyz")
"""Asked by machines that know the service by its address only; they say nothing of the corpus."""
SHARED = ("/widget.js", "/static/")
"""What the widget loads into pages of other sites."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_METHODS = "GET, POST"


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one request: bytes, bytes of one in which an admin adds documents, seconds to arrive."""

    body: int
    documents: int
    seconds: float


class Gate:
    """Stands before the application. A request that doesn't pass gets a problem and reaches nothing."""

    def __init__(
        self, app: ASGIApp, *, door: Door, origins: Origins, limits: Limits, metrics: Metrics
    ) -> None:
        self._app = app
        self._door = door
        self._origins = origins
        self._limits = limits
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        passage = _Passage(scope, Headers(scope=scope), send, time.perf_counter())
        try:
            await self._pass(passage, receive)
        except Problem as problem:
            await passage.answer(problem.response(scope["path"]), receive)
        except ClientLeft:
            passage.status = 499  # what proxies call it
        except Exception as error:
            # The message may hold what was asked; the places in the code never do.
            _LOG.error(
                "%s at %s\n%s",
                type(error).__name__,
                one_line(scope["path"]),
                "".join(traceback.format_tb(error.__traceback__)),
            )
            if passage.status:
                raise
            unexpected = Problem(500, "có lỗi ngoài dự tính; nhật ký của dịch vụ ghi rõ ở đâu")
            await passage.answer(unexpected.response(scope["path"]), receive)
        finally:
            took = time.perf_counter() - passage.began
            self._metrics.request(scope, passage.status, took)
            _LOG.info(
                "%s %s %d %.1f ms", scope["method"], one_line(scope["path"]), passage.status, 1000 * took
            )

    async def _pass(self, passage: _Passage, receive: Receive) -> None:
        scope, headers = passage.scope, passage.headers
        path = scope["path"]
        if path not in _PROBES and not self._origins.knows_host(headers.get("host", "")):
            raise Problem(
                421,
                "Host không phải tên của dịch vụ này; hãy đặt server.public_url hoặc server.allowed_hosts",
            )
        if self._is_preflight(passage):
            await passage.answer(self._preflight(headers), receive)
            return
        self._check_origin(passage)
        access = self._door.access(headers, scope["client"][0] if scope.get("client") else "")
        scope.setdefault("state", {})["access"] = access
        large = path.startswith("/v1/documents") and access.scope == "admin"
        receive = await read_body(
            receive,
            length=headers.get("content-length"),
            most=self._limits.documents if large else self._limits.body,
            seconds=self._limits.seconds,
        )
        await self._app(scope, receive, passage.send)

    def _is_preflight(self, passage: _Passage) -> bool:
        headers = passage.headers
        return passage.scope["method"] == "OPTIONS" and "access-control-request-method" in headers

    def _preflight(self, headers: Headers) -> Response:
        if not self._origins.allows(headers.get("origin", "")):
            raise _not_allowed()
        return Response(
            status_code=204,
            headers={
                "Access-Control-Allow-Origin": headers["origin"],
                "Access-Control-Allow-Methods": _METHODS,
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Access-Control-Max-Age": "600",
                "Vary": "Origin",
            },
        )

    def _check_origin(self, passage: _Passage) -> None:
        """Browsers say whose page asks; another site's may not, unless the operator allows it."""
        origin = passage.headers.get("origin")
        if origin is None or self._origins.own(origin, passage.headers.get("host", "")):
            return
        if self._origins.allows(origin):
            passage.site = origin
            return
        raise _not_allowed()


def _not_allowed() -> Problem:
    return Problem(403, "trang ở địa chỉ này không được hỏi ở đây; hãy thêm vào server.allowed_origins")


class _Passage:
    """One request on its way; adds to its response what every response says."""

    def __init__(self, scope: Scope, headers: Headers, send: Send, began: float) -> None:
        self.scope = scope
        self.headers = headers
        self.began = began
        self.status = 0
        self.site: str | None = None
        """The allowed site whose page asks."""
        self._send = send

    async def answer(self, response: Response, receive: Receive) -> None:
        await response(self.scope, receive, self.send)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
            headers.setdefault("Cache-Control", "no-store")
            shared = self.scope["path"].startswith(SHARED)
            headers["Cross-Origin-Resource-Policy"] = "cross-origin" if shared else "same-origin"
            if self.site:
                headers["Access-Control-Allow-Origin"] = self.site
                headers["Vary"] = "Origin"
        await self._send(message)
