"""Calls go straight where no proxy is set, say what went wrong, and never show the token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest, RequestData

from bot.channels.telegram.connections import StraightRequest, connections
from bot.channels.telegram.credentials import Credentials

pytestmark = pytest.mark.anyio
TOKEN = "12345:not-a-real-one"
PROXIES = [name for kind in ("http", "https", "all") for name in (f"{kind}_proxy", f"{kind.upper()}_PROXY")]


@pytest.fixture(autouse=True)
def no_proxy_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)


@asynccontextmanager
async def server(answer: bytes | None) -> AsyncIterator[str]:
    """Answers every connection with these bytes; None: with nothing, however long one waits."""

    over = asyncio.Event()
    served: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        served.append(task)
        await reader.readuntil(b"\r\n\r\n")
        if answer is None:
            await over.wait()
        else:
            writer.write(answer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot{TOKEN}/sendMessage"
    over.set()
    listening.close()
    await asyncio.gather(*served)


async def called(url: str, *, seconds: float = 5.0) -> object:
    async with connections(Credentials(TOKEN), seconds=seconds, most=2) as request:
        assert isinstance(request, StraightRequest)
        return await request.post(url, RequestData())


async def test_the_result_is_what_telegram_says() -> None:
    body = b'{"ok": true, "result": {"message_id": 7}}'
    async with server(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)) as url:
        assert await called(url) == {"message_id": 7}


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", b"no HTTP at all\r\n\r\n"]
)
async def test_a_broken_answer_is_the_networks_fault(answer: bytes) -> None:
    async with server(answer) as url:
        with pytest.raises(NetworkError) as error:
            await called(url)
    assert TOKEN not in str(error.value)


async def test_an_answer_that_does_not_come_is_waited_for_only_so_long() -> None:
    async with server(None) as url:
        with pytest.raises(TimedOut):
            await called(url, seconds=0.2)


async def test_nobody_there() -> None:
    with pytest.raises(NetworkError, match="ClientConnectorError") as error:
        await called(f"http://127.0.0.1:9/bot{TOKEN}/getMe")
    assert TOKEN not in str(error.value)


@pytest.mark.parametrize("name", PROXIES)
def test_a_proxy_around_the_bot_is_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:3128")
    assert isinstance(connections(Credentials(TOKEN), seconds=5, most=2), HTTPXRequest)


def test_a_proxy_of_the_bots_own_is_used() -> None:
    through = Credentials(TOKEN, proxy="socks5://127.0.0.1:1080")
    assert isinstance(connections(through, seconds=5, most=2), HTTPXRequest)
