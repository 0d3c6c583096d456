"""How does an index move to a cluster, or back? Copies what isn't there yet; a copy that was stopped goes on."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.cards import count_text
from bot.commands.options import Config
from bot.commands.progress import showing_progress
from bot.settings import load_settings
from retrieval import copy_index


def copy(
    *,
    source: Annotated[str, typer.Option("--from", help="Thư mục hay địa chỉ của chỉ mục cần chép.")],
    target: Annotated[
        str, typer.Option("--to", help="Thư mục hay địa chỉ nơi chép đến; chưa có thì được tạo.")
    ],
    config: Config = None,
) -> None:
    """Copy an index: from a folder to a cluster, or back. Ctrl-C keeps what is copied; run it again to go on."""
    if source == target:
        raise typer.BadParameter("--from và --to: phải là hai nơi khác nhau")
    settings = load_settings(config)
    try:
        with showing_progress() as progress:
            report = copy_index(source, target, settings=settings, on_progress=progress.show)
    except KeyboardInterrupt:
        print("Đã dừng. Phần đã chép vẫn còn; chạy lại lệnh này để chép tiếp.", file=sys.stderr)
        raise
    count, seconds = count_text, f"{report.seconds:.1f}".replace(".", ",")
    print(
        f"Đã chép {count(report.copied)} bài trong {seconds} giây; {count(report.there)} bài đã có từ trước."
    )
    print(f"{target}: có {count(report.articles)} bài, {count(report.passages)} đoạn.")
