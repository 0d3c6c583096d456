"""Is an index whole? Exit code 1 where it isn't, with a line for each thing that is wrong and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.options import Config
from bot.settings import load_settings
from retrieval import check_index


def check(
    *,
    index: Annotated[str, typer.Option("--index", help="Thư mục chỉ mục, hoặc địa chỉ ở một cụm.")],
    config: Config = None,
) -> None:
    """Read all of an index and say what is damaged."""
    problems = check_index(index, settings=load_settings(config))
    for problem in problems:
        print(problem)
    if problems:
        raise typer.Exit(1)
    print(f"{index}: nguyên vẹn.")
