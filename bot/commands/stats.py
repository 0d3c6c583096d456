"""How is the Telegram bot doing? Questions a day, what found nothing, what people thought of the answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import Config
from bot.settings import load_settings


def stats(
    *,
    config: Config = None,
    days: Annotated[int, typer.Option(min=1, help="Days to show.")] = 7,
    limit: Annotated[int, typer.Option(min=1, help="Questions and complaints to show.")] = 20,
) -> None:
    """Show the Telegram bot's counts, also while it runs."""
    from bot.channels.telegram.statistics import lines, read_summary

    folder = Path(load_settings(config).telegram.state).expanduser()
    print("\n\n".join(lines(read_summary(folder, days=days, limit=limit))))
