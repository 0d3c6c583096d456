"""How is MCP served over HTTP? Streamable, without sessions, so that any worker may take any request."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.access import reader
from bot.web.mcp_server import build_mcp
from bot.web.problems import Problem
from bot.web.service import Service

T = TypeVar("T")


def mcp_endpoint(service: Service) -> tuple[ASGIApp, Callable[[], AbstractAsyncContextManager[None]]]:
    """The endpoint, and what must be open while it serves."""

    async def run(find: Callable[[], T], /) -> T:
        try:
            return await service.search(find)
        except Problem as problem:
            raise ToolError(problem.detail) from problem

    server = build_mcp(service.retriever, cite=service.address, run=run)
    server.streamable_http_app(
        json_response=True,
        stateless_http=True,
        max_request_body_size=1024 * service.settings.server.max_body_kilobytes,
        # The gate has looked at host and origin already.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    manager = server.session_manager
    return _Guarded(StreamableHTTPASGIApp(manager), service), manager.run


class _Guarded:
    """Lets readers in, each at its pace."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._service.take_turn(await reader(Request(scope)))
        except Problem as problem:
            await problem.response(scope["path"])(scope, receive, send)
            return
        await self._app(scope, receive, send)
