"""How does the bot run from start to stop? Connects, takes up what was left, serves, finishes what it began."""

from __future__ import annotations

import asyncio
import logging
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.ext import CallbackQueryHandler, InlineQueryHandler, MessageHandler, filters

from bot.channels.access import Access
from bot.channels.health import HealthPage, address
from bot.channels.metrics import Metrics
from bot.channels.pace import Pace
from bot.channels.running import Exit, every
from bot.channels.searching import Searching
from bot.channels.tally import Tally
from bot.channels.telegram.application import build_application
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.connections import connections
from bot.channels.telegram.credentials import Credentials
from bot.channels.telegram.documents import Documents
from bot.channels.telegram.gate import moved_group
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.menu import publish_commands
from bot.channels.telegram.messages import Messages
from bot.channels.telegram.ordering import InOrder
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.parts import Corpus, Parts, place_of
from bot.channels.telegram.pins import Pins
from bot.channels.telegram.polling import OUT_OF_REACH, PollingRequest
from bot.channels.telegram.questions import Questions
from bot.channels.telegram.store import Store
from bot.channels.telegram.watchdog import Watchdog
from bot.channels.words import FAILED
from bot.conversation import Responder
from bot.settings import BotSettings

_LOG = logging.getLogger(__name__)
KINDS = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]
"""The updates that Telegram is asked for."""
_STOP_LISTENING_SECONDS = 10.0
_TIDY_SECONDS = 3600.0
_POLL_SLACK = 10.0
"""Seconds that an answer to a poll may come late."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What to serve. `added`: folder of documents that admins add; None where an index keeps them."""

    corpus: Corpus
    responder: Responder
    added: Path | None = None


