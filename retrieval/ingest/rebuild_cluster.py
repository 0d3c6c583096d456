"""How is an index in a cluster made anew from its own texts? Beside the old one, whose place it takes in one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from retrieval.analyzer import make_analyzer
from retrieval.index.opensearch.index import ClusterIndex
from retrieval.index.opensearch.snapshot import ClusterSnapshot
from retrieval.ingest.analysing import Task, analyse_in_order
from retrieval.ingest.report import IndexReport, OnProblem, OnProgress, Progress
from retrieval.settings import Settings

BATCH = 100
"""Documents that go to another process at a time."""


def rebuild_index(
    path: str | Path,
    *,
    settings: Settings,
    report: IndexReport,
    on_progress: OnProgress | None = None,
    on_problem: OnProblem | None = None,
) -> None:
    """Analyses all stored texts anew, whatever analyzer wrote the index. Readers go on with the old one until then.

    Raises IndexMissing, IndexLocked, IndexUnreachable.
    """
    fingerprint = make_analyzer(settings).fingerprint
    with (
        closing(ClusterIndex.open(str(path), settings=settings)) as old,
        closing(ClusterIndex.open(str(path), settings=settings)) as new,
        closing(old.snapshot()) as snapshot,
        new.replacing(fingerprint) as building,
    ):
        whole = max(1, snapshot.document_count())
        with new.writer_to(building, after=snapshot.generation) as writer:
            origins: dict[str, str | None] = {}
            with closing(analyse_in_order(_tasks(snapshot, origins), settings)) as results:
                for task, result in results:
                    for where, what in result.problems:
                        report.problems.append((where, what))
                        if on_problem:
                            on_problem(where, what)
                    for prepared in result.prepared:
                        writer.add_prepared(prepared, origin=origins.pop(prepared.id, None))
                        report.passages += len(prepared.accented)
                    report.unchanged += len(task.documents)
                    if writer.pending_passages >= settings.index.commit_passages:
                        writer.commit()
                    if on_progress:
                        on_progress(Progress(report.unchanged, report.passages, report.unchanged / whole))
            for pin in snapshot.pins:
                writer.pin(pin)
            writer.commit()
        new.switch(building)


def _tasks(snapshot: ClusterSnapshot, origins: dict[str, str | None]) -> Iterator[Task]:
    """The documents; `origins` takes up where each came from, until it is written again."""
    listed = snapshot.listed()
    while batch := list(islice(listed, BATCH)):
        origins |= {one.id: one.origin for one in batch}
        documents = snapshot.documents([one.key for one in batch])
        yield Task("", BATCH, documents=tuple(documents.values()))
