"""Who may use the service? Makes, lists and revokes its tokens; a running service heeds it at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.commands.options import Config
from bot.plain import one_line
from bot.settings import load_settings
from retrieval import SettingsError


def token(
    what: Annotated[
        Literal["new", "list", "revoke"],
        typer.Argument(metavar="VIỆC", help="New, list hoặc revoke."),
    ],
    identity: Annotated[str | None, typer.Argument(metavar="[SỐ]", help="Số của mã cần thu hồi.")] = None,
    *,
    scope: Annotated[
        Literal["read", "admin"], typer.Option("--scope", help="Mã mới cho phép làm gì.")
    ] = "read",
    name: Annotated[str, typer.Option("--name", help="Mã mới dùng vào việc gì.")] = "",
    config: Config = None,
) -> None:
    """Make, list or revoke tokens of `hoidap serve`. A new token is shown once and kept only as a hash."""
    from bot.web.state import open_state
    from bot.web.tokens import Tokens

    if (what == "revoke") != (identity is not None):
        raise typer.BadParameter("chỉ revoke cần số của mã, và phải có; xem hoidap token list")
    state = open_state(Path(load_settings(config).server.state).expanduser())
    try:
        tokens = Tokens(state)
        if what == "new":
            print(tokens.new(one_line(name), scope))
        elif what == "list":
            for note in tokens.notes():
                print(f"{note.id}  {note.scope:<5}  {note.day}  {note.name}")
        elif not tokens.revoke(identity or ""):
            raise SettingsError(
                f"{one_line(identity or '')}: không có mã nào mang số này; xem hoidap token list"
            )
    finally:
        state.close()
