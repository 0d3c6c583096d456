"""Are feeds and lists of addresses read politely, and only where that is allowed? Against a server of our own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from retrieval import CorpusError, IndexReport, Settings, UnreadableFile, update_index
from retrieval.index.embedded import Index
from retrieval.ingest.fetch import Fetcher, allowed_address
from retrieval.settings import FetchSettings

FREE = FetchSettings(allow_private=True, delay_seconds=0.0, timeout_seconds=2.0, max_megabytes=0.05)


def _page(title: str, text: str) -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p>"
        f"<p>{text} Phóng viên ghi lại ý kiến của nhiều người dân trong xã về việc này.</p></article></body></html>"
    ).encode()


FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Tin mới</title>
<item><title>Vụ lúa</title><link>{root}/lua</link><pubDate>Thu, 04 Mar 2021 08:00:00 +0700</pubDate></item>
<item><title>Cấm đọc</title><link>{root}/private/secret</link></item>
<item><title>Không còn</title><link>{root}/gone</link></item>
<item><title>Tệp</title><link>file:///etc/hostname</link></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Tin mới</title><id>x</id><updated>2022-01-02T00:00:00Z</updated>
<entry><title>Trường học</title><id>y</id><link href="{root}/truong"/><updated>2022-01-02T00:00:00Z</updated></entry>
</feed>"""


@dataclass
class Site:
    """What a server answers: path -> (status, headers, body), and what it was asked for, when."""

    root: str
    pages: dict[str, tuple[int, dict[str, str], bytes]]
    asked: list[tuple[str, float, str]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
    made = Site("", pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, time.monotonic(), self.headers.get("User-Agent", "")))
            status, headers, body = pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.path == "/slow":
                time.sleep(1.0)
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.root = f"http://127.0.0.1:{server.server_port}"
    html = {"Content-Type": "text/html; charset=utf-8"}
    pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, FEED.format(root=made.root).encode())
    pages["/atom"] = (200, {"Content-Type": "application/atom+xml"}, ATOM.format(root=made.root).encode())
    pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n")
    pages["/lua"] = (200, html, _page("Vụ lúa", "Xã Tân Thử thu hoạch 1.250 tấn lúa trong vụ này."))
    pages["/truong"] = (200, html, _page("Trường học", "Huyện Hòa Thử có 42 trường học cho học sinh."))
    pages["/private/secret"] = (200, html, _page("Cấm", "Không ai được đọc."))
    pages["/moved"] = (302, {"Location": "/lua"}, b"")
    pages["/round"] = (302, {"Location": "/round"}, b"")
    pages["/large"] = (200, html, b"x" * 60_000)
    pages["/slow"] = (200, html, b"x")
    pages["/picture"] = (200, {"Content-Type": "image/png"}, b"x")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def _read(index: Path, site: Site, *, feeds: list[str] = [], addresses: list[Path] = []) -> IndexReport:  # noqa: B006
    return update_index([], index, settings=Settings(fetch=FREE), feeds=feeds, addresses=addresses)


def test_a_feeds_pages_are_read_once(site: Site, tmp_path: Path) -> None:
    index = tmp_path / "index"
    report = _read(index, site, feeds=[f"{site.root}/feed"])
    assert report.added == 1
    assert sorted(what.partition(";")[0] for _, what in report.problems) == [
        "máy chủ trả lời 404",
        "robots.txt của trang này yêu cầu không đọc",
    ]
    (document,) = Index.open(index).snapshot().all_documents()
    assert (document.url, document.title) == (f"{site.root}/lua", "Vụ lúa")
    assert document.published is not None
    assert document.published.isoformat() == "2021-03-04"
    assert "1.250 tấn lúa" in document.text
    assert "/private/secret" not in site.paths()
    again = _read(index, site, feeds=[f"{site.root}/feed"])
    assert again.articles == 0
    assert site.paths().count("/lua") == 1
    assert {agent for _, _, agent in site.asked} == {FREE.user_agent}


