"""Can an admin pin answers over HTTP, and do all who ask get them, in every shape?"""

from __future__ import annotations

import httpx
import pytest

from tests.integration.web.serving import Running

QUESTION = "Bãi xe chợ Hòa Lạc mở cửa lúc mấy giờ?"
ASKED = "mấy giờ bãi xe chợ Hòa Lạc mở cửa ạ"
PIN = {
    "questions": [QUESTION, "Giờ mở cửa bãi xe chợ Hòa Lạc"],
    "text": "Từ 4 giờ sáng.",
    "source": "Ban quản lý chợ",
}


@pytest.fixture
def admin(service: Running) -> httpx.Client:
    return service.client(service.admin)


def test_a_pinned_answer_reaches_every_interface_and_goes_again(
    service: Running, reader: httpx.Client, admin: httpx.Client
) -> None:
    assert admin.get("/v1/pins").json() == {"pins": []}
    assert reader.post("/v1/ask", json={"question": QUESTION}).json()["pinned"] is None
    assert QUESTION in [one["question"] for one in admin.get("/v1/report").json()["missed"]]
    made = admin.post("/v1/pins", json=PIN)
    assert made.status_code == 201
    pin = made.json()
    assert {**PIN, "id": pin["id"], "date": pin["date"]} == pin
    assert QUESTION not in [one["question"] for one in admin.get("/v1/report").json()["missed"]]
    assert admin.get("/v1/pins").json() == {"pins": [pin]}

    told = reader.post("/v1/ask", json={"question": ASKED}).json()
    assert (told["answered"], told["answer"], told["pinned"], told["hits"]) == (True, PIN["text"], pin, [])
    chat = reader.post("/v1/chat", json={"message": ASKED}).json()
    assert [block["type"] for block in chat["blocks"]] == ["text", "quote"]
    assert chat["blocks"][1]["text"] == PIN["text"]
    assert chat["blocks"][1]["citation"]["link"] is None
    follow = reader.post("/v1/chat", json={"message": "ngữ cảnh", "conversation": chat["conversation"]})
    assert follow.status_code == 200
    completion = reader.post(
        "/v1/chat/completions", json={"model": "hoidap", "messages": [{"role": "user", "content": ASKED}]}
    ).json()
    said = completion["choices"][0]["message"]["content"]
    assert said.startswith("Câu trả lời được ghim bởi người quản trị:\n\n> Từ 4 giờ sáng.")
    assert "Ban quản lý chợ · ghim ngày " in said
    records = reader.post("/retrieval", json={"knowledge_id": "default", "query": ASKED}).json()["records"]
    assert (records[0]["content"], records[0]["metadata"]["pinned"]) == (PIN["text"], True)

    assert admin.delete(f"/v1/pins/{pin['id']}").status_code == 204
    assert admin.delete(f"/v1/pins/{pin['id']}").status_code == 404
    assert reader.post("/v1/ask", json={"question": ASKED}).json()["pinned"] is None


def test_only_admins_pin(service: Running, reader: httpx.Client) -> None:
    assert reader.get("/v1/pins").status_code == 403
    assert reader.post("/v1/pins", json=PIN).status_code == 403
    assert reader.delete("/v1/pins/1").status_code == 403
    assert service.client().post("/v1/pins", json=PIN).status_code == 401
    assert service.retriever.pins() == ()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {**PIN, "questions": []},
        {**PIN, "questions": ["?!"]},
        {**PIN, "questions": [7]},
        {**PIN, "questions": ["x" * 301]},
        {**PIN, "text": "x" * 2001},
        {**PIN, "text": "  "},
        {**PIN, "source": ""},
        {**PIN, "day": "2024-01-01"},
    ],
)
def test_what_cannot_be_pinned_is_told(
    service: Running, admin: httpx.Client, body: dict[str, object]
) -> None:
    refused = admin.post("/v1/pins", json=body)
    assert refused.status_code in (409, 422)
    assert refused.headers["content-type"] == "application/problem+json"
    assert admin.delete("/v1/pins/mot").status_code == 422
    assert service.retriever.pins() == ()


def test_a_question_is_pinned_once(admin: httpx.Client) -> None:
    pin = admin.post("/v1/pins", json=PIN).json()
    refused = admin.post("/v1/pins", json={**PIN, "questions": [ASKED]})
    assert refused.status_code == 409
    assert f"đã được ghim (số {pin['id']})" in refused.json()["detail"]
    assert admin.delete(f"/v1/pins/{pin['id']}").status_code == 204
