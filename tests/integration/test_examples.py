"""Does every example run as its page says?"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CONVERSATION = "Sóc Trăng kết nạp bao nhiêu đảng viên?\nCòn Kiến Tường thì sao?\n"
PATIENCE = 120
"""Seconds for a new process to load its models on a busy machine."""


def run(*command: str | Path, said: str = "") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        input=said,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def test_every_example_is_on_the_page_and_has_a_test() -> None:
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    tests = Path(__file__).read_text(encoding="utf-8")
    files = [path.name for path in EXAMPLES.iterdir() if path.is_file() and path.name != "README.md"]
    assert len(files) >= 6
    assert [name for name in files if f"({name})" not in page or f'"{name}"' not in tests] == []


def test_the_bot_over_http_is_short_and_talks_to_the_service(tmp_path: Path) -> None:
    script = EXAMPLES / "bot_over_http.py"
    assert len(script.read_text(encoding="utf-8").splitlines()) < 40
    assert script.name == "bot_over_http.py"
    config = tmp_path / "hoidap.toml"
    config.write_text(f'[server]\nstate = "{tmp_path / "state"}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "bot.cli", "--config", str(config), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as service:
        try:
            assert service.stdout is not None
            address = re.search(r"http://\S+", service.stdout.readline())
            assert address is not None
            _until_ready(address[0])
            told = run(script, address[0], said=CONVERSATION + "?\n").stdout
        finally:
            service.terminate()
    first, second, *_ = told.split("\n\n")
    assert "đảng viên" in first
    assert "Sóc Trăng" in first
    assert "379" in second
    assert "—" in second


def test_the_bot_over_the_library_talks() -> None:
    told = run(EXAMPLES / "bot_over_library.py", said=CONVERSATION + "?\n").stdout
    first, second, third, *_ = told.split("\n\n")
    assert "Sóc Trăng" in first
    assert "379" in second
    assert third == "Bạn hỏi rõ hơn một chút nhé."


def test_a_table_of_questions_is_answered_to_its_end(tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    run(EXAMPLES / "answer_csv.py", EXAMPLES / "questions.csv", answers)
    with answers.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
    assert [row["answered"] for row in rows] == ["yes", "yes", "no", "no"]
    assert "379" in rows[1]["answer"]
    assert rows[1]["passage"]
    assert rows[2]["passage"] == ""


def test_a_table_without_questions_is_refused_in_one_line(tmp_path: Path) -> None:
    table = tmp_path / "other.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, EXAMPLES / "answer_csv.py", table, tmp_path / "out.csv"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip().endswith("name one so in the first line")
    assert len(done.stderr.splitlines()) == 1


def test_the_fastapi_application_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (EXAMPLES / "fastapi_app.py").is_file()
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import fastapi_app  # type: ignore[import-not-found]
    from fastapi.testclient import TestClient

    with TestClient(fastapi_app.app) as client:
        answer = client.get("/hoi", params={"cau_hoi": "Kiến Tường kết nạp được bao nhiêu đảng viên?"}).json()
        unclear = client.get("/hoi", params={"cau_hoi": "?"})
        empty = client.get("/hoi")
    assert "379" in answer["tra_loi"]
    assert answer["doan"][0]["van_ban"]
    assert (unclear.status_code, empty.status_code) == (422, 422)


def test_the_notebook_runs_from_top_to_bottom(capsys: pytest.CaptureFixture[str]) -> None:
    notebook = json.loads((EXAMPLES / "notebook.ipynb").read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(cells) > 5
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    names: dict[str, Any] = {}
    for cell in cells:
        exec("".join(cell["source"]), names)
    assert "379" in names["turn"].text
    assert names["answer"].answered
    assert not names["unknown"].answered
    assert len(capsys.readouterr().out.splitlines()) > 5


def _until_ready(address: str) -> None:
    for _ in range(PATIENCE * 2):
        try:
            if httpx.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise AssertionError("the service isn't ready")
