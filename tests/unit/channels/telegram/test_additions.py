"""Are files and pages of admins read, fetched from allowed hosts only, and kept?"""

from __future__ import annotations

import datetime
from pathlib import Path

import httpx
import pytest

from bot.channels.telegram import additions
from bot.channels.telegram.additions import FetchError, drop, fetch, is_allowed, keep, read
from bot.settings import BotSettings
from retrieval import Document, read_corpus

HOSTS = ("baodongkhoi.vn", "https://tin.example/")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


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


def answers(pages: dict[str, httpx.Response]) -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: pages.get(str(request.url), httpx.Response(404)))


@pytest.mark.anyio
async def test_a_page_is_fetched_through_redirects_within_the_allowed() -> None:
    page = httpx.Response(200, headers={"content-type": "text/html; charset=utf-8"}, text="<p>Bài</p>")
    moved = httpx.Response(301, headers={"location": "/moi/bai-1"})
    transport = answers({"https://tin.example/cu": moved, "https://tin.example/moi/bai-1": page})
    assert await fetch("https://tin.example/cu", HOSTS, transport=transport) == (
        "bai-1.html",
        "<p>Bài</p>".encode(),
    )


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(302, headers={"location": "http://169.254.169.254/"}), "chưa được phép"),
        (httpx.Response(302, headers={"location": "https://tin.example/a"}), "quá nhiều lần"),
        (httpx.Response(500), "500"),
        (httpx.Response(200, content=b"x" * 2_000), "lớn quá"),
    ],
)
async def test_what_cant_be_fetched_says_why(
    answer: httpx.Response, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(additions, "LARGEST", 1_000)
    with pytest.raises(FetchError, match=reason):
        await fetch("https://tin.example/a", HOSTS, transport=answers({"https://tin.example/a": answer}))


@pytest.mark.anyio
async def test_a_host_that_is_not_reached_says_so() -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no", request=request)

    with pytest.raises(FetchError, match="ConnectError"):
        await fetch("https://tin.example/a", HOSTS, transport=httpx.MockTransport(fail))


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
        ),
        Document("b", "Hai câu.", "B", mentioned=datetime.date(2019, 7, 29)),
    )
    keep(documents, tmp_path, "hai-bai.pdf")
    assert tuple(read_corpus([tmp_path])) == documents
    drop("a", tmp_path)
    assert tuple(read_corpus([tmp_path])) == documents[1:]
    drop("b", tmp_path)
    assert list(tmp_path.iterdir()) == []
