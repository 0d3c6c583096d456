"""Do `hoidap index` and `hoidap check` do what their pages say?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli import run
from retrieval.index.embedded import Index

ARTICLES = {
    "lua.md": "# Vụ lúa\n\nXã Tân Thử thu hoạch 1.250 tấn lúa trong vụ hè thu năm nay.\n",
    "truong.md": "# Trường học\n\nHuyện Hòa Thử có 42 trường học và xây thêm 3 thư viện.\n",
    "trong.txt": "",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "bài viết"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_indexes_and_reports(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = tmp_path / "index"
    assert run(["index", str(corpus), "--index", str(index)]) == 0
    told = capsys.readouterr().out
    assert "Đã đọc 2 bài trong" in told
    assert "1 chỗ không đọc được, hoặc không đọc được hết:" in told
    assert "trong.txt" in told
    assert f"{index}: có 2 bài, 2 đoạn." in told
    assert run(["index", str(corpus), "--index", str(index)]) == 0
    assert "2 tệp không thay đổi" in capsys.readouterr().out
    assert run(["index", "--rebuild", "--index", str(index)]) == 0
    assert run(["check", "--index", str(index)]) == 0
    assert f"{index}: nguyên vẹn." in capsys.readouterr().out


def test_nothing_that_can_be_read_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bài").mkdir()
    (tmp_path / "bài" / "ảnh\nđẹp.jpg").write_bytes(b"\xff\xd8")
    assert run(["index", str(tmp_path / "bài"), "--index", str(tmp_path / "index")]) == 1
    told = capsys.readouterr().out
    assert "1 chỗ không đọc được" in told
    assert "ảnh đẹp.jpg: " in told
    assert run(["sources", "--index", str(tmp_path / "index")]) == 0
    assert "Chưa có bài nào." in capsys.readouterr().out


def test_says_that_a_file_is_gone_until_it_is_pruned(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", str(tmp_path / "index")]
    run(["index", str(corpus), *index])
    assert "--prune" not in capsys.readouterr().out
    (corpus / "lua.md").unlink()
    for _ in range(2):
        run(["index", str(corpus), *index])
        told = capsys.readouterr().out
        assert "1 tệp không còn nữa" in told
        assert str(corpus / "lua.md") in told
        assert "--prune" in told
        assert "có 2 bài" in told
    run(["index", str(corpus), "--prune", *index])
    told = capsys.readouterr().out
    assert "đã xóa 1 bài" in told
    assert "--prune" not in told
    assert "có 1 bài" in told


def test_asks_the_index(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = tmp_path / "index"
    run(["index", str(corpus), "--index", str(index)])
    run(["ask", "--index", str(index), "Xã Tân Thử thu hoạch bao nhiêu tấn lúa?"])
    assert "1.250" in capsys.readouterr().out


def test_check_names_damage_and_its_mend(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "index"
    run(["index", str(corpus), "--index", str(index)])
    (index / "0001" / "terms.dat").write_bytes(b"")
    capsys.readouterr()
    assert run(["check", "--index", str(index)]) == 1
    assert "terms.dat: 0 byte, đáng lẽ" in capsys.readouterr().out
    assert run(["ask", "--index", str(index), "tấn lúa"]) == 1
    error = capsys.readouterr().err
    assert "terms.dat" in error
    assert "hoidap check" in error
    assert error.count("\n") == 1
    assert run(["index", "--rebuild", "--index", str(index)]) == 0
    assert run(["check", "--index", str(index)]) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["index", "--index", "here"], 2, "chưa có gì để đưa vào chỉ mục"),
        (["index", "--index", "here", "--prune", "--watch"], 2, "chưa có gì để theo dõi"),
        (["index", "missing", "--index", "here"], 1, "missing: không có tệp hay thư mục này"),
        (["check", "--index", "nowhere"], 1, "không có chỉ mục ở đó"),
        (["index", "--rebuild", "--index", "nowhere"], 1, "không có chỉ mục ở đó"),
    ],
)
def test_wrong_use(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code
    assert said in capsys.readouterr().err


def test_watch_follows_a_folder_until_ctrl_c(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from bot.cli import main; main()",
            "index",
            str(corpus),
            "--index",
            str(index),
            "--watch",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    assert process.stdout is not None
    while "Đang theo dõi" not in process.stderr.readline():
        assert process.poll() is None
    (corpus / "moi.md").write_text(
        "# Mới\n\nMột bài mới về nghề dệt chiếu ở làng bên sông.\n", encoding="utf-8"
    )
    reader, deadline = Index.open(index), time.monotonic() + 30
    while reader.snapshot().stats.articles < 3 and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert reader.snapshot().stats.articles == 3
    assert process.returncode == 130
    assert "Traceback" not in error
