"""How is the service run for a test? In a thread of the tests' own process, on a port of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec

from bot.settings import BotSettings, ServerSettings
from bot.web import run
from bot.web.app import Serving
from bot.web.state import open_state
from bot.web.tokens import Tokens
from retrieval import Retriever
from tests.integration.web.shelf import DOCUMENTS

STARTED: list[str] = []
"""Addresses of all services that were run; what they logged is looked through at the end."""


@dataclass(slots=True)
class Running:
    """A service that runs. `read`, `admin`: tokens of each scope."""

    url: str
    settings: BotSettings
    retriever: Retriever
    read: str
    admin: str
    clients: list[httpx.Client] = field(default_factory=list)

    def client(self, token: str | None = None, **options: Any) -> httpx.Client:
        """A client of the service, which sends this token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        made = httpx.Client(base_url=self.url, headers=headers, timeout=30, **options)
        self.clients.append(made)
        return made


def settings_for(folder: Path, **own: Any) -> BotSettings:
    """The defaults, with a state of the test's own and no limit on how fast it asks."""
    server = ServerSettings(**{"state": str(folder / "state"), "questions_per_minute": 0, **own})
    return msgspec.structs.replace(BotSettings(), server=server)


@contextmanager
def running(
    folder: Path, *, retriever: Retriever | None = None, settings: BotSettings | None = None, **own: Any
) -> Iterator[Running]:
    """A service over our own documents, or another corpus, until the block ends."""
    settings = settings or settings_for(folder, **own)
    corpus = retriever or Retriever.build(DOCUMENTS, settings=settings)
    state = open_state(folder / "state")
    tokens = Tokens(state)
    read, admin = tokens.new("a reader of the tests", "read"), tokens.new("an admin of the tests", "admin")
    state.close()
    with run.listen("127.0.0.1", 0) as sock:
        port = sock.getsockname()[1]
        server = run.server(settings, Serving(corpus, "127.0.0.1", port, kept=corpus is retriever))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive(), "the service did not start"
            assert time.monotonic() < deadline, "the service did not start in time"
            time.sleep(0.02)
        service = Running(f"http://127.0.0.1:{port}", settings, corpus, read, admin)
        STARTED.append(service.url)
        try:
            yield service
        finally:
            for client in service.clients:
                client.close()
            server.should_exit = True
            thread.join(30)
            assert not thread.is_alive(), "the service did not stop"
