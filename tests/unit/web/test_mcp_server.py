"""Does fetch give a long document around the passage, in whole lines?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError

from bot.web.mcp_server import Tools
from retrieval import Document, Retriever

T = TypeVar("T")
LONG = "\n".join(f"Mục {number}: kho hàng số {number} có {number + 3} kệ gỗ lim." for number in range(1500))


@pytest.fixture(scope="module")
def tools() -> Tools:
    retriever = Retriever.build(
        [Document("dai", LONG), Document("a#1-2", "Bến phà Lạch Trê có hai cầu tàu.")]
    )

    async def run(find: Callable[[], T], /) -> T:
        return find()

    return Tools(retriever, cite=lambda document, span: f"https://a.example/d/{document}?{span}", run=run)


@pytest.mark.anyio
async def test_a_long_document_is_given_around_the_passage(tools: Tools) -> None:
    at = LONG.index("Mục 900:")
    told = await tools.fetch(f"dai#{at}-{at + 20}")
    assert "Mục 900: kho hàng" in told.text
    assert len(told.text) <= 20_000
    assert all(line.startswith("Mục ") and line.endswith(".") for line in told.text.splitlines())
    assert told.metadata["shown"].endswith(f"of {len(LONG)} characters")
    assert (await tools.fetch("dai")).text.startswith("Mục 0:")


@pytest.mark.anyio
async def test_an_id_may_itself_look_like_a_passage(tools: Tools) -> None:
    assert "Lạch Trê" in (await tools.fetch("a#1-2")).text
    assert "shown" not in (await tools.fetch("a#1-2")).metadata


@pytest.mark.anyio
async def test_what_cannot_be_found_is_said(tools: Tools) -> None:
    with pytest.raises(ToolError, match="không có bài nào"):
        await tools.fetch("khong-co")
    with pytest.raises(ResourceNotFoundError):
        await tools.document("khong-co")
    assert (await tools.search("???")).results == []
    assert (await tools.ask("???")).answered is False


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
