"""One service for the tests of a module; what they log holds no token and no question."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.integration.web.serving import STARTED, Running, running


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Everything that the service logs in all of these tests holds no token and nothing that was asked."""
    log = tmp_path_factory.mktemp("watched") / "everything.log"
    loggers = [logging.getLogger(name) for name in ("hoidap", "uvicorn", "mcp")]
    handler = logging.FileHandler(log, encoding="utf-8")
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    yield
    for one in loggers:
        one.removeHandler(handler)
    handler.close()
    logged = log.read_text(encoding="utf-8")
    assert bool(logged) == bool(STARTED)
    assert "hoidap-" not in logged
    assert "vải thiều" not in logged


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("service")
    with running(folder, reading="token") as started:
        yield started


@pytest.fixture
def reader(service: Running) -> httpx.Client:
    return service.client(service.read)


@pytest.fixture
def admin(service: Running) -> httpx.Client:
    return service.client(service.admin)
