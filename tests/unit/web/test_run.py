"""Do answers leave at once? Small packets that wait for one another cost a reader 40 ms."""

from __future__ import annotations

import asyncio
import socket

from bot.web.run import listen


def test_an_accepted_connection_sends_without_delay() -> None:
    async def accepted() -> int:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            found.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with listen("127.0.0.1", 0) as sock:
            server = await asyncio.start_server(serve, sock=sock)
            async with server:
                _, writer = await asyncio.open_connection(*sock.getsockname())
                delay = await asyncio.wait_for(found, 10)
                writer.close()
        return delay

    assert asyncio.run(accepted())
