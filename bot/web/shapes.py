"""What goes over the wire of our own interface? The bodies of `/v1`, as OpenAPI shows them."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from bot.web.conversations import LONGEST

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _written(value: object) -> object:
    """Only "2024-06-20": a number would be read as seconds since 1970."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("ngày viết như 2024-06-20")
    return value


def _whole(value: object) -> object:
    """A number without a fraction; JSON has 3.0 for 3, but "3" and true are none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("cần một số nguyên")
    return value


Text = Annotated[str, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Day = Annotated[
    datetime.date, BeforeValidator(_written), WithJsonSchema({"type": "string", "format": "date"})
]
Limit = Annotated[int, Field(ge=1, le=100, description="Passages to give."), BeforeValidator(_whole)]
MAX_QUESTION = 2_000
"""Characters of a question that is read at all; `conversation.max_question_characters` may be less."""
Question = Annotated[str, Field(strict=True, min_length=1, max_length=MAX_QUESTION)]
Identity = Annotated[str, Field(strict=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")]
_TOKEN = "Opaque; what the last answer gave, to go on from it."
Conversation = Annotated[str | None, Field(strict=True, max_length=LONGEST, description=_TOKEN)]


class _Given(BaseModel):
    """What a client sends: a field that we don't know is an error that names it."""

    model_config = ConfigDict(extra="forbid")


class AskBody(_Given):
    question: Question
    conversation: Conversation = None
    limit: Limit = 3
    source: Annotated[str | None, Field(strict=True, max_length=200, description="Only this publisher.")] = (
        None
    )
    since: Annotated[Day | None, Field(description="No older documents.")] = None
    until: Annotated[Day | None, Field(description="No newer documents.")] = None

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "Sóc Trăng kết nạp bao nhiêu đảng viên?", "limit": 1}]},
    )


class HitShape(BaseModel):
    rank: int
    score: float
    text: Annotated[str, Field(description="The passage, word for word.")]
    shown: Annotated[str, Field(description="The passage with what stands with it.")]
    section: Annotated[list[str], Field(description="The headings above it, the widest first.")]
    page: int | None
    document: Annotated[str, Field(description="The document's id.")]
    title: str
    source: str | None
    number: Annotated[str | None, Field(description="An official paper's own number.")]
    date: str | None
    date_kind: Literal["published", "mentioned"] | None
    url: Annotated[str | None, Field(description="The original's address.")]
    start: Annotated[
        int, Field(description="Where the passage begins in the document's text, in characters.")
    ]
    end: int
    highlight: Annotated[list[int] | None, Field(description="What answers: [start, end] in `text`.")]
    citation: Annotated[str, Field(description="The page of the document here, the passage marked.")]


class PinShape(BaseModel):
    id: int
    questions: Annotated[list[str], Field(description="The wordings that it answers.")]
    text: str
    source: str
    date: Annotated[str, Field(description="When it was pinned.")]


class Pins(BaseModel):
    pins: list[PinShape]


class NewPin(_Given):
    questions: Annotated[
        list[Annotated[str, Field(strict=True, min_length=1, max_length=300)]],
        Field(min_length=1, max_length=20),
    ]
    text: Annotated[str, Field(strict=True, min_length=1, max_length=2_000)]
    source: Annotated[str, Field(strict=True, min_length=1, max_length=200, description="Who says so.")]

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "questions": ["Thư viện mở cửa lúc mấy giờ?", "Giờ mở cửa của thư viện"],
                    "text": "7 giờ 30, kể cả thứ bảy.",
                    "source": "Ban quản lý thư viện",
                }
            ]
        },
    )


class AskAnswer(BaseModel):
    question: str
    answered: Annotated[
        bool, Field(description="The first hit answers; otherwise hits are only the nearest.")
    ]
    near: Annotated[
        bool, Field(description="Not answered: the first hit is on the matter, without what is asked for.")
    ]
    answer: Annotated[
        str | None, Field(description="The words that answer, where they are sure, or what is pinned.")
    ]
    pinned: Annotated[
        PinShape | None, Field(description="What an operator answers, whatever the documents say.")
    ]
    hits: list[HitShape]
    understood: Annotated[str, Field(description="The whole question, after those before it.")]
    missing: Annotated[list[str], Field(description="What the question names and the nearest passages lack.")]
    conversation: Annotated[str, Field(description=_TOKEN)]


class Hits(BaseModel):
    hits: list[HitShape]


class ChatBody(_Given):
    message: Annotated[str, Field(strict=True, max_length=MAX_QUESTION)]
    conversation: Conversation = None
    alone: Annotated[Flag, Field(description="Carry nothing over from before.")] = False

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"message": "Sóc Trăng kết nạp bao nhiêu đảng viên?"}]},
    )


class ChatReply(BaseModel):
    """A reply as it is shown: blocks of text, quotes, surroundings; what can follow; the page it is of."""

    kind: Literal["answer", "nearest", "nothing", "unclear", "talk"]
    question: str
    page: list[int] | None
    blocks: list[dict[str, Any]]
    actions: list[dict[str, str]]
    conversation: str


class Feedback(_Given):
    question: Annotated[str, Field(strict=True, max_length=MAX_QUESTION)]
    good: Flag
    reason: Annotated[str, Field(strict=True, max_length=500)] = ""
    document: Annotated[str, Field(strict=True, max_length=500)] = ""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"question": "Sóc Trăng kết nạp bao nhiêu đảng viên?", "good": True}]
        },
    )


class NewDocument(_Given):
    id: Identity
    text: Annotated[str, Field(strict=True, min_length=1)]
    title: Annotated[str, Field(strict=True, max_length=1000)] = ""
    source: Annotated[str | None, Field(strict=True, max_length=200)] = None
    published: Day | None = None
    url: Annotated[str | None, Field(strict=True, max_length=2000)] = None
    author: Annotated[str | None, Field(strict=True, max_length=200)] = None
    number: Annotated[str | None, Field(strict=True, max_length=100)] = None


class NewDocuments(_Given):
    documents: Annotated[list[NewDocument], Field(min_length=1, max_length=200)]

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "documents": [
                        {
                            "id": "thong-bao-12",
                            "title": "Thông báo lịch trực",
                            "text": "Từ ngày 1/7, phòng trực mở cửa lúc 7 giờ sáng.",
                            "source": "Ban quản lý",
                            "published": "2024-06-20",
                        }
                    ]
                }
            ]
        },
    )


class Added(BaseModel):
    added: int
    kept: Annotated[bool, Field(description="They outlive a restart: the service answers from an index.")]


class DocumentSummary(BaseModel):
    id: str
    title: str
    source: str | None
    number: str | None
    date: str | None
    date_kind: Literal["published", "mentioned"] | None
    url: str | None
    citation: str


class DocumentShape(DocumentSummary):
    text: str
    author: str | None
    kind: Literal["article", "digest"]
    blocks: Annotated[list[dict[str, Any]], Field(description="What each stretch of `text` is.")]
    meta: dict[str, Any]


class Documents(BaseModel):
    documents: list[DocumentSummary]
    total: int


class DayCount(BaseModel):
    day: str
    answered: int
    declined: int


class MissedQuestion(BaseModel):
    question: str
    amount: int
    last: str


class Complaint(BaseModel):
    reason: str
    question: str


class Report(BaseModel):
    days: list[DayCount]
    missed: Annotated[
        list[MissedQuestion], Field(description="Questions that found nothing, the most asked first.")
    ]
    good: int
    bad: int
    complaints: list[Complaint]


class ProblemShape(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class Health(BaseModel):
    status: Literal["ok", "starting"]