class Service:
    """One running bot. `run` once."""

    def __init__(self, settings: BotSettings, credentials: Credentials, serving: Serving) -> None:
        self._settings = settings
        self._own = settings.telegram
        self._credentials = credentials
        self._store = Store.open(Path(self._own.state).expanduser(), keep_days=self._own.keep_days)
        self.metrics = Metrics("Telegram")
        self._in_order = InOrder(
            self._store, lane=lambda update: self._messages.lane(update, self.application.bot.bot)
        )
        self._ended: asyncio.Future[Exit] | None = None
        self._polling = PollingRequest(
            connections(credentials, seconds=self._own.request_seconds, most=2),
            on_answer=self.metrics.poll_answered,
            on_refused=lambda: self._end(Exit.TOKEN_REFUSED),
            on_conflict=self._conflict,
        )
        self.application = build_application(
            credentials,
            self._own,
            polling=self._polling,
            intake=Intake(
                self._store,
                wanted=self._wanted,
                arrived=self.metrics.update_arrived,
                raw=self._polling.raw,
            ),
            in_order=self._in_order,
            on_wait=lambda: self.metrics.count("hoidap_waits_total"),
        )
        self._searching = Searching(serving.responder, self.metrics, threads=self._own.workers)
        self._writing = ThreadPoolExecutor(1, "writing")
        self._parts = self._gather(serving)
        self._questions = questions = Questions(self._parts)
        documents = Documents(self._parts, added=serving.added, proxy=credentials.proxy)
        pins = Pins(self._parts, kept=serving.added is None)
        self._messages = Messages(self._parts, questions, documents, pins)
        self._add_handlers(Buttons(self._parts, questions, documents), Inline(self._parts))
        self.health = HealthPage(state=self._state, page=self._page, setting="telegram.health_listen")
        self._webhook_secret = credentials.webhook_secret or secrets.token_urlsafe(32)

    async def run(self, stop: asyncio.Event) -> Exit:
        """Serve until `stop` is set, or until there is no point in going on. Raises HoidapError."""
        self._ended = asyncio.get_running_loop().create_future()
        stopping = asyncio.create_task(stop.wait())
        tasks: list[asyncio.Task[None]] = []
        try:
            if self._own.health_listen:
                self.health.start(self._own.health_listen)
            connecting = asyncio.create_task(self._connect())
            tasks.append(connecting)
            await asyncio.wait((connecting, stopping, self._ended), return_when=asyncio.FIRST_COMPLETED)
            if connecting.done() and not self._ended.done():
                connecting.result()
                tasks += self._background()
                await asyncio.wait((stopping, self._ended), return_when=asyncio.FIRST_COMPLETED)
            return self._ended.result() if self._ended.done() else Exit.STOPPED
        finally:
            for task in (*tasks, stopping):
                task.cancel()
            await asyncio.gather(*tasks, stopping, return_exceptions=True)
            await self._leave()

    async def _connect(self) -> None:
        """Say hello to Telegram, take up what was left, and start to listen."""
        wait = 1.0
        while True:
            try:
                await self.application.initialize()
                break
            except InvalidToken:
                self._end(Exit.TOKEN_REFUSED)
                return
            except NetworkError as error:
                _LOG.warning(OUT_OF_REACH, type(error.__cause__ or error).__name__)
            await asyncio.sleep(wait)
            wait = min(2 * wait, 10.0)
        await self._warm_up()
        intake = self.application.update_queue
        assert isinstance(intake, Intake)
        await self.application.start()
        restored = await intake.restore(self.application.bot)
        if restored:
            _LOG.info("%d messages from before the last stop are answered now", restored)
        await self._listen()
        _LOG.info("@%s is serving", self.application.bot.username)

    async def _warm_up(self) -> None:
        """Find the examples for /start, which loads all that the first question would have to wait for."""
        try:
            await self._parts.write(lambda: self._parts.responder.examples)
        except Exception as error:
            _LOG.warning("no example questions could be found (%s)", error)

    async def _listen(self) -> None:
        updater = self.application.updater
        assert updater is not None
        self._polling.leaving = False
        if not self._own.webhook_url:
            await updater.start_polling(
                timeout=self._own.poll_seconds,
                bootstrap_retries=-1,
                allowed_updates=KINDS,
                error_callback=_quiet,
            )
            return
        host, port = address(self._own.webhook_listen, setting="telegram.webhook_listen")
        await updater.start_webhook(
            listen=host,
            port=port,
            url_path=urlsplit(self._own.webhook_url).path.lstrip("/"),
            webhook_url=self._own.webhook_url,
            secret_token=self._webhook_secret,
            bootstrap_retries=-1,
            allowed_updates=KINDS,
        )

    async def _reconnect(self) -> None:
        """Build the way in anew, connections included."""
        await self._stop_listening()
        await self._polling.shutdown()
        await self._polling.initialize()
        await self._listen()

    async def _stop_listening(self) -> None:
        updater = self.application.updater
        assert updater is not None
        self._polling.leaving = True
        if updater.running:
            with suppress(TimeoutError, TelegramError):
                await asyncio.wait_for(updater.stop(), _STOP_LISTENING_SECONDS)

    async def _leave(self) -> None:
        """Take nothing new, finish what has begun, close."""
        self._in_order.stop_beginning()
        await self._stop_listening()
        if self.application.running:
            try:
                await asyncio.wait_for(self.application.stop(), self._own.stop_seconds)
            except TimeoutError:
                _LOG.warning("some replies could not be finished in time")
        with suppress(TelegramError, RuntimeError):
            await self.application.shutdown()
        for request in (self._polling, self.application.bot.request):  # left open where it never got through
            await request.shutdown()
        await self.health.stop()
        self._searching.close()
        self._writing.shutdown(wait=True, cancel_futures=True)
        waiting = self._store.waiting()
        if waiting:
            _LOG.warning("%d messages are left for the next start", waiting)
        self._store.close()

    def _background(self) -> list[asyncio.Task[None]]:
        watchdog = Watchdog(
            self.application.bot,
            self.metrics,
            reconnect=self._reconnect,
            on_refused=lambda: self._end(Exit.TOKEN_REFUSED),
            deaf_after=2 * self._own.poll_seconds + _POLL_SLACK,
            webhook=self._own.webhook_url,
        )
        return [
            asyncio.create_task(task)
            for task in (
                watchdog.watch(self._own.watchdog_seconds),
                publish_commands(self.application.bot, self._own.admins),
                every(_TIDY_SECONDS, self._tidy),
                every(self._own.refresh_seconds, self._refresh),
            )
        ]

    async def _tidy(self) -> None:
        self._store.tidy()
        self._parts.tally.tidy()

    async def _refresh(self) -> None:
        await self._parts.write(self._parts.corpus.refresh)

    def _end(self, why: Exit) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(why)

    def _conflict(self, seconds: float, served: bool) -> None:
        # The copy that was there first holds out longer, so that the second one is the one to leave.
        if seconds > self._own.conflict_seconds * (3 if served else 1):
            self._end(Exit.SECOND_COPY)

    def _gather(self, serving: Serving) -> Parts:
        bot = self.application.bot
        return Parts(
            settings=self._settings,
            bot=bot,
            corpus=serving.corpus,
            responder=serving.responder,
            store=self._store,
            tally=Tally(self._store.connection, keep_wording=self._own.keep_unanswered),
            access=Access(self._own, former=self._store.former_groups),
            pace=Pace(self._own.questions_per_minute),
            outbox=Outbox(
                bot,
                self.metrics,
                patience=60 * self._own.retry_minutes,
                on_moved=self._store.move_group,
            ),
            metrics=self.metrics,
            searching=self._searching,
            writing=self._writing,
        )

    def _add_handlers(self, buttons: Buttons, inline: Inline) -> None:
        application = self.application
        application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, self._messages.on_message))
        application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, self._messages.on_edit))
        application.add_handler(CallbackQueryHandler(buttons.on_press))
        application.add_handler(InlineQueryHandler(inline.on_query))
        application.add_error_handler(self._failed)

    def _wanted(self, update: Update) -> bool:
        """Asked of every update as it arrives, in Telegram's order: so a group has moved before it asks again."""
        moved = moved_group(update)
        if moved is not None:
            self._store.move_group(*moved)
            return False
        return self._messages.wanted(update, self.application.bot.bot)

    async def _failed(self, update: object, context: Any) -> None:
        """A handler gave up. What the network did is tried again at the next start, the rest apologised for."""
        error = context.error
        self.metrics.count("hoidap_errors_total", type(error).__name__)
        _LOG.error("an update failed: %s: %s", type(error).__name__, error, exc_info=error)
        if not isinstance(update, Update):
            return
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            self._in_order.leave(update.update_id)
        elif update.message is not None and not isinstance(error, TelegramError):
            place = place_of(update.message)
            await self._questions.say(FAILED, place.where(update.message.message_id))

    def _state(self) -> tuple[bool, dict[str, Any]]:
        serving = self.application.running
        fresh = (
            bool(self._own.webhook_url) or self.metrics.poll_age() < 3 * self._own.poll_seconds + _POLL_SLACK
        )
        told = {
            "serving": serving,
            "mode": "webhook" if self._own.webhook_url else "polling",
            "last_poll_seconds": round(self.metrics.poll_age(), 1),
            "updates": self.metrics.counted("hoidap_updates_total"),
            "not_yet_answered": self._store.waiting(),
            "waiting_at_telegram": self.metrics.pending,
            "restarts_of_polling": self.metrics.counted("hoidap_polling_restarts_total"),
        }
        return serving and fresh, told

    def _page(self) -> str:
        return self.metrics.page(
            hoidap_inbox=self._store.waiting(),
            hoidap_last_poll_age_seconds=self.metrics.poll_age(),
            hoidap_pending_updates=self.metrics.pending,
        )


def _quiet(error: TelegramError) -> None:
    """What polling meets has been logged by its request."""
    _LOG.debug("polling: %s", error)
