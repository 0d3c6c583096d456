"""How does an admin pin an answer from Telegram? By replying to the question, or to what the bot said to it."""

from __future__ import annotations

from telegram import Message

from bot.cards import date_text
from bot.channels.telegram import words
from bot.channels.telegram.outbox import Where
from bot.channels.telegram.parts import Parts, Place
from bot.channels.telegram.richtext import Paragraph, messages
from bot.plain import one_line
from retrieval import HoidapError, PinnedAnswer, QuestionError


class Pins:
    """`kept`: what is pinned outlives a restart."""

    def __init__(self, parts: Parts, *, kept: bool) -> None:
        self._parts = parts
        self._kept = kept

    async def on_pin(self, message: Message, text: str, place: Place) -> None:
        """/ghim: with an answer and its source, in reply to a question; alone it lists what is pinned."""
        where = place.where(message.message_id)
        question = self._question(message, place)
        answer, source = _parted(text)
        if not text:
            await self._list(where)
        elif not question or not answer or not source:
            await self._say(words.HOW_TO_PIN, where)
        else:
            await self._say(await self._parts.write(self._pin, question, answer, source), where)

    async def on_unpin(self, text: str, place: Place, reply_to: int) -> None:
        """/boghim: with the number that /ghim shows."""
        where = place.where(reply_to)
        if not text.isdecimal():
            await self._say(words.HOW_TO_PIN, where)
            return
        number = min(int(text[:19]), 2**62)
        try:
            gone = await self._parts.write(self._parts.corpus.unpin, number)
        except HoidapError:
            await self._say(words.PIN_BUSY, where)
            return
        await self._say(words.PIN_REMOVED.format(number=number) if gone else words.PIN_GONE, where)

    def _question(self, message: Message, place: Place) -> str:
        """What was asked in the message replied to, whole: as it was understood after those before it."""
        original = message.reply_to_message
        if original is None or original.forum_topic_created:
            return ""
        store = self._parts.store
        kept = store.card_shown(original.message_id, chat=place.chat) or store.card_for(
            original.message_id, chat=place.chat
        )
        if kept is not None and kept.turn is not None:
            return kept.turn.understood
        if original.from_user is not None and original.from_user.id == message.get_bot().id:
            return ""
        return " ".join((original.text or original.caption or "").split())

    def _pin(self, question: str, answer: str, source: str) -> str:
        corpus = self._parts.corpus
        try:
            there = corpus.answer(question, limit=1).pinned
            if there is not None:
                return words.PIN_TWICE.format(question=question, number=there.id)
            made = corpus.pin(question, answer, source=source)
        except QuestionError:
            return words.PIN_REFUSED
        except HoidapError:
            return words.PIN_BUSY
        self._parts.tally.settle(question)
        done = words.PIN_DONE.format(question=question, number=made.id)
        return done if self._kept else f"{done}\n{words.PIN_UNTIL_STOP}"

    async def _list(self, where: Where) -> None:
        pins = await self._parts.searching.run(self._parts.corpus.pins)
        told = [Paragraph(_line(one)) for one in pins] or [Paragraph(words.PIN_NONE)]
        await self._parts.outbox.send(messages([*told, Paragraph(words.HOW_TO_PIN)]), where)

    async def _say(self, text: str, where: Where) -> None:
        await self._parts.outbox.send(messages([Paragraph(text)]), where)


def _line(one: PinnedAnswer) -> str:
    questions = "\n".join(one.questions)
    return f"{one.id}. {questions}\n→ {one.text}\n— {one.source} · {date_text(one.pinned)}"


def _parted(text: str) -> tuple[str, str]:
    """(the answer, its source): the source stands in the last line."""
    said, _, last = text.rstrip().rpartition("\n")
    if not last.strip().lower().startswith(words.PIN_SOURCE.lower()):
        return text.strip(), ""
    return said.strip(), one_line(last.strip()[len(words.PIN_SOURCE) :])
