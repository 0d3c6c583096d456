"""The service over HTTP, on the corpus or index named: page, widget, interface, MCP, Dify's and OpenAI's shapes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import SAMPLE_NOTICE, open_retriever
from bot.commands.options import Config, Corpus, Index
from bot.settings import BotSettings, load_settings
from retrieval import SettingsError


def serve(
    *,
    corpus: Corpus = None,
    index: Index = None,
    host: Annotated[
        str, typer.Option("--host", help="Địa chỉ lắng nghe; ngoài máy này thì cần mã truy cập.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: cổng nào đang trống.")] = 8000,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Số tiến trình dùng chung một chỉ mục.")
    ] = 1,
    config: Config = None,
) -> None:
    """Serve over HTTP: the chat at /, documents at /d/…, the interface at /v1, MCP at /mcp."""
    try:
        from bot.web import run
        from bot.web.app import Serving, base_address
    except ModuleNotFoundError as error:
        raise SettingsError(f"thiếu thư viện {error.name}; hãy chạy pip install 'hoidap[server]'") from error
    settings = load_settings(config)
    _refuse_without_token(settings, host)
    run.log()
    with run.listen(host, port) as sock, tempfile.TemporaryDirectory(prefix="hoidap-") as folder:
        where = base_address(host, sock.getsockname()[1])
        print(f"Hỏi Đáp: {settings.server.public_url or where}", flush=True)
        if not corpus and not index:
            print(SAMPLE_NOTICE, flush=True)
        shared = Path(folder) / "index" if workers > 1 else None
        opened = open_retriever(corpus, index, settings, build_at=shared)
        if opened.path is None or workers == 1:
            serving = Serving(
                opened.retriever, host, sock.getsockname()[1], sample=opened.sample, kept=index is not None
            )
            run.serve(settings, serving, sock)
            return
        (Path(folder) / "counts").mkdir()
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(Path(folder) / "counts")
        run.serve_workers(
            settings,
            config=config,
            index=opened.path,
            host=host,
            sock=sock,
            workers=workers,
            sample=opened.sample,
            kept=index is not None,
        )


def _refuse_without_token(settings: BotSettings, host: str) -> None:
    from bot.web.app import is_loopback
    from bot.web.state import open_state
    from bot.web.tokens import Tokens

    if is_loopback(host):
        return
    state = open_state(Path(settings.server.state).expanduser())
    try:
        if not Tokens(state):
            raise SettingsError(
                f"{host}: lắng nghe ngoài máy này thì cần mã truy cập; hãy tạo bằng hoidap token new"
            )
    finally:
        state.close()
