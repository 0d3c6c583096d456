"""Which kind of index does a place name? A folder on disk, or an address in a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from retrieval.index.embedded.index import Index as FolderIndex
from retrieval.index.embedded.snapshot import StoredSnapshot
from retrieval.settings import Settings

if TYPE_CHECKING:  # loaded for addresses only
    from retrieval.index.opensearch.index import ClusterIndex
    from retrieval.index.opensearch.snapshot import ClusterSnapshot

AnyIndex: TypeAlias = "FolderIndex | ClusterIndex"
AnySnapshot: TypeAlias = "StoredSnapshot | ClusterSnapshot"

_CLUSTER = "opensearch+"


def is_address(place: str | Path | None) -> bool:
    """Whether this is the address of an index in a cluster."""
    return isinstance(place, str) and place.startswith(_CLUSTER)


def create_index(place: Path | str | None, *, settings: Settings, analyzer: str) -> AnyIndex:
    """An empty index, in place of one that is there already; None: in memory. Raises IndexError_."""
    if is_address(place):
        return _clusters().create(str(place), settings=settings, analyzer=analyzer)
    return FolderIndex.create(place, settings=settings, analyzer=analyzer)


def open_index(place: Path | str, *, settings: Settings, analyzer: str | None = None) -> AnyIndex:
    """The index there. Raises IndexMissing, IndexDamaged, IndexOutdated or IndexUnreachable."""
    if is_address(place):
        return _clusters().open(str(place), settings=settings, analyzer=analyzer)
    return FolderIndex.open(place, settings=settings, analyzer=analyzer)


def _clusters() -> type[ClusterIndex]:
    from retrieval.errors import SettingsError

    try:
        import opensearchpy  # noqa: F401
    except ModuleNotFoundError as error:
        raise SettingsError(
            "thiếu thư viện opensearch-py; hãy chạy pip install 'hoidap[opensearch]'"
        ) from error
    from retrieval.index.opensearch.index import ClusterIndex

    return ClusterIndex
