"""Which command was asked for? Loads just that one, and turns every error into one line and an exit code.

0: done, or answered; 3: nothing fitting found; 2: wrong use; 130: interrupted; 1: any other error.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.plain import one_line
from retrieval import HoidapError, QuestionError

COMMANDS = {
    "ask": "ask",
    "chat": "chat",
    "index": "index",
    "sources": "sources",
    "read": "read",
    "check": "check",
    "copy": "copy",
    "eval": "evaluate",
    "pin": "pin",
    "telegram": "telegram",
    "zalo": "zalo",
    "stats": "stats",
    "serve": "serve",
    "mcp": "mcp",
    "token": "token",
}
"""Each command, and the module and function in `bot.commands` that does it."""

_WrongUse: type[Exception] = typer.BadParameter.__bases__[0]
"""What every wrong option or argument raises; typer names only this child of it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """The `hoidap` command: runs it and leaves with its exit code."""
    _prepare_streams()
    code = run(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader left. Python flushes once more on its way out, and must find somewhere to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = code or 1
    sys.exit(code)


def _prepare_streams() -> None:
    """Gives each stream somewhere to go, and an encoding that has room for Vietnamese."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by who called
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
        elif name != "stdin" and isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if _holds_vietnamese(stream.encoding) else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _holds_vietnamese(encoding: str) -> bool:
    try:
        "ặ“·”".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit code; errors go to standard error as one line."""
    named = [name for name in COMMANDS if name in arguments]
    try:
        # Only commands named on the line are loaded: start-up time is part of every answer.
        returned = _application(named or COMMANDS)(
            args=list(arguments) or ["--help"], prog_name="hoidap", standalone_mode=False
        )
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except _WrongUse as error:
        told = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
        problem, code = f"{told} (xem hoidap --help)", 2
    except HoidapError as error:
        problem, code = str(error), 2 if isinstance(error, QuestionError) else 1
    except OSError as error:
        problem, code = f"{error.filename or 'đầu vào hoặc đầu ra'}: {error.strerror or error}", 1
    except Exception as error:
        if os.environ.get("HOIDAP_TRACEBACK"):
            raise
        problem, code = (
            f"lỗi ngoài dự tính, {type(error).__name__}: {error}; đặt HOIDAP_TRACEBACK=1 để xem ở đâu",
            1,
        )
    else:
        return returned if isinstance(returned, int) else 0
    print(f"hoidap: {one_line(problem)}", file=sys.stderr)
    return code


def _application(names: Sequence[str] | dict[str, str]) -> typer.Typer:
    application = typer.Typer(
        help="Ask Vietnamese articles in plain Vietnamese.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    application.callback()(_common)
    for name in names:
        application.command(name)(_load(name))
    return application


def _load(name: str) -> Callable[..., Any]:
    function = COMMANDS[name]
    return getattr(import_module(f"bot.commands.{function}"), function)  # type: ignore[no-any-return]


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"hoidap {version('hoidap')}")
        raise typer.Exit


def _common(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", help="Settings file; else config/hoidap.toml if it is there.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ask Vietnamese articles in plain Vietnamese: the passage that answers, with its source and date."""
    context.default_map = {name: {"config": config} for name in COMMANDS}


if __name__ == "__main__":
    main()
