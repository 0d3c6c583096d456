"""What becomes of a writer that was paused so long that another one took its place?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval import Document, IndexLocked, Retriever, Settings, check_index
from retrieval.index.opensearch import state, writer
from retrieval.index.opensearch.index import ClusterIndex
from retrieval.index.prepare import prepare
from tests.cluster.harness import Cluster

LEASE = 2.0
"""Seconds, instead of two minutes."""


@pytest.fixture
def place(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for module in (state, writer):
        monkeypatch.setattr(module, "LEASE", LEASE)
    yield cluster.address("writers")
    cluster.ask("writers-*", method="DELETE")


def article(name: str, number: int) -> Document:
    return Document(
        f"{name}-{number}", f"Trạm bơm {name} số {number} có {number + 3} máy bơm dầu.", title=f"Trạm {name}"
    )


def test_what_a_paused_writer_sends_later_counts_nowhere(
    cluster: Cluster, place: str, settings_for: Callable[..., Settings], tmp_path: Path
) -> None:
    def settings(machine: str) -> Settings:
        return settings_for(shards=2, books=str(tmp_path / machine))

    with Retriever.build([article("Đầu", 0)], path=place, settings=settings("A")) as first:
        paused, analyzer = ClusterIndex.open(place, settings=settings("A")), first._analyzer

        def add(number: int) -> None:
            writing.add_prepared(prepare(analyzer.analyse(article("Dừng", number))))

        with paused.writer() as writing:
            for number in range(3):
                add(number)
            writing._send()
            writing._bulk.wait()
            time.sleep(LEASE + 0.5)
            with Retriever.open(place, settings=settings("B")) as second:
                second.add(article("Thay", number) for number in range(4))
            sends, writing._bulk._before = writing._bulk._before, lambda: None
            for number in range(3, 6):  # the request that was under way when it was paused
                add(number)
                writing._put(*writing._pending.popitem(), None, None)
            writing._bulk.wait()
            writing._bulk._before = sends
            with pytest.raises(IndexLocked):
                writing.commit()
        paused.close()
        with Retriever.open(place, settings=settings("B")) as second:
            expected = {"Đầu-0", *(f"Thay-{number}" for number in range(4))}
            assert {document.id for document in second.documents()} == expected
            assert second.search("Trạm bơm Dừng số 4 có bao nhiêu máy?")[0].document.id in expected
            assert check_index(place, settings=settings("B")) == []
            assert _entries(cluster) > len(expected)  # they lie there
            second.add([article("Thay", 9)])
            assert _entries(cluster) == len(expected) + 1  # and were cleared by the next writer
            second.remove(["Thay-1", "Đầu-0"])
            assert _entries(cluster) == len(expected) - 1
            assert check_index(place, settings=settings("B")) == []
        with Retriever.open(place, settings=settings("A")) as again:  # its books are brought to what counts
            again.add([article("Dừng", 1)])
            assert len(list(again.documents())) == len(expected)


def test_a_writer_that_is_only_slow_goes_on(place: str, settings_for: Callable[..., Settings]) -> None:
    with Retriever.build([article("Đầu", 0)], path=place, settings=settings_for()) as retriever:

        def slowly() -> Iterator[Document]:
            yield article("Chậm", 0)
            time.sleep(LEASE + 0.5)
            yield article("Chậm", 1)

        retriever.add(slowly())
        assert len(list(retriever.documents())) == 3


def _entries(cluster: Cluster) -> int:
    cluster.ask("writers-0001-articles/_refresh", method="POST")
    return int(cluster.ask("writers-0001-articles/_count")["count"])
