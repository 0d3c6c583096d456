"""Do `hoidap index` and `hoidap check` do what their pages say?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from bot.cli import run
from retrieval.index.embedded import Index
from retrieval.ingest.analysing import _deaf_to_interrupts
from tests.unit.corpus.made_files import word_file
from tests.unit.corpus.made_office import compound_file, rtf_file, word97_file, zipped
from tests.unit.corpus.made_pdf import lines_down, pdf_of

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


BAD = {
    "rỗng.txt": b"",
    "mẩu.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016),
    "toàn số không.doc": bytes(1024),
    "cắt.docx": word_file(["Nội quy bến đò."])[:-300],
    "khóa.docx": compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
    "khóa.doc": word97_file(["Nội quy bến đò."], flags=0x0100),
    "khóa.pdf": pdf_of([lines_down(["Nội quy bến đò."])], password="x"),
    "bom.docx": zipped({"word/document.xml": bytes(20_000_000)}),
    "rác.pdf": bytes(range(256)) * 8,
    "trang lỗi.pdf": b"<html><title>404 Not Found</title></html>",
    "hỏng.jsonl": b"{broken\n",
    "metadata.toml": b"title = \n",
}
GOOD = {
    "bến.txt": "Bến đò Vĩnh Trường mở từ 5 giờ.\r\n\r\nGiá vé 7.000 đồng.\r\n".encode(),
    "tên có dấu cách.txt": "Chợ Sình họp ngày 5 âm lịch.".encode(),
    unicodedata.normalize("NFD", "đường làng.txt"): "Đường làng dài 3 ki-lô-mét.".encode(),
    "trang.doc": "<html><body><h1>Hội làng</h1><p>Hội làng Mơ mở ngày 6 tháng Giêng.</p></body></html>".encode(),
    "rtf.doc": rtf_file(r"Kho thóc\par Kho thóc chứa 300 tấn.\par"),
    "thư mục.docx/trong.txt": "Ao làng sâu 2 mét.".encode(),
}


def test_bad_files_are_told_by_reason_and_the_good_ones_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, files in (("lẫn", {**BAD, **GOOD}), ("hỏng", BAD)):
        for name, data in files.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (tmp_path / folder / "~$bến.docx").write_bytes(b"\x05chu" + bytes(158))
    config = tmp_path / "hoidap.toml"
    config.write_text("[corpus]\nmax_file_megabytes = 1\n", encoding="utf-8")
    assert run(["index", str(tmp_path / "lẫn"), "--index", str(tmp_path / "x"), "--config", str(config)]) == 0
    mixed = capsys.readouterr().out
    assert f"Đã đọc {len(GOOD)} bài" in mixed
    assert "3 chỗ tệp có mật khẩu; hãy lưu lại không có mật khẩu\n" in mixed
    assert (
        run(["index", str(tmp_path / "hỏng"), "--index", str(tmp_path / "y"), "--config", str(config)]) == 1
    )
    alone = capsys.readouterr().out
    for told in (mixed, alone):
        lines = told.splitlines()
        assert [name for name in BAD if sum(f"/{name}" in line for line in lines) < 1] == []
        assert "~$" not in told
        # What libraries say is English; the lines are for people who may not read it.
        for word in ("malformed", "invalid", "Error", "Expected", "Traceback", "not "):
            assert word not in told.replace("404 Not Found", "")


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


@pytest.mark.skipif(os.name == "nt", reason="Windows asks every process")
def test_processes_that_are_started_to_analyse_never_hear_an_interruption() -> None:
    asked = [sys.executable, "-c", "import signal; print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"]
    own = signal.getsignal(signal.SIGINT)
    with _deaf_to_interrupts():
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert told.strip() == "True"
    assert signal.getsignal(signal.SIGINT) == own
