"""Which kind of index does a place name? A folder on disk, or an address in a cluster."""

from __future__ import annotations

from pathlib import Path

from retrieval.index.embedded.index import Index as FolderIndex
from retrieval.index.protocol import Index
from retrieval.settings import Settings

_CLUSTER = "opensearch+"


def is_address(place: str | Path | None) -> bool:
    """Whether this is the address of an index in a cluster."""
    return isinstance(place, str) and place.startswith(_CLUSTER)


def create_index(place: Path | str | None, *, settings: Settings, analyzer: str) -> Index:
    """An empty index, in place of one that is there already; None: in memory. Raises IndexError_."""
    if is_address(place):
        from retrieval.index.opensearch.index import ClusterIndex

        return ClusterIndex.create(str(place), settings=settings, analyzer=analyzer)
    return FolderIndex.create(place, settings=settings, analyzer=analyzer)


def open_index(place: Path | str, *, settings: Settings, analyzer: str | None = None) -> Index:
    """The index there. Raises IndexMissing, IndexDamaged, IndexOutdated or IndexUnreachable."""
    if is_address(place):
        from retrieval.index.opensearch.index import ClusterIndex

        return ClusterIndex.open(str(place), settings=settings, analyzer=analyzer)
    return FolderIndex.open(place, settings=settings, analyzer=analyzer)
