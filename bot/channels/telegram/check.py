"""Would the bot run? State, corpus, token and reach are each tried once, without serving."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.running import Exit
from bot.channels.telegram.connections import connections
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
    say(f"Trạng thái: dùng được {Path(own.state).expanduser()}")
    count = sum(summary.documents for summary in corpus.sources())
    say(f"Tài liệu: {count} bài")
    request, unused = (
        connections(credentials, seconds=own.request_seconds, most=2) for _ in ("calls", "updates")
    )
    server = credentials.base_url or "https://api.telegram.org/bot"
    bot = Bot(credentials.token, base_url=server, request=request, get_updates_request=unused)
    say(f"Telegram: {'qua proxy, ' if credentials.proxy else ''}{server}")
    try:
        async with bot:
            return await _about(bot, settings, say)
    except InvalidToken:
        say("Mã bot: bị từ chối; hãy chép lại từ @BotFather")
        return Exit.TOKEN_REFUSED
    except TelegramError as error:
        say(
            f"Telegram: không kết nối được ({type(error.__cause__ or error).__name__}); "
            "hãy kiểm tra mạng, proxy, địa chỉ"
        )
        return Exit.OUT_OF_REACH


async def _about(bot: Bot, settings: BotSettings, say: Callable[[str], None]) -> Exit:
    me = bot.bot
    say(f"Mã bot: của @{me.username}")
    if not me.can_read_all_group_messages:
        say(
            "Nhóm: đang ở chế độ riêng tư; bot chỉ thấy /hoi và câu trả lời cho nó "
            "(muốn thấy lời nhắc tên: @BotFather, /setprivacy)"
        )
    if not me.supports_inline_queries:
        say("Hỏi trong ô nhập: đang tắt; bật bằng @BotFather, /setinline")
    info = await bot.get_webhook_info()
    wanted = settings.telegram.webhook_url
    if info.url != wanted:
        say(f"Tin đến: nay {'qua webhook' if info.url else 'bằng cách hỏi liên tục'}; khi chạy sẽ đổi")
    if info.last_error_message:
        say(f"Webhook: lỗi gần nhất mà Telegram báo: {info.last_error_message}")
    say(f"Tin đến: {info.pending_update_count} tin đang chờ trả lời")
    return Exit.STOPPED
