"""How do models ask this corpus? The Model Context Protocol: three tools that only read, and documents as resources."""

from __future__ import annotations

import datetime
import re
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.metadata import version
from typing import Annotated, Any, Protocol, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from bot.web.shapes import MAX_QUESTION
from retrieval import Answer, Document, Hit, PinnedAnswer, QuestionError, Retriever

_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_RESULTS = 10
_WHOLE = 20_000
"""Characters of a document that `fetch` gives whole; of a longer one, what stands around the passage."""
_ID = re.compile(r"(?P<document>.+?)(?:#(?P<start>\d{1,9})-(?P<end>\d{1,9}))?", re.DOTALL)


T = TypeVar("T")
Cite = Callable[[str, tuple[int, int] | None], str]


class Run(Protocol):
    def __call__(self, find: Callable[[], T], /) -> Awaitable[T]: ...


class Result(BaseModel):
    id: Annotated[str, Field(description="To be given to fetch.")]
    title: str
    url: Annotated[str, Field(description="The address that cites the passage.")]


class Results(BaseModel):
    results: list[Result]


class Fetched(BaseModel):
    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, str]


class Found(BaseModel):
    id: str
    title: str
    url: str
    text: Annotated[str, Field(description="The passage, word for word.")]
    section: list[str]
    page: int | None
    source: str | None
    date: Annotated[str | None, Field(description="Of publication, else one that the text names.")]
    number: str | None
    original: Annotated[str | None, Field(description="The original's address.")]


class Pinned(BaseModel):
    text: str
    source: str
    date: Annotated[str, Field(description="When it was pinned.")]


class Answered(BaseModel):
    question: str
    answered: Annotated[
        bool, Field(description="False: the corpus seems to lack the answer; don't guess one.")
    ]
    near: Annotated[
        bool, Field(description="The first passage is on the matter, but what is asked for isn't in it.")
    ]
    answer: Annotated[
        str | None, Field(description="What is pinned, else the first passage's words that answer.")
    ]
    pinned: Annotated[
        Pinned | None, Field(description="What the operator answers, whatever the documents say.")
    ] = None
    missing: Annotated[list[str], Field(description="What the question names and the passages lack.")]
    passages: list[Found]


Question = Annotated[
    str, Field(max_length=MAX_QUESTION, description="A question or key words, in Vietnamese.")
]


