"""Would the bot run? State, corpus, token and reach are each tried once, without serving."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.channels.running import Exit
from bot.channels.zalo.answering import Corpus
from bot.channels.zalo.api import Api, Refused, ZaloError
from bot.channels.zalo.credentials import Credentials
from bot.channels.zalo.store import Store
from bot.settings import BotSettings


async def check(
    settings: BotSettings, credentials: Credentials, corpus: Corpus, *, say: Callable[[str], None]
) -> Exit:
    """Says a line for each thing tried. Raises HoidapError where the state can't be used."""
    own = settings.zalo
    Store.open(Path(own.state).expanduser(), keep_days=max(1, own.keep_days)).close()
    say(f"Trạng thái: dùng được {Path(own.state).expanduser()}")
    say(f"Tài liệu: {sum(summary.documents for summary in corpus.sources())} bài")
    say(f"Zalo: {'qua proxy, ' if credentials.proxy else ''}{credentials.base_url}")
    api = Api(credentials, seconds=own.request_seconds)
    try:
        me = await api.me()
    except Refused as refused:
        say(f"Mã bot: bị từ chối ({refused.code}); hãy chép lại từ Zalo Bot Manager")
        return Exit.TOKEN_REFUSED
    except ZaloError as error:
        say(f"Zalo: không kết nối được ({error}); hãy kiểm tra mạng, proxy, địa chỉ")
        return Exit.OUT_OF_REACH
    finally:
        await api.close()
    say(f"Mã bot: của {me.get('account_name') or 'một bot chưa có tên'}")
    say(f"Tin đến: {'qua webhook' if own.webhook_url else 'bằng cách hỏi liên tục'}")
    return Exit.STOPPED
