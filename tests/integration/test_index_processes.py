"""The processes that analyse: Ctrl-C while they start or work, one that is killed, and a script that can't start them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from retrieval import Retriever, check_index
from retrieval.ingest.analysing import ALONE

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them"
)

INDEXING = "from bot.cli import main; main()"
WORDS = "xã ấp làng chợ bến cầu đò lúa mía vườn ao đê kênh trạm trường thợ dân nhà ghe xuồng mùa nước gió đất".split()


@pytest.fixture(scope="module")
def much(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than is analysed in one process, in files of many lines."""
    folder, chance, size = tmp_path_factory.mktemp("much"), random.Random(2), 0
    while size < 1.5 * ALONE:
        lines = (
            " ".join(chance.choices(WORDS, k=30)).capitalize() + f" {chance.randrange(900)}."
            for _ in range(900)
        )
        size += (folder / f"{size}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return folder


@contextmanager
def _started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process at the head of a group of its own, which is gone afterwards."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _workers(group: int) -> list[int]:
    """The processes in the group that were started to analyse."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and b"spawn_main" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def _await_workers(process: subprocess.Popen[str], count: int) -> list[int]:
    deadline = time.monotonic() + 60
    while len(found := _workers(process.pid)) < count:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def _await_none(group: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < deadline, _workers(group)
        time.sleep(0.05)


@pytest.mark.parametrize("after", [0.0, 0.3, 3.0], ids=["starting", "importing", "working"])
def test_ctrl_c_ends_every_process_with_one_line(much: Path, tmp_path: Path, after: float) -> None:
    index = tmp_path / "index"
    with _started("-c", INDEXING, "index", str(much), "--index", str(index)) as process:
        _await_workers(process, 2)
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        said, told = process.communicate(timeout=60)
        _await_none(process.pid)
    assert process.returncode == 130
    assert said == ""
    assert told.strip() == "Đã dừng. Phần đã ghi vẫn còn; chạy lại lệnh này để làm tiếp."
    assert check_index(index) == []
    Retriever.open(index).close()


def test_a_process_that_is_killed_is_told_in_one_line(much: Path, tmp_path: Path) -> None:
    with _started("-c", INDEXING, "index", str(much), "--index", str(tmp_path / "index")) as process:
        time.sleep(2)
        os.kill(_await_workers(process, 2)[0], signal.SIGKILL)
        _, told = process.communicate(timeout=60)
        _await_none(process.pid)
    assert process.returncode == 1
    (line,) = told.strip().splitlines()
    assert "tiến trình phân tích" in line
    assert "hãy" in line
    assert check_index(tmp_path / "index") == []


CALLING = """
from retrieval import HoidapError, update_index
try:
    update_index([{much!r}], {index!r})
except HoidapError as error:
    print(error)
"""


def test_a_script_without_a_main_guard_is_told_what_it_needs(much: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(CALLING.format(much=str(much), index=str(tmp_path / "index")), encoding="utf-8")
    with _started(str(script)) as process:
        said, told = process.communicate(timeout=120)
        _await_none(process.pid)
    assert told == ""
    (line,) = said.splitlines()
    assert line.endswith('hãy gọi bên dưới dòng if __name__ == "__main__":')
    assert check_index(tmp_path / "index") == []