class Tools:
    """The tools over one corpus.

    `cite` gives the absolute address of a document's page, a passage marked. `run` looks something up in a thread.
    """

    def __init__(self, retriever: Retriever, *, cite: Cite, run: Run) -> None:
        self._retriever = retriever
        self._cite = cite
        self._run = run

    async def search(self, query: str) -> Results:
        """The passages nearest to the query, the best first."""
        return await self._run(partial(self._search, query))

    async def fetch(self, id: str) -> Fetched:  # noqa: A002
        """The text that an id of search stands for; a very long document's around the passage."""
        return await self._run(partial(self._fetch, id))

    async def ask(
        self,
        question: Question,
        source: Annotated[str | None, Field(max_length=200, description="Only this publisher.")] = None,
        since: Annotated[datetime.date | None, Field(description="No older documents.")] = None,
        until: Annotated[datetime.date | None, Field(description="No newer documents.")] = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 5,
    ) -> Answered:
        """The passages that answer a question, whether the first one does, and the answering words, with sources."""
        ask = partial(self._retriever.answer, question, limit=limit, source=source, since=since, until=until)
        return await self._run(partial(self._ask, question, ask))

    async def document(self, id: str) -> str:  # noqa: A002
        """A document's text."""
        return await self._run(partial(self._document, id))

    async def sources(self) -> list[dict[str, Any]]:
        """The publishers, with how many documents of each and from when to when."""
        return await self._run(self._sources)

    def _search(self, query: str) -> Results:
        try:
            hits = self._retriever.search(query[:MAX_QUESTION], limit=_RESULTS)
        except QuestionError:
            return Results(results=[])
        return Results(
            results=[Result(id=_id(hit), title=_title(hit.document), url=self._url(hit)) for hit in hits]
        )

    def _fetch(self, identity: str) -> Fetched:
        match = _ID.fullmatch(identity)
        document = self._retriever.document(match["document"]) if match else None
        span = (int(match["start"]), int(match["end"])) if match and match["start"] else None
        if document is None and match and span:  # an id may itself end like a passage's
            document, span = self._retriever.document(identity), None
        if document is None:
            raise ToolError("id: không có bài nào mang số này; hãy lấy từ search")
        start, end = _around(document, span)
        metadata = {
            "source": document.source,
            "date": document.date.isoformat() if document.date else None,
            "number": document.number,
            "author": document.author,
            "original": document.url,
            "shown": f"{start}-{end} of {len(document.text)} characters"
            if end - start < len(document.text)
            else None,
        }
        return Fetched(
            id=identity,
            title=_title(document),
            text=document.text[start:end],
            url=self._cite(document.id, span),
            metadata={name: value for name, value in metadata.items() if value},
        )

    def _ask(self, question: str, ask: Callable[[], Answer]) -> Answered:
        try:
            answer = ask()
        except QuestionError:
            return Answered(
                question=question, answered=False, near=False, answer=None, missing=[], passages=[]
            )
        return Answered(
            question=answer.question,
            answered=answer.answered,
            near=answer.near,
            answer=answer.text,
            pinned=_pinned(answer.pinned) if answer.pinned else None,
            missing=list(answer.missing),
            passages=[self._found(hit) for hit in answer.hits],
        )

    def _document(self, identity: str) -> str:
        found = self._retriever.document(identity)
        if found is None:
            raise ResourceNotFoundError("không có bài nào mang số này")
        return f"{found.title}\n\n{found.text}" if found.title else found.text

    def _sources(self) -> list[dict[str, Any]]:
        return [
            {
                "source": one.source,
                "documents": one.documents,
                "first": one.first.isoformat() if one.first else None,
                "last": one.last.isoformat() if one.last else None,
            }
            for one in self._retriever.sources()
        ]

    def _url(self, hit: Hit) -> str:
        return self._cite(hit.document.id, (hit.passage.start, hit.passage.end))

    def _found(self, hit: Hit) -> Found:
        document, passage = hit.document, hit.passage
        return Found(
            id=_id(hit),
            title=_title(document),
            url=self._url(hit),
            text=passage.text,
            section=list(passage.section),
            page=passage.page,
            source=document.source,
            date=document.date.isoformat() if document.date else None,
            number=document.number,
            original=document.url,
        )


def build_mcp(retriever: Retriever, *, cite: Cite, run: Run) -> MCPServer[Any]:
    """The server, for standard input and output or for HTTP. `cite`, `run`: see Tools."""
    server: MCPServer[Any] = MCPServer(
        "hoidap",
        title="Hỏi Đáp",
        version=version("hoidap"),
        instructions="Finds passages in a corpus of Vietnamese documents, word for word, with source and date. "
        "Ask in Vietnamese. Where `answered` is false, say that the documents don't tell.",
        log_level="WARNING",
    )
    tools = Tools(retriever, cite=cite, run=run)
    for tool, title in ((tools.search, "Tìm đoạn"), (tools.fetch, "Đọc bài"), (tools.ask, "Hỏi")):
        server.add_tool(tool, title=title, annotations=_READS, structured_output=True)
    server.resource("hoidap://documents/{+id}", name="document", title="Bài viết", mime_type="text/plain")(
        tools.document
    )
    server.resource("hoidap://sources", name="sources", title="Nguồn", mime_type="application/json")(
        tools.sources
    )
    return server


def _pinned(pinned: PinnedAnswer) -> Pinned:
    return Pinned(text=pinned.text, source=pinned.source, date=pinned.pinned.isoformat())


def _id(hit: Hit) -> str:
    return f"{hit.document.id}#{hit.passage.start}-{hit.passage.end}"


def _title(document: Document) -> str:
    return document.title or document.id


def _around(document: Document, span: tuple[int, int] | None) -> tuple[int, int]:
    """Where the text to give begins and ends: whole paragraphs around the passage, or all of it."""
    size = len(document.text)
    if size <= _WHOLE:
        return 0, size
    middle = (span[0] + span[1]) // 2 if span else 0
    start = max(0, min(middle - _WHOLE // 2, size - _WHOLE))
    end = min(size, start + _WHOLE)
    opening = document.text.find("\n", start, start + 500) if start else -1
    closing = document.text.rfind("\n", end - 500, end) if end < size else -1
    return opening + 1 if opening >= 0 else start, closing if closing >= 0 else end
