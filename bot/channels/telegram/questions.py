"""How does a question get its reply? Searched on a thread, sent in its place, remembered for what follows."""

from __future__ import annotations

import logging

from bot.channels.kept import NO_TURN
from bot.channels.telegram.card import card
from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.outbox import Where
from bot.channels.telegram.parts import Parts, Place
from bot.channels.telegram.richtext import Message
from bot.channels.telegram.store import Card, KeptCard, new_key
from bot.channels.telegram.working import Working
from bot.channels.words import FAILED, TOO_FAST
from bot.reply import Reply, Text
from retrieval import HoidapError

_LOG = logging.getLogger(__name__)
_SEARCHED = ("answer", "nearest", "nothing")


class Questions:
    """Answers questions, whichever way they come: typed, by a button, from a link, edited."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._working = Working(parts.settings.telegram)

    async def ask(
        self,
        text: str,
        place: Place,
        *,
        reply_to: int | None,
        sure: bool = True,
        heading: str = "",
        instead_of: KeptCard | None = None,
        alone: bool = False,
    ) -> None:
        """Answer `text`. Not `sure` that the bot was meant: say nothing unless there is an answer.

        `heading`: shown above. `instead_of`: the reply to change, where the question was edited or repeated.
        `alone`: carry nothing over from the questions before.
        """
        parts = self._parts
        if not await self.in_pace(place, reply_to):
            return
        where = place.where(reply_to)
        with parts.metrics.timed("hoidap_reply_seconds"):
            before = parts.store.conversation(place.key)
            if instead_of is not None and before[-1:] == (instead_of.card.turn,):
                before = before[:-1]
            try:
                async with self._working.shown(parts.bot, where):
                    reply, after = await parts.searching.respond(text, before, alone=alone)
            except Exception as error:
                unexpected = not isinstance(error, HoidapError)  # else its one line says all
                parts.metrics.count("hoidap_errors_total", "search")
                _LOG.error(
                    "a question could not be searched: %s: %s",
                    type(error).__name__,
                    error,
                    exc_info=unexpected,
                )
                await self.tell(Reply("talk", (Text(FAILED),)), where)
                return
            if not sure and reply.kind != "answer":
                return
            if after != before:
                parts.store.keep_conversation(place.key, after)
            parts.tally.count(reply)
            parts.metrics.count("hoidap_replies_total", reply.kind)
            turn = after[-1] if reply.kind in _SEARCHED else NO_TURN
            asks = tuple(action.value for action in reply.actions if action.kind == "ask")
            await self._show(
                reply,
                where,
                Card(place.key, kind=reply.kind, turn=turn, asks=asks),
                heading=heading,
                instead_of=instead_of,
            )

    async def tell(self, reply: Reply, where: Where, *, place: Place | None = None) -> None:
        """Send a reply that answers no question; its buttons, if any, ask in the conversation of `place`."""
        asks = tuple(action.value for action in reply.actions if action.kind == "ask")
        if place is None or not asks:
            await self._parts.outbox.send(card(reply), where)
        else:
            await self._show(reply, where, Card(place.key, asks=asks))

    async def say(self, words: str, where: Where) -> None:
        """Send a line of the bot's own."""
        await self.tell(Reply("talk", (Text(words),)), where)

    async def in_pace(self, place: Place, reply_to: int | None) -> bool:
        """Whether this person may ask now; if not, they are told so once."""
        verdict = self._parts.pace.take(place.user)
        if verdict == "warn":
            await self.say(TOO_FAST.format(seconds=self._parts.pace.wait(place.user)), place.where(reply_to))
        return verdict == "go"

    async def _show(
        self, reply: Reply, where: Where, kept: Card, *, heading: str = "", instead_of: KeptCard | None = None
    ) -> None:
        parts = self._parts
        key = instead_of.key if instead_of else new_key()
        messages: tuple[Message, ...] = card(reply, heading=heading)
        buttons = keyboard(reply, key)
        if instead_of is not None and instead_of.shown is not None:
            shown = (instead_of.shown, *instead_of.card.extra)
            sent = await parts.outbox.replace(shown, messages, where, buttons)
        else:
            sent = await parts.outbox.send(messages, where, buttons)
        if sent:
            asked = instead_of.asked if instead_of else where.reply_to
            parts.store.keep_card(
                kept.with_extra(sent[1:]), key=key, chat=where.chat, asked=asked, shown=sent[0]
            )
