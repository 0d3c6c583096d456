"""How does the command of a chat channel run? Its log, its corpus, the processes that answer, and why it ended."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.channels.running import Exit
    from bot.commands.opening import Opened
    from bot.conversation import Responder
    from bot.settings import BotSettings

Check = Annotated[bool, typer.Option("--check", help="Thử mỗi thứ một lần rồi dừng.")]
Verbose = Annotated[bool, typer.Option("--verbose", help="Ghi nhật ký đầy đủ, trừ bí mật.")]


@dataclass(frozen=True, slots=True)
class Channel:
    """What is the channel's own. `secrets`: kept out of every line; `why`: by name of `Exit`, why it stopped.

    `open_at`: opens the corpus, where it must be an index that other processes can open too at this path.
    """

    secrets: Collection[str]
    workers: int
    open_at: Callable[[Path | None], Opened]
    check: Callable[[Opened, Callable[[str], None]], Awaitable[Exit]]
    serve: Callable[[Opened, Responder, asyncio.Event], Awaitable[Exit]]
    why: Mapping[str, str]


def run(channel: Channel, settings: BotSettings, *, check: bool, verbose: bool) -> int:
    """Serves, or tries everything once; the command's exit code. Raises HoidapError."""
    from bot.channels.processes import shared_responder
    from bot.channels.redaction import secrets_hidden
    from bot.channels.running import Exit, until_signal

    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
        force=True,
    )
    with (
        secrets_hidden(channel.secrets) as cut,
        tempfile.TemporaryDirectory(prefix="hoidap-") as folder,
    ):
        opened = channel.open_at(Path(folder) / "index" if channel.workers > 1 and not check else None)
        if check:

            async def tried() -> Exit:
                return await channel.check(opened, lambda line: print(cut(line)))

            return asyncio.run(tried())
        with shared_responder(
            opened.retriever,
            settings=settings,
            sample=opened.sample,
            path=opened.path,
            processes=channel.workers,
        ) as responder:
            ended = asyncio.run(until_signal(lambda stop: channel.serve(opened, responder, stop)))
        opened.retriever.close()
    if ended is not Exit.STOPPED:
        print(f"hoidap: {channel.why[ended.name]}", file=sys.stderr)
    return int(ended)
