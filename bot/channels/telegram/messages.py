"""What happens to a message? It passes the gate, then it is a command, a question, or neither."""

from __future__ import annotations

import datetime
from collections.abc import Hashable

from telegram import Message, Update, User
from telegram.ext import ContextTypes

from bot.channels.statistics import lines
from bot.channels.telegram import gate, words
from bot.channels.telegram.documents import Documents
from bot.channels.telegram.gate import Call
from bot.channels.telegram.links import question_of
from bot.channels.telegram.parts import Parts, Place, place_of
from bot.channels.telegram.pins import Pins
from bot.channels.telegram.questions import Questions
from bot.channels.telegram.richtext import Paragraph
from bot.channels.telegram.richtext import messages as split
from bot.channels.words import FORGOTTEN, NOT_ALLOWED, ONLY_TEXT, UNKNOWN_COMMAND
from bot.reply import Reply, Text

_EDITABLE = datetime.timedelta(hours=48)
"""A message that was not answered may still be asked by editing it, for so long."""
_SLOW = ("them", "xoa", "ghim", "boghim")
_IN_GROUPS = ("ghim", "boghim")
"""Commands of admins that reply to what was asked, wherever it was."""


class Messages:
    def __init__(self, parts: Parts, questions: Questions, documents: Documents, pins: Pins) -> None:
        self._parts = parts
        self._questions = questions
        self._documents = documents
        self._pins = pins

    def wanted(self, update: Update, me: User) -> bool:
        """Whether anything is to be done with it: what the gate holds back is not even written down."""
        message = update.message or update.edited_message
        if message is not None:
            return gate.read(message, me) is not None
        return update.callback_query is not None or update.inline_query is not None

    def lane(self, update: Update, me: User) -> Hashable:
        """What is worked on one after another: a chat; what changes the corpus has a lane of its own."""
        chat = update.effective_chat
        if chat is None:
            return ("user", update.effective_user.id if update.effective_user else 0)
        call = gate.read(update.message, me) if update.message else None
        return (chat.id, "corpus" if call is not None and call.command in _SLOW else "")

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        call = gate.read(message, context.bot.bot) if message else None
        if message is None or call is None:
            return
        place = place_of(message)
        if not await self._may(message, place):
            return
        if call.command:
            await self._command(message, call, place)
        elif call.text:
            await self._questions.ask(call.text, place, reply_to=message.message_id, sure=call.sure)
        elif place.private:
            await self._no_words(message, place)
        elif call.how == "mention":
            await self._about_nothing(message, place)

    async def on_edit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """An edited question changes the reply that it got; one that got none is asked now."""
        message = update.edited_message
        call = gate.read(message, context.bot.bot) if message else None
        if message is None or call is None or not call.text or call.command not in ("", "hoi"):
            return
        place = place_of(message)
        kept = self._parts.store.card_for(message.message_id, chat=place.chat)
        if kept is None and _age(message) > _EDITABLE:
            return
        if self._parts.access.may_ask(user=place.user, group=None if place.private else place.chat):
            await self._questions.ask(
                call.text, place, reply_to=message.message_id, sure=call.sure, instead_of=kept
            )

    async def _may(self, message: Message, place: Place) -> bool:
        if self._parts.access.may_ask(user=place.user, group=None if place.private else place.chat):
            return True
        if place.private and self._parts.pace.take(place.user) == "go":
            await self._questions.say(NOT_ALLOWED, place.where(message.message_id))
        return False

    async def _command(self, message: Message, call: Call, place: Place) -> None:
        where = place.where(message.message_id)
        if call.command in words.ADMIN_COMMANDS and self._parts.access.is_admin(place.user):
            await self._admin_command(message, call, place)
            return
        match call.command:
            case "start":
                question = question_of(call.text, self._parts.store.link)
                if question:
                    heading = words.QUESTION_BUTTON + question
                    await self._questions.ask(
                        question, place, reply_to=message.message_id, heading=heading, alone=True
                    )
                else:
                    await self._questions.tell(
                        await self._parts.searching.run(self._parts.responder.start), where, place=place
                    )
            case "help":
                await self._questions.tell(await self._help(message), where, place=place)
            case "hoi":
                await self._asked(message, call, place)
            case "nguon":
                await self._questions.tell(
                    await self._parts.searching.run(self._parts.responder.sources), where
                )
            case "moi":
                self._parts.store.forget_conversation(place.key)
                await self._questions.say(FORGOTTEN, where)
            case _ if place.private:
                await self._questions.say(UNKNOWN_COMMAND, where)

    async def _asked(self, message: Message, call: Call, place: Place) -> None:
        """/hoi with a question, or in reply to somebody's message that is one."""
        original = message.reply_to_message
        theirs = (
            ""
            if original is None or original.forum_topic_created
            else original.text or original.caption or ""
        )
        question = call.text or theirs
        if question:
            await self._questions.ask(question, place, reply_to=message.message_id)
        else:
            await self._about_nothing(message, place)

    async def _about_nothing(self, message: Message, place: Place) -> None:
        """Called, and asked nothing."""
        examples = await self._parts.searching.run(lambda: self._parts.responder.examples)
        line = words.ASK_SOMETHING.format(example=examples[0]) if examples else words.ASK_SOMETHING_PLAIN
        await self._questions.say(line, place.where(message.message_id))

    async def _no_words(self, message: Message, place: Place) -> None:
        """A picture, a sticker, a file. An album is answered by its words only, news in the chat not at all."""
        if message.effective_attachment is None or message.media_group_id is not None:
            return
        admin_file = message.document is not None and self._parts.access.is_admin(place.user)
        line = words.HOW_TO_ADD if admin_file else ONLY_TEXT
        if self._parts.pace.take(place.user) == "go":
            await self._questions.say(line, place.where(message.message_id))

    async def _help(self, message: Message) -> Reply:
        reply = await self._parts.searching.run(self._parts.responder.help)
        username = message.get_bot().username
        blocks = [*reply.blocks, Text(words.IN_GROUPS.format(username=username))]
        if message.chat.type == "private":
            blocks.append(Text(words.YOUR_ID.format(number=message.chat.id)))
        if self._parts.access.is_admin(message.from_user.id if message.from_user else None):
            listed = "\n".join(f"/{name}: {what}" for name, what in words.ADMIN_COMMANDS.items())
            blocks.append(Text(listed))
        return Reply(reply.kind, tuple(blocks), reply.actions)

    async def _admin_command(self, message: Message, call: Call, place: Place) -> None:
        where = place.where(message.message_id)
        if not place.private and call.command not in _IN_GROUPS:
            await self._questions.say(words.ONLY_PRIVATE_ADMIN, where)
            return
        match call.command:
            case "them":
                await self._documents.on_add(message, call.text, place)
            case "xoa":
                await self._documents.on_delete(call.text, place, message.message_id)
            case "ghim":
                await self._pins.on_pin(message, call.text, place)
            case "boghim":
                await self._pins.on_unpin(call.text, place, message.message_id)
            case "thongke":
                shown = lines(self._parts.tally.summary())
                await self._parts.outbox.send(split([Paragraph(part) for part in shown]), where)
            case "taidulieu":
                # The mark lets spreadsheets see that the file is UTF-8.
                body = self._parts.tally.table().encode("utf-8-sig")
                await self._parts.outbox.send_file("hoidap.csv", body, where, words.STATISTICS_FILE)


def _age(message: Message) -> datetime.timedelta:
    return (message.edit_date or message.date) - message.date
