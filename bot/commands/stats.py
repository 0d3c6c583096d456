"""How is a chat bot doing? Questions a day, what found nothing, what people thought of the answers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import Config
from bot.settings import load_settings


class Channel(StrEnum):
    """The channels that count."""

    TELEGRAM = "telegram"
    ZALO = "zalo"


def stats(
    *,
    channel: Annotated[
        Channel, typer.Option("--channel", help="Xem số liệu của bot nào.")
    ] = Channel.TELEGRAM,
    config: Config = None,
    days: Annotated[int, typer.Option(min=1, help="Số ngày cho xem.")] = 7,
    limit: Annotated[int, typer.Option(min=1, help="Số câu hỏi và góp ý cho xem.")] = 20,
) -> None:
    """Show the counts of the bot on Telegram or Zalo, also while it runs."""
    from bot.channels.statistics import lines, read_summary

    settings = load_settings(config)
    state = settings.zalo.state if channel is Channel.ZALO else settings.telegram.state
    summary = read_summary(Path(state).expanduser(), setting=f"{channel.value}.state", days=days, limit=limit)
    print("\n\n".join(lines(summary)))
