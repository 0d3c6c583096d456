"""The Zalo bot, on the corpus or index named: serve, or try everything once."""

from __future__ import annotations

import os

from bot.commands.channel import Channel, Check, Verbose, run
from bot.commands.opening import open_retriever
from bot.commands.options import Config, Corpus, Index
from bot.settings import load_settings

_WHY = {
    "TOKEN_REFUSED": "mã bot bị Zalo từ chối, sai hoặc đã thu hồi; đặt HOIDAP_ZALO_TOKEN bằng mã từ Zalo Bot Manager",
    "SECOND_COPY": "một bản khác của bot này đang chạy; hãy dừng nó, hoặc nêu thư mục khác ở zalo.state",
    "OUT_OF_REACH": "không kết nối được Zalo; hãy kiểm tra mạng, HOIDAP_ZALO_PROXY, HOIDAP_ZALO_BASE_URL",
}


def zalo(
    *,
    corpus: Corpus = None,
    index: Index = None,
    config: Config = None,
    check: Check = False,
    verbose: Verbose = False,
) -> int:
    """Serve on Zalo. The token is in HOIDAP_ZALO_TOKEN, or in the file HOIDAP_ZALO_TOKEN_FILE."""
    from bot.channels.zalo.check import check as try_once
    from bot.channels.zalo.credentials import read_credentials
    from bot.channels.zalo.service import Service

    settings = load_settings(config)
    credentials = read_credentials(os.environ)
    channel = Channel(
        secrets=credentials.secrets(),
        workers=settings.zalo.workers,
        open_at=lambda path: open_retriever(corpus, index, settings, build_at=path),
        check=lambda opened, say: try_once(settings, credentials, opened.retriever, say=say),
        serve=lambda opened, responder, stop: Service(settings, credentials, opened.retriever, responder).run(
            stop
        ),
        why=_WHY,
    )
    return run(channel, settings, check=check, verbose=verbose)
