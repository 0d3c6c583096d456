"""What is the reply to a message, given what was said so far? Knows no channel, keeps nothing itself."""

from __future__ import annotations

import dataclasses
import datetime
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

from bot.cards import card, source_lines
from bot.examples import find_examples
from bot.reply import Action, Reply, ReplyKind, Text
from bot.settings import ConversationSettings
from bot.smalltalk import Message, classify, without_greeting, words_for
from retrieval import Answer, Conversation, Document, Following, Query, QuestionError, SourceSummary, Turn

Turns = tuple[Turn, ...]
"""What was said so far, newest last: what a channel keeps of a conversation."""


class Corpus(Protocol):
    """What the bot needs of the library: `retrieval.Retriever`, or a stand-in in tests."""

    def converse(self, turns: Iterable[Turn] = (), *, limit: int = 5) -> Conversation: ...
    def answer(
        self,
        question: str | Query,
        *,
        limit: int = 5,
        source: str | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
        following: Following | None = None,
    ) -> Answer:
        """Raises QuestionError where there is nothing to look for."""

    def documents(self) -> Iterable[Document]: ...
    def sources(self) -> Sequence[SourceSummary]: ...


PAGES = ("next", "previous", "context")
"""What a message may be that asks for another page of the question before."""
_LOST = "Bài {} đã được sửa hoặc không còn trong tài liệu kể từ lúc bạn hỏi; mời bạn hỏi lại."


class Responder:
    """Turns messages into replies. Holds no conversation, so one serves every chat and thread."""

    def __init__(
        self,
        retriever: Corpus,
        *,
        settings: ConversationSettings | None = None,
        sample: bool = False,
    ) -> None:
        """`sample`: the corpus is the one that ships, and the first words say so."""
        self._retriever = retriever
        self._settings = settings or ConversationSettings()
        self._sample = sample

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions to try: the operator's, else ones that the corpus was found to answer."""
        return self._settings.examples or find_examples(self._retriever.documents(), self._retriever.answer)

    def respond(self, message: str, turns: Turns = (), *, alone: bool = False) -> tuple[Reply, Turns]:
        """The reply to `message`, and the turns after it. `alone`: carry nothing over from before."""
        what, text = self.read(message)
        return self.reply(what, text, turns, alone=alone)

    def read(self, message: str) -> tuple[Message, str]:
        """What the message is, and its words."""
        text = unicodedata.normalize("NFC", message).strip()
        return classify(text, max_characters=self._settings.max_question_characters), text

    def reply(self, what: Message, text: str, turns: Turns, *, alone: bool = False) -> tuple[Reply, Turns]:
        """As `respond`, to a message that was read."""
        if what == "question":
            return self._ask(without_greeting(text), turns, alone=alone)
        if what in PAGES:
            return self._turn_page(what, turns)
        return self._talk(what, len(text)), turns

    def start(self) -> Reply:
        """The first words to somebody new, with questions to try."""
        return self._offer("Chào bạn! Mời bạn hỏi về nội dung các bài viết trong tài liệu.")

    def help(self) -> Reply:
        """How to ask, and what else can be typed."""
        return self._offer(
            "Bạn cứ gõ câu hỏi bằng tiếng Việt, có dấu hay không dấu đều được.\n"
            "• “tiếp”: xem đoạn khác\n"
            "• “ngữ cảnh”: xem phần văn bản xung quanh\n"
            "• hỏi nối được: “Còn năm 2018?”"
        )

    def sources(self) -> Reply:
        """What the corpus holds, a line for each publisher."""
        lines = source_lines(self._retriever.sources())
        told = "\n".join(("Tài liệu gồm:", *lines)) if lines else "Tài liệu chưa có bài nào."
        return Reply("talk", (Text(told),))

    def show(self, turn: Turn, number: int, *, context: bool = False) -> tuple[Reply, Turn]:
        """The card of an earlier question again, at hit `number` (from 0; the nearest there is)."""
        turn = self._conversation((turn,)).show(number, context=context)
        return self._card(turn), turn

    def _ask(self, text: str, turns: Turns, *, alone: bool) -> tuple[Reply, Turns]:
        conversation = self._conversation(turns)
        try:
            turn = conversation.ask(text, alone=alone)
        except QuestionError:
            return self._say("unclear", "Bạn hỏi rõ hơn một chút nhé: về ai, việc gì, ở đâu?"), turns
        return self._card(turn), conversation.turns[-self._settings.remembered_turns :]

    def _conversation(self, turns: Turns) -> Conversation:
        return self._retriever.converse(turns, limit=self._settings.hits)

    def _card(self, turn: Turn) -> Reply:
        assert turn.answer is not None
        lost = Text(_LOST.format(", ".join(f"“{title}”" for title in turn.lost)))
        if turn.lost and not turn.hits:
            return Reply("talk", (lost,))
        reply = card(
            turn.answer,
            turn.number,
            context=self._settings.context_characters if turn.context else None,
            asked=turn.question if turn.question != turn.understood else "",
        )
        return dataclasses.replace(reply, blocks=(lost, *reply.blocks)) if turn.lost else reply

    def _turn_page(self, page: Message, turns: Turns) -> tuple[Reply, Turns]:
        if not turns:
            return self._say("talk", "Bạn chưa hỏi câu nào. Mời bạn đặt câu hỏi trước nhé."), turns
        conversation = self._conversation(turns)
        step = {"next": 1, "previous": -1}.get(page, 0)
        before = turns[-1].number
        turn = conversation.show(before + step, context=page == "context")
        if not turn.hits and not turn.lost:
            return self._say("talk", "Câu vừa rồi không có đoạn nào để xem. Mời bạn hỏi câu khác."), turns
        if before + step >= len(turn.hits) and not turn.lost:
            return self._say("talk", "Đã hết các đoạn tìm được. Bạn thử hỏi cách khác nhé."), turns
        if before + step < 0:
            return self._say("talk", "Đây là đoạn đầu tiên rồi."), turns
        return self._card(turn), conversation.turns

    def _talk(self, what: Message, length: int) -> Reply:
        match what:
            case "greeting":
                return self.start()
            case "help":
                return self.help()
            case "identity":
                return self._offer(
                    "Tôi là Hỏi Đáp, chương trình tìm đoạn trả lời câu hỏi trong các bài viết tiếng Việt. "
                    "Tôi trích nguyên văn, kèm nguồn và ngày, không tự viết thêm."
                )
        kind, words = words_for(what, length=length, limit=self._settings.max_question_characters)
        return self._say(kind, words)

    def _offer(self, words: str) -> Reply:
        blocks = [Text(words)]
        if self.examples:
            blocks.append(Text("Bạn thử hỏi:\n" + "\n".join(f"• {question}" for question in self.examples)))
        if self._sample:
            blocks.append(Text("Đây là dữ liệu mẫu đi kèm chương trình."))
        return Reply("talk", tuple(blocks), tuple(Action("ask", q, q) for q in self.examples))

    @staticmethod
    def _say(kind: ReplyKind, words: str) -> Reply:
        return Reply(kind, (Text(words),))
