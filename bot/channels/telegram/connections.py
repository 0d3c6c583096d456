"""Over which connections do Bot API calls go? aiohttp's, straight; where there is a proxy, httpx's, which knows SOCKS.

A call costs httpx 2.5 to 3 ms of the processor, aiohttp 0.3, timed by hand: with 200 chats the former took a good part
of what `python -m benchmarks.telegram_load` tells of the bot's own process.
"""

from __future__ import annotations

from typing import Any
from urllib.request import getproxies

import aiohttp
import httpx
import msgspec
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.channels.telegram.credentials import Credentials

_CONNECT_SECONDS = 10.0
_KEPT = 8
"""Idle connections that httpx keeps for the next calls: it compares all of them with each other at every call."""


def connections(credentials: Credentials, *, seconds: float, most: int) -> BaseRequest:
    """`most` calls at a time; more wait for a free connection. `seconds`: for connecting, writing, and each answer."""
    options: dict[str, Any] = {
        "connect_timeout": min(_CONNECT_SECONDS, seconds),
        "read_timeout": seconds,
        "write_timeout": seconds,
        "pool_timeout": seconds,
    }
    if credentials.proxy is None and not getproxies().keys() & {"http", "https", "all"}:
        return StraightRequest(most, **options)
    limits = httpx.Limits(max_connections=most, max_keepalive_connections=min(_KEPT, most))
    # A proxy that is set for one kind of call only would leave the other going direct: both are made here.
    return HTTPXRequest(httpx_kwargs={"limits": limits}, proxy=credentials.proxy, **options)


class StraightRequest(BaseRequest):
    """Calls without a proxy. The timeouts are those that a call doesn't bring itself, in seconds."""

    def __init__(
        self,
        connection_pool_size: int,
        *,
        connect_timeout: float,
        read_timeout: float,
        write_timeout: float,
        pool_timeout: float,
    ) -> None:
        self._size = connection_pool_size
        self._seconds = {
            "connect": connect_timeout, "read": read_timeout, "write": write_timeout, "pool": pool_timeout
        }  # fmt: skip
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._seconds["read"]

    async def initialize(self) -> None:
        if self._session is None:
            # Certificates as httpx takes them: those of certifi, which every system has.
            connector = aiohttp.TCPConnector(limit=self._size, ssl=httpx.create_ssl_context())
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *given: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("this request is not initialized")
        body, headers = _body(request_data) if request_data is not None else (None, {})
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=self._timeout(method, *given, **timeouts),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            # Without the error's own words: they may hold the address, and that the token. `secrets_hidden` cuts it out
            # of what the log prints of the cause.
            raise NetworkError(f"{type(error).__module__}.{type(error).__name__}") from error

    def _timeout(
        self,
        method: str,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> aiohttp.ClientTimeout:
        asked = {
            "read": read_timeout,
            "write": write_timeout,
            "connect": connect_timeout,
            "pool": pool_timeout,
        }
        seconds = {
            name: self._seconds[name] if value is BaseRequest.DEFAULT_NONE else value
            for name, value in asked.items()
        }
        # aiohttp has no timeout for writing: a call that sends is bounded as a whole. A file that is fetched may take
        # as long as it keeps coming, once a connection is free.
        bounds = list(seconds.values())
        opening = (seconds["pool"], seconds["connect"])
        return aiohttp.ClientTimeout(
            total=None if method == "GET" or None in bounds else sum(bounds),
            connect=None if None in opening else sum(opening),
            sock_connect=seconds["connect"],
            sock_read=seconds["read"],
        )

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        try:
            return msgspec.json.decode(payload)
        except ValueError:
            return BaseRequest.parse_json_payload(payload)


def _body(data: RequestData) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """What is sent, and the headers that say what it is: JSON, or a form where files are sent along."""
    if not data.contains_files:
        return msgspec.json.encode(data.parameters), {"Content-Type": "application/json"}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}
