"""Which routes answer questions? `/v1/ask`, `/v1/search`, and `/v1/chat` for the page and the widget."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from bot.conversation import Turns
from bot.reply import Reply
from bot.web import shapes
from bot.web.access import Access, reader
from bot.web.objects import cited_answer, cited_hit, reply_object
from bot.web.service import Service, is_question, service_of
from retrieval import Answer, Hit, QuestionError
from retrieval import Query as Understood

router = APIRouter(prefix="/v1", tags=["questions"])
Serving = Annotated[Service, Depends(service_of)]
Reading = Annotated[Access, Depends(reader)]
Source = Annotated[str | None, Query(max_length=200, description="Only this publisher.")]
Since = Annotated[shapes.Day | None, Query(description="No older documents.")]
Until = Annotated[shapes.Day | None, Query(description="No newer documents.")]


@router.post("/ask", response_model=shapes.AskAnswer)
async def ask(body: shapes.AskBody, request: Request, service: Serving, access: Reading) -> Any:
    """The passages that answer best, and whether the first one answers; none where there is nothing to look for."""
    service.take_turn(access)
    turns = service.conversations.read(body.conversation)
    return await service.search(partial(_ask, body, turns, request, service))


def _ask(body: shapes.AskBody, turns: Turns, request: Request, service: Service) -> dict[str, Any]:
    conversation = service.retriever.converse(
        turns, limit=body.limit, source=body.source, since=body.since, until=body.until
    )
    try:
        turn = conversation.ask(body.question)
    except QuestionError:
        nothing = Answer(question=body.question, hits=(), answered=False, query=Understood(body.question))
        return cited_answer(nothing, body.question, turns, service, request)
    assert turn.answer is not None
    service.count_turn(turn)
    kept = conversation.turns[-service.settings.conversation.remembered_turns :]
    return cited_answer(turn.answer, turn.understood, kept, service, request)


@router.get("/search", response_model=shapes.Hits)
async def search(
    request: Request,
    service: Serving,
    access: Reading,
    q: Annotated[str, Query(min_length=1, max_length=shapes.MAX_QUESTION, description="The question.")],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    offset: Annotated[int, Query(ge=0, le=1000, description="Hits to leave out, the best ones.")] = 0,
    source: Source = None,
    since: Since = None,
    until: Until = None,
) -> Any:
    """The best passages, best first, whether they answer or not."""
    service.take_turn(access)

    def find() -> list[Hit]:
        try:
            return service.retriever.search(q, limit=offset + limit, source=source, since=since, until=until)
        except QuestionError:
            return []

    hits = (await service.search(find))[offset:]
    return {"hits": [cited_hit(hit, service, request) for hit in hits]}


@router.get("/chat", response_model=shapes.ChatReply)
async def greet(service: Serving, access: Reading) -> Any:
    """The first words to somebody new, with questions to try."""
    reply = await service.search(service.responder.start)
    return reply_object(reply, service.conversations.token(()))


@router.post("/chat", response_model=shapes.ChatReply)
async def chat(body: shapes.ChatBody, service: Serving, access: Reading) -> Any:
    """A reply as the page shows it, to a question, a follow-up, a greeting, "tiếp", "trước" or "ngữ cảnh"."""
    service.take_turn(access)
    turns = service.conversations.read(body.conversation)

    def respond() -> tuple[Reply, Turns]:
        reply, after = service.responder.respond(body.message, turns, alone=body.alone)
        if is_question(body.message):
            service.count(reply)
        return reply, after

    reply, after = await service.search(respond)
    return reply_object(reply, service.conversations.token(after))


@router.post("/feedback", status_code=204, response_class=Response)
async def feedback(body: shapes.Feedback, service: Serving, access: Reading) -> None:
    """Whether an answer was right. One vote of a client for a question and document; the last one holds."""
    service.take_turn(access)
    card = hashlib.blake2b(f"{body.question}\0{body.document}".encode(), digest_size=12).hexdigest()
    voter = int.from_bytes(hashlib.blake2b(access.client.encode(), digest_size=8).digest(), "big")
    service.tally.vote(card, voter, good=body.good, reason=body.reason, question=body.question)
