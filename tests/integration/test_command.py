"""Does the command do what its page says, from the shell's point of view?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLES = {
    "lua.md": "---\ntitle: Vụ lúa ở Tân Thử\nsource: Báo Thử\npublished: 2021-03-04\n---\n\n"
    "Xã Tân Thử thu hoạch 1.250 tấn lúa trong vụ này. Nông dân dùng giống mới. Bí thư xã là bà Lê Thị Mẫu.\n",
    "truong.txt": "Trường học ở huyện Hòa Thử\n\n"
    "Huyện Hòa Thử có 42 trường học. Năm nay huyện xây thêm 3 thư viện.\n",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "bài viết"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def hoidap(
    *arguments: str | Path | bytes, stdin: bytes = b"", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=os.environ | {"NO_COLOR": "1"},
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_ask_shows_the_passage_with_source_and_date(corpus: Path) -> None:
    done = hoidap("ask", "Tân Thử thu hoạch bao nhiêu tấn lúa?", "--corpus", corpus)
    assert done.returncode == 0, done.stderr
    assert "thu hoạch **1.250" in done.stdout
    assert "Báo Thử · 04/03/2021" in done.stdout
    assert "dữ liệu mẫu" not in done.stdout


def test_ask_json_is_one_object_with_the_promised_keys(corpus: Path) -> None:
    done = hoidap("ask", "Hòa Thử có bao nhiêu trường học?", "--corpus", corpus, "--json", "-k", "2")
    told = json.loads(done.stdout)
    assert list(told) == ["question", "answered", "answer", "hits"]
    assert told["answered"] is True
    assert "42" in told["answer"]
    assert 1 <= len(told["hits"]) <= 2
    assert set(told["hits"][0]) == {
        "rank", "score", "text", "document", "title", "source", "date", "date_kind", "url"
    }  # fmt: skip
    assert told["hits"][0]["rank"] == 1
    assert told["hits"][0]["document"] == "truong.txt"


def test_a_question_the_corpus_cannot_answer_is_exit_code_3(corpus: Path) -> None:
    done = hoidap("ask", "Cà Mau thu hoạch bao nhiêu tấn lúa?", "--corpus", corpus)
    assert done.returncode == 3
    assert "“Cà Mau”" in done.stdout


def test_explain_shows_terms_and_their_shares(corpus: Path) -> None:
    done = hoidap("ask", "Tân Thử thu hoạch bao nhiêu tấn lúa?", "--corpus", corpus, "--explain")
    assert "idf" in done.stdout
    assert "lúa" in done.stdout


def test_the_sample_is_asked_where_no_corpus_is_named_and_is_said_to_be_one(tmp_path: Path) -> None:
    done = hoidap("ask", "Sóc Trăng kết nạp bao nhiêu đảng viên?", cwd=tmp_path)
    assert done.returncode == 0
    assert "**7.448" in done.stdout
    assert "tóm tắt theo" in done.stdout
    assert "dữ liệu mẫu" in done.stdout


def test_sources_lists_publishers(corpus: Path) -> None:
    done = hoidap("sources", "--corpus", corpus)
    assert "Báo Thử: 1 bài, 04/03/2021" in done.stdout


def test_chat_answers_a_pipe_of_questions(corpus: Path) -> None:
    questions = "Tân Thử thu hoạch bao nhiêu tấn lúa?\nHòa Thử có bao nhiêu trường học?\n".encode()
    done = hoidap("chat", "--corpus", corpus, stdin=questions)
    assert done.returncode == 0
    assert done.stdout.index("1.250") < done.stdout.index("42")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask"], 2),
        (["ask", "?!"], 2),
        (["ask", ""], 2),
        (["ask", "😀"], 2),
        (["nonsense"], 2),
        (["ask", "a", "--nonsense"], 2),
        (["ask", "a", "-k", "0"], 2),
        (["ask", "a", "-k", "many"], 2),
        (["ask", "a", "--corpus", "/nowhere/at/all"], 1),
        (["ask", "a", "--index", "/nowhere/at/all"], 1),
        (["ask", "a", "--corpus", ".", "--index", "."], 1),
        (["--config", "/nowhere.toml", "ask", "a"], 1),
        (["ask", "a", "--config", "/nowhere.toml"], 1),
    ],
)
def test_errors_are_one_line_and_an_exit_code(arguments: list[str], code: int, tmp_path: Path) -> None:
    done = hoidap(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.startswith("hoidap: ")
    assert done.stderr.count("\n") == 1


def test_a_question_that_is_no_text_is_no_reason_to_break(corpus: Path) -> None:
    done = hoidap("ask", b"t\xe2n th\xff l\xfaa", "--corpus", corpus, "--json")
    assert done.returncode in (0, 3)
    json.loads(done.stdout)


def test_a_folder_without_documents_and_unreadable_files_are_told(tmp_path: Path, corpus: Path) -> None:
    (corpus / "hỏng.pdf").write_bytes(b"%PDF-1.7 broken")
    done = hoidap("ask", "Tân Thử thu hoạch bao nhiêu tấn lúa?", "--corpus", corpus)
    assert done.returncode == 0
    assert "hỏng.pdf: " in done.stderr
    assert "1 not read" in done.stderr
    (tmp_path / "empty").mkdir()
    assert hoidap("ask", "lúa", "--corpus", tmp_path / "empty").returncode == 1


def test_settings_are_read_where_the_command_runs(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "hoidap.toml").write_text("[conversation]\nnonsense = 1\n")
    done = hoidap("ask", "lúa", "--corpus", corpus, cwd=tmp_path)
    assert done.returncode == 1
    assert "config/hoidap.toml" in done.stderr
    assert "nonsense" in done.stderr


def test_version_and_help() -> None:
    assert hoidap("--version").stdout.startswith("hoidap ")
    shown = hoidap().stdout
    for name in ("ask", "chat", "index", "sources", "check", "eval", "telegram", "stats"):
        assert f"\n  {name} " in shown


def test_a_reader_that_leaves_early_is_no_error(corpus: Path) -> None:
    ask = f"{sys.executable} -c 'from bot.cli import main; main()' ask lúa --corpus '{corpus}' -k 9"
    done = subprocess.run(
        ["bash", "-c", f"{ask} | true; exit ${{PIPESTATUS[0]}}"], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
