from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.index.embedded import Index


@pytest.fixture(params=["memory", "disk"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    """An empty index; each test runs on one in memory and on one on disk."""
    return Index.create(tmp_path / "index" if request.param == "disk" else None)
