"""What do all routes share? The corpus, who may ask, how fast, and the threads in which questions are searched."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import anyio.to_thread
from fastapi import Request

from bot.channels.pace import Pace
from bot.channels.tally import Tally
from bot.conversation import Responder
from bot.plain import one_line
from bot.reply import Reply, ReplyKind
from bot.settings import BotSettings
from bot.smalltalk import classify
from bot.web.access import Access, Door
from bot.web.addresses import page_path
from bot.web.conversations import Conversations
from bot.web.metrics import Metrics
from bot.web.origins import Origins
from bot.web.problems import Problem
from retrieval import Document, Hit, HoidapError, IndexLocked, QuestionError, Retriever, Turn

_LOG = logging.getLogger("hoidap.web")
T = TypeVar("T")


@dataclass(slots=True)
class Service:
    """One worker's parts.

    `base`: the absolute address of the service. `sample`: the corpus is the one that ships. `kept`: what admins add
    outlives a stop.
    """

    settings: BotSettings
    retriever: Retriever
    responder: Responder
    door: Door
    origins: Origins
    conversations: Conversations
    tally: Tally
    metrics: Metrics
    base: str
    sample: bool = False
    kept: bool = False
    began: int = field(default_factory=lambda: int(time.time()))
    pace: Pace = field(init=False)
    _searching: anyio.CapacityLimiter = field(init=False)
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiting: int = 0

    def __post_init__(self) -> None:
        self.pace = Pace(self.settings.server.questions_per_minute)
        self._searching = anyio.CapacityLimiter(self.settings.server.threads)

    async def search(self, find: Callable[[], T]) -> T:
        """What `find` gives, looked up in a thread. Raises Problem where too many wait or the index can't be read."""
        if self._waiting >= self.settings.server.threads + self.settings.server.max_waiting:
            self.metrics.refused()
            raise Problem(
                503, "đang có quá nhiều câu hỏi chờ; xin hỏi lại sau giây lát", headers={"Retry-After": "1"}
            )
        self._waiting += 1
        try:
            with _told():
                return await anyio.to_thread.run_sync(partial(self._timed, find), limiter=self._searching)
        finally:
            self._waiting -= 1

    async def write(self, change: Callable[[], T]) -> T:
        """What `change` gives, one after another."""
        async with self._writing:
            with _told():
                return await anyio.to_thread.run_sync(change)

    def _timed(self, find: Callable[[], T]) -> T:
        with self.metrics.retrieving():
            return find()

    def count(self, reply: Reply) -> None:
        """Counts a question by what it got; its wording is kept where nothing was found and the operator allows it."""
        self.tally.count(reply)
        self.metrics.reply(reply.kind)
        if self.settings.server.log_questions:
            _LOG.info("asked: %s (%s)", one_line(reply.question), reply.kind)

    def count_turn(self, turn: Turn) -> None:
        """The same for a turn of a conversation that is not shown as a reply."""
        kind: ReplyKind = "answer" if turn.answered else "nearest" if turn.hits else "nothing"
        self.count(Reply(kind, (), question=turn.understood))

    def take_turn(self, access: Access) -> None:
        """Counts one question of this client. Raises Problem where it asks too fast."""
        if self.pace.take(access.client) != "go":
            wait = str(self.pace.wait(access.client))
            raise Problem(
                429, f"quá nhiều câu hỏi; xin hỏi lại sau {wait} giây", headers={"Retry-After": wait}
            )

    def address(self, document: str, passage: tuple[int, int] | None, request: Request | None = None) -> str:
        """The absolute address of that page: it cites the passage."""
        base = self.settings.server.public_url or (str(request.base_url) if request else self.base)
        return base.rstrip("/") + page_path(document, passage)

    def cited(self, hit: Hit, request: Request | None = None) -> str:
        """The address that cites a hit."""
        return self.address(hit.document.id, (hit.passage.start, hit.passage.end), request)

    async def document(self, identity: str) -> Document:
        """The document with this id. Raises Problem."""
        found = await self.search(partial(self.retriever.document, identity))
        if found is None:
            raise Problem(404, "không có bài nào mang số này; xem danh sách ở GET /v1/documents")
        return found


def is_question(message: str) -> bool:
    """Whether this is asked, not greeted with or turning pages."""
    return classify(message.strip(), max_characters=len(message) + 1) in ("question", "foreign")


@contextmanager
def _told() -> Iterator[None]:
    """Turns the library's errors into problems."""
    try:
        yield
    except QuestionError:
        raise
    except IndexLocked as error:
        raise Problem(409, "chỉ mục đang được ghi; xin thử lại", headers={"Retry-After": "2"}) from error
    except HoidapError as error:
        # Messages name files of this machine, which callers have no business with; the operator has.
        _LOG.error("%s", one_line(str(error)))
        raise Problem(503, "lúc này không đọc được chỉ mục; nhật ký của dịch vụ ghi rõ hơn") from error


async def service_of(request: Request) -> Service:
    """The parts of the application that serves this request."""
    service: Service = request.app.state.service
    return service
