"""How are updates fetched, whatever the network does? A request that never gives up, and knows what ails it."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import msgspec
from telegram import Update
from telegram.error import NetworkError
from telegram.request import BaseRequest

from bot.channels.telegram.connections import StraightRequest

_LOG = logging.getLogger(__name__)
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 3.0
"""Seconds between tries. python-telegram-bot's own go up to 30: half a minute deaf after Telegram is back."""
_CONFLICT_WAIT = 2.0
_SAID_EVERY = 60.0
"""Seconds between two log lines that say the same."""
_BLIP = 2.0
"""Seconds without Telegram that are nothing to speak of."""
OUT_OF_REACH = (
    "Telegram can't be reached (%s); trying on. Check the network; where Telegram is blocked, set "
    "HOIDAP_TELEGRAM_PROXY or HOIDAP_TELEGRAM_BASE_URL"
)


class PollingRequest(BaseRequest):
    """The connection for `getUpdates` alone, which `through` makes.

    `on_answer`: Telegram answered. `on_refused`: the token is not taken. `on_conflict(seconds, served)`: another
    copy has been asking for so long; `served`: this one has had answers before.
    """

    def __init__(
        self,
        through: BaseRequest,
        *,
        on_answer: Callable[[], None],
        on_refused: Callable[[], None],
        on_conflict: Callable[[float, bool], None],
    ) -> None:
        self._through = through
        self.leaving = False
        self._on_answer = on_answer
        self._on_refused = on_refused
        self._on_conflict = on_conflict
        self._served = False
        self._conflict_since: float | None = None
        self._conflict_last = 0.0
        self._down_since: float | None = None
        self._said_at = 0.0
        self._offset: object = None
        self._brought = False
        self._brought_raw: dict[int, str] = {}

    def raw(self, update_id: int) -> str | None:
        """The JSON of an update of the last answer, as it came: to write it again takes a millisecond."""
        return self._brought_raw.get(update_id)

    @property
    def read_timeout(self) -> float | None:
        return self._through.read_timeout

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        return StraightRequest.parse_json_payload(payload)

    async def initialize(self) -> None:
        await self._through.initialize()

    async def shutdown(self) -> None:
        await self._through.shutdown()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, body = await self._answer(*args, **kwargs)
        data = kwargs.get("request_data")
        offset = data.parameters.get("offset") if data is not None else None
        if self._brought and offset == self._offset:
            # The last batch was not taken: python-telegram-bot takes nothing of one that has a bad update.
            body = readable(body)
        self._offset, self._brought = offset, b'"update_id"' in body
        self._brought_raw = _updates(body) if self._brought else {}
        return code, body

    async def _answer(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Telegram's answer, once there is one that python-telegram-bot should see."""
        wait = _FIRST_WAIT
        while True:
            code = None
            try:
                code, body = await self._through.do_request(*args, **kwargs)
            except NetworkError as error:
                if self.leaving:
                    raise
                self._out_of_reach(type(error.__cause__ or error).__name__)
            else:
                if self.leaving or not self._try_again(code):
                    return code, body
            await asyncio.sleep(_CONFLICT_WAIT if code == HTTPStatus.CONFLICT else wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _try_again(self, code: int) -> bool:
        """Whether this answer is to be waited out here."""
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._out_of_reach(f"HTTP {code}")
            return True
        if code == HTTPStatus.CONFLICT:
            self._in_conflict()
            return True
        if self._down_since is not None:
            seconds, self._down_since = time.monotonic() - self._down_since, None
            _LOG.log(
                logging.INFO if seconds > _BLIP else logging.DEBUG, "Telegram is back after %.0f s", seconds
            )
        self._on_answer()
        if code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self._on_refused()
            return True  # until whoever was told stops us
        if code == HTTPStatus.OK:
            self._served = True
            if time.monotonic() - self._conflict_last > 5 * _CONFLICT_WAIT:
                self._conflict_since = None
        return False

    def _in_conflict(self) -> None:
        self._conflict_last = time.monotonic()
        if self._conflict_since is None:
            self._conflict_since = self._conflict_last
            _LOG.warning(
                "another copy of this bot is running: two can't share a token; waiting for it to leave"
            )
        self._on_conflict(self._conflict_last - self._conflict_since, self._served)

    def _out_of_reach(self, what: str) -> None:
        now = time.monotonic()
        if self._down_since is None:
            self._down_since, self._said_at = now, now + _BLIP - _SAID_EVERY
        if now - self._said_at >= _SAID_EVERY:
            _LOG.warning(OUT_OF_REACH, what)
            self._said_at = now


class _Answer(msgspec.Struct):
    result: list[msgspec.Raw]


class _Update(msgspec.Struct):
    update_id: int


def _updates(body: bytes) -> dict[int, str]:
    """The JSON of each update by its id; nothing, where the answer isn't one to `getUpdates`."""
    try:
        updates = msgspec.json.decode(body, type=_Answer).result
        return {msgspec.json.decode(one, type=_Update).update_id: bytes(one).decode() for one in updates}
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}


def readable(body: bytes) -> bytes:
    """The answer with each update that can't be understood emptied, so that the others get through."""
    answer = json.loads(body)
    updates = answer.get("result")
    if not isinstance(updates, list):
        return body
    for place, update in enumerate(updates):
        try:
            Update.de_json(update, None)
        except Exception as error:
            _LOG.error(
                "update %s can't be understood (%s); skipped", update.get("update_id"), type(error).__name__
            )
            updates[place] = {"update_id": update["update_id"]}
    return json.dumps(answer).encode()
