"""Is an index in a cluster the same as one on disk? Both do the same, and give the same hits with the same scores."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval import Document, IndexLocked, Retriever, Settings
from tests.cluster.corpus import asked, chosen_among, differences, documents, found, lacks_marks, mixtures
from tests.cluster.harness import Cluster

CHE = Document(
    "che",
    "Hợp tác xã chè Đồi Mây có 42 hộ tham gia.\nGiám đốc hợp tác xã là bà Lò Thị Sương.",
    title="Chè Đồi Mây",
    source="Báo Vùng Cao",
    published=datetime.date(2023, 4, 2),
)
CAU = Document(
    "cau",
    "Cầu Suối Đá dài 75 mét, khánh thành năm 2021.\nÔng Hà Văn Kiên thiết kế cầu.",
    title="Cầu Suối Đá",
    source="BAO VUNG CAO",
    published=datetime.date(2021, 9, 9),
)
MUA = Document("mua", "Mưa lớn ở xã Đồi Mây làm trôi 3 cây cầu tạm.", title="Mưa lớn", source="Đài Huyện")
CHE_AGAIN = dataclasses.replace(
    CHE,
    id="che-2",
    title="Bốn mươi hai hộ trồng chè",
    source="Đài Huyện",
    published=datetime.date(2023, 4, 3),
)


class Places:
    """Where the same index is made: a folder, or the cluster with so many shards."""

    def __init__(self, place: str, settings: Settings) -> None:
        self.place, self.settings = place, settings

    def build(self, *documents: Document) -> Retriever:
        return Retriever.build(documents, path=self.place, settings=self.settings)

    def open(self) -> Retriever:
        return Retriever.open(self.place, settings=self.settings)


@pytest.fixture(params=["folder", "cluster, 1 shard", "cluster, 3 shards"])
def places(
    request: pytest.FixtureRequest, tmp_path: Path, settings_for: Callable[..., Settings]
) -> Iterator[Places]:
    if request.param == "folder":
        yield Places(str(tmp_path / "index"), settings_for())
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    settings = settings_for(shards=int(request.param.split()[1]))
    name = f"conformance-{request.node.callspec.indices['places']}"
    yield Places(cluster.address(name), settings)
    cluster.ask(f"{name}-*?expand_wildcards=all", method="DELETE")


def test_what_is_added_replaced_and_removed(places: Places) -> None:
    with places.build(CHE, CAU) as retriever, places.open() as reader:
        assert reader.answer("Ai là giám đốc hợp tác xã chè Đồi Mây?").text == "bà Lò Thị Sương"
        retriever.add([MUA, dataclasses.replace(CHE, text=CHE.text.replace("Lò Thị Sương", "Vàng Thị Mỷ"))])
        assert retriever.remove(["cau", "không có"]) == 1
        reader.refresh()
        assert reader.answer("Ai là giám đốc hợp tác xã chè Đồi Mây?").text == "bà Vàng Thị Mỷ"
        assert {document.id for document in reader.documents()} == {"che", "mua"}
        assert reader.document("cau") is None
        assert reader.document("mua") == MUA
        assert not reader.answer("Cầu Suối Đá dài bao nhiêu mét?").answered
        snapshot = reader._index.snapshot()
        assert (snapshot.passage_df("sương", plain=False), snapshot.passage_df("vàng", plain=False)) == (0, 1)
        assert snapshot.article_df("cau", plain=True) == 1
        snapshot.close()


def test_near_duplicates_are_joined_and_parted(places: Places) -> None:
    with places.build(CHE, CAU, CHE_AGAIN) as retriever:
        first, *_ = retriever.search("Hợp tác xã chè Đồi Mây có bao nhiêu hộ?")
        assert first.document.id == "che"
        assert [other.id for other in first.also] == ["che-2"]
        assert retriever.document("che-2") == CHE_AGAIN
        retriever.remove(["che"])
        first, *_ = retriever.search("Hợp tác xã chè Đồi Mây có bao nhiêu hộ?")
        assert (first.document.id, first.also) == ("che-2", ())
        retriever.add([CHE])
        first, *_ = retriever.search("Hợp tác xã chè Đồi Mây có bao nhiêu hộ?")
        assert first.document.id == "che"  # the older one stands for both, whichever came first


def test_filters_sources_and_pins(places: Places) -> None:
    with places.build(CHE, CAU, MUA, CHE_AGAIN) as retriever, places.open() as reader:

        def ids(**where: object) -> set[str]:
            return {hit.document.id for hit in reader.search("Đồi Mây có cầu không?", **where)}  # type: ignore[arg-type]

        assert ids() == {"che", "cau", "mua"}
        assert ids(source="báo vùng cao") == {"che", "cau"}
        assert ids(since=datetime.date(2022, 1, 1)) == {"che"}
        assert ids(until=datetime.date(2022, 1, 1), source="Báo Vùng Cao") == {"cau"}
        assert [(one.source, one.documents, one.first) for one in reader.sources()] == [
            ("Đài Huyện", 2, datetime.date(2023, 4, 3)),
            ("BAO VUNG CAO", 1, datetime.date(2021, 9, 9)),
            ("Báo Vùng Cao", 1, datetime.date(2023, 4, 2)),
        ]
        pinned = retriever.pin("Mấy giờ trạm y tế Đồi Mây mở cửa?", "Từ 7 giờ sáng.", source="Ủy ban xã")
        reader.refresh()
        assert reader.answer("Trạm y tế Đồi Mây mở cửa lúc mấy giờ?").pinned == pinned
        assert retriever.unpin(pinned.id)
        reader.refresh()
        assert reader.pins() == ()


def test_one_writer_at_a_time_and_all_or_nothing(places: Places) -> None:
    with places.build(CHE) as retriever, places.open() as other:

        def failing() -> Iterator[Document]:
            yield CAU
            with pytest.raises(IndexLocked):
                other.add([MUA])
            raise RuntimeError("while documents are added")

        with pytest.raises(RuntimeError):
            retriever.add(failing())
        assert [document.id for document in other.documents()] == ["che"]
        other.add([MUA])
        retriever.refresh()
        assert [document.id for document in retriever.documents()] == ["che", "mua"]


def test_very_long_words_are_told_apart(places: Places) -> None:
    key = "khoacuakho" * 30
    other = key[:-1] + "x"
    kept = [
        Document(name, f"Từ khóa mở {what} là {word} và chỉ dùng một lần.", title=what)
        for name, what, word in (("kho", "Nhà kho", key), ("cong", "Cổng sau", other))
    ]
    with places.build(*kept, CAU) as retriever:
        snapshot = retriever._index.snapshot()
        for word in (key, other):
            assert snapshot.passage_df(word, plain=False) == snapshot.article_df(word, plain=True) == 1
            assert snapshot.passage_df(f"là_{word}", plain=False) == 1
        snapshot.close()
        for name, word in (("kho", key), ("cong", other)):
            assert retriever.search(f"{word} mở gì?")[0].document.id == name


def test_empty(places: Places) -> None:
    with places.build() as retriever:
        assert retriever.search("Có gì trong này?") == []
        assert not retriever.answer("Có gì trong này?").answered
        assert list(retriever.documents()) == []
        assert retriever.sources() == []


@pytest.mark.parametrize(("shards", "count"), [(1, 60), (3, 250)])
def test_same_hits_with_the_same_scores(
    cluster: Cluster, settings_for: Callable[..., Settings], shards: int, count: int
) -> None:
    here, there = documents(), cluster.address(f"same-{shards}")
    questions = asked()[:: max(1, len(asked()) // count)][:count]
    assert len(questions) == count
    settings = settings_for(shards=shards)
    with (
        Retriever.build(here, settings=settings) as embedded,
        Retriever.build(here, path=there, settings=settings) as clustered,
    ):
        assert differences(embedded, clustered, questions) == []
        gone = [document.id for number, document in enumerate(here) if number % 12 == 5]
        assert len(gone) > 0.08 * len(here)
        assert embedded.remove(gone) == clustered.remove(gone) == len(gone)
        assert differences(embedded, clustered, questions) == []
    cluster.ask(f"same-{shards}-*", method="DELETE")


def test_same_hits_among_many_passages_that_say_the_same(
    cluster: Cluster, settings_for: Callable[..., Settings]
) -> None:
    here, there = tuple(mixtures(300)), cluster.address("mixtures")
    settings = settings_for(shards=3)
    with (
        Retriever.build(here, settings=settings) as embedded,
        Retriever.build(here, path=there, settings=settings) as clustered,
    ):
        assert len(list(embedded.documents())) > 250  # hardly any is joined to another as its copy
        same = []
        for question in asked()[::8]:
            # Of a word without marks a folder counts the form that a passage has most of, a cluster all of them together:
            # of those that are as good as each other the last may be another.
            others = found(embedded, question) ^ found(clustered, question)
            assert len(others) <= (2 if lacks_marks(embedded, question) else 0), question
            if chosen_among(embedded, question) == chosen_among(clustered, question):
                same.append(question)
        # A folder counts its commits among its articles, which shows where these are few: the last may be another.
        assert len(same) > 0.85 * len(asked()[::8])
        assert differences(embedded, clustered, tuple(same)) == []
    cluster.ask("mixtures-*", method="DELETE")


def test_few_requests_for_a_question(cluster: Cluster, settings_for: Callable[..., Settings]) -> None:
    place = cluster.address("requests")
    with Retriever.build(documents(), path=place, settings=settings_for()) as retriever:
        client = retriever._index.client  # type: ignore[attr-defined]
        retriever.answer(asked()[0])  # opens a moment, which later questions read as well
        counts = []
        for question in asked()[1::6]:
            client.requests.clear()
            retriever.answer(question)
            counts.append(client.requests.total())
        counts.sort()
        assert counts[len(counts) // 2] <= 5
        assert counts[-1] <= 10
    cluster.ask("requests-*", method="DELETE")
