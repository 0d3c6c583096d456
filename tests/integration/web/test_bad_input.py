"""Whatever is sent: a proper status and message, nothing else disturbed, nothing leaked?"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.integration.web.serving import Running, running
from tests.integration.web.shelf import DOCUMENTS, LYCHEE, POOL

LEAKS = ("Traceback", "/bot/web", "site-packages", ".py", "sqlite")


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service with small limits."""
    folder = tmp_path_factory.mktemp("tight")
    with running(folder, request_seconds=1.0, max_connections=40, max_body_kilobytes=16) as started:
        yield started


def refused(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The problem, in its own form, that leaks nothing of this machine."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["detail"]
    assert not any(leak in answer.text for leak in LEAKS)
    return told


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"question": 5}, "body.question"),
        ({"question": POOL, "limit": "3"}, "body.limit"),
        ({"question": POOL, "limit": 0}, "body.limit"),
        ({"question": POOL, "limit": 101}, "body.limit"),
        ({"question": POOL, "limt": 3}, "body.limt"),
        ({"question": POOL, "since": "tomorrow"}, "body.since"),
        ({"question": POOL, "since": 0}, "body.since"),
        ({"question": POOL, "until": "2024-13-01"}, "body.until"),
        ({"question": "x" * 2001}, "body.question"),
        ({"question": ""}, "body.question"),
        ({"question": None}, "body.question"),
        ({}, "body.question"),
        ([], "body"),
        ("lúa", "body"),
    ],
)
def test_wrong_types_and_unknown_fields_are_named(reader: httpx.Client, body: Any, at: str) -> None:
    told = refused(reader.post("/v1/ask", json=body), 422)
    assert at in [error["at"] for error in told["errors"]]


@pytest.mark.parametrize(
    "sent", [b"{", b'{"question": "a"', b"\xff\xfe", b'{"question": NaN}x', b'{"question": "\xc3"}']
)
def test_broken_json_is_said_to_be_broken(reader: httpx.Client, sent: bytes) -> None:
    answer = reader.post("/v1/ask", content=sent, headers={"Content-Type": "application/json"})
    refused(answer, 400)


def test_half_a_character_and_other_types_of_body_are_refused(reader: httpx.Client) -> None:
    half = reader.post(
        "/v1/ask", content=rb'{"question": "\ud800"}', headers={"Content-Type": "application/json"}
    )
    (told,) = refused(half, 422)["errors"]
    assert told == {"at": "body.question", "problem": "có ký tự không viết được bằng UTF-8"}
    unseen = reader.post("/v1/ask", json={"question": "\u200b"})
    assert (unseen.status_code, unseen.json()["answered"]) == (200, False)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = reader.post("/v1/ask", content=b'{"question": "a"}', headers={"Content-Type": kind})
        refused(answer, 422)
    deep = reader.post("/v1/ask", content=b"[" * 60_000, headers={"Content-Type": "application/json"})
    assert deep.status_code in (400, 422)


def test_tokens_wrong_missing_and_revoked(service: Running) -> None:
    from pathlib import Path

    from bot.web.state import open_state
    from bot.web.tokens import Tokens

    assert refused(service.client().post("/v1/ask", json={"question": POOL}), 401)["detail"].startswith(
        "cần mã truy cập"
    )
    for wrong in ("x", service.read + "x", service.read[:-1] + "!", "hoidap-00000000-" + "A" * 43, "Ơ"):
        answer = service.client().post(
            "/v1/ask", json={"question": POOL}, headers={"Authorization": f"Bearer {wrong}".encode()}
        )
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert wrong not in refused(answer, 401)["detail"]
    basic = service.client().get("/v1/documents", headers={"Authorization": "Basic YTpi"})
    assert "Bearer MÃ" in refused(basic, 401)["detail"]
    state = open_state(Path(service.settings.server.state))
    tokens = Tokens(state)
    fleeting = tokens.new("of this test", "read")
    client = service.client(fleeting)
    assert client.get("/v1/documents").status_code == 200
    tokens.revoke(fleeting.split("-")[1])
    refused(client.get("/v1/documents"), 401)
    state.close()


