"""What does a pressed button do? Turns the page, shows the context, takes the vote, asks."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import msgspec
from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.channels.kept import KeptTurn, keep
from bot.channels.telegram import keyboard, words
from bot.channels.telegram.card import card
from bot.channels.telegram.documents import Documents
from bot.channels.telegram.keyboard import Pressed
from bot.channels.telegram.parts import Parts, Place
from bot.channels.telegram.questions import Questions
from bot.channels.telegram.store import Card, KeptCard
from bot.channels.words import NOT_ALLOWED, REASONS, THANKS_BAD, THANKS_GOOD, THANKS_REASON
from bot.reply import Reply
from retrieval import Turn


@dataclass(frozen=True, slots=True)
class _Press:
    """A press that is what it says: its button is the bot's own, under the message that carries it."""

    query: CallbackQuery
    pressed: Pressed
    kept: KeptCard
    place: Place


class Buttons:
    def __init__(self, parts: Parts, questions: Questions, documents: Documents) -> None:
        self._parts = parts
        self._questions = questions
        self._documents = documents

    async def on_press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        group = (
            None if query.message is None or query.message.chat.type == "private" else query.message.chat.id
        )
        if not self._parts.access.may_ask(user=query.from_user.id, group=group):
            await self._toast(query, NOT_ALLOWED)
            return
        press = self._recognised(query)
        if press is None:
            await self._toast(query, words.OLD_BUTTON)
            return
        match press.pressed.press:
            case "next" | "previous" | "context":
                await self._turn_page(press)
            case "good" | "bad" | "reason":
                await self._vote(press)
            case "ask":
                await self._ask(press)
            case "alone":
                await self._ask_alone(press)
            case "delete" | "keep":
                await self._delete(press)

    def _recognised(self, query: CallbackQuery) -> _Press | None:
        pressed = keyboard.read(query.data)
        if pressed is None or query.message is None:
            return None
        chat = query.message.chat
        kept = self._parts.store.card(pressed.key, chat=chat.id)
        if kept is None or query.message.message_id not in (kept.shown, *kept.card.extra):
            return None
        message = query.message if isinstance(query.message, Message) else None
        thread = message.message_thread_id if message and message.is_topic_message else None
        return _Press(
            query, pressed, kept, Place(chat.id, query.from_user.id, thread, chat.type == "private")
        )

    async def _turn_page(self, press: _Press) -> None:
        turn = press.kept.turn
        if turn is None:
            await self._toast(press.query, words.OLD_BUTTON)
            return
        step = {"next": 1, "previous": -1}.get(press.pressed.press, 0)
        context = press.pressed.press == "context"
        shown = await self._again(turn, turn.number + step, context=context)
        if shown is None:
            await self._toast(press.query, words.WAIT_FOR_PAGE)
            return
        await self._toast(press.query)
        reply, (now,) = shown[0], keep((shown[1],))
        card_before = press.kept.card
        await self._replace(press, reply, msgspec.structs.replace(card_before, turn=now, context=context))
        self._move_conversation(card_before.place, card_before.turn, now)

    async def _again(self, turn: Turn, number: int, *, context: bool) -> tuple[Reply, Turn] | None:
        """The card at this hit; None where the corpus has changed so much that there is none."""
        try:
            reply, now = await self._parts.searching.run(
                self._parts.responder.show, turn, number, context=context
            )
        except Exception:
            self._parts.metrics.count("hoidap_errors_total", "search")
            return None
        return reply, now

    async def _replace(self, press: _Press, reply: Reply, now: Card) -> None:
        kept = press.kept
        assert kept.shown is not None
        buttons = keyboard.keyboard(reply, kept.key, feedback=not now.voted)
        shown = (kept.shown, *kept.card.extra)
        sent = await self._parts.outbox.replace(shown, card(reply), press.place.where(), buttons)
        if sent:
            self._parts.store.keep_card(
                now.with_extra(sent[1:]),
                key=kept.key,
                chat=kept.chat,
                asked=kept.asked,
                shown=sent[0],
            )

    def _move_conversation(self, place: str, before: KeptTurn, now: KeptTurn) -> None:
        """Let "tiếp" go on from the page that the button showed."""
        turns = self._parts.store.conversation(place)
        if turns[-1:] == (before,):
            self._parts.store.keep_conversation(place, (*turns[:-1], now))

    async def _vote(self, press: _Press) -> None:
        parts, kept = self._parts, press.kept
        turn = kept.turn
        if turn is None or press.pressed.detail not in ("", *REASONS):
            await self._toast(press.query, words.OLD_BUTTON)
            return
        good = press.pressed.press == "good"
        reason = REASONS.get(press.pressed.detail, "")
        parts.tally.vote(
            kept.key, press.query.from_user.id, good=good, reason=reason, question=turn.understood
        )
        if press.pressed.press == "bad":
            await self._toast(press.query, THANKS_BAD)
            await parts.outbox.set_keyboard(kept.chat, self._last(kept), keyboard.reasons(kept.key))
            return
        await self._toast(press.query, THANKS_GOOD if good else THANKS_REASON)
        shown = await self._again(turn, turn.number, context=kept.card.context)
        if shown is None:
            return
        # In a group others may still want to vote.
        card_now = msgspec.structs.replace(kept.card, voted=press.place.private)
        parts.store.keep_card(card_now, key=kept.key, chat=kept.chat, asked=kept.asked, shown=kept.shown)
        buttons = keyboard.keyboard(shown[0], kept.key, feedback=not card_now.voted)
        await parts.outbox.set_keyboard(kept.chat, self._last(kept), buttons)

    @staticmethod
    def _last(kept: KeptCard) -> int:
        """The message with the buttons."""
        assert kept.shown is not None
        return (kept.shown, *kept.card.extra)[-1]

    async def _ask(self, press: _Press) -> None:
        asks, detail = press.kept.card.asks, press.pressed.detail
        if not detail.isdecimal() or int(detail) >= len(asks):
            await self._toast(press.query, words.OLD_BUTTON)
            return
        await self._toast(press.query)
        question = asks[int(detail)]
        await self._questions.ask(
            question, press.place, reply_to=None, heading=words.QUESTION_BUTTON + question, alone=True
        )

    async def _ask_alone(self, press: _Press) -> None:
        turn = press.kept.turn
        if turn is None:
            await self._toast(press.query, words.OLD_BUTTON)
            return
        await self._toast(press.query)
        await self._questions.ask(
            turn.question, press.place, reply_to=press.kept.asked, instead_of=press.kept, alone=True
        )

    async def _delete(self, press: _Press) -> None:
        asks, detail = press.kept.card.asks, press.pressed.detail
        admin = self._parts.access.is_admin(press.query.from_user.id)
        if not admin or not detail.isdecimal() or int(detail) >= len(asks):
            await self._toast(press.query, words.OLD_BUTTON)
            return
        await self._toast(press.query)
        await self._documents.on_choice(press.kept, asks[int(detail)], press.pressed.press, press.place)

    @staticmethod
    async def _toast(query: CallbackQuery, text: str = "") -> None:
        """End the press; Telegram takes that for a while only, and a late one harms nothing."""
        with suppress(BadRequest):
            await query.answer(text or None)
