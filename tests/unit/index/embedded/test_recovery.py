"""A writer that dies between its commits. Killed processes are in tests/integration/test_index_crash.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from retrieval.errors import IndexDamaged
from retrieval.index.embedded import Index, StoredSnapshot, lock, manifest
from retrieval.index.embedded.check import check_index
from retrieval.index.embedded.engine import Engine
from retrieval.index.embedded.epoch import Epoch
from retrieval.index.embedded.writer import Writer
from retrieval.index.protocol import Wanted
from retrieval.settings import IndexSettings
from tests.unit.index.embedded.made import LUA, MUA, TET, analyse, put


class Dying(Engine):
    """An engine whose commit doesn't come to pass."""

    def writer(self, *, heap_megabytes: int) -> Any:
        class DyingWriter:
            def __init__(self, real: Any) -> None:
                self.add, self.close = real.add, real.close

            def commit(self, generation: int) -> None:
                raise KeyboardInterrupt

        return DyingWriter(super().writer(heap_megabytes=heap_megabytes))


def _die(root: Path, part: str) -> None:
    """Adds LUA, removes TET, and dies in the commit of `part`."""
    epoch = Epoch(root / "0001")
    setattr(epoch, part, Dying(root / "0001" / part, create=False))
    writer = Writer(epoch, settings=IndexSettings())
    writer.add(analyse(LUA))
    writer.remove(["tet"])
    with pytest.raises(KeyboardInterrupt):
        writer.commit()
    writer.close()


@pytest.mark.parametrize("part", ["articles", "passages"])
def test_the_last_commit_is_what_is_there(tmp_path: Path, part: str) -> None:
    put(Index.create(tmp_path), TET, MUA)
    _die(tmp_path, part)
    for _ in range(2):  # before the next writer has taken it back, and after
        epoch = Epoch(tmp_path / "0001")
        snapshot = StoredSnapshot(epoch)
        assert {document.id for document in snapshot.all_documents()} == {"tet", "mua"}
        assert snapshot.article_df("lúa", plain=False) == 0
        assert snapshot.article_df("hoa", plain=False) == 1
        assert snapshot.passage_df("hoa", plain=False) == 2
        assert snapshot.find(Wanted([], 3), Wanted([], 3)) == ([], [])
        Writer(epoch, settings=IndexSettings()).close()
    writer = Writer(Epoch(tmp_path / "0001"), settings=IndexSettings())
    writer.add(analyse(LUA))
    writer.commit()
    writer.close()
    snapshot = StoredSnapshot(Epoch(tmp_path / "0001"))
    assert snapshot.stats.articles == 3
    assert snapshot.article_df("lúa", plain=False) == 1
    assert snapshot.passage_df("lúa", plain=False) == 2


def test_a_writer_killed_while_files_were_being_listed_is_no_damage(tmp_path: Path) -> None:
    index = Index.create(tmp_path)
    put(index, TET)
    before = manifest.read(tmp_path)
    put(index, LUA)
    manifest.write(tmp_path, replace(before, writing=True))  # as it was while LUA was being written
    assert Index.open(tmp_path).snapshot().stats.articles == 2
    assert check_index(tmp_path) == []
    put(Index.open(tmp_path), MUA)
    assert Index.open(tmp_path).snapshot().stats.articles == 3


def test_a_file_that_goes_while_it_is_looked_at_is_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index.create(tmp_path)
    put(index, LUA)
    index.close()
    real, calls = manifest.verify, []

    def verify(root: Path, found: manifest.Manifest, **options: bool) -> list[tuple[Path, str]]:
        calls.append(root)
        if len(calls) == 1:
            raise FileNotFoundError(2, "No such file or directory", str(root / "0001" / "texts.dat"))
        return real(root, found, **options)

    monkeypatch.setattr(manifest, "verify", verify)
    with pytest.raises(IndexDamaged, match=r"texts.dat: không có; hãy chạy hoidap check"):
        Index.open(tmp_path)
    calls.clear()
    with lock.writing(tmp_path):
        assert Index.open(tmp_path).snapshot().stats.articles == 1
    assert len(calls) == 2
