"""Does the widget open on pages of an allowed origin, with sources, and on no other?"""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.integration.web.chromium import chromium, violations
from tests.integration.web.serving import Running, running
from tests.integration.web.shelf import POOL


@contextmanager
def site() -> Iterator[tuple[str, list[str]]]:
    """Somebody's own page, at an origin of its own; what is appended to the list is in its body."""
    body: list[str] = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            style = "<style>*{color:red!important;font-size:40px}button{display:none}</style>"
            text = f"<!doctype html><html lang=vi><title>Trang khách</title>{style}<main><h1>Trang khách</h1></main>"
            self.wfile.write((text + "".join(body)).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}", body
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


def test_it_opens_on_an_allowed_site_and_is_refused_on_another(
    browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        site() as (allowed, body),
        site() as (other, other_body),
        running(tmp_path_factory.mktemp("widget"), allowed_origins=(allowed,)) as service,
    ):
        script = f'<script src="{service.url}/widget.js" data-title="Hỏi bể bơi"></script>'
        body.append(script)
        other_body.append(script)
        page = browser.new_page()
        page.goto(allowed)
        opener = page.get_by_role("button", name="Hỏi bể bơi")
        opener.press("Enter")
        field = page.get_by_label("Câu hỏi", exact=True)
        page.wait_for_selector(".turn")
        field.fill(POOL)
        field.press("Enter")
        page.wait_for_selector(".card")
        assert "25.000" in page.locator(".card mark").first.inner_text()
        assert "Trung tâm thể thao Hồng Vân" in page.locator(".card .place").first.inner_text()
        assert page.locator(".card a.title").first.get_attribute("href").startswith(f"{service.url}/d/")
        colour = page.locator(".card blockquote").first.evaluate("one => getComputedStyle(one).color")
        assert colour != "rgb(255, 0, 0)"  # the page's own style stays outside
        assert (
            page.locator(".card blockquote").first.evaluate("one => getComputedStyle(one).fontSize") == "17px"
        )
        panel, head = page.locator(".panel").bounding_box(), page.locator(".panel header").bounding_box()
        assert head["y"] == panel["y"]
        assert violations(page) == []
        page.keyboard.press("Escape")
        assert page.locator(".panel").is_hidden()
        page.close()

        page = browser.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(other)
        page.wait_for_timeout(800)
        assert page.locator(".opener").count() == 0
        assert any("allowed_origins" in line for line in told)
        page.close()


def test_the_service_itself_refuses_pages_of_other_origins(service: Running) -> None:
    client = service.client(service.read)
    foreign = {"Origin": "https://elsewhere.example"}
    assert client.post("/v1/ask", json={"question": POOL}, headers=foreign).status_code == 403
    assert client.get("/v1/search", params={"q": POOL}, headers=foreign).status_code == 403
    assert client.get("/static/talk.js", headers=foreign).status_code == 403
    asked = client.options("/v1/ask", headers={**foreign, "Access-Control-Request-Method": "POST"})
    assert asked.status_code == 403
    assert "access-control-allow-origin" not in asked.headers
    own = client.post("/v1/ask", json={"question": POOL}, headers={"Origin": service.url})
    assert own.status_code == 200


def test_an_allowed_origin_gets_what_browsers_ask_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    origin = "https://khach.example"
    with running(tmp_path_factory.mktemp("cors"), allowed_origins=(origin,)) as service:
        client = httpx.Client(base_url=service.url, headers={"Origin": origin})
        asked = client.options("/v1/chat", headers={"Access-Control-Request-Method": "POST"})
        assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, origin)
        got = client.post("/v1/chat", json={"message": POOL})
        assert (got.status_code, got.headers["access-control-allow-origin"]) == (200, origin)
        client.close()
