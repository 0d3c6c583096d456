"""How does the Zalo bot run from start to stop? Connects, takes up what was left, serves, finishes what it began."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock, Timeout

from bot.channels.access import Access
from bot.channels.health import HealthPage
from bot.channels.lanes import Lanes
from bot.channels.metrics import Metrics
from bot.channels.pace import Pace
from bot.channels.running import Exit, every
from bot.channels.searching import Searching
from bot.channels.sending import Stream
from bot.channels.tally import Tally
from bot.channels.zalo.answering import Answering, Corpus, Parts
from bot.channels.zalo.api import Api, Refused, TokenRefused, TooFast, ZaloError
from bot.channels.zalo.credentials import Credentials
from bot.channels.zalo.events import read_event
from bot.channels.zalo.store import Store
from bot.channels.zalo.webhook import Webhook
from bot.conversation import Responder
from bot.settings import BotSettings

_LOG = logging.getLogger(__name__)
_LOCK = "running.lock"
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 10.0
"""Seconds between tries to reach Zalo."""
_TIDY_SECONDS = 3600.0
_LAST_POLL_SECONDS = 1.0
"""How long stopping waits for a poll that may be bringing something."""
_NOT_FOUND = 404


class Service:
    """One running bot. `run` once."""

    def __init__(
        self, settings: BotSettings, credentials: Credentials, corpus: Corpus, responder: Responder
    ) -> None:
        self._own = own = settings.zalo
        self._credentials = credentials
        self._corpus = corpus
        state = Path(own.state).expanduser()
        self._store = Store.open(state, keep_days=own.keep_days)
        self._lock = FileLock(state / _LOCK)
        self.metrics = Metrics("Zalo")
        self._api = Api(credentials, seconds=own.request_seconds)
        self._searching = Searching(responder, self.metrics, threads=own.workers)
        self._parts = Parts(
            settings=own,
            api=self._api,
            responder=responder,
            store=self._store,
            tally=Tally(self._store.connection, keep_wording=own.keep_unanswered),
            access=Access(own),
            pace=Pace(own.questions_per_minute),
            stream=Stream(own.messages_per_second),
            metrics=self.metrics,
            searching=self._searching,
        )
        self._answering = Answering(self._parts, name=own.name)
        self._lanes = Lanes()
        self._work: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._serving = False
        self._refused = asyncio.Event()
        self.webhook = Webhook(own.webhook_url, secret=credentials.webhook_secret, take=self._take)
        self.health = HealthPage(state=self._state, page=self._page, setting="zalo.health_listen")

    async def run(self, stop: asyncio.Event) -> Exit:
        """Serve until `stop` is set, or until there is no point in going on. Raises HoidapError."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            await self._close()
            return Exit.SECOND_COPY
        waits = [asyncio.create_task(event.wait()) for event in (stop, self._refused)]
        tasks: list[asyncio.Task[None]] = []
        try:
            if self._own.health_listen:
                self.health.start(self._own.health_listen)
            tasks = [
                asyncio.create_task(self._serve()),
                asyncio.create_task(every(_TIDY_SECONDS, self._tidy)),
                asyncio.create_task(every(self._own.refresh_seconds, self._refresh)),
            ]
            done, _ = await asyncio.wait((*waits, tasks[0]), return_when=asyncio.FIRST_COMPLETED)
            if tasks[0] in done:
                tasks[0].result()
            return Exit.TOKEN_REFUSED if self._refused.is_set() else Exit.STOPPED
        finally:
            self._stopping = True
            if self._serving and not self._own.webhook_url:
                # Zalo counts an update as taken once it is on its way: the poll under way may be bringing one.
                await asyncio.wait(tasks[:1], timeout=_LAST_POLL_SECONDS)
            for task in (*tasks, *waits):
                task.cancel()
            await asyncio.gather(*tasks, *waits, return_exceptions=True)
            await self._leave()

    async def _serve(self) -> None:
        """Say hello to Zalo, take up what was left, and listen until cancelled."""
        me = await self._until_through(self._api.me, wrong_token=(_NOT_FOUND,))
        self._answering.name = self._own.name or str(me.get("account_name") or "")
        await self._warm_up()
        for key, payload in self._store.unfinished_updates():
            self._begin(key, payload)
        if self._own.webhook_url:
            # Only now: what arrives is written down and begun, and must not be taken for what was left.
            self.webhook.start(self._own.webhook_listen)
            url, secret = self._own.webhook_url, self._credentials.webhook_secret
            await self._until_through(lambda: self._api.set_webhook(url, secret))
        else:
            await self._until_through(self._no_webhook)
        self._serving = True
        _LOG.info("%s is serving on Zalo", self._answering.name or "the bot")
        if self._own.webhook_url:
            await asyncio.Event().wait()
        while not self._stopping:
            for received in await self._until_through(lambda: self._api.updates(wait=self._own.poll_seconds)):
                try:
                    self._take(received)
                except sqlite3.Error as error:  # polling brings nothing twice, a webhook would
                    _LOG.error("a message can't be written down (%s); it gets no answer", error)

    async def _no_webhook(self) -> None:
        """Nothing comes by polling while a webhook is set; that there is none to take away is no error."""
        try:
            await self._api.delete_webhook()
        except TokenRefused:
            raise
        except Refused as refused:
            _LOG.debug("no webhook was taken away: %s", refused)

    async def _until_through(
        self, call: Callable[[], Awaitable[Any]], *, wrong_token: tuple[int, ...] = ()
    ) -> Any:
        """What the call gives, however long Zalo is out of reach; a refused token ends the service."""
        wait = _FIRST_WAIT
        while True:
            try:
                result = await call()
            except ZaloError as error:
                if isinstance(error, TokenRefused) or (
                    isinstance(error, Refused) and error.code in wrong_token
                ):
                    self._refused.set()
                    await asyncio.Event().wait()
                pause = max(wait, error.seconds) if isinstance(error, TooFast) else wait
                self.metrics.count("hoidap_errors_total", "network")
                _LOG.warning("Zalo: %s; next try in %.1f s", error, pause)
                await asyncio.sleep(pause)
                wait = min(2 * wait, _LONGEST_WAIT)
            else:
                self.metrics.poll_answered()
                return result

    async def _warm_up(self) -> None:
        """Find the examples, which loads all that the first question would have to wait for."""
        try:
            await self._parts.searching.run(lambda: self._parts.responder.examples)
        except Exception as error:
            _LOG.warning("no example questions could be found (%s)", error)

    def _take(self, received: Any) -> None:
        """Write an event down and begin to answer it; one that came before is let go. Raises sqlite3.Error."""
        self.metrics.update_arrived()
        event = read_event(received)
        if event is None:
            return
        payload = msgspec.json.encode(received).decode()
        if self._store.keep_update(event.key, payload):
            self._begin(event.key, payload)

    def _begin(self, key: str, payload: str) -> None:
        event = read_event(msgspec.json.decode(payload))
        if event is None:
            self._store.finish_update(key)
            return

        async def work() -> None:
            if self._stopping:
                return  # left for the next start
            self._store.begin_update(key)
            try:
                await self._answering.reply_to(event)
            except TokenRefused:
                self._refused.set()
            except (ZaloError, sqlite3.Error) as error:
                self.metrics.count("hoidap_errors_total", type(error).__name__)
                _LOG.error("a reply is left for the next start: %s", error)

        task = asyncio.get_running_loop().create_task(self._lanes.run(event.chat, work))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _leave(self) -> None:
        """Take nothing new, finish what has begun, close."""
        await self.webhook.stop()
        if self._work:
            _, late = await asyncio.wait(self._work, timeout=self._own.stop_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.health.stop()
        waiting = self._store.waiting()
        if waiting:
            _LOG.warning("%d messages are left for the next start", waiting)
        await self._close()

    async def _close(self) -> None:
        await self._api.close()
        self._searching.close()
        self._store.close()
        self._lock.release()

    async def _tidy(self) -> None:
        self._store.tidy()
        self._parts.tally.tidy()

    async def _refresh(self) -> None:
        await self._parts.searching.run(self._corpus.refresh)

    def _state(self) -> tuple[bool, dict[str, Any]]:
        webhook = bool(self._own.webhook_url)
        fresh = webhook or self.metrics.poll_age() < 3 * self._own.poll_seconds + 10
        return self._serving and fresh, {
            "serving": self._serving,
            "mode": "webhook" if webhook else "polling",
            "last_poll_seconds": round(self.metrics.poll_age(), 1),
            "updates": self.metrics.counted("hoidap_updates_total"),
            "not_yet_answered": self._store.waiting(),
        }

    def _page(self) -> str:
        return self.metrics.page(
            hoidap_inbox=self._store.waiting(), hoidap_last_poll_age_seconds=self.metrics.poll_age()
        )
