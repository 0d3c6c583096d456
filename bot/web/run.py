"""How are the workers run? One in this process; several share one socket, one index and one state."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from bot.settings import BotSettings, load_settings
from bot.web.app import Serving, build_app
from bot.web.connections import LimitedConfig
from retrieval import HoidapError, Retriever, os_reason

_WORKER = "HOIDAP_WORKER"
"""Environment variable: what a worker process is to serve, as JSON."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0: any that is free. Raises HoidapError where it can't."""
    try:
        # With its protocol named, or asyncio doesn't see that it is TCP and lets answers wait 40 ms for one another.
        family, kind, protocol, _, _ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        sock = socket.socket(family, kind, protocol)
        with contextlib.ExitStack() as unless_bound:
            unless_bound.callback(sock.close)
            if os.name == "posix":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((host, port))
            sock.set_inheritable(True)
            unless_bound.pop_all()
    except OSError as error:
        raise HoidapError(
            f"{host}:{port}: không lắng nghe được ({os_reason(error)}); hãy chọn --host hoặc --port khác"
        ) from error
    return sock


def log() -> None:
    """Sends what is logged to standard error."""
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, stream=sys.stderr, force=True)


def serve(settings: BotSettings, serving: Serving, sock: socket.socket) -> None:
    """Serves in this process until a signal stops it."""
    server(settings, serving).run(sockets=[sock])


def server(settings: BotSettings, serving: Serving) -> uvicorn.Server:
    """One worker, in this process, ready to run."""
    return uvicorn.Server(_config(build_app(settings, serving), settings))


def serve_workers(
    settings: BotSettings, *, config: Path | None, index: str, host: str, sock: socket.socket, **told: Any
) -> None:
    """Serves the index in `workers` processes until a signal stops them. A worker that dies is started again."""
    workers = told.pop("workers")
    os.environ[_WORKER] = json.dumps(
        {
            "config": str(config.absolute()) if config else None,
            "index": index if "://" in index else str(Path(index).absolute()),
            "host": host,
            "port": sock.getsockname()[1],
            **told,
        }
    )
    made = _config("bot.web.run:worker", settings, factory=True, workers=workers)
    Multiprocess(made, sockets=[sock]).run()


def worker() -> ASGIApp:
    """What each worker process serves."""
    told = json.loads(os.environ[_WORKER])
    log()
    settings = load_settings(Path(told["config"]) if told["config"] else None)
    retriever = Retriever.open(told["index"], settings=settings)
    serving = Serving(retriever, told["host"], told["port"], sample=told["sample"], kept=told["kept"])
    return build_app(settings, serving)


def _config(app: ASGIApp | str, settings: BotSettings, **more: Any) -> LimitedConfig:
    own = settings.server
    return LimitedConfig(
        app,
        most=own.max_connections,
        seconds=own.request_seconds,
        ws="none",
        server_header=False,
        log_config=None,
        proxy_headers=True,
        forwarded_allow_ips=list(own.trusted_proxies),
        timeout_graceful_shutdown=own.stop_seconds,
        **more,
    )
