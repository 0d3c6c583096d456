"""What is told where the cluster can't be used? One line each, with the mend, and nothing secret in it."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest

from bot.cli import run
from retrieval import (
    HoidapError,
    IndexUnreachable,
    Retriever,
    Settings,
    SettingsError,
    check_index,
    update_index,
)
from retrieval.index.opensearch.address import Address, Credentials
from retrieval.index.opensearch.client import Client
from tests.cluster.corpus import documents
from tests.cluster.harness import Cluster
from tests.cluster.proxy import KEY, PASSWORD, READER, USER, certificate, guarded, serving

NAME = "errors"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    folder = tmp_path_factory.mktemp("certificates")
    return {name: certificate(folder, name) for name in ("right", "other")}


@pytest.fixture(scope="module")
def made(cluster: Cluster, settings_for: Callable[..., Settings]) -> Iterator[str]:
    """An index with a few documents."""
    place = cluster.address(NAME)
    Retriever.build(documents()[:5], path=place, settings=settings_for()).close()
    yield place
    cluster.ask(f"{NAME}-*", method="DELETE")


@pytest.fixture
def place(made: str, cluster: Cluster, certificates: dict[str, tuple[Path, Path]]) -> Iterator[str]:
    """The same behind TLS and passwords."""
    with guarded(cluster.nodes[0].port, certificates["right"]) as port:
        yield f"opensearch+https://127.0.0.1:{port}/{NAME}"


def told(place: str, settings: Settings) -> str:
    with pytest.raises(HoidapError) as error:
        Retriever.open(place, settings=settings).close()
    line = str(error.value)
    assert "\n" not in line
    assert "hãy " in line
    assert PASSWORD not in line
    assert KEY not in line
    return line


def test_the_right_password_or_key(
    place: str,
    certificates: dict[str, tuple[Path, Path]],
    settings_for: Callable[..., Settings],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    kept = tmp_path / "secret.toml"
    kept.write_text(f'user = "{USER}"\npassword = "{PASSWORD}"\n', encoding="utf-8")
    settings = settings_for(ca=str(certificates["right"][0]), credentials=str(kept))
    with Retriever.open(place, settings=settings) as retriever:  # by the file
        assert len(list(retriever.documents())) > 0
    settings = settings_for(ca=str(certificates["right"][0]))
    monkeypatch.setenv("HOIDAP_OPENSEARCH_API_KEY", KEY)
    with Retriever.open(place, settings=settings) as retriever:  # by the environment
        retriever.add(documents()[5:6])
    update_index([], place, settings=settings, rebuild=True)
    assert check_index(place, settings=settings) == []
    assert PASSWORD not in caplog.text
    assert KEY not in caplog.text


def test_wrong_password_and_wrong_certificate(
    place: str,
    certificates: dict[str, tuple[Path, Path]],
    settings_for: Callable[..., Settings],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right, other = (settings_for(ca=str(certificates[name][0])) for name in ("right", "other"))
    assert "HOIDAP_OPENSEARCH_USER" in told(place, right)
    monkeypatch.setenv("HOIDAP_OPENSEARCH_USER", USER)
    monkeypatch.setenv("HOIDAP_OPENSEARCH_PASSWORD", "khác")
    assert "không nhận tên và mật khẩu này" in told(place, right)
    assert "HOIDAP_OPENSEARCH_CA" in told(place, other)
    assert "không có tệp chứng chỉ" in told(place, settings_for(ca="/không/có.pem"))


def test_an_account_that_may_only_read(
    place: str,
    certificates: dict[str, tuple[Path, Path]],
    settings_for: Callable[..., Settings],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOIDAP_OPENSEARCH_USER", READER)
    monkeypatch.setenv("HOIDAP_OPENSEARCH_PASSWORD", PASSWORD)
    settings = settings_for(ca=str(certificates["right"][0]))
    with Retriever.open(place, settings=settings) as retriever:
        assert retriever.search("Ai là chủ tịch?")
        assert retriever.document(documents()[0].id) is not None
        assert retriever.sources()
        assert retriever._index.snapshot().is_exact  # type: ignore[attr-defined]
        with pytest.raises(HoidapError, match=r"tài khoản này không được làm việc đó; hãy xin quyền"):
            retriever.add(documents()[5:6])


def test_nobody_there_or_somebody_else(settings_for: Callable[..., Settings]) -> None:
    settings = settings_for(timeout_seconds=1.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        unused = free.getsockname()[1]
    assert "không kết nối được" in told(f"opensearch+http://127.0.0.1:{unused}/x", settings)

    class Page(BaseHTTPRequestHandler):
        said = b"<html>Xin ch\xc3\xa0o</html>"
        kind = "text/html"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", self.kind)
            self.send_header("Content-Length", str(len(self.said)))
            self.end_headers()
            self.wfile.write(self.said)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Page) as port:
        assert "không phải OpenSearch" in told(f"opensearch+http://127.0.0.1:{port}/x", settings)

    class Old(Page):
        said = b'{"version": {"distribution": "opensearch", "number": "1.3.20"}}'
        kind = "application/json"

    with serving(Old) as port:
        assert "OpenSearch 1.3.20 quá cũ" in told(f"opensearch+http://127.0.0.1:{port}/x", settings)


def test_what_passes_is_asked_again() -> None:
    """A shard that is being moved answers with 500, for a whole request or for one of its parts."""
    moving = {"type": "illegal_index_shard_state_exception", "reason": "CurrentState[RECOVERING]"}

    class Moving(BaseHTTPRequestHandler):
        answers: ClassVar[list[tuple[int, object]]] = []

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, told = self.answers.pop(0)
            said = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Moving) as port:
        client = Client(Address.of(f"opensearch+http://127.0.0.1:{port}/x"), Credentials(), timeout=2.0)
        Moving.answers = [
            (500, {"error": moving}),
            (200, {"responses": [{"error": moving, "status": 500}]}),
            (200, {"responses": [{"hits": 1}]}),
        ]
        assert client.search_many([({}, {})], kind="find") == [{"hits": 1}]
        Moving.answers = [(500, {"error": moving})] * 99
        with pytest.raises(IndexUnreachable, match=r"RECOVERING.*; hãy đợi và thử lại"):
            client.search_many([({}, {})], kind="find")
        assert len(Moving.answers) < 98
        Moving.answers = [(400, {"error": moving})] * 2
        with pytest.raises(IndexUnreachable, match=r"cụm báo lỗi 400 .*; hãy xem nhật ký"):
            client.search_many([({}, {})], kind="find")
        assert len(Moving.answers) == 1
        client.close()


def test_no_such_index_or_one_of_another_version(
    cluster: Cluster, made: str, settings_for: Callable[..., Settings]
) -> None:
    assert "cụm không có chỉ mục này" in told(cluster.address("nowhere"), settings_for())
    kept = cluster.ask(f"{NAME}/_doc/state")["_source"]["content"]
    try:
        for change, expected in (
            ({"format": 99}, "do phiên bản khác của hoidap lập"),
            ({"analyzer": "khác"}, "được lập với thiết lập khác"),
            ({"articles": "năm"}, "trạng thái bị hỏng"),
        ):
            cluster.ask(f"{NAME}/_doc/state?refresh=true", method="PUT", body={"content": kept | change})
            assert expected in told(made, settings_for())
    finally:
        cluster.ask(f"{NAME}/_doc/state?refresh=true", method="PUT", body={"content": kept})


@pytest.mark.parametrize(
    "address",
    [
        "opensearch+https://",
        "opensearch+https://host",
        "opensearch+https://host/Tên",
        "opensearch+http://h:x/a",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(SettingsError, match="hãy viết như"):
        Retriever.open(address)


def test_a_password_in_an_address_is_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--index", "opensearch+https://toi:kin@host/a"]) == 1
    said = capsys.readouterr().err
    assert "kin@" not in said
    assert "HOIDAP_OPENSEARCH_PASSWORD" in said
