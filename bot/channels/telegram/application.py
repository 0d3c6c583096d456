"""How is python-telegram-bot's Application put together? Two connections, our queue, our order, our pace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.channels.telegram.credentials import Credentials
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.ordering import InOrder
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.polling import PollingRequest
from bot.settings import TelegramSettings

_CONNECT_SECONDS = 10.0
_CONNECTIONS, _KEPT = 64, 8
"""Calls at a time; more wait for a free connection. So many are kept for the next ones: httpx compares all that are
idle with each other at every call, which with 64 of them took a third of this process's time."""
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def connection(credentials: Credentials, *, seconds: float) -> dict[str, Any]:
    """Options of both connections: a proxy that is set for one only leaves the other going direct."""
    return {
        "connect_timeout": min(_CONNECT_SECONDS, seconds),
        "read_timeout": seconds,
        "write_timeout": seconds,
        "pool_timeout": seconds,
        "proxy": credentials.proxy,
    }


def build_application(
    credentials: Credentials,
    settings: TelegramSettings,
    *,
    polling: PollingRequest,
    intake: Intake,
    in_order: InOrder,
    on_wait: Callable[[], None],
) -> AnyApplication:
    """The Application, without handlers."""
    options = connection(credentials, seconds=settings.request_seconds)
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_KEPT)
    builder = (
        Application.builder()
        .token(credentials.token)
        .request(HTTPXRequest(httpx_kwargs={"limits": limits}, **options))
        .get_updates_request(polling)
        .rate_limiter(Pacing(settings.messages_per_second, on_wait=on_wait))
        .concurrent_updates(in_order)
        .update_queue(intake)
        .job_queue(None)
    )
    if credentials.base_url is not None and credentials.base_file_url is not None:
        builder = builder.base_url(credentials.base_url).base_file_url(credentials.base_file_url)
    return builder.build()
