from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from retrieval.errors import HoidapError, IndexDamaged, IndexMissing, IndexOutdated
from retrieval.index.embedded import Index, manifest
from retrieval.index.embedded.check import check_index
from retrieval.index.embedded.epoch import Epoch
from retrieval.records import QueryTerm
from tests.unit.index.embedded.made import LUA, MUA, TET, TET_AGAIN, best_passages, put


def _made(folder: Path) -> Path:
    index = Index.create(folder, analyzer="one")
    put(index, TET, LUA, MUA, TET_AGAIN)
    put(index, remove=["mua"])
    return folder


def _view(root: Path) -> object:
    snapshot = Index.open(root).snapshot()
    keys = snapshot.keys()
    return (
        best_passages(snapshot, QueryTerm("mở"), QueryTerm("hoa"), limit=9),
        snapshot.documents(keys),
        [terms.accented.tobytes() + terms.plain.tobytes() for terms in snapshot.terms_of(keys).values()],
        snapshot.also(keys),
        snapshot.stats,
        snapshot.passage_df("hoa", plain=False),
        snapshot.sources(),
    )


def test_nothing_is_wrong_with_a_whole_index(tmp_path: Path) -> None:
    assert check_index(_made(tmp_path)) == []


def test_no_index_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="không có chỉ mục ở đó"):
        Index.open(tmp_path)
    with pytest.raises(IndexMissing, match="không có chỉ mục ở đó"):
        check_index(tmp_path)


def test_every_damage_is_named_and_nothing_is_answered_from_it(tmp_path: Path) -> None:
    """Each file truncated, removed, and with a bit turned over in several places."""
    whole = _made(tmp_path / "whole")
    random_ = random.Random(1)
    files = sorted(path for path in whole.rglob("*") if path.is_file() and path.suffix != ".lock")
    names = [path.relative_to(whole) for path in files if not path.name.endswith(("-wal", "-shm"))]
    tried = 0
    for name in names:
        size = (whole / name).stat().st_size
        damages = [("remove", 0), ("truncate", 0), ("truncate", size // 2)]
        damages += [("flip", random_.randrange(size)) for _ in range(3)]
        for damage, place in damages:
            hurt = tmp_path / "hurt"
            shutil.rmtree(hurt, ignore_errors=True)
            shutil.copytree(whole, hurt)
            _hurt(hurt / name, damage, place, random_)
            with pytest.raises(HoidapError, match="manifest.json|" + name.name.replace(".", r"\.")):
                _view(hurt)
            problems = (
                check_index(hurt) if name.name != manifest.NAME or damage != "remove" else ["manifest.json"]
            )
            assert any(name.name in str(problem) for problem in problems), (name, damage, place, problems)
            tried += 1
    assert tried > 100


def _hurt(path: Path, damage: str, place: int, random_: random.Random) -> None:
    if damage == "remove":
        path.unlink()
    elif damage == "truncate":
        os.truncate(path, place)
    else:
        content = bytearray(path.read_bytes())
        content[place] ^= 1 << random_.randrange(8)
        path.write_bytes(content)


def test_a_copied_index_is_whole_and_opens_at_once_after_a_check(tmp_path: Path) -> None:
    whole = _made(tmp_path / "whole")
    copy = tmp_path / "copy"
    shutil.copytree(whole, copy, copy_function=shutil.copy)
    assert _view(copy) == _view(whole)
    before = manifest.read(copy).files
    assert check_index(copy) == []
    after = manifest.read(copy).files
    assert after != before
    assert {name: seal[:2] for name, seal in after.items()} == {
        name: seal[:2] for name, seal in before.items()
    }


def test_damage_that_keeps_a_files_times_is_found_by_check_and_when_it_is_read(tmp_path: Path) -> None:
    whole = _made(tmp_path / "whole")
    texts = whole / "0001" / "texts.dat"
    content = bytearray(texts.read_bytes())
    content[10] ^= 1
    with texts.open("r+b") as file:
        file.write(content)
    found = manifest.read(whole)
    stat = texts.stat()
    name = "0001/texts.dat"
    seal = (*found.files[name][:2], stat.st_mtime_ns, stat.st_ctime_ns)
    manifest.write(whole, replace(found, files=found.files | {name: seal}))
    assert [Path(problem.where).name for problem in check_index(whole)] == ["texts.dat"]
    snapshot = Index.open(whole).snapshot()
    with pytest.raises(IndexDamaged, match="bài 1 trong đó bị hỏng"):
        snapshot.documents(snapshot.keys())


def test_another_version_is_named_as_such(tmp_path: Path) -> None:
    whole = _made(tmp_path)
    manifest.write(whole, replace(manifest.read(whole), format=99))
    with pytest.raises(IndexOutdated, match=r"dạng 99, ở đây 3.*--rebuild"):
        Index.open(whole)
    assert "phiên bản khác" in str(check_index(whole)[0])


def test_another_analyzer_is_named_as_such(tmp_path: Path) -> None:
    whole = _made(tmp_path)
    with pytest.raises(IndexOutdated, match="--rebuild"):
        Index.open(whole, analyzer="two")
    Index.open(whole, analyzer="one")


def test_an_index_being_written_to_is_not_checked(tmp_path: Path) -> None:
    whole = _made(tmp_path)
    with Index.open(whole).writer():
        assert "đang được ghi" in str(check_index(whole)[0])


def test_segments_that_a_killed_writer_left_are_no_part_of_the_index(tmp_path: Path) -> None:
    whole = _made(tmp_path)
    left = whole / "0001" / "passages" / f"{'ab' * 16}.idx"
    left.write_bytes(b"half")
    with Index.open(whole).writer():
        pass
    left.write_bytes(b"half, and then more")
    assert check_index(whole) == []
    assert Index.open(whole).snapshot().stats.articles == 2


def test_an_index_that_was_never_finished_being_made_is_none(tmp_path: Path) -> None:
    Epoch(tmp_path / "0001", create=True)
    with pytest.raises(IndexMissing):
        Index.open(tmp_path)
    assert check_index(_made(tmp_path)) == []
