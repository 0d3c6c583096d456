"""Does the command do what its page says, from the shell's point of view?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import run

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


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Hoidap = Callable[..., Done]


@pytest.fixture
def hoidap(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Hoidap:
    """Runs a command line in this process, which has its models loaded; in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def do(*arguments: str | Path) -> Done:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return do


def in_a_shell(*arguments: str | Path | bytes, stdin: bytes = b"", cwd: Path | None = None) -> Done:
    """Runs a command line as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_ask_shows_the_passage_with_source_and_date(hoidap: Hoidap, corpus: Path) -> None:
    done = hoidap("ask", "Tân Thử thu hoạch bao nhiêu tấn lúa?", "--corpus", corpus)
    assert done.code == 0, done.err
    assert "thu hoạch **1.250" in done.out
    assert "Báo Thử · 04/03/2021" in done.out
    assert "dữ liệu mẫu" not in done.out


def test_ask_json_is_one_object_with_the_promised_keys(hoidap: Hoidap, corpus: Path) -> None:
    done = hoidap("ask", "Hòa Thử có bao nhiêu trường học?", "--corpus", corpus, "--json", "-k", "2")
    told = json.loads(done.out)
    assert list(told) == ["question", "answered", "near", "answer", "pinned", "hits"]
    assert told["answered"] is True
    assert "42" in told["answer"]
    assert 1 <= len(told["hits"]) <= 2
    assert set(told["hits"][0]) == {
        "rank", "score", "text", "shown", "section", "page", "document", "title", "source", "number", "date",
        "date_kind", "url",
    }  # fmt: skip
    assert told["hits"][0]["rank"] == 1
    assert told["hits"][0]["document"] == "truong.txt"


def test_a_question_the_corpus_cannot_answer_is_exit_code_3(hoidap: Hoidap, corpus: Path) -> None:
    done = hoidap("ask", "Cà Mau thu hoạch bao nhiêu tấn lúa?", "--corpus", corpus)
    assert done.code == 3
    assert "“Cà Mau”" in done.out


def test_a_question_in_another_language_is_told_so(hoidap: Hoidap, corpus: Path) -> None:
    done = hoidap("ask", "Who is the chairman of this place?", "--corpus", corpus)
    assert (done.code, done.out) == (3, "Tôi chỉ hiểu tiếng Việt. Mời bạn hỏi bằng tiếng Việt nhé.\n")


def test_explain_shows_terms_and_their_shares(hoidap: Hoidap, corpus: Path) -> None:
    done = hoidap("ask", "Tân Thử thu hoạch bao nhiêu tấn lúa?", "--corpus", corpus, "--explain")
    assert "idf" in done.out
    assert "lúa" in done.out


def test_the_sample_is_asked_where_no_corpus_is_named_and_is_said_to_be_one(tmp_path: Path) -> None:
    done = in_a_shell("ask", "Sóc Trăng kết nạp bao nhiêu đảng viên?", cwd=tmp_path)
    assert done.code == 0
    assert "**7.448" in done.out
    assert "tóm tắt theo" in done.out
    assert "dữ liệu mẫu" in done.out


def test_sources_lists_publishers(hoidap: Hoidap, corpus: Path) -> None:
    done = hoidap("sources", "--corpus", corpus)
    assert "Báo Thử: 1 bài, 04/03/2021" in done.out


def test_chat_answers_a_pipe_of_questions(corpus: Path) -> None:
    questions = "Tân Thử thu hoạch bao nhiêu tấn lúa?\nHòa Thử có bao nhiêu trường học?\n".encode()
    done = in_a_shell("chat", "--corpus", corpus, stdin=questions)
    assert done.code == 0
    assert done.out.index("1.250") < done.out.index("42")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask"], 2),
        (["ask", "?!"], 2),
        (["ask", ""], 2),
        (["ask", "😀"], 2),
        (["ask", "đảng viên " * 1000], 2),
        (["nonsense"], 2),
        (["ask", "a", "--nonsense"], 2),
        (["ask", "a", "-k", "0"], 2),
        (["ask", "a", "-k", "many"], 2),
        (["ask", "a", "--corpus", "/nowhere/at/all"], 1),
        (["ask", "a", "--index", "/nowhere/at/all"], 1),
        (["ask", "a", "--corpus", ".", "--index", "."], 2),
        (["--config", "/nowhere.toml", "ask", "a"], 1),
        (["ask", "a", "--config", "/nowhere.toml"], 1),
    ],
)
def test_errors_are_one_line_and_an_exit_code(hoidap: Hoidap, arguments: list[str], code: int) -> None:
    done = hoidap(*arguments)
    assert done.code == code
    assert done.out == ""
    assert done.err.startswith("hoidap: ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["ask", "a", "-k", "0"], "-k"),
        (["stats", "--days", "0"], "--days"),
        (["index", "bài"], "--index"),
        (["eval", "--questions", "a.jsonl"], "--passages"),
    ],
)
def test_wrong_use_names_the_option(hoidap: Hoidap, arguments: list[str], named: str) -> None:
    done = hoidap(*arguments)
    assert done.code == 2
    assert named in done.err


@pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_no_reason_to_break(corpus: Path, stream: str) -> None:
    chat = f"{sys.executable} -m bot.cli chat --corpus '{corpus}' {stream}"
    done = subprocess.run(["sh", "-c", f"echo lúa | {chat}"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_locale_without_vietnamese_keeps_question_and_answer(corpus: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "bot.cli", "ask", "Tân Thử thu hoạch bao nhiêu tấn lúa?"]
    done = subprocess.run(
        [*command, "--corpus", corpus], capture_output=True, check=False, env=os.environ | ascii_only
    )
    assert done.returncode == 0
    assert "thu hoạch **1.250 tấn**" in done.stdout.decode("utf-8")


def test_a_question_that_is_no_text_is_no_reason_to_break(corpus: Path) -> None:
    done = in_a_shell("ask", b"t\xe2n th\xff l\xfaa", "--corpus", corpus, "--json")
    assert done.code in (0, 3)
    json.loads(done.out)


def test_a_folder_without_documents_and_unreadable_files_are_told(
    hoidap: Hoidap, tmp_path: Path, corpus: Path
) -> None:
    (corpus / "hỏng.pdf").write_bytes(b"%PDF-1.7 broken")
    done = hoidap("ask", "Tân Thử thu hoạch bao nhiêu tấn lúa?", "--corpus", corpus)
    assert done.code == 0
    assert "hỏng.pdf: " in done.err
    assert "1 chỗ không đọc được" in done.err
    (tmp_path / "empty").mkdir()
    assert hoidap("ask", "lúa", "--corpus", tmp_path / "empty").code == 1


def test_settings_are_read_where_the_command_runs(hoidap: Hoidap, tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "hoidap.toml").write_text("[conversation]\nnonsense = 1\n")
    done = hoidap("ask", "lúa", "--corpus", corpus)
    assert done.code == 1
    assert "config/hoidap.toml" in done.err
    assert "nonsense" in done.err


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[ranking]\ncandidates = -1\n", "ranking.candidates: phải là số nguyên từ 1 trở lên"),
        ("[ranking]\ncandidates = 'nhiều'\n", "ranking.candidates: phải là số nguyên"),
        ("[answering]\nmin_confidence = 7\n", "answering.min_confidence: phải là số từ 1 trở xuống"),
        ("[sắp_xếp]\n", "c.toml:"),
        ("[corpus]\nnonsense = 1\n", "không có thiết lập “corpus.nonsense”"),
        ("corpus = 3\n", "corpus: phải là bảng"),
    ],
)
def test_a_wrong_setting_is_told_in_vietnamese(
    hoidap: Hoidap, tmp_path: Path, corpus: Path, written: str, said: str
) -> None:
    config = tmp_path / "c.toml"
    config.write_text(written, encoding="utf-8")
    done = hoidap("ask", "lúa", "--corpus", corpus, "--config", config)
    assert done.code == 1
    assert said in done.err
    assert "Expected" not in done.err


@pytest.mark.parametrize(("typed", "meant"), [("asc", "ask"), ("indx", "index"), ("nonsense", "")])
def test_a_command_that_is_none(hoidap: Hoidap, typed: str, meant: str) -> None:
    done = hoidap(typed)
    assert done.code == 2
    assert done.err.startswith(f"hoidap: không có lệnh “{typed}”")
    assert (f"có phải {meant} không?" in done.err) == bool(meant)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_told_in_vietnamese(corpus: Path) -> None:
    asked = [sys.executable, "-c", "from bot.cli import main; main()", "ask", "lúa", "--corpus", corpus]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(asked, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert "ổ đĩa đã đầy" in done.stderr.decode()


def test_version_and_help(hoidap: Hoidap) -> None:
    assert hoidap("--version").out.startswith("hoidap ")
    shown = hoidap().out
    for name in ("ask", "chat", "index", "sources", "read", "check", "eval", "telegram", "stats"):
        assert f"\n  {name} " in shown


def test_a_reader_that_leaves_early_is_no_error(corpus: Path) -> None:
    ask = f"{sys.executable} -c 'from bot.cli import main; main()' ask lúa --corpus '{corpus}' -k 9"
    done = subprocess.run(["sh", "-c", f"{ask} | true"], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_how_a_file_was_read(hoidap: Hoidap, tmp_path: Path) -> None:
    path = tmp_path / "quyet-dinh.txt"
    path.write_text(
        "ỦY BAN NHÂN DÂN\nXÃ TÂN THỬ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/QĐ-UBND\n"
        "Tân Thử, ngày 4 tháng 3 năm 2024\nQUYẾT ĐỊNH\nVề việc mở chợ đêm\nĐiều 1. Mở chợ đêm ở bến cũ.\n"
        "Điều 2. Quyết định này có hiệu lực từ ngày ký.\nCHỦ TỊCH\nTrần Thị Bưởi\n",
        encoding="utf-8",
    )
    done = hoidap("read", path)
    assert (done.code, done.err) == (0, "")
    for said in (
        "Số hiệu: 12/QĐ-UBND",
        "Ngày: 04/03/2024",
        "Nguồn: Ủy ban nhân dân xã Tân Thử",
        "Người ký: Trần Thị Bưởi",
        "Điều 2.",
        "chữ ký",
    ):
        assert said in done.out
    read = json.loads(hoidap("read", path, "--json").out)
    assert read["number"] == "12/QĐ-UBND"
    assert [block["section"] for block in read["blocks"] if block["kind"] == "paragraph"] == [
        ["Điều 1."],
        ["Điều 2."],
    ]
    assert "".join("".join(block["text"].split()) for block in read["blocks"]) == "".join(
        path.read_text(encoding="utf-8").split()
    )


def test_what_was_set_aside_of_a_page_is_shown(hoidap: Hoidap, tmp_path: Path) -> None:
    path = tmp_path / "trang.txt"
    page = (
        "Chợ đêm mở lại sau hai mùa mưa lũ\n\n04/03/2024 - 07:15\n\n"
        + "Chợ đêm ở bến cũ đã mở lại từ tối qua, đông khách hơn mọi năm trước. " * 4
    )
    path.write_text(f"{page}\n\nChia sẻ bài viết\n\nTin khác\n\nCầu mới thông xe\n", encoding="utf-8")
    out = hoidap("read", path).out
    assert "phần thừa của trang: menu, nút bấm" in out
    assert "Chia sẻ bài viết" in out
    assert "vì có: nút bấm, giờ đăng" in out


@pytest.mark.parametrize(("command", "collecting"), [("ask", False), ("sources", True)])
def test_the_collector_rests_only_for_a_command_that_leaves_at_once(command: str, collecting: bool) -> None:
    script = (
        "import atexit, gc, sys; atexit.register(lambda: print(gc.isenabled()));"
        f" sys.argv = ['hoidap', '{command}', '--help']; from bot.start import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == str(collecting)