def test_changes_want_an_admin_even_on_loopback(tight: Running) -> None:
    body = {"documents": [{"id": "a", "text": "b"}]}
    any_bearer = tight.client("whatever")
    assert any_bearer.post("/v1/ask", json={"question": POOL}).status_code == 200
    refused(any_bearer.post("/v1/documents", json=body), 401)
    refused(tight.client().delete("/v1/documents/quy-che-thu-vien"), 401)
    refused(tight.client(tight.read).post("/v1/documents", json=body), 403)
    refused(tight.client().get("/v1/report"), 401)
    assert tight.client().get("/v1/documents/quy-che-thu-vien").status_code == 200


def test_loopback_behind_a_proxy_is_not_loopback(tight: Running) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.9"}
    refused(tight.client().post("/v1/ask", json={"question": POOL}, headers=forwarded), 401)
    assert (
        tight.client(tight.read).post("/v1/ask", json={"question": POOL}, headers=forwarded).status_code
        == 200
    )


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", ""]
)
def test_another_host_name_is_refused(tight: Running, host: str) -> None:
    refused(tight.client().get("/v1/documents", headers={"Host": host}), 421)
    assert "server.public_url" in tight.client().get("/", headers={"Host": host}).text


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/x",
        "a%00b",
        "%ff%fe",
        "a%0d%0aX-Evil:%201",
        "%2F",
    ],
)
def test_tricks_in_ids_find_nothing(reader: httpx.Client, path: str) -> None:
    for prefix in ("/v1/documents/", "/d/", "/static/"):
        answer = reader.get(prefix + path)
        assert answer.status_code == 404
        assert "x-evil" not in answer.headers
        assert "root:" not in answer.text


def test_conversations_forged_cut_or_changed_are_refused(reader: httpx.Client, tight: Running) -> None:
    real = reader.post("/v1/ask", json={"question": POOL}).json()["conversation"]
    middle = len(real) // 2
    changed = real[:middle] + ("A" if real[middle] != "A" else "B") + real[middle + 1 :]
    for forged in (changed, real[:-4], real + "AAAA", "AAAA", "không", "=" * 8, "e30"):
        told = refused(reader.post("/v1/ask", json={"question": POOL, "conversation": forged}), 409)
        assert "conversation" in told["detail"]
    refused(tight.client().post("/v1/ask", json={"question": POOL, "conversation": real}), 409)
    refused(reader.post("/v1/ask", json={"question": POOL, "conversation": "A" * 20_000}), 422)
    assert reader.post("/v1/ask", json={"question": POOL, "conversation": real}).status_code == 200


def test_large_bodies_are_refused_before_they_are_read(tight: Running, service: Running) -> None:
    large = b'{"question": "' + b"a" * 20_000 + b'"}'
    as_json = {"Content-Type": "application/json"}
    refused(tight.client().post("/v1/ask", content=large, headers=as_json), 413)
    chunked = tight.client().post("/v1/ask", content=iter([large[:9000], large[9000:]]), headers=as_json)
    refused(chunked, 413)
    document = {"documents": [{"id": "dai", "text": "Một đoạn dài. " * 2000}]}
    refused(tight.client(tight.read).post("/v1/documents", json=document), 413)
    assert tight.client(tight.admin).post("/v1/documents", json=document).status_code == 201
    assert tight.client(tight.admin).delete("/v1/documents/dai").status_code == 204