def test_atom_feeds_are_read(site: Site, tmp_path: Path) -> None:
    assert _read(tmp_path / "index", site, feeds=[f"{site.root}/atom"]).added == 1


def test_listed_addresses_are_read_each_time(site: Site, tmp_path: Path) -> None:
    listing = tmp_path / "addresses.txt"
    listing.write_text(f"# pages\n{site.root}/lua\n\n{site.root}/truong\nnot an address\n")
    report = _read(tmp_path / "index", site, addresses=[listing])
    assert (report.added, len(report.problems)) == (2, 1)
    site.pages["/truong"] = (
        200,
        {"Content-Type": "text/html; charset=utf-8"},
        _page("Trường học", "Huyện Hòa Thử có 43 trường học cho học sinh."),
    )
    report = _read(tmp_path / "index", site, addresses=[listing])
    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)


def test_a_list_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"missing\.txt"):
        update_index([], tmp_path / "index", addresses=[tmp_path / "missing.txt"])


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/large", "lớn hơn 0.05 MB"),
        ("/round", "quá 5 lần"),
        ("/private/secret", "robots.txt"),
        ("/gone", "trả lời 404"),
    ],
)
def test_says_why_a_page_is_not_read(site: Site, path: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        Fetcher(FREE).get(site.root + path)


def test_follows_redirects(site: Site) -> None:
    page = Fetcher(FREE).get(f"{site.root}/moved")
    assert (page.url, page.suffix) == (f"{site.root}/lua", ".html")


def test_does_not_wait_for_ever(site: Site) -> None:
    hurried = FetchSettings(allow_private=True, delay_seconds=0.0, timeout_seconds=0.3)
    with pytest.raises(UnreadableFile, match=r"0\.3 giây"):
        Fetcher(hurried).get(f"{site.root}/slow")


def test_what_is_no_article_is_left_out(site: Site, tmp_path: Path) -> None:
    listing = tmp_path / "addresses.txt"
    listing.write_text(f"{site.root}/picture\n")
    report = _read(tmp_path / "index", site, addresses=[listing])
    assert "không phải trang web hay tài liệu" in report.problems[0][1]


def test_waits_between_requests_to_one_host(site: Site) -> None:
    slept: list[float] = []
    settings = FetchSettings(allow_private=True, delay_seconds=3.0)
    Fetcher(settings, sleep=slept.append).get(f"{site.root}/lua")
    assert len(slept) == 1  # after robots.txt
    assert 2.5 < slept[0] <= 3.0


def test_a_longer_delay_is_kept_where_the_site_asks_for_it(site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    slept: list[float] = []
    Fetcher(FREE, sleep=slept.append).get(f"{site.root}/lua")
    assert 6.5 < slept[0] <= 7.0


def test_a_broken_robots_txt_forbids(site: Site) -> None:
    site.pages["/robots.txt"] = (503, {}, b"")
    with pytest.raises(UnreadableFile, match=r"robots\.txt của trang này trả lời 503"):
        Fetcher(FREE).get(f"{site.root}/lua")


def test_private_addresses_are_refused(site: Site) -> None:
    guarded = FetchSettings(delay_seconds=0.0)
    with pytest.raises(UnreadableFile, match="mạng nội bộ"):
        Fetcher(guarded).get(f"{site.root}/lua")
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",
    ],
)
def test_hosts_of_ones_own_network(host: str) -> None:
    with pytest.raises(UnreadableFile, match=r"mạng nội bộ|không có máy chủ"):
        allowed_address(host, 80, allow_private=False)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert allowed_address(address, 443, allow_private=False) == address


@pytest.mark.parametrize(
    "address", ["ftp://example.org/x", "file:///etc/passwd", "http://", "đây không phải"]
)
def test_only_web_addresses_are_read(address: str) -> None:
    with pytest.raises(UnreadableFile):
        Fetcher(FREE).get(address)
