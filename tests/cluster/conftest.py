"""One cluster of three nodes for all tests here; where none can be started, they say why."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from retrieval import Settings
from tests.cluster.harness import Cluster
from tests.cluster.made import lacking
from tests.cluster.proxy import ACCOUNTS

HUNG = {  # a node that no longer answers is left out after three seconds instead of thirty
    "cluster.fault_detection.follower_check.timeout": "1s",
    "cluster.fault_detection.leader_check.timeout": "1s",
}


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    why = lacking()
    if why:
        pytest.skip(f"no cluster can be started here: {why}")
    pytest.importorskip(
        "opensearchpy", reason="opensearch-py is not installed: pip install 'hoidap[opensearch]'"
    )
    with Cluster(tmp_path_factory.mktemp("cluster"), settings=HUNG, accounts=ACCOUNTS) as running:
        yield running


@pytest.fixture(scope="session")
def settings_for(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Settings]:
    """Settings with other values in `[opensearch]`."""
    books = tmp_path_factory.mktemp("books")

    def make(**changes: object) -> Settings:
        settings = Settings()
        changed = {"books": str(books), "timeout_seconds": 5.0, **changes}
        return msgspec.structs.replace(
            settings, opensearch=msgspec.structs.replace(settings.opensearch, **changed)
        )

    return make


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Those of who runs the tests are for another cluster."""
    for name in [name for name in os.environ if name.startswith("HOIDAP_OPENSEARCH_")]:
        monkeypatch.delenv(name)
