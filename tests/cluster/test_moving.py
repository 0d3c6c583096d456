"""Does an index move to a cluster and back, and follow its files there?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from bot.cli import run
from retrieval import Progress, Retriever, Settings, check_index, copy_index, shipped, update_index
from retrieval.index.opensearch.index import ClusterIndex
from tests.cluster.corpus import asked, differences, documents
from tests.cluster.harness import Cluster
from tests.quality.questions import FOLDER
from tests.quality.text_rows import TEXTS


@pytest.fixture
def place(cluster: Cluster) -> Iterator[str]:
    yield cluster.address("moved")
    cluster.ask("moved-*", method="DELETE")


def test_there_and_back_again(tmp_path: Path, place: str, settings_for: Callable[..., Settings]) -> None:
    settings = settings_for(shards=2)
    here, back = tmp_path / "here", tmp_path / "back"
    with Retriever.build(documents(), path=here, settings=settings) as retriever:
        pinned = retriever.pin("Mấy giờ kho sách mở cửa?", "Từ 8 giờ.", source="Thủ thư")

    def stop_early(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):  # what was committed before would stay
        copy_index(here, place, settings=settings, on_progress=stop_early)
    report = copy_index(here, place, settings=settings)
    assert report.copied + report.there == len(documents())
    again = copy_index(here, place, settings=settings)
    assert (again.copied, again.there) == (0, len(documents()))
    assert check_index(place, settings=settings) == []
    assert copy_index(place, back, settings=settings).copied == len(documents())
    questions = asked()[::30]
    with (
        Retriever.open(here) as one,
        Retriever.open(place, settings=settings) as other,
        Retriever.open(back) as third,
    ):
        assert other.pins() == third.pins() == (pinned,)
        assert [document.id for document in third.documents()] == [
            document.id for document in one.documents()
        ]
        assert differences(one, other, questions) == []
        assert differences(one, third, questions) == []


def test_follows_its_files(tmp_path: Path, place: str, settings_for: Callable[..., Settings]) -> None:
    settings, folder = settings_for(), tmp_path / "texts"
    shutil.copytree(TEXTS / "rules", folder)
    first = update_index([folder], place, settings=settings)
    assert first.added == first.articles_in_all > 0
    (folder / "moi.txt").write_text(
        "Nội quy bể bơi Hồ Cá\n\nBể bơi mở cửa từ 6 giờ đến 20 giờ.\n", encoding="utf-8"
    )
    gone = next(islice(folder.glob("*.txt"), 1))
    gone.unlink()
    second = update_index([folder], place, settings=settings, prune=True)
    assert (second.added, second.removed) == (int(gone.name != "moi.txt"), 1)
    settings = settings_for(books=str(tmp_path / "another machine"))
    third = update_index([folder], place, settings=settings)  # whose books are made anew from the cluster
    assert (third.added, third.changed, third.removed) == (0, 0, 0)
    before = ClusterIndex.open(place, settings=settings).snapshot()
    rebuilt = update_index([], place, settings=settings, rebuild=True)
    assert rebuilt.articles_in_all == third.articles_in_all
    assert len(before.keys()) == third.articles_in_all  # who was reading reads on
    before.close()
    assert check_index(place, settings=settings) == []


def test_check_tells_what_is_missing(
    cluster: Cluster, place: str, settings_for: Callable[..., Settings]
) -> None:
    settings = settings_for()
    Retriever.build(documents()[:6], path=place, settings=settings).close()
    cluster.ask("moved-0001-passages/_doc/1-1-0?refresh=true", method="DELETE")
    told = [str(problem) for problem in check_index(place, settings=settings)]
    assert len(told) == 2
    assert "đoạn để tìm, đáng lẽ" in told[0]
    assert documents()[0].id in told[1]
    assert all("hoidap index --rebuild --index" in line for line in told)
    update_index([], place, settings=settings, rebuild=True)
    assert check_index(place, settings=settings) == []


def test_the_command_takes_an_address(
    tmp_path: Path, place: str, settings_for: Callable[..., Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "hoidap.toml"
    config.write_text(f'[opensearch]\nbooks = "{tmp_path / "books"}"\nshards = 2\n', encoding="utf-8")
    named = ["--config", str(config)]
    assert run(["index", str(TEXTS / "faq"), "--index", str(tmp_path / "here"), *named]) == 0
    assert run(["copy", "--from", str(tmp_path / "here"), "--to", place, *named]) == 0
    assert "Đã chép" in capsys.readouterr().out
    assert run(["check", "--index", place, *named]) == 0
    assert run(["sources", "--index", place, *named]) == 0
    assert run(["ask", "--index", place, "--json", *named, asked()[0]]) in (0, 3)
    assert '"hits"' in capsys.readouterr().out


def test_quality_is_that_of_a_folder(
    tmp_path: Path, place: str, settings_for: Callable[..., Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "hoidap.toml"
    config.write_text(f'[opensearch]\nbooks = "{tmp_path / "books"}"\nshards = 3\n', encoding="utf-8")
    seeds, named = str(shipped("seeds")), ["--config", str(config)]
    assert run(["index", seeds, "--index", place, *named]) == 0
    figures = []
    for where in ([], ["--index", place]):
        capsys.readouterr()
        questions = ["--questions", str(FOLDER / "questions.jsonl")]
        assert run(["eval", "--passages", seeds, *questions, *where, "--json", *named]) == 0
        figures.append(json.loads(capsys.readouterr().out) | {"milliseconds": 0})
    assert figures[0]["answerable"] > 100
    assert figures[0] == figures[1]
