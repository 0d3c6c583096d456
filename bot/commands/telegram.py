"""The Telegram bot, on the corpus or index named: serve, or try everything once."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Config, Corpus, Index
from bot.settings import BotSettings, load_settings

if TYPE_CHECKING:
    from bot.commands.opening import Opened

_ADDED = "added"
"""Folder in the bot's state that keeps what admins added to a corpus read into memory."""


def telegram(
    *,
    corpus: Corpus = None,
    index: Index = None,
    config: Config = None,
    check: Annotated[bool, typer.Option("--check", help="Try everything once, without serving.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log everything, secrets left out.")] = False,
) -> int:
    """Serve on Telegram. The token is in HOIDAP_TELEGRAM_TOKEN, or in the file HOIDAP_TELEGRAM_TOKEN_FILE."""
    from bot.channels.redaction import secrets_hidden
    from bot.channels.running import Exit, until_signal
    from bot.channels.telegram.credentials import read_credentials

    settings = load_settings(config)
    credentials = read_credentials(os.environ)
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
        force=True,
    )
    if not verbose:  # what polling meets, our own request says in one line
        logging.getLogger("telegram.ext.Updater").setLevel(logging.CRITICAL)
    own = settings.telegram
    with (
        secrets_hidden(credentials.secrets()) as cut,
        tempfile.TemporaryDirectory(prefix="hoidap-") as folder,
    ):
        shared = Path(folder) / "index" if own.workers > 1 and not check else None
        opened, added = _open(corpus, index, settings, build_at=shared)
        if check:
            from bot.channels.telegram.check import check as try_once

            return asyncio.run(
                try_once(settings, credentials, opened.retriever, say=lambda line: print(cut(line)))
            )
        from bot.channels.processes import shared_responder
        from bot.channels.telegram.service import Service, Serving

        with shared_responder(
            opened.retriever,
            settings=settings,
            sample=opened.sample,
            path=opened.path,
            processes=own.workers,
        ) as responder:
            serving = Serving(opened.retriever, responder, added)
            ended = asyncio.run(until_signal(lambda stop: Service(settings, credentials, serving).run(stop)))
        opened.retriever.close()
    if ended is not Exit.STOPPED:
        print(f"hoidap: {_WHY[ended.name]}", file=sys.stderr)
    return int(ended)


_WHY = {
    "TOKEN_REFUSED": "mã bot bị Telegram từ chối, sai hoặc đã thu hồi; đặt HOIDAP_TELEGRAM_TOKEN bằng mã từ @BotFather",
    "SECOND_COPY": "một bản khác của bot này đang chạy; hãy dừng nó, hoặc dùng mã bot riêng",
    "OUT_OF_REACH": "không kết nối được Telegram; hãy kiểm tra mạng, HOIDAP_TELEGRAM_PROXY, HOIDAP_TELEGRAM_BASE_URL",
}


def _open(
    corpus: list[Path] | None, index: str | None, settings: BotSettings, *, build_at: Path | None
) -> tuple[Opened, Path | None]:
    """The corpus, with what admins have added to it, and the folder for that; an index keeps it itself."""
    from bot.commands.opening import open_retriever
    from retrieval import shipped

    if index:
        return open_retriever(corpus, index, settings), None
    added = Path(settings.telegram.state).expanduser() / _ADDED
    if any(added.glob("*.jsonl")):
        return open_retriever(
            [*(corpus or [shipped("seeds")]), added], None, settings, build_at=build_at
        ), added
    return open_retriever(corpus, None, settings, build_at=build_at), added
