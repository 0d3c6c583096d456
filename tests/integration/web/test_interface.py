"""Do programs get what the interface promises: answers, hits, conversations, documents, counts?"""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import httpx
import pytest

from retrieval import Retriever
from tests.integration.web.serving import Running, running
from tests.integration.web.shelf import DOCUMENTS, LYCHEE, POOL


def ask(client: httpx.Client, question: str, **more: object) -> dict[str, object]:
    answer = client.post("/v1/ask", json={"question": question, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def test_an_answer_is_the_object_of_the_command_with_a_conversation(
    service: Running, reader: httpx.Client
) -> None:
    told = ask(reader, POOL, limit=2)
    wanted = ["question", "answered", "near", "answer", "pinned", "hits", "understood", "missing"]
    wanted.append("conversation")
    assert list(told) == wanted
    assert (told["answered"], told["understood"]) == (True, POOL)
    assert "25.000" in str(told["answer"])
    first = told["hits"][0]  # type: ignore[index]
    assert first["source"] == "Trung tâm thể thao Hồng Vân"
    assert (first["date"], first["date_kind"]) == ("2024-05-20", "published")
    text = DOCUMENTS[0].text
    assert text[first["start"] : first["end"]] == first["text"]
    low, high = first["highlight"]
    assert first["text"][low:high] == told["answer"]
    assert first["citation"] == (
        f"{service.url}/d/thong-bao/be-boi.txt?p={first['start']}-{first['end']}#doan"
    )
    assert service.client(service.read).get(first["citation"]).status_code == 200


def test_search_gives_the_same_passages_as_the_library_in_the_same_order(
    service: Running, reader: httpx.Client
) -> None:
    for question in (POOL, LYCHEE, "thư viện", "sản lượng vải"):
        wanted = [
            (hit.document.id, hit.passage.start) for hit in service.retriever.search(question, limit=10)
        ]
        got = reader.get("/v1/search", params={"q": question, "limit": 10}).json()["hits"]
        assert wanted
        assert [(hit["document"], hit["start"]) for hit in got] == wanted
        rest = reader.get("/v1/search", params={"q": question, "limit": 10, "offset": 1}).json()["hits"]
        assert [(hit["document"], hit["start"]) for hit in rest][: len(wanted) - 1] == wanted[1:]


def test_filters_leave_others_out(reader: httpx.Client) -> None:
    only = reader.get("/v1/search", params={"q": "vải thiều", "source": "Báo Bắc Sông"}).json()["hits"]
    assert {hit["source"] for hit in only} == {"Báo Bắc Sông"}
    old = reader.get("/v1/search", params={"q": "vải thiều Phượng Sơn", "until": "2022-12-31"}).json()["hits"]
    assert old
    assert max(hit["date"] for hit in old) <= "2022-12-31"
    new = ask(reader, "Xã Phượng Sơn thu hoạch bao nhiêu tấn vải thiều?", since="2023-01-01")
    assert "10.100" in str(new["answer"])


def test_a_conversation_goes_on_by_its_token(reader: httpx.Client) -> None:
    first = ask(reader, "Giá vé người lớn bể bơi Hồng Vân là bao nhiêu?")
    second = ask(reader, "Còn trẻ em?", conversation=first["conversation"])
    assert "trẻ em" in str(second["understood"]).lower()
    assert "25.000" in str(second["answer"])
    alone = ask(reader, "Còn trẻ em?")
    assert alone["understood"] != second["understood"]


def test_a_question_with_nothing_to_look_for_has_no_hits(reader: httpx.Client) -> None:
    told = ask(reader, "???")
    assert (told["answered"], told["hits"]) == (False, [])


def test_what_is_lacking_is_named(reader: httpx.Client) -> None:
    told = ask(reader, "Xã Tân Thịnh thu hoạch bao nhiêu tấn vải thiều?")
    assert told["answered"] is False
    assert told["missing"]


def test_documents_are_listed_and_given_whole(reader: httpx.Client) -> None:
    listed = reader.get("/v1/documents", params={"limit": 2, "offset": 1}).json()
    assert listed["total"] == len(DOCUMENTS)
    assert [one["id"] for one in listed["documents"]] == [one.id for one in DOCUMENTS[1:3]]
    whole = reader.get("/v1/documents/thong-bao/be-boi.txt").json()
    assert whole["text"] == DOCUMENTS[0].text
    assert whole["url"] == "https://hongvan.example/be-boi"


def test_admins_add_replace_and_remove(service: Running, admin: httpx.Client) -> None:
    new = {"id": "cho/phien.md", "title": "Chợ phiên Nà Hỏa", "text": "Chợ phiên Nà Hỏa họp 4 lần mỗi tháng.",
           "source": "Ban quản lý chợ", "published": "2024-01-02"}  # fmt: skip
    added = admin.post("/v1/documents", json={"documents": [new]})
    assert (added.status_code, added.json()) == (201, {"added": 1, "kept": False})
    asked = ask(admin, "Chợ phiên Nà Hỏa họp mấy lần mỗi tháng?")
    assert "4 lần" in asked["hits"][0]["text"]  # type: ignore[index]
    assert service.retriever.document("cho/phien.md").published == datetime.date(2024, 1, 2)  # type: ignore[union-attr]
    assert admin.delete("/v1/documents/cho/phien.md").status_code == 204
    assert admin.delete("/v1/documents/cho/phien.md").status_code == 404
    assert admin.get("/v1/documents/cho/phien.md").status_code == 404


def test_the_report_tells_what_found_nothing_and_what_people_thought(
    reader: httpx.Client, admin: httpx.Client
) -> None:
    lacking = "Ai là trưởng bản Khe Vắng?"
    ask(reader, lacking)
    voted = reader.post("/v1/feedback", json={"question": POOL, "good": False, "reason": "sai năm"})
    assert voted.status_code == 204
    report = admin.get("/v1/report").json()
    assert lacking in [one["question"] for one in report["missed"]]
    assert {"reason": "sai năm", "question": POOL} in report["complaints"]
    assert report["days"][0]["declined"] >= 1
    assert reader.get("/v1/report").status_code == 403


def test_a_reply_is_given_in_blocks_for_the_page(reader: httpx.Client) -> None:
    greeting = reader.get("/v1/chat").json()
    assert greeting["kind"] == "talk"
    assert any(action["kind"] == "ask" for action in greeting["actions"])
    reply = reader.post("/v1/chat", json={"message": POOL}).json()
    quote = next(block for block in reply["blocks"] if block["type"] == "quote")
    low, high = quote["emphasis"][0]
    assert quote["text"][low:high] == "25.000 đồng" or "25.000" in quote["text"][low:high]
    assert quote["citation"]["link"].startswith("/d/thong-bao/be-boi.txt?p=")
    further = reader.post(
        "/v1/chat", json={"message": "ngữ cảnh", "conversation": reply["conversation"]}
    ).json()
    assert any(block["type"] == "surroundings" for block in further["blocks"])


def test_machines_can_watch_it(service: Running, admin: httpx.Client) -> None:
    plain = service.client()
    assert plain.get("/healthz", headers={"Host": "10.0.0.7:8000"}).json() == {"status": "ok"}
    assert plain.get("/readyz").json() == {"status": "ok"}
    counted = admin.get("/metrics").text
    assert 'hoidap_http_requests_total{route="/healthz",status="200"}' in counted
    assert "hoidap_retrieval_seconds_bucket" in counted


def test_openapi_has_examples_that_work(reader: httpx.Client) -> None:
    told = reader.get("/openapi.json").json()
    example = told["components"]["schemas"]["AskBody"]["examples"][0]
    assert ask(reader, **example)["question"]
    assert told["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert "/d/{id}" not in json.dumps(told)


def test_what_another_process_commits_is_seen_within_two_seconds(tmp_path: Path) -> None:
    made = tmp_path / "index"
    Retriever.build(DOCUMENTS[:1], path=made).close()
    opened = Retriever.open(made)
    with running(tmp_path, retriever=opened) as service:
        client = service.client()
        assert client.get("/v1/documents/quy-che-thu-vien").status_code == 404
        other = Retriever.open(made)
        other.add(DOCUMENTS[1:2])
        deadline = datetime.datetime.now() + datetime.timedelta(seconds=2)
        while client.get("/v1/documents/quy-che-thu-vien").status_code != 200:
            assert datetime.datetime.now() < deadline
        other.close()
    opened.close()


@pytest.mark.parametrize(
    "path", ["/v1/ask", "/v1/search?q=a", "/v1/documents", "/v1/models", "/retrieval", "/mcp"]
)
def test_reading_needs_a_token_where_the_operator_says_so(service: Running, path: str) -> None:
    method = "POST" if path in ("/v1/ask", "/retrieval", "/mcp") else "GET"
    refused = service.client().request(method, path, json={"question": "a"} if method == "POST" else None)
    assert refused.status_code in (401, 422)
    if method == "GET" or path == "/mcp":
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Bearer")
