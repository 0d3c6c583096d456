"""What does `@bot question` show in any chat? Several passages to choose from, and the way to the private chat."""

from __future__ import annotations

import logging
from contextlib import suppress

from telegram import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import InlineQueryLimit, ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.cards import card as reply_card
from bot.channels.telegram import words
from bot.channels.telegram.card import card
from bot.channels.telegram.keyboard import links, shortened
from bot.channels.telegram.links import start_parameter
from bot.channels.telegram.parts import Parts
from bot.reply import Quote, Reply
from retrieval import Answer, HoidapError, QuestionError

_LOG = logging.getLogger(__name__)
_SHORTEST = 4
"""Characters below which a question is still being typed."""
_DESCRIPTION = 150


class Inline:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._newest: dict[int, str] = {}

    async def on_query(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the newest query of each person; those typed over in the meantime get nothing."""
        query = update.inline_query
        assert query is not None
        person = query.from_user.id
        question = " ".join(query.query.split())
        longest = self._parts.settings.conversation.max_question_characters
        self._newest[person] = query.id
        found: list[InlineQueryResultArticle] = []
        if _SHORTEST <= len(question) <= longest and self._parts.access.may_ask(user=person):
            found = await self._results(question)
        if self._newest.get(person) != query.id:
            return
        del self._newest[person]
        button = InlineQueryResultsButton(
            words.INLINE_MORE if found else words.INLINE_OPEN,
            start_parameter=start_parameter(question, self._parts.store.keep_link) if question else "chao",
        )
        with suppress(BadRequest):  # too late: the person typed on, or the bot was away
            await query.answer(
                found,
                cache_time=self._parts.settings.telegram.inline_cache_seconds,
                is_personal=False,
                button=button,
            )

    async def _results(self, question: str) -> list[InlineQueryResultArticle]:
        hits = self._parts.settings.conversation.hits
        try:
            answer = await self._parts.searching.run(self._parts.corpus.answer, question, limit=hits)
        except QuestionError:
            return []
        except Exception as error:
            unexpected = not isinstance(error, HoidapError)  # else its one line says all
            self._parts.metrics.count("hoidap_errors_total", "search")
            _LOG.error("an inline question could not be searched: %s", error, exc_info=unexpected)
            return []
        self._parts.metrics.count("hoidap_replies_total", "inline")
        shown = max(len(answer.hits), int(answer.pinned is not None))
        return [_result(answer, number) for number in range(min(shown, InlineQueryLimit.RESULTS))]


def _result(answer: Answer, number: int) -> InlineQueryResultArticle:
    reply = reply_card(answer, number)
    quote, buttons = _shown(reply), links(reply)
    title = (answer.text if number == 0 else None) or quote.citation.title or quote.citation.place
    return InlineQueryResultArticle(
        id=str(number),
        title=shortened(title),
        description=shortened(f"{quote.text} — {quote.citation.place}", _DESCRIPTION),
        input_message_content=InputTextMessageContent(
            card(reply, heading=answer.question)[0].html,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=InlineKeyboardMarkup.de_json(buttons) if buttons else None,
    )


def _shown(reply: Reply) -> Quote:
    return next(block for block in reply.blocks if isinstance(block, Quote))
