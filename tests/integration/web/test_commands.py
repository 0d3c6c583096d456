"""Do `hoidap serve`, `hoidap token` and their refusals work as they are typed?"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.cli import run
from retrieval import Retriever
from tests.integration.web.shelf import DOCUMENTS, POOL


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "hoidap.toml"
    path.write_text(f'[server]\nstate = "{tmp_path}/state"\nquestions_per_minute = 0\n')
    return path


@contextmanager
def served(*arguments: object) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The command in a process of its own, once it can answer."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "serve", "--port", "0", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        deadline = time.monotonic() + 60
        while True:
            try:
                if httpx.get(f"{found[0]}/readyz", timeout=5).status_code == 200:
                    break
            except httpx.TransportError:
                pass
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield found[0], process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=40)


def test_two_workers_share_an_index_tokens_and_conversations(tmp_path: Path, config: Path) -> None:
    index = tmp_path / "index"
    Retriever.build(DOCUMENTS, path=index).close()
    with served("--index", index, "--workers", 2, "--config", config) as (url, _):
        conversation, seen = None, set()
        for _ in range(30):  # each from a connection of its own, whichever worker takes it
            asked = httpx.post(
                f"{url}/v1/ask", json={"question": POOL, "conversation": conversation}, timeout=30
            )
            assert asked.status_code == 200
            conversation = asked.json()["conversation"]
            seen.add(asked.json()["answered"])
        assert seen == {True}
        token = tokens(config, "new", "--scope", "admin")[0]
        bearer = {"Authorization": f"Bearer {token}"}
        added = {"documents": [{"id": "moi", "text": "Đò ngang Vạn Chài chở 15 người một chuyến."}]}
        answer = httpx.post(f"{url}/v1/documents", json=added, headers=bearer, timeout=30)
        assert (answer.status_code, answer.json()["kept"]) == (201, True)
        time.sleep(2)
        found = [httpx.get(f"{url}/v1/documents/moi", timeout=30).status_code for _ in range(10)]
        assert set(found) == {200}
        counted = re.findall(
            r'hoidap_http_requests_total\{route="/v1/ask",status="200"\} (\S+)',
            httpx.get(f"{url}/metrics").text,
        )
        assert [float(one) for one in counted] == [30.0]  # over both workers


def tokens(config: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "token", *arguments, "--config", str(config)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_the_sample_is_served_until_another_corpus_is_named(config: Path) -> None:
    with served("--config", config) as (url, process):
        told = httpx.post(
            f"{url}/v1/ask", json={"question": "Sóc Trăng kết nạp bao nhiêu đảng viên?"}, timeout=30
        )
        assert told.json()["answer"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGTERM)


def test_beyond_loopback_it_refuses_without_a_token(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--host", "0.0.0.0", "--port", "0", "--config", str(config)]) == 1
    assert "hoidap token new" in capsys.readouterr().err


def test_a_port_in_use_is_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bot.web.run import listen

    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["serve", "--port", str(port), "--config", str(config)]) == 1
    assert f"127.0.0.1:{port}" in capsys.readouterr().err


def test_tokens_are_made_listed_and_revoked(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["token", "new", "--name", "máy in", "--config", str(config)]) == 0
    made = capsys.readouterr().out.strip()
    assert run(["token", "list", "--config", str(config)]) == 0
    listed = capsys.readouterr().out
    identity = made.split("-")[1]
    assert identity in listed
    assert "máy in" in listed
    assert made not in listed
    assert run(["token", "revoke", identity, "--config", str(config)]) == 0
    assert run(["token", "revoke", identity, "--config", str(config)]) == 1
    assert run(["token", "revoke", "--config", str(config)]) == 2
    assert run(["token", "sell", "--config", str(config)]) == 2
