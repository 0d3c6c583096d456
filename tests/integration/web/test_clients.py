"""Do the clients that others use get the library's own passages: OpenAI's, Dify's requests, MCP's?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, get_args

import httpx
import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from openai import AuthenticationError, NotFoundError, OpenAI, UnprocessableEntityError

from bot.web.dify_filter import Operator
from tests.integration.web.serving import Running
from tests.integration.web.shelf import LYCHEE, POOL, PUMPS

QUESTIONS = (POOL, LYCHEE, PUMPS, "Quy chế thư viện cho mượn sách mấy ngày?")


def wanted(service: Running, question: str, limit: int) -> list[tuple[str, str]]:
    return [
        (hit.document.id, hit.passage.text) for hit in service.retriever.answer(question, limit=limit).hits
    ]


@pytest.fixture
def openai(service: Running) -> OpenAI:
    return OpenAI(base_url=f"{service.url}/v1", api_key=service.read, max_retries=0)


def test_openai_lists_and_answers(service: Running, openai: OpenAI) -> None:
    assert [model.id for model in openai.models.list()] == ["hoidap", "default"]
    for question in QUESTIONS:
        said = openai.chat.completions.create(
            model="hoidap", messages=[{"role": "user", "content": question}]
        )
        assert said.object == "chat.completion"
        assert said.usage is not None
        assert said.usage.total_tokens == said.usage.prompt_tokens + said.usage.completion_tokens > 0
        assert said.choices[0].finish_reason == "stop"
        ours: dict[str, Any] = said.model_extra["hoidap"]  # type: ignore[index]
        hits = [(hit["document"], hit["text"]) for hit in ours["hits"]]
        assert hits == wanted(service, question, service.settings.conversation.hits)
    pool = openai.chat.completions.create(model="hoidap", messages=[{"role": "user", "content": POOL}])
    text = pool.choices[0].message.content or ""
    assert "**25.000" in text
    assert "Trung tâm thể thao Hồng Vân" in text
    assert f"{service.url}/d/thong-bao/be-boi.txt?p=" in text


def test_openai_follows_the_conversation_and_streams(openai: OpenAI) -> None:
    messages: list[Any] = [
        {"role": "system", "content": "Be brief."},
        {
            "role": "user",
            "content": [{"type": "text", "text": "Giá vé người lớn bể bơi Hồng Vân là bao nhiêu?"}],
        },
        {"role": "assistant", "content": "40.000 đồng"},
        {"role": "user", "content": "Còn trẻ em?"},
    ]
    whole = openai.chat.completions.create(model="default", messages=messages, temperature=0.2)
    stream = openai.chat.completions.create(
        model="default", messages=messages, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert said == whole.choices[0].message.content
    assert "25.000" in said
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage is not None
    assert len({chunk.id for chunk in chunks}) == 1


def test_openai_follows_a_question_some_messages_ago(openai: OpenAI) -> None:
    said = (
        "Giá vé người lớn bể bơi Hồng Vân là bao nhiêu?",
        "ngữ cảnh",
        "Cảm ơn bạn",
        "Xin chào",
        "Còn trẻ em?",
    )
    messages: list[Any] = [{"role": "user", "content": text} for text in said]
    reply = openai.chat.completions.create(model="default", messages=messages)
    assert "25.000" in (reply.choices[0].message.content or "")


def test_openai_reads_our_errors(service: Running, openai: OpenAI) -> None:
    with pytest.raises(NotFoundError):
        openai.chat.completions.create(model="gpt", messages=[{"role": "user", "content": "a"}])
    with pytest.raises(UnprocessableEntityError, match="messages"):
        openai.chat.completions.create(model="hoidap", messages=[])
    empty = openai.chat.completions.create(model="hoidap", messages=[{"role": "system", "content": "a"}])
    assert "chưa gõ câu hỏi" in (empty.choices[0].message.content or "")
    wrong = OpenAI(base_url=f"{service.url}/v1", api_key="hoidap-wrong", max_retries=0)
    with pytest.raises(AuthenticationError, match="thu hồi"):
        wrong.models.list()


def test_markup_of_documents_is_not_markup_in_a_chat(openai: OpenAI) -> None:
    said = openai.chat.completions.create(model="hoidap", messages=[{"role": "user", "content": PUMPS}])
    text = said.choices[0].message.content or ""
    assert "\\<script>" in text
    assert "](javascript" not in text


def retrieve(client: httpx.Client, query: str, **more: Any) -> list[dict[str, Any]]:
    body = {
        "knowledge_id": "default",
        "query": query,
        "retrieval_setting": {"top_k": 3, "score_threshold": 0.0},
    }
    answer = client.post("/retrieval", json={**body, **more})
    assert answer.status_code == 200, answer.text
    records: list[dict[str, Any]] = answer.json()["records"]
    return records


def test_dify_gets_the_same_passages_with_scores_that_fall(service: Running, reader: httpx.Client) -> None:
    for question in QUESTIONS:
        records = retrieve(reader, question)
        found = [one["metadata"]["document"] for one in records]
        assert found == [document for document, _ in wanted(service, question, 3)]
        scores = [one["score"] for one in records]
        assert scores == sorted(scores, reverse=True)
        assert 0 <= scores[-1] <= scores[0] <= 1
        assert all(None not in one["metadata"].values() for one in records)
    assert retrieve(reader, "???") == []
    sure = retrieve(reader, POOL, retrieval_setting={"top_k": 5, "score_threshold": 0.5})
    assert sure[0]["metadata"]["document"] == "thong-bao/be-boi.txt"
    assert len(sure) < len(retrieve(reader, POOL, retrieval_setting={"top_k": 5, "score_threshold": 0.0}))


CONDITIONS: list[tuple[str, str, Any, set[str]]] = [
    ("source", "contains", "báo", {"bao-cao-vai-thieu", "bao-cao-vai-thieu-2023"}),
    ("source", "not contains", "lục ngạn", {"bao-cao-vai-thieu-2023"}),
    ("source", "start with", "Báo Bắc", {"bao-cao-vai-thieu-2023"}),
    ("source", "end with", "Ngạn", {"bao-cao-vai-thieu"}),
    ("source", "is", "Báo Lục Ngạn", {"bao-cao-vai-thieu"}),
    ("source", "is not", "Báo Lục Ngạn", {"bao-cao-vai-thieu-2023"}),
    ("source", "in", ["Báo Lục Ngạn", "Báo Hà"], {"bao-cao-vai-thieu"}),
    ("source", "not in", "Báo Lục Ngạn, Báo Hà", {"bao-cao-vai-thieu-2023"}),
    ("author", "empty", None, {"bao-cao-vai-thieu", "bao-cao-vai-thieu-2023"}),
    ("author", "not empty", None, set()),
    ("start", "=", 0, {"bao-cao-vai-thieu", "bao-cao-vai-thieu-2023"}),
    ("start", "≠", "0", {"bao-cao-vai-thieu", "bao-cao-vai-thieu-2023"}),
    ("end", ">", 100000, set()),
    ("end", "<", 100000, {"bao-cao-vai-thieu", "bao-cao-vai-thieu-2023"}),
    ("end", "≥", 1, {"bao-cao-vai-thieu", "bao-cao-vai-thieu-2023"}),
    ("end", "≤", 1, set()),
    ("date", "before", "2023-01-01", {"bao-cao-vai-thieu"}),
    ("date", "after", "2023-01-01", {"bao-cao-vai-thieu-2023"}),
]


@pytest.mark.parametrize(("name", "how", "value", "documents"), CONDITIONS)
def test_dify_narrows_by_every_operator(
    reader: httpx.Client, name: str, how: str, value: Any, documents: set[str]
) -> None:
    about = {"name": "title", "comparison_operator": "contains", "value": "vải"}
    also = {"name": "title", "comparison_operator": "contains", "value": "Phượng Sơn"}
    condition = {"name": [name], "comparison_operator": how, "value": value}
    records = retrieve(
        reader,
        "xã Phượng Sơn thu hoạch vải thiều",
        retrieval_setting={"top_k": 50, "score_threshold": 0},
        metadata_condition={"logical_operator": "and", "conditions": [condition, about, also]},
    )
    found = {one["metadata"]["document"] for one in records}
    if name == "start":  # of passages, not of documents
        assert found <= documents
        assert all((one["metadata"]["start"] == 0) == (how == "=") for one in records)
    else:
        assert found == documents


def test_every_operator_of_dify_is_tried_and_or_is_understood(reader: httpx.Client) -> None:
    assert {how for _, how, _, _ in CONDITIONS} == set(get_args(Operator))
    either = [
        {"name": "source", "comparison_operator": "is", "value": "Báo Lục Ngạn"},
        {"name": "number", "comparison_operator": "is", "value": "12/QC-KS"},
    ]
    records = retrieve(
        reader,
        "xã Phượng Sơn vải thiều thư viện trường Kim Sơn",
        retrieval_setting={"top_k": 50, "score_threshold": 0},
        metadata_condition={"logical_operator": "or", "conditions": either},
    )
    assert {one["metadata"]["document"] for one in records} == {"bao-cao-vai-thieu", "quy-che-thu-vien"}


def test_dify_reads_our_errors(service: Running, reader: httpx.Client) -> None:
    body = {"knowledge_id": "other", "query": "a", "retrieval_setting": {"top_k": 1, "score_threshold": 0}}
    unknown = reader.post("/retrieval", json=body)
    assert (unknown.status_code, unknown.json()["error_code"]) == (404, 2001)
    for header, code in (("hello", 1001), ("Bearer wrong", 1002)):
        refused = service.client().post("/retrieval", json=body, headers={"Authorization": header})
        assert (refused.status_code, refused.json()["error_code"]) == (401, code)


async def check_mcp(client: Client, service: Running) -> None:
    """What every transport must show."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"search", "fetch", "ask"}
    assert set(tools["search"].input_schema["properties"]) == {"query"}
    assert set(tools["fetch"].input_schema["properties"]) == {"id"}
    for tool in tools.values():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema is not None
    for question in QUESTIONS[:2]:
        found = await client.call_tool("search", {"query": question})
        assert found.structured_content is not None
        assert len(found.content) == 1
        assert json.loads(found.content[0].text) == found.structured_content  # type: ignore[union-attr]
        results = found.structured_content["results"]
        assert [set(one) for one in results] == [{"id", "title", "url"}] * len(results)
        assert [one["id"].rpartition("#")[0] for one in results] == [
            document for document, _ in wanted(service, question, 10)
        ]
        assert all(one["url"].startswith("http://") for one in results)
        fetched = await client.call_tool("fetch", {"id": results[0]["id"]})
        told = fetched.structured_content
        assert told is not None
        assert set(told) == {"id", "title", "text", "url", "metadata"}
        document = service.retriever.document(results[0]["id"].rpartition("#")[0])
        assert document is not None
        assert told["text"] == document.text
        assert told["url"] == results[0]["url"]
    asked = await client.call_tool(
        "ask", {"question": POOL, "source": "Trung tâm thể thao Hồng Vân", "limit": 2}
    )
    assert asked.structured_content is not None
    assert asked.structured_content["answered"] is True
    assert "25.000" in asked.structured_content["answer"]
    missing = await client.call_tool("fetch", {"id": "../../etc/passwd"})
    assert missing.is_error
    resource = await client.read_resource("hoidap://documents/quy-che-thu-vien")
    assert "Điều 2" in resource.contents[0].text  # type: ignore[union-attr]
    sources = await client.read_resource("hoidap://sources")
    assert "Trường Kim Sơn" in sources.contents[0].text  # type: ignore[union-attr]


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_mcp_over_http(service: Running, mode: str) -> None:
    http = httpx2.AsyncClient(headers={"Authorization": f"Bearer {service.read}"}, timeout=30)
    async with (
        http,
        Client(streamable_http_client(f"{service.url}/mcp", http_client=http), mode=mode) as client,
    ):
        await check_mcp(client, service)


@pytest.mark.anyio
async def test_mcp_on_standard_input_and_output(service: Running, tmp_path: Path) -> None:
    made = tmp_path / "index"
    from retrieval import Retriever

    Retriever.build(service.retriever.documents(), path=made).close()
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "bot.cli", "mcp", "--index", str(made)]
    )
    async with Client(stdio_client(command)) as client:
        await check_mcp(client, service)
