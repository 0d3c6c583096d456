"""How is python-telegram-bot's Application put together? Two connections, our queue, our order, our pace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram.ext import Application

from bot.channels.telegram.connections import connections
from bot.channels.telegram.credentials import Credentials
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.ordering import InOrder
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.polling import PollingRequest
from bot.settings import TelegramSettings

_CONNECTIONS = 64
"""Calls at a time."""
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


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
    builder = (
        Application.builder()
        .token(credentials.token)
        .request(connections(credentials, seconds=settings.request_seconds, most=_CONNECTIONS))
        .get_updates_request(polling)
        .rate_limiter(Pacing(settings.messages_per_second, on_wait=on_wait))
        .concurrent_updates(in_order)
        .update_queue(intake)
        .job_queue(None)
    )
    if credentials.base_url is not None and credentials.base_file_url is not None:
        builder = builder.base_url(credentials.base_url).base_file_url(credentials.base_file_url)
    return builder.build()
