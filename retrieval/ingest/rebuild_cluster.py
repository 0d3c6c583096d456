"""How is an index in a cluster made anew from its own texts? Beside the old one, whose place it takes in one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from retrieval.analyzer import make_analyzer
from retrieval.index.opensearch.index import ClusterIndex
from retrieval.index.opensearch.snapshot import ClusterSnapshot
from retrieval.ingest.analysing import BATCH, analyse_anew
from retrieval.ingest.report import IndexReport, OnProgress
from retrieval.records import Document
from retrieval.settings import Settings


def rebuild_in_cluster(
    address: str, settings: Settings, report: IndexReport, on_progress: OnProgress | None
) -> None:
    """Analyses all stored texts anew, whatever analyzer wrote the index. Readers go on with the old one until then.

    Raises IndexMissing, IndexLocked, IndexUnreachable.
    """
    fingerprint = make_analyzer(settings).fingerprint
    with (
        closing(ClusterIndex.open(address, settings=settings)) as old,
        closing(ClusterIndex.open(address, settings=settings)) as new,
        closing(old.snapshot()) as snapshot,
        new.replacing(fingerprint) as building,
    ):
        whole = snapshot.document_count()
        with new.writer_to(building, after=snapshot.generation) as writer:
            origins: dict[str, str | None] = {}
            batches = _batches(snapshot, origins)
            with closing(analyse_anew(batches, settings, report, on_progress, whole=whole)) as documents:
                for prepared in documents:
                    writer.add_prepared(prepared, origin=origins.pop(prepared.id, None))
                    if writer.pending_passages >= settings.index.commit_passages:
                        writer.commit()
            for pin in snapshot.pins:
                writer.pin(pin)
            writer.commit()
        new.switch(building)


def _batches(snapshot: ClusterSnapshot, origins: dict[str, str | None]) -> Iterator[tuple[Document, ...]]:
    """The documents; `origins` takes up where each came from, until it is written again."""
    listed = snapshot.listed()
    while batch := list(islice(listed, BATCH)):
        origins |= {one.id: one.origin for one in batch}
        yield tuple(snapshot.documents([one.key for one in batch]).values())