def connect(service: Running) -> socket.socket:
    port = int(service.url.rpartition(":")[2])
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def test_slow_heads_and_bodies_are_given_up(tight: Running) -> None:
    with connect(tight) as silent, connect(tight) as head, connect(tight) as body:
        head.sendall(b"POST /v1/ask HTTP/1.1\r\nHost: local")
        body.sendall(
            b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 50\r\n\r\n{"
        )
        assert b" 408 " in body.recv(65536).split(b"\r\n")[0]
        assert head.recv(10) == b""
        assert silent.recv(10) == b""
    assert tight.client().get("/healthz").status_code == 200


def test_too_many_connections_are_told_and_the_rest_go_on(tight: Running) -> None:
    held = [connect(tight) for _ in range(38)]
    answers = []
    for _ in range(12):
        one = connect(tight)
        one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answers.append(one)
    lines = [one.recv(65536).split(b"\r\n")[0] for one in answers]
    assert any(b" 503 " in line for line in lines) or lines.count(b"HTTP/1.1 200 OK") == 12
    crowd = [connect(tight) for _ in range(20)]
    time.sleep(0.2)
    full = connect(tight)
    assert b"503" in full.recv(65536)
    for one in (*held, *answers, *crowd, full):
        one.close()
    time.sleep(0.3)
    assert tight.client().get("/healthz").status_code == 200


def test_a_thousand_connections_disturb_nobody_who_is_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    with running(tmp_path_factory.mktemp("crowd"), max_connections=300, request_seconds=3.0) as service:
        client = service.client()
        assert client.get("/healthz").status_code == 200  # this connection stays open
        crowd = []
        for _ in range(1000):
            one = connect(service)
            one.setblocking(False)
            crowd.append(one)
        assert client.post("/v1/ask", json={"question": POOL}).json()["answered"] is True
        for one in crowd:
            one.close()
        time.sleep(0.3)
        assert service.client().get("/readyz").status_code == 200


def test_a_client_that_hangs_up_disturbs_nothing(tight: Running) -> None:
    for part in (0, 40, 150):
        request = (
            b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 40\r\n\r\n" + b'{"question": "thu vien mo cua khi nao?"}'
        )
        one = connect(tight)
        one.sendall(request[: part or len(request)])
        one.close()
    time.sleep(0.3)
    assert tight.client().post("/v1/ask", json={"question": POOL}).json()["answered"] is True


def test_who_asks_too_fast_is_told_when_to_come_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    with running(tmp_path_factory.mktemp("pace"), questions_per_minute=3) as service:
        client = service.client()
        answers = [client.post("/v1/ask", json={"question": LYCHEE}) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        refused(answers[-1], 429)
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 20
        other = service.client(service.read)
        assert other.post("/v1/ask", json={"question": LYCHEE}).status_code == 200


def test_too_many_waiting_questions_are_sent_away(tmp_path_factory: pytest.TempPathFactory) -> None:
    import concurrent.futures

    with running(tmp_path_factory.mktemp("busy"), threads=1, max_waiting=1) as service:
        client = service.client()

        def ask(_: int) -> int:
            return client.post("/v1/ask", json={"question": LYCHEE}).status_code

        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            seen = set(pool.map(ask, range(48)))
        assert seen == {200, 503}
        assert ask(0) == 200


def test_markup_comes_back_as_it_was_and_as_json(reader: httpx.Client) -> None:
    question = "<script>alert(1)</script> bể bơi Hồng Vân?"
    answer = reader.post("/v1/ask", json={"question": question})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    hostile = reader.get("/v1/documents", params={"limit": 200}).json()["documents"][-1]
    page = reader.get(hostile["citation"])
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "onerror" not in page.text or "&lt;img" in page.text
    assert 'href="javascript' not in page.text
    assert hostile["id"] == DOCUMENTS[-1].id


def test_every_page_forbids_scripts_of_others(reader: httpx.Client) -> None:
    for path in ("/", "/login", "/d/quy-che-thu-vien", "/d/none", "/widget.js", "/v1/documents", "/nowhere"):
        policy = reader.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy


def test_login_leads_only_to_our_own_pages(service: Running) -> None:
    client = service.client(follow_redirects=False)
    for back in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/d/a\r\nX: y",
    ):
        answer = client.post("/login", data={"token": service.read, "back": back})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    kept = answer.headers["set-cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=strict" in kept
    foreign = client.post("/login", data={"token": service.read}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert client.post("/login", json={"token": service.read}).status_code == 415
    wrong = client.post("/login", data={"token": "<b>x</b>", "back": '"><script>'})
    assert wrong.status_code == 401
    assert "<script>" not in wrong.text


def test_the_index_of_another_writer_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    from retrieval import Retriever

    folder = tmp_path_factory.mktemp("locked")
    retriever = Retriever.build(DOCUMENTS, path=folder / "index")
    with running(folder, retriever=retriever) as service:
        client = service.client(service.admin)
        with retriever._index.writer():
            answer = client.post("/v1/documents", json={"documents": [{"id": "a", "text": "b c d"}]})
            refused(answer, 409)
            assert int(answer.headers["retry-after"]) > 0
        assert (
            client.post("/v1/documents", json={"documents": [{"id": "a", "text": "b c d"}]}).json()["kept"]
            is True
        )
