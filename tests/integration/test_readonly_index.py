"""Can an index be asked by somebody who may not write to it? Modes don't bind root: it lays that power down first."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Document, Retriever, check_index

_LAID_DOWN = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
_READER = """
import json, sys
from retrieval import HoidapError, Retriever, check_index

index = sys.argv[1]
retriever = Retriever.open(index)
for line in sys.stdin:
    if line.startswith("?"):
        retriever.refresh()
        said = retriever.answer(line[1:]).text
    elif line.startswith("check"):
        said = [str(problem) for problem in check_index(index)]
    else:
        try:
            said = retriever.remove(["mot"])
        except HoidapError as error:
            said = str(error)
    print(json.dumps(said), flush=True)
"""


class _Reader:
    def __init__(self, index: Path, scratch: Path) -> None:
        before = _LAID_DOWN if os.geteuid() == 0 else []
        self.process = subprocess.Popen(
            [*before, sys.executable, "-c", _READER, str(index)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "TMPDIR": str(scratch)},
        )

    def says(self, line: str) -> object:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def leave(self) -> None:
        self.process.communicate(timeout=30)
        assert self.process.returncode == 0


def _set_writable(folder: Path, *, writable: bool) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222 | (0o200 if writable else 0))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Path]:
    if os.name != "posix" or (os.geteuid() == 0 and not shutil.which("setpriv")):
        pytest.skip("nobody here whom a folder's mode binds")
    folder = tmp_path / "index"
    with Retriever.build([Document("mot", "Hồ Trúc Lâm có 17 con thiên nga.")], path=folder) as retriever:
        retriever.pin("Hồ Trúc Lâm đóng cửa mấy giờ?", "18 giờ.", source="Ban quản lý hồ")
    _set_writable(folder, writable=False)
    yield folder
    _set_writable(folder, writable=True)


def test_an_index_that_may_only_be_read_is_asked_and_checked(index: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    reader = _Reader(index, scratch)
    assert reader.says("?Hồ Trúc Lâm có bao nhiêu con thiên nga?") == "17 con thiên nga"
    assert reader.says("?mấy giờ hồ Trúc Lâm đóng cửa ạ") == "18 giờ."
    assert reader.says("check") == []
    assert "không ghi được" in str(reader.says("remove"))
    reader.leave()
    assert list(scratch.iterdir()) == [], "the folder for the engine stays behind"


def test_a_reader_without_leave_to_write_sees_what_the_owner_commits(index: Path, tmp_path: Path) -> None:
    reader = _Reader(index, tmp_path)
    assert reader.says("?Hồ Trúc Lâm có bao nhiêu con thiên nga?") == "17 con thiên nga"
    _set_writable(index, writable=True)
    owner = Retriever.open(index)
    _set_writable(index, writable=False)
    if os.geteuid() != 0:
        pytest.skip("only root writes where the reader may not")
    owner.add([Document("mot", "Hồ Trúc Lâm có 23 con thiên nga.")])
    assert reader.says("?Hồ Trúc Lâm có bao nhiêu con thiên nga?") == "23 con thiên nga"
    with owner._index.writer() as writer:
        late = _Reader(index, tmp_path)
        assert late.says("?Hồ Trúc Lâm có bao nhiêu con thiên nga?") == "23 con thiên nga"
        assert "đang được ghi" in str(late.says("check"))
        assert reader.says("?Hồ Trúc Lâm có bao nhiêu con thiên nga?") == "23 con thiên nga"
        writer.remove(["mot"])
        writer.commit()
        assert reader.says("?Hồ Trúc Lâm có bao nhiêu con thiên nga?") is None
    assert late.says("?Hồ Trúc Lâm có bao nhiêu con thiên nga?") is None
    reader.leave()
    late.leave()
    assert check_index(index) == []
