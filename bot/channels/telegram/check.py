"""Would the bot run? State, corpus, token and reach are each tried once, without serving."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.running import Exit
from bot.channels.telegram.credentials import Credentials
from bot.channels.telegram.parts import Corpus
from bot.channels.telegram.store import Store
from bot.settings import BotSettings


async def check(
    settings: BotSettings, credentials: Credentials, corpus: Corpus, *, say: Callable[[str], None]
) -> Exit:
    """Says a line for each thing tried. Raises HoidapError where the state can't be used."""
    own = settings.telegram
    Store.open(Path(own.state).expanduser(), keep_days=max(1, own.keep_days)).close()
    say(f"state: {Path(own.state).expanduser()} can be used")
    count = sum(summary.documents for summary in corpus.sources())
    say(f"corpus: {count} documents")
    request = HTTPXRequest(proxy=credentials.proxy, connect_timeout=10, read_timeout=own.request_seconds)
    server = credentials.base_url or "https://api.telegram.org/bot"
    bot = Bot(credentials.token, base_url=server, request=request, get_updates_request=HTTPXRequest())
    say(f"Telegram: {'through a proxy, ' if credentials.proxy else ''}{server}")
    try:
        async with bot:
            return await _about(bot, settings, say)
    except InvalidToken:
        say("token: refused; copy it anew from @BotFather")
        return Exit.TOKEN_REFUSED
    except TelegramError as error:
        say(
            f"Telegram: out of reach ({type(error.__cause__ or error).__name__}); see network, proxy, base URL"
        )
        return Exit.OUT_OF_REACH


async def _about(bot: Bot, settings: BotSettings, say: Callable[[str], None]) -> Exit:
    me = bot.bot
    say(f"token: of @{me.username}")
    if not me.can_read_all_group_messages:
        say(
            "groups: privacy mode: the bot sees /hoi and replies to it (for mentions: @BotFather, /setprivacy)"
        )
    if not me.supports_inline_queries:
        say("inline mode: off; turn it on with @BotFather, /setinline")
    info = await bot.get_webhook_info()
    wanted = settings.telegram.webhook_url
    if info.url != wanted:
        say(f"updates: now {'by webhook' if info.url else 'by polling'}; serving will change that")
    if info.last_error_message:
        say(f"webhook: Telegram's last error was: {info.last_error_message}")
    say(f"updates: {info.pending_update_count} wait to be answered")
    return Exit.STOPPED
