"""What happens to an event? It passes the gate, a reply is written down, and its parts are sent one after another."""

from __future__ import annotations

import asyncio
import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from bot import conversation
from bot.channels import words
from bot.channels.access import Access
from bot.channels.kept import KeptTurns
from bot.channels.metrics import Metrics
from bot.channels.pace import Pace
from bot.channels.searching import Searching
from bot.channels.sending import Stream, patiently
from bot.channels.tally import Tally
from bot.channels.zalo.api import Api, Refused, TokenRefused, TooFast, Unreachable, ZaloError
from bot.channels.zalo.events import Event
from bot.channels.zalo.menu import Menu, Offer, chosen, numbered, reasons
from bot.channels.zalo.messages import messages
from bot.channels.zalo.store import Prepared, Store
from bot.channels.zalo.words import COMMANDS, NO_SUCH_NUMBER
from bot.conversation import Responder
from bot.plain import Marks, render
from bot.reply import Reply, Text
from bot.settings import ZaloSettings
from retrieval import HoidapError

_LOG = logging.getLogger(__name__)
_BARE = Marks("", "")
"""Zalo shows plain text: what is emphasised elsewhere stands as it is."""
_COMMAND = re.compile(r"/(start|help|hoi|nguon|moi)(?=\s|\Z)\s*", re.IGNORECASE)
_TYPED = {"next": "tiếp", "previous": "trước", "context": "ngữ cảnh"}
"""What a number stands for, as if it had been typed."""
_TYPING_AGAIN = 4.0
"""Seconds after which "typing…" is shown again."""


