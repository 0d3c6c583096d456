"""The Telegram bot, on the corpus or index named: serve, or try everything once."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from bot.commands.channel import Channel, Check, Verbose, run
from bot.commands.opening import open_retriever
from bot.commands.options import Config, Corpus, Index
from bot.settings import load_settings
from retrieval import shipped

_ADDED = "added"
"""Folder in the bot's state that keeps what admins added to a corpus read into memory."""
_WHY = {
    "TOKEN_REFUSED": "mã bot bị Telegram từ chối, sai hoặc đã thu hồi; đặt HOIDAP_TELEGRAM_TOKEN bằng mã từ @BotFather",
    "SECOND_COPY": "một bản khác của bot này đang chạy; hãy dừng nó, hoặc dùng mã bot riêng",
    "OUT_OF_REACH": "không kết nối được Telegram; hãy kiểm tra mạng, HOIDAP_TELEGRAM_PROXY, HOIDAP_TELEGRAM_BASE_URL",
}


def telegram(
    *,
    corpus: Corpus = None,
    index: Index = None,
    config: Config = None,
    check: Check = False,
    verbose: Verbose = False,
) -> int:
    """Serve on Telegram. The token is in HOIDAP_TELEGRAM_TOKEN, or in the file HOIDAP_TELEGRAM_TOKEN_FILE."""
    from bot.channels.telegram.check import check as try_once
    from bot.channels.telegram.credentials import read_credentials
    from bot.channels.telegram.service import Service, Serving

    settings = load_settings(config)
    credentials = read_credentials(os.environ)
    # An index keeps itself what admins add.
    added = None if index else Path(settings.telegram.state).expanduser() / _ADDED
    read = [*(corpus or [shipped("seeds")]), added] if added and any(added.glob("*.jsonl")) else corpus
    if not verbose:  # what polling meets, our own request says in one line
        logging.getLogger("telegram.ext.Updater").setLevel(logging.CRITICAL)
    channel = Channel(
        secrets=credentials.secrets(),
        workers=settings.telegram.workers,
        open_at=lambda path: open_retriever(read, index, settings, build_at=path),
        check=lambda opened, say: try_once(settings, credentials, opened.retriever, say=say),
        serve=lambda opened, responder, stop: Service(
            settings, credentials, Serving(opened.retriever, responder, added)
        ).run(stop),
        why=_WHY,
    )
    return run(channel, settings, check=check, verbose=verbose)
