"""What do the handlers share? The parts that one running bot is made of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, Protocol, TypeVar

from telegram import Bot, Message

from bot import conversation
from bot.channels.access import Access
from bot.channels.metrics import Metrics
from bot.channels.pace import Pace
from bot.channels.searching import Searching
from bot.channels.tally import Tally
from bot.channels.telegram.outbox import Outbox, Where
from bot.channels.telegram.store import Store
from bot.conversation import Responder
from bot.settings import BotSettings
from retrieval import Document, PinnedAnswer

P = ParamSpec("P")
T = TypeVar("T")


class Corpus(conversation.Corpus, Protocol):
    """What this bot needs of the library: `retrieval.Retriever`, or a stand-in in tests."""

    def add(self, documents: Iterable[Document]) -> object: ...

    def remove(self, ids: Iterable[str]) -> object: ...

    def refresh(self) -> object: ...

    def pin(self, questions: str, text: str, *, source: str) -> PinnedAnswer: ...

    def unpin(self, number: int) -> bool: ...

    def pins(self) -> tuple[PinnedAnswer, ...]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Who talks where: the conversation's key, and the way back."""

    chat: int
    user: int
    thread: int | None = None
    private: bool = True

    @property
    def key(self) -> str:
        return f"{self.chat}:{self.thread or 0}:{self.user}"

    def where(self, reply_to: int | None = None) -> Where:
        return Where(self.chat, self.thread, reply_to)


def place_of(message: Message) -> Place:
    """Where a message was said, and by whom; an anonymous administrator counts as the group."""
    sender = message.sender_chat or message.from_user
    return Place(
        chat=message.chat_id,
        user=sender.id if sender else message.chat_id,
        thread=message.message_thread_id if message.is_topic_message else None,
        private=message.chat.type == "private",
    )


@dataclass(slots=True)
class Parts:
    """`writing`: one thread for what changes the corpus, so that it never takes one from those who ask."""

    settings: BotSettings
    bot: Bot
    corpus: Corpus
    responder: Responder
    store: Store
    tally: Tally
    access: Access[int]
    pace: Pace
    outbox: Outbox
    metrics: Metrics
    searching: Searching
    writing: ThreadPoolExecutor

    async def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run it on the writing thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self.writing, lambda: function(*args, **kwargs)
        )
