"""How do clients of OpenAI's chat interface ask? The conversation is built anew from `messages` each time."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from bot.conversation import Turns
from bot.reply import Reply
from bot.web import shapes
from bot.web.access import Access, reader
from bot.web.markdown import render
from bot.web.objects import cited_answer
from bot.web.problems import Problem
from bot.web.service import Service, is_question, service_of

router = APIRouter(prefix="/v1", tags=["openai"])
Serving = Annotated[Service, Depends(service_of)]
Reading = Annotated[Access, Depends(reader)]
MODEL = "hoidap"
OURS = "hoidap"
"""The key beside OpenAI's own under which our object rides."""
ASKED_AGAIN = 5
"""Messages before the last one that are answered again: a client sends its conversation anew each time, and nothing of
it is kept here. One that leans on another, which leans on a third, is found with them."""


class Part(BaseModel):
    type: shapes.Text
    text: shapes.Text = ""


class Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[shapes.Text, Field(max_length=100_000)] | list[Part] | None = None

    @property
    def text(self) -> str:
        """What was written; pictures and files of a message are left out."""
        if isinstance(self.content, list):
            return " ".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    include_usage: shapes.Flag = False


class ChatRequest(BaseModel):
    """What such clients send besides (temperature, tools, …) has no meaning here and is let through."""

    model: Annotated[str, Field(strict=True, max_length=200)] = MODEL
    messages: Annotated[list[Message], Field(min_length=1, max_length=1000)]
    stream: shapes.Flag | None = False
    stream_options: StreamOptions | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "Sóc Trăng kết nạp bao nhiêu đảng viên?"}],
                }
            ]
        }
    )


@router.get("/models")
async def models(service: Serving, access: Reading) -> dict[str, Any]:
    """The corpus, as a model: by its own name and as "hoidap"."""
    names = dict.fromkeys((MODEL, service.settings.server.knowledge))
    entries = [{"id": name, "object": "model", "created": service.began, "owned_by": MODEL} for name in names]
    return {"object": "list", "data": entries}


@router.post(
    "/chat/completions", response_model=None, responses={200: {"content": {"text/event-stream": {}}}}
)
async def complete(
    body: ChatRequest, request: Request, service: Serving, access: Reading
) -> dict[str, Any] | StreamingResponse:
    """A reply to the last message of the user, after those before it; our own object stands under "hoidap"."""
    if body.model not in (MODEL, service.settings.server.knowledge):
        raise Problem(404, "model: không có mô hình này; xem danh sách ở GET /v1/models")
    asked = [message.text for message in body.messages if message.role == "user"]
    service.take_turn(access)
    reply, turns = await service.search(lambda: _converse(service, asked or [""]))
    text = render(reply, link=lambda document, passage: service.address(document, passage, request))
    beside = _beside(reply, turns, service, request)
    made = _Completion(body.model, text, beside, sum(len(message.text.split()) for message in body.messages))
    if body.stream:
        usage = body.stream_options is not None and body.stream_options.include_usage
        return StreamingResponse(made.events(usage=usage), media_type="text/event-stream")
    return made.whole()


def _converse(service: Service, asked: list[str]) -> tuple[Reply, Turns]:
    """The last reply of a conversation in which all this was said; what is long past is not asked again."""
    turns: Turns = ()
    for message in asked[-ASKED_AGAIN - 1 : -1]:
        turns = service.responder.respond(message, turns)[1]
    reply, turns = service.responder.respond(asked[-1], turns)
    if is_question(asked[-1]):
        service.count(reply)
    return reply, turns


def _beside(reply: Reply, turns: Turns, service: Service, request: Request) -> dict[str, Any] | None:
    last = turns[-1] if turns else None
    if reply.kind in ("talk", "unclear") or last is None or last.answer is None:
        return None
    return cited_answer(last.answer, last.understood, turns, service, request)


class _Completion:
    """One completion, whole or in events."""

    def __init__(self, model: str, text: str, beside: dict[str, Any] | None, asked: int) -> None:
        self._head = {"id": f"chatcmpl-{secrets.token_hex(12)}", "created": int(time.time()), "model": model}
        self._text = text
        self._beside = beside
        said = len(text.split())
        # Words stand for tokens: there is no model whose tokens could be counted.
        self._usage = {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}

    def whole(self) -> dict[str, Any]:
        message = {"role": "assistant", "content": self._text}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return {
            **self._head,
            "object": "chat.completion",
            "choices": [choice],
            "usage": self._usage,
            OURS: self._beside,
        }

    def events(self, *, usage: bool) -> Iterator[bytes]:
        """The same a paragraph at a time; our object comes with the last piece."""
        yield self._event({"role": "assistant", "content": ""})
        for number, paragraph in enumerate(self._text.split("\n\n")):
            yield self._event({"content": ("\n\n" if number else "") + paragraph})
        yield self._event({}, finish="stop", beside=self._beside)
        if usage:
            yield _line({**self._chunk(), "choices": [], "usage": self._usage})
        yield b"data: [DONE]\n\n"

    def _chunk(self) -> dict[str, Any]:
        return {**self._head, "object": "chat.completion.chunk"}

    def _event(
        self, delta: dict[str, str], *, finish: str | None = None, beside: dict[str, Any] | None = None
    ) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _line({**self._chunk(), "choices": [choice], **({OURS: beside} if beside else {})})


def _line(value: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(msgspec.to_builtins(value), ensure_ascii=False).encode() + b"\n\n"
