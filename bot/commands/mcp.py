"""The Model Context Protocol on standard input and output, on the corpus or index named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import TypeVar

from bot.commands.opening import open_retriever
from bot.commands.options import Config, Corpus, Index
from bot.settings import load_settings
from retrieval import SettingsError

T = TypeVar("T")


def mcp(*, corpus: Corpus = None, index: Index = None, config: Config = None) -> None:
    """Serve MCP on standard input and output: search, fetch, ask. Citations begin with server.public_url."""
    try:
        from anyio.to_thread import run_sync

        from bot.web.addresses import page_path
        from bot.web.mcp_server import build_mcp
    except ModuleNotFoundError as error:
        raise SettingsError(f"thiếu thư viện {error.name}; hãy chạy pip install 'hoidap[server]'") from error
    settings = load_settings(config)
    base = (settings.server.public_url or "http://127.0.0.1:8000").rstrip("/")
    with redirect_stdout(sys.stderr):  # only the protocol may go to standard output
        opened = open_retriever(corpus, index, settings)

    async def run(find: Callable[[], T], /) -> T:
        return await run_sync(find)

    build_mcp(opened.retriever, cite=lambda document, span: base + page_path(document, span), run=run).run(
        "stdio"
    )
