"""Are files and pages of admins read, fetched from allowed hosts only, and kept?"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bot.channels.telegram import additions
from bot.channels.telegram.additions import drop, fetch, is_allowed, keep, read
from bot.settings import BotSettings, TelegramSettings
from retrieval import Block, Document, UnreadableFile, read_corpus
from retrieval.settings import FetchSettings

HOSTS = ("baodongkhoi.vn", "https://tin.example/")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://baodongkhoi.vn/a.html", True),
        ("http://www.baodongkhoi.vn/a.html", True),
        ("https://BAODONGKHOI.vn:8443/", True),
        ("https://tin.example/x", True),
        ("https://giabaodongkhoi.vn/", False),
        ("https://baodongkhoi.vn.example.org/", False),
        ("https://baodongkhoi.vn@example.org/", False),
        ("https://an:1@baodongkhoi.vn/", False),
        ("ftp://baodongkhoi.vn/", False),
        ("file:///etc/passwd", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_only_what_the_operator_named_is_allowed(address: str, allowed: bool) -> None:
    assert is_allowed(address, HOSTS) is allowed


class _Page(BaseHTTPRequestHandler):
    """`/cu` and `/ra` lead on, `/lon` is large, `/hong` fails, `/tai?` is a file of no type; others are pages."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        moved = {"/cu": "/moi/bai-1", "/ra": "http://169.254.169.254/", "/vong": "/vong"}.get(self.path)
        status = 302 if moved else {"/hong": 500, "/robots.txt": 404}.get(self.path, 200)
        body = b"x" * (2_000 if self.path == "/lon" else 20)
        self.send_response(status)
        if moved:
            self.send_header("Location", moved)
        kind = "application/octet-stream" if self.path.startswith("/tai") else "text/html; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    _Page.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def _settings(**fetching: Any) -> BotSettings:
    return BotSettings(
        telegram=TelegramSettings(allow_addresses=("127.0.0.1",)),
        fetch=FetchSettings(**{"allow_private": True, "delay_seconds": 0.0, **fetching}),
    )


def test_a_page_is_fetched_through_redirects_within_the_allowed(site: str) -> None:
    assert fetch(f"{site}/cu", _settings()) == ("bai-1.html", b"x" * 20)


@pytest.mark.parametrize(("path", "name"), [("/tai/ke-hoach.docx", "ke-hoach.docx"), ("/", "127.0.0.1.html")])
def test_a_page_is_named_for_its_kind(site: str, path: str, name: str) -> None:
    assert fetch(site + path, _settings())[0] == name


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/ra", "chưa được phép"),
        ("/vong", "quá 5 lần"),
        ("/hong", "500"),
        ("/lon", "lớn hơn"),
        ("/tai/anh.xyz", "không phải trang web hay tài liệu"),
    ],
)
def test_what_cant_be_fetched_says_why(
    site: str, path: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(additions, "LARGEST", 1_000)
    with pytest.raises(UnreadableFile, match=reason):
        fetch(site + path, _settings())


def test_a_host_in_ones_own_network_is_not_asked_even_where_it_was_named(site: str) -> None:
    with pytest.raises(UnreadableFile, match="mạng nội bộ"):
        fetch(f"{site}/bai", _settings(allow_private=False))
    assert _Page.asked == []


def test_a_host_that_is_not_reached_says_so() -> None:
    with pytest.raises(UnreadableFile, match="không kết nối được"):
        fetch("http://127.0.0.1:9/a", _settings())


def test_a_page_comes_through_the_proxy_and_private_hosts_do_not(site: str) -> None:
    """A proxy is asked for whole addresses, of hosts that only it may know."""
    settings = BotSettings(
        telegram=TelegramSettings(allow_addresses=("tin.invalid", "10.0.0.7")),
        fetch=FetchSettings(delay_seconds=0.0),
    )
    assert fetch("http://tin.invalid/bai-2", settings, proxy=site) == ("bai-2.html", b"x" * 20)
    assert _Page.asked[-1] == "http://tin.invalid/bai-2"
    with pytest.raises(UnreadableFile, match="mạng nội bộ"):
        fetch("http://10.0.0.7/a", settings, proxy=site)


def test_a_file_is_read_as_the_command_reads_it() -> None:
    found = read("bai.md", "---\ntitle: Bài\n---\nMột câu. Hai câu.".encode(), BotSettings())
    assert [d.title for d in found.documents] == ["Bài"]
    assert found.problems == ()


def test_what_was_added_is_kept_alike_and_can_be_dropped(tmp_path: Path) -> None:
    documents = (
        Document(
            "a",
            "Một câu.",
            "A",
            "Báo",
            datetime.date(2020, 2, 7),
            url="https://x.vn/",
            author="An",
            kind="digest",
            number="35/QĐ-UBND",
            blocks=(Block("heading", 0, 3, 1, page=2), Block("paragraph", 4, 8)),
            meta={"phòng": ["kế toán"]},
        ),
        Document("b", "Hai câu.", "B", mentioned=datetime.date(2019, 7, 29)),
    )
    keep(documents, tmp_path, "hai-bai.pdf")
    assert tuple(read_corpus([tmp_path])) == documents
    drop("a", tmp_path)
    assert tuple(read_corpus([tmp_path])) == documents[1:]
    drop("b", tmp_path)
    assert list(tmp_path.iterdir()) == []
