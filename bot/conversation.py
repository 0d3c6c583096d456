"""What is the reply to a message, given what was said so far? Knows no channel, keeps nothing itself."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from bot.cards import card, source_lines
from bot.examples import find_examples
from bot.followup import FollowUp
from bot.reference import Before
from bot.reply import Action, Reply, ReplyKind, Text
from bot.settings import ConversationSettings
from bot.smalltalk import Message, classify, without_greeting, words_for
from bot.staying import stays
from retrieval import Answer, Document, Following, Query, QuestionError, SourceSummary


class Answering(Protocol):
    """What a conversation needs of the library: `retrieval.Retriever`, or a stand-in in tests."""

    def answer(self, question: str, *, limit: int = 5, following: Following | None = None) -> Answer:
        """Raises QuestionError where there is nothing to look for."""

    def understand(self, question: str) -> Query:
        """Raises QuestionError as `answer` does."""

    def documents(self) -> Iterable[Document]: ...
    def sources(self) -> Sequence[SourceSummary]: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what it gave: what paging and the next question lean on.

    `question`: as typed; `understood`: as searched. `answer`: the emphasised words, or empty. `passage`,
    `title`: the text of the first hit and its article's title. `documents`: ids of the hits, best first.
    `number`: which hit is shown, from 0. `place`: the number of the first hit's passage in its document.
    `following`: what it was asked on about, where only that article was searched.
    """

    question: str
    understood: str
    answered: bool = False
    answer: str = ""
    passage: str = ""
    title: str = ""
    documents: tuple[str, ...] = ()
    number: int = 0
    place: int = 0
    following: Following | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said so far, newest last. Plain values only: `msgspec.json` writes it and reads it back."""

    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn | None:
        return self.turns[-1] if self.turns else None


Page = Literal["next", "previous", "context"]


class Responder:
    """Turns messages into replies. Holds no conversation, so one serves every chat and thread."""

    def __init__(
        self,
        retriever: Answering,
        *,
        settings: ConversationSettings | None = None,
        sample: bool = False,
    ) -> None:
        """`sample`: the corpus is the one that ships, and the first words say so."""
        self._retriever = retriever
        self._settings = settings or ConversationSettings()
        self._sample = sample
        self._follow_up = FollowUp(retriever.understand)

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions to try: the operator's, else ones that the corpus was found to answer."""
        return self._settings.examples or find_examples(self._retriever.documents(), self._retriever.answer)

    def respond(
        self, message: str, conversation: Conversation, *, alone: bool = False
    ) -> tuple[Reply, Conversation]:
        """The reply to `message`, and the conversation after it. `alone`: carry nothing over from before."""
        text = unicodedata.normalize("NFC", message).strip()
        what = classify(text, max_characters=self._settings.max_question_characters)
        if what == "question":
            return self._ask(without_greeting(text), conversation, alone=alone)
        if what in ("next", "previous", "context"):
            return self._turn_page(what, conversation)
        return self._talk(what, len(text)), conversation

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
        answer = self.answer(turn)
        number = max(0, min(number, len(answer.hits) - 1))
        reply = card(
            answer,
            number,
            context=self._settings.context_characters if context else None,
            asked=turn.question if turn.question != turn.understood else "",
        )
        return reply, dataclasses.replace(turn, number=number)

    def answer(self, turn: Turn) -> Answer:
        """What an earlier question found, again."""
        return self._answer(turn.understood, turn.following)

    def _ask(self, text: str, conversation: Conversation, *, alone: bool) -> tuple[Reply, Conversation]:
        try:
            understood, answer, following = self._understand(text, None if alone else conversation.last)
        except QuestionError:
            return self._say("unclear", "Bạn hỏi rõ hơn một chút nhé: về ai, việc gì, ở đâu?"), conversation
        turn = _turn(text, understood, answer, following)
        turns = (*conversation.turns, turn)[-self._settings.remembered_turns :]
        return card(answer, asked=text if text != understood else ""), Conversation(turns)

    def _understand(self, text: str, last: Turn | None) -> tuple[str, Answer, Following | None]:
        """The question as it is to be understood after `last`, and its answer."""
        whole = self._follow_up.expand(text, _before(last)) if last else None
        if whole is None or last is None:
            return text, self._answer(text), None
        alone = text if whole.lean != "must" else whole.question
        anywhere = self._answer(alone)
        if last.documents:
            following = Following(last.documents[0], last.place, whole.asked)
            there = self._answer(whole.question, following)
            if stays(whole, there, anywhere):
                return whole.question, there, following
        return alone, anywhere, None

    def _answer(self, question: str, following: Following | None = None) -> Answer:
        return self._retriever.answer(question, limit=self._settings.hits, following=following)

    def _turn_page(self, page: Page, conversation: Conversation) -> tuple[Reply, Conversation]:
        last = conversation.last
        if last is None:
            return self._say("talk", "Bạn chưa hỏi câu nào. Mời bạn đặt câu hỏi trước nhé."), conversation
        if not last.documents:
            return self._say(
                "talk", "Câu vừa rồi không có đoạn nào để xem. Mời bạn hỏi câu khác."
            ), conversation
        step = {"next": 1, "previous": -1, "context": 0}[page]
        if last.number + step >= len(last.documents):
            return self._say("talk", "Đã hết các đoạn tìm được. Bạn thử hỏi cách khác nhé."), conversation
        if last.number + step < 0:
            return self._say("talk", "Đây là đoạn đầu tiên rồi."), conversation
        reply, turn = self.show(last, last.number + step, context=page == "context")
        return reply, Conversation((*conversation.turns[:-1], turn))

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


def _turn(question: str, understood: str, answer: Answer, following: Following | None) -> Turn:
    first = answer.hits[0] if answer.hits else None
    return Turn(
        question=question,
        understood=understood,
        answered=answer.answered,
        answer=answer.text or "",
        passage=first.passage.text if first else "",
        title=first.document.title if first else "",
        documents=tuple(hit.document.id for hit in answer.hits),
        place=first.passage.number if first else 0,
        following=following,
    )


def _before(turn: Turn) -> Before:
    return Before(turn.understood, turn.answer, turn.passage, turn.title)
