"""The Zalo bot, on the corpus or index named: serve, or try everything once."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import open_retriever
from bot.commands.options import Config, Corpus, Index
from bot.settings import load_settings

_WHY = {
    "TOKEN_REFUSED": "mã bot bị Zalo từ chối, sai hoặc đã thu hồi; đặt HOIDAP_ZALO_TOKEN bằng mã từ Zalo Bot Manager",
    "SECOND_COPY": "một bản khác của bot này đang chạy; hãy dừng nó, hoặc nêu thư mục khác ở zalo.state",
    "OUT_OF_REACH": "không kết nối được Zalo; hãy kiểm tra mạng, HOIDAP_ZALO_PROXY, HOIDAP_ZALO_BASE_URL",
}


def zalo(
    *,
    corpus: Corpus = None,
    index: Index = None,
    config: Config = None,
    check: Annotated[bool, typer.Option("--check", help="Try everything once, without serving.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log everything, secrets left out.")] = False,
) -> int:
    """Serve on Zalo. The token is in HOIDAP_ZALO_TOKEN, or in the file HOIDAP_ZALO_TOKEN_FILE."""
    from bot.channels.processes import shared_responder
    from bot.channels.redaction import secrets_hidden
    from bot.channels.running import Exit, until_signal
    from bot.channels.zalo.check import check as try_once
    from bot.channels.zalo.credentials import read_credentials
    from bot.channels.zalo.service import Service

    settings = load_settings(config)
    credentials = read_credentials(os.environ)
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
        force=True,
    )
    own = settings.zalo
    with (
        secrets_hidden(credentials.secrets()) as cut,
        tempfile.TemporaryDirectory(prefix="hoidap-") as folder,
    ):
        shared = Path(folder) / "index" if own.workers > 1 and not check else None
        opened = open_retriever(corpus, index, settings, build_at=shared)
        if check:
            return asyncio.run(
                try_once(settings, credentials, opened.retriever, say=lambda line: print(cut(line)))
            )
        with shared_responder(
            opened.retriever,
            settings=settings,
            sample=opened.sample,
            path=opened.path,
            processes=own.workers,
        ) as responder:
            ended = asyncio.run(
                until_signal(
                    lambda stop: Service(settings, credentials, opened.retriever, responder).run(stop)
                )
            )
        opened.retriever.close()
    if ended is not Exit.STOPPED:
        print(f"hoidap: {_WHY[ended.name]}", file=sys.stderr)
    return int(ended)
