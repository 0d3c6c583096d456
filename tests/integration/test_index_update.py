"""Does an index follow its files?"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from retrieval import CorpusError, FileWatcher, IndexReport, Settings, update_index
from retrieval.errors import IndexError_, IndexOutdated
from retrieval.index.embedded import Index
from retrieval.index.embedded.check import check_index
from retrieval.ingest import analysing as analysing_module
from retrieval.settings import IndexSettings, PassageSettings

LUA = "# Vụ lúa\n\nXã Tân Thử thu hoạch 1.250 tấn lúa trong vụ hè thu năm nay. Nông dân dùng giống mới.\n"
TRUONG = "# Trường học\n\nHuyện Hòa Thử có 42 trường học và xây thêm 3 thư viện cho học sinh.\n"
CHO = "# Chợ quê\n\nPhiên chợ đầu năm đông hơn mọi năm, người bán hoa bán hết từ trưa.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in {"lua.md": LUA, "truong.md": TRUONG, "cho.md": CHO}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "index"


def _titles(index: Path) -> set[str]:
    return {document.title for document in Index.open(index).snapshot().all_documents()}


def _counts(report: IndexReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.files_unchanged


def test_new_changed_and_unchanged_files(corpus: Path, target: Path) -> None:
    assert _counts(update_index([corpus], target)) == (3, 0, 0, 0)
    assert _counts(update_index([corpus], target)) == (0, 0, 0, 3)
    (corpus / "lua.md").write_text(LUA.replace("1.250", "1.300"), encoding="utf-8")
    (corpus / "moi.md").write_text("# Bài mới\n\nĐây là một bài hoàn toàn mới về nghề dệt chiếu.\n")
    os.utime(corpus / "truong.md", (1, 1))  # touched, not changed
    report = update_index([corpus], target)
    assert _counts(report) == (1, 1, 0, 2)
    assert report.articles_in_all == 4
    snapshot = Index.open(target).snapshot()
    assert snapshot.passage_df("1300", plain=False) == 1
    assert snapshot.passage_df("1250", plain=False) == 0
    assert check_index(target) == []


def test_a_file_is_the_same_however_its_folder_is_named(corpus: Path, target: Path) -> None:
    (corpus.parent / "beside").mkdir()
    update_index([corpus.parent / "beside" / ".." / corpus.name], target)
    (corpus / "cho.md").write_text("# Chợ mới\n\nChợ mới họp ngày chẵn, bán cá đồng và rau vườn.\n")
    report = update_index([corpus], target)
    assert (report.problems, report.changed, report.files_unchanged) == ([], 1, 2)
    assert "Chợ mới" in _titles(target)


def test_vanished_files_go_when_asked(corpus: Path, target: Path) -> None:
    update_index([corpus], target)
    (corpus / "cho.md").unlink()
    assert _counts(update_index([corpus], target)) == (0, 0, 0, 2)
    assert "Chợ quê" in _titles(target)
    assert update_index([corpus], target, prune=True).removed == 1
    assert _titles(target) == {"Vụ lúa", "Trường học"}
    for path in corpus.iterdir():
        path.unlink()
    with pytest.raises(CorpusError):
        update_index([corpus], target)
    assert update_index([corpus], target, prune=True).removed == 2
    assert _titles(target) == set()


def _lines(*rows: dict[str, str]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"


def test_a_file_of_many_is_followed_line_by_line(tmp_path: Path, target: Path) -> None:
    file = tmp_path / "all.jsonl"
    one, two = {"id": "1", "title": "Một", "text": LUA}, {"id": "2", "title": "Hai", "text": TRUONG}
    file.write_text(_lines(one, two))
    assert _counts(update_index([file], target)) == (2, 0, 0, 0)
    three = {"id": "3", "title": "Ba", "text": CHO}
    file.write_text(_lines(one, {**two, "title": "Hai, sửa"}, three))
    report = update_index([file], target)
    assert (*_counts(report), report.unchanged) == (1, 1, 0, 0, 1)
    file.write_text(_lines(one, three))
    assert update_index([file], target).removed == 1
    assert _titles(target) == {"Một", "Ba"}


def test_of_two_lines_with_one_id_the_first_counts_whatever_is_stored(tmp_path: Path, target: Path) -> None:
    file = tmp_path / "all.jsonl"
    lines = [{"id": "1", "title": title, "text": text} for title, text in (("Một", LUA), ("Hai", TRUONG))]
    other = {"id": "2", "title": "Ba", "text": CHO}
    for one, two in (lines, lines, lines[::-1], lines, [lines[0]] * 2):
        file.write_text(_lines(one, other, two))
        report = update_index([file], target)
        told = 'mã "1" trùng với dòng 1 nên dòng này bị bỏ qua; hãy đặt mã khác'
        assert report.problems == [(f"{file}:3", told)]
        assert _titles(target) == {one["title"], "Ba"}
        assert report.articles == 2
    file.write_text(_lines(lines[1], other))
    assert update_index([file], target).problems == []
    assert _titles(target) == {"Hai", "Ba"}


def test_broken_lines_are_told_again_and_what_was_read_before_stays(tmp_path: Path, target: Path) -> None:
    file = tmp_path / "all.jsonl"
    one, two = {"id": "1", "title": "Một", "text": LUA}, {"id": "2", "title": "Hai", "text": TRUONG}
    file.write_text(_lines(one, two))
    update_index([file], target)
    file.write_text(_lines(one) + '{"id": "2", "text": \n')
    told: list[tuple[str, str]] = []
    for _ in range(2):
        report = update_index([file], target, on_problem=lambda where, what: told.append((where, what)))
        assert len(report.problems) == 1
        assert f"{file}:2" in report.problems[0][0]
    assert len(told) == 2
    assert _titles(target) == {"Một", "Hai"}


def test_an_unreadable_file_is_told_and_the_rest_goes_on(corpus: Path, target: Path) -> None:
    (corpus / "empty.txt").write_text("")
    (corpus / "scan.pdf").write_bytes(b"%PDF-1.4\nno pdf at all")
    report = update_index([corpus], target)
    assert report.added == 3
    assert sorted(Path(where).name for where, _ in report.problems) == ["empty.txt", "scan.pdf"]


def test_a_path_that_is_not_there_leaves_no_index_behind(tmp_path: Path, target: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("nowhere", "empty"):
        with pytest.raises(CorpusError):
            update_index([tmp_path / name], target)
        assert not target.exists()


def test_a_folder_of_articles_is_no_place_for_an_index(tmp_path: Path) -> None:
    year = tmp_path / "2019"
    year.mkdir()
    (year / "lua.md").write_text(LUA, encoding="utf-8")
    with pytest.raises(IndexError_, match="có tệp khác"):
        update_index([tmp_path], tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["2019", "lua.md"]
    with pytest.raises(IndexError_, match="không phải thư mục"):
        update_index([tmp_path], year / "lua.md")


def test_what_others_put_into_the_index_stays(corpus: Path, target: Path) -> None:
    update_index([corpus], target)
    theirs = [target / "2019" / "lua.md", target / "notes.new"]
    theirs[0].parent.mkdir()
    for path in theirs:
        path.write_text(LUA, encoding="utf-8")
    update_index([corpus], target, rebuild=True)
    assert all(path.exists() for path in theirs)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_a_name_that_is_no_text_is_told_and_the_rest_goes_on(corpus: Path, target: Path) -> None:
    (corpus / "b\udcffi.txt").write_text(TRUONG, encoding="utf-8")
    report = update_index([corpus], target)
    assert report.added == 3
    assert [what for _, what in report.problems] == ["tên tệp không phải UTF-8; hãy đổi tên"]


@pytest.mark.skipif(os.name == "nt", reason="no pipes have names there")
def test_a_pipe_and_a_device_are_told_and_not_waited_for(corpus: Path, target: Path) -> None:
    os.mkfifo(corpus / "ống.txt")
    report = update_index([corpus, corpus / "ống.txt", "/dev/zero"], target)
    assert report.added == 3
    assert {where for where, _ in report.problems} == {str(corpus / "ống.txt"), "/dev/zero"}
    assert {what for _, what in report.problems} == {"không phải tệp thường; hãy bỏ ra"}


def test_two_articles_with_one_id(tmp_path: Path, target: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text(_lines({"id": "1", "title": "Một", "text": LUA}))
    second.write_text(_lines({"id": "1", "title": "Hai", "text": TRUONG}))
    report = update_index([first, second], target)
    assert report.added == 1
    assert report.problems == [
        (str(second), f'mã "1" trùng với bài trong {first} nên bị bỏ qua; hãy đặt mã khác')
    ]
    assert _titles(target) == {"Một"}
    first.unlink()  # then the id is free
    assert update_index([second], target).changed == 1
    assert _titles(target) == {"Hai"}


def test_a_copied_file_is_joined_and_takes_the_place_of_the_first(corpus: Path, target: Path) -> None:
    (corpus / "lua-again.md").write_text(LUA)
    report = update_index([corpus], target)
    assert (report.added, report.articles_in_all, report.joined_in_all) == (4, 3, 1)
    (corpus / "lua-again.md").unlink()
    report = update_index([corpus], target, prune=True)
    assert (report.removed, report.articles_in_all, report.joined_in_all) == (1, 3, 0)


def test_analysis_in_several_processes_gives_the_same(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.md").write_text(
            f"# Bài {number}\n\nXã {number} thu {number * 7} tấn lúa và ngô.\n"
        )
    alone = tmp_path / "alone"
    update_index([folder], alone)
    monkeypatch.setattr(analysing_module, "ALONE", 0)
    settings = Settings(index=IndexSettings(workers=2, commit_passages=5))
    shares: list[float] = []
    report = update_index(
        [folder], target, settings=settings, on_progress=lambda done: shares.append(done.share)
    )
    assert report.added == 30
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    here, there = Index.open(target).snapshot(), Index.open(alone).snapshot()
    assert here.generation > there.generation
    assert here.stats == there.stats
    assert list(here.all_documents()) == list(there.all_documents())
    rebuilt = update_index([], target, settings=settings, rebuild=True)
    assert (rebuilt.unchanged, rebuilt.problems) == (30, [])
    assert list(Index.open(target).snapshot().all_documents()) == list(there.all_documents())


def test_rebuild_from_stored_texts_with_other_settings(corpus: Path, target: Path) -> None:
    update_index([corpus], target)
    before = list(Index.open(target).snapshot().all_documents())
    for path in corpus.iterdir():
        path.unlink()
    other = Settings(passages=PassageSettings(max_sentences=1, max_characters=60))
    with pytest.raises(IndexOutdated, match="--rebuild"):
        update_index([], target, settings=other, prune=True)
    report = update_index([], target, settings=other, rebuild=True)
    assert report.articles_in_all == 3
    assert list(Index.open(target).snapshot().all_documents()) == before
    assert check_index(target) == []


@pytest.mark.parametrize(
    "hurt", ["manifest.json", "0001/terms.dat", "0001/passages/meta.json", "0001/words.idx"]
)
def test_rebuild_mends_what_texts_can_mend(corpus: Path, target: Path, hurt: str) -> None:
    update_index([corpus], target)
    whole = list(Index.open(target).snapshot().all_documents())
    (target / hurt).write_bytes(b"{}")
    assert check_index(target)
    assert update_index([], target, rebuild=True).problems == []
    assert list(Index.open(target).snapshot().all_documents()) == whole
    assert check_index(target) == []


def test_rebuild_tells_of_lost_texts_which_the_originals_bring_back(corpus: Path, target: Path) -> None:
    update_index([corpus], target)
    texts = target / "0001" / "texts.dat"
    content = bytearray(texts.read_bytes())
    content[-5] ^= 1
    texts.write_bytes(content)
    report = update_index([], target, rebuild=True)
    assert len(report.problems) == 1
    assert "lập chỉ mục lại từ tệp gốc" in report.problems[0][1]
    assert report.articles_in_all == 2
    assert update_index([corpus], target).added == 1
    assert len(_titles(target)) == 3


def _story(number: int) -> str:
    return " ".join(
        f"Xã {number} thu được {number * line} tấn lúa trong vụ thứ {line}." for line in range(1, 21)
    )


def test_removed_articles_go_for_good_when_they_are_many(tmp_path: Path, target: Path) -> None:
    file = tmp_path / "all.jsonl"
    rows = [{"id": f"{number}", "title": f"Bài {number}", "text": _story(number)} for number in range(120)]
    file.write_text(_lines(*rows))
    update_index([file], target)
    entries = Index.open(target).snapshot().entries
    assert entries > 2000
    file.write_text(_lines(*rows[:20]))
    assert update_index([file], target).removed == 100
    snapshot = Index.open(target).snapshot()
    assert snapshot.stats.articles == 20
    assert snapshot.entries < entries / 4
    assert not (target / "0001").exists()
    assert _counts(update_index([file], target)) == (0, 0, 0, 1)
    assert check_index(target) == []


def test_a_watcher_waits_until_files_lie_still(corpus: Path) -> None:
    watcher = FileWatcher([corpus])
    assert not watcher.has_changed()
    (corpus / "moi.md").write_text("một")
    assert not watcher.has_changed()
    (corpus / "moi.md").write_text("một hai")
    assert not watcher.has_changed()
    assert watcher.has_changed()
    assert not watcher.has_changed()
    (corpus / "moi.md").unlink()
    assert not watcher.has_changed()
    assert watcher.has_changed()