class Corpus(conversation.Corpus, Protocol):
    """What this bot needs of the library: `retrieval.Retriever`, or a stand-in in tests."""

    def refresh(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What one running bot is made of."""

    settings: ZaloSettings
    api: Api
    responder: Responder
    store: Store
    tally: Tally
    access: Access[str]
    pace: Pace
    stream: Stream
    metrics: Metrics
    searching: Searching


class Answering:
    """`name`: what stands after the @ where somebody in a group means the bot."""

    def __init__(self, parts: Parts, *, name: str = "") -> None:
        self._parts = parts
        self.name = name

    async def reply_to(self, event: Event) -> None:
        """Answer it, or say nothing where it isn't for the bot. Raises ZaloError where the answer couldn't be sent."""
        store = self._parts.store
        begun = store.prepared(event.key)
        if begun is None:
            with self._parts.metrics.timed("hoidap_reply_seconds"):
                prepared = await self._prepare(event)
                store.keep_prepared(event.key, prepared)
                await self._deliver(event, prepared, 0)
        else:
            await self._deliver(event, *begun)

    async def _deliver(self, event: Event, prepared: Prepared, sent: int) -> None:
        for part in prepared.parts[sent:]:
            try:
                await self._send(event.chat, part)
            except TokenRefused:
                raise
            except (
                Refused
            ) as refused:  # a chat that takes no messages any more: nothing else would arrive either
                self._parts.metrics.count("hoidap_errors_total", "refused")
                _LOG.info("a reply is refused (%s)", refused)
                break
            self._parts.store.part_sent(event.key)
        self._parts.store.finish(event.key, event.place, prepared)

    async def _send(self, chat: str, text: str) -> None:
        parts = self._parts

        async def once() -> None:
            await parts.stream.turn(chat)
            try:
                await parts.api.send(chat, text)
            except TooFast as wait:
                parts.metrics.count("hoidap_waits_total")
                parts.stream.hold(chat, wait.seconds)
                raise

        await patiently(
            once,
            seconds=60 * parts.settings.retry_minutes,
            passing=lambda error: isinstance(error, Unreachable),
            on_failure=lambda: parts.metrics.count("hoidap_errors_total", "network"),
        )

    async def _prepare(self, event: Event) -> Prepared:
        """The reply; without parts where nothing is to be said."""
        parts = self._parts
        text = self._meant(event)
        away = self._turned_away(event, text)
        if away is not None:
            return away
        try:
            async with _Typing(parts, event.chat):
                return await self._answer(event, text)
        except Exception as error:
            unexpected = not isinstance(error, HoidapError)  # else its one line says all
            parts.metrics.count("hoidap_errors_total", "search")
            _LOG.error(
                "a question could not be searched: %s: %s", type(error).__name__, error, exc_info=unexpected
            )
            return _say(words.FAILED)

    def _turned_away(self, event: Event, text: str) -> Prepared | None:
        """What is said instead of an answer: to strangers, to who asks too fast, to what holds no words."""
        parts = self._parts
        allowed = parts.access.may_ask(user=event.user, group=event.chat if event.group else None)
        if event.group and not (allowed and text):
            return Prepared(())
        verdict = parts.pace.take(event.user)
        if verdict == "hush":
            return Prepared(())
        if verdict == "warn":
            return _say(words.TOO_FAST.format(seconds=parts.pace.wait(event.user)))
        if not allowed:
            return _say(words.NOT_ALLOWED)
        return None if text else _say(words.ONLY_TEXT)

    def _meant(self, event: Event) -> str:
        """What the bot is told, without its name; empty in a group where somebody else is meant.

        A number chooses from what this person was offered last, so it means the bot, too.
        """
        if not event.group or _COMMAND.match(event.text):
            return event.text
        name = f"@{self.name}".casefold()
        if self.name and name in event.text.casefold():
            at = event.text.casefold().index(name)
            return " ".join((event.text[:at] + event.text[at + len(name) :]).split()).lstrip(",.:;!? ")
        offered = chosen(event.text) is not None and self._parts.store.menu(event.place).offers
        return event.text if offered else ""

    async def _answer(self, event: Event, text: str) -> Prepared:
        command = _COMMAND.match(text)
        if command is not None:
            rest = text[command.end() :]
            if command[1].lower() != "hoi" or not rest:
                return await self._command(event, command[1].lower())
            text = rest
        menu, number = self._parts.store.menu(event.place), chosen(text)
        if number is not None and menu.offers:
            if not 1 <= number <= len(menu.offers):
                return _say(NO_SUCH_NUMBER.format(number=number, last=len(menu.offers)))
            return await self._choose(event, menu, menu.offers[number - 1])
        return await self._ask(event, text, self._parts.store.conversation(event.place))

    async def _command(self, event: Event, command: str) -> Prepared:
        responder = self._parts.responder
        match command:
            case "nguon":
                return self._prepared(event, await self._parts.searching.run(responder.sources))
            case "moi":
                return Prepared((words.FORGOTTEN,), turns=(), menu=Menu())
            case "help":
                reply = await self._parts.searching.run(responder.help)
                return self._prepared(
                    event, Reply(reply.kind, (*reply.blocks, Text(COMMANDS)), reply.actions)
                )
            case _:
                return self._prepared(event, await self._parts.searching.run(responder.start))

    async def _choose(self, event: Event, menu: Menu, offer: Offer) -> Prepared:
        before = self._parts.store.conversation(event.place)
        match offer.kind:
            case "good":
                self._vote(event, menu, good=True)
                return _say(words.THANKS_GOOD)
            case "bad":
                self._vote(event, menu, good=False)
                told, asked = reasons(menu.question, menu.card, said=words.THANKS_BAD)
                return Prepared((told,), menu=asked)
            case "reason":
                if offer.value:
                    self._vote(event, menu, good=False, reason=words.REASONS.get(offer.value, ""))
                return Prepared((words.THANKS_REASON,), menu=Menu())
            case "ask":
                return await self._ask(event, offer.value, before)
            case "ask_alone":
                return await self._ask(event, offer.value, before[:-1], alone=True)
            case _:
                return await self._ask(event, _TYPED[offer.kind], before)

    def _vote(self, event: Event, menu: Menu, *, good: bool, reason: str = "") -> None:
        self._parts.tally.vote(menu.card, event.user, good=good, reason=reason, question=menu.question)

    async def _ask(self, event: Event, text: str, before: KeptTurns, *, alone: bool = False) -> Prepared:
        parts = self._parts
        reply, after = await parts.searching.respond(text, before, alone=alone)
        parts.tally.count(reply)
        parts.metrics.count("hoidap_replies_total", reply.kind)
        return self._prepared(event, reply, turns=after)

    def _prepared(self, event: Event, reply: Reply, *, turns: KeptTurns | None = None) -> Prepared:
        text, offers = numbered(render(reply, marks=_BARE), reply.actions)
        return Prepared(messages(text), turns=turns, menu=Menu(offers, reply.question, event.key))


def _say(line: str) -> Prepared:
    """A line of the bot's own; what was offered before still holds."""
    return Prepared((line,))


class _Typing:
    """While it lasts, and only when it lasts long, the person sees that the bot is at work."""

    def __init__(self, parts: Parts, chat: str) -> None:
        self._parts, self._chat = parts, chat

    async def __aenter__(self) -> None:
        self._showing = asyncio.create_task(self._show())

    async def __aexit__(self, *_: object) -> None:
        self._showing.cancel()
        with suppress(asyncio.CancelledError):
            await self._showing

    async def _show(self) -> None:
        await asyncio.sleep(self._parts.settings.typing_after)
        while True:
            with suppress(ZaloError):
                await self._parts.api.show_typing(self._chat)
            await asyncio.sleep(_TYPING_AGAIN)
