"""Is an index whole, on disk or in a cluster?"""

from __future__ import annotations

from pathlib import Path

from retrieval.analyzer import make_analyzer
from retrieval.index.embedded.check import Problem
from retrieval.index.embedded.check import check_index as check_folder
from retrieval.index.opening import is_address
from retrieval.settings import Settings


def check_index(place: str | Path, *, settings: Settings | None = None) -> list[Problem]:
    """Everything that is wrong with an index, nothing if it is whole. Raises IndexMissing, IndexUnreachable."""
    if not is_address(place):
        return check_folder(place)
    from retrieval.index.opensearch.check import check_cluster

    settings = settings or Settings()
    return check_cluster(str(place), settings=settings, analyzer=make_analyzer(settings).fingerprint)
