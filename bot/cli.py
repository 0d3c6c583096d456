"""Which command was asked for? Loads just that one, and turns every error into one line and an exit code.

0: done, or answered; 3: nothing fitting found; 2: wrong use; 130: interrupted; 1: any other error.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.plain import one_line
from retrieval import HoidapError, QuestionError, os_reason

COMMANDS = {
    "ask": ("ask", "Hỏi một câu. Mã thoát 0: có câu trả lời; 3: không tìm được gì hợp."),
    "chat": ("chat", "Trò chuyện; câu hỏi đưa qua ống dẫn thì mỗi câu được trả lời một lần."),
    "index": ("index", "Tạo hoặc cập nhật chỉ mục; tệp không đổi được bỏ qua, Ctrl-C giữ những gì đã ghi."),
    "sources": ("sources", "Liệt kê các nguồn của tài liệu hay chỉ mục."),
    "read": ("read", "Cho xem tệp được đọc thế nào: tên bài, nguồn, ngày, số, các phần, những gì để riêng."),
    "check": ("check", "Đọc cả chỉ mục và nói chỗ nào hỏng."),
    "copy": ("copy", "Chép một chỉ mục sang thư mục hay cụm máy chủ khác."),
    "eval": ("evaluate", "Đo xem những câu hỏi đã biết đáp án được trả lời đúng đến đâu."),
    "pin": (
        "pin",
        "Ghim câu trả lời cho một câu hỏi, liệt kê hoặc gỡ; câu được ghim đứng trước mọi tài liệu.",
    ),
    "telegram": (
        "telegram",
        "Chạy bot Telegram; mã ở HOIDAP_TELEGRAM_TOKEN hoặc tệp HOIDAP_TELEGRAM_TOKEN_FILE.",
    ),
    "zalo": ("zalo", "Chạy bot Zalo; mã ở HOIDAP_ZALO_TOKEN hoặc tệp HOIDAP_ZALO_TOKEN_FILE."),
    "stats": ("stats", "Cho xem số liệu của bot Telegram hay Zalo, cả khi bot đang chạy."),
    "serve": ("serve", "Chạy dịch vụ HTTP: trang hỏi ở /, bài ở /d/…, giao diện ở /v1, MCP ở /mcp."),
    "mcp": ("mcp", "Chạy MCP qua đầu vào và đầu ra chuẩn: search, fetch, ask."),
    "token": ("token", "Tạo, liệt kê hay thu hồi mã của hoidap serve; mã mới chỉ hiện một lần."),
}
"""Each command, the module and function in `bot.commands` that does it, and what its help says."""

_WHAT = "Hỏi tài liệu tiếng Việt bằng tiếng Việt thường: đoạn trả lời, kèm nguồn và ngày."
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
        from bot.usage import problem as wrong_use

        problem, code = f"{wrong_use(error)} (xem hoidap --help)", 2
    except HoidapError as error:
        problem, code = str(error), 2 if isinstance(error, QuestionError) else 1
    except OSError as error:
        problem, code = f"{error.filename or 'khi đọc hay ghi'}: {os_reason(error)}", 1
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


def _application(names: Iterable[str]) -> typer.Typer:
    from bot.usage import Command, Group

    application = typer.Typer(
        help=_WHAT,
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    application.callback(help=_WHAT)(_common)
    for name in names:
        application.command(name, help=COMMANDS[name][1], cls=Command)(_load(name))
    return application


def _load(name: str) -> Callable[..., Any]:
    function, _ = COMMANDS[name]
    return getattr(import_module(f"bot.commands.{function}"), function)  # type: ignore[no-any-return]


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"hoidap {version('hoidap')}")
        raise typer.Exit


def _common(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", help="Tệp cài đặt; không nêu thì config/hoidap.toml, nếu có.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="In phiên bản.")
    ] = False,
) -> None:
    """What comes before every command."""
    context.default_map = {name: {"config": config} for name in COMMANDS}


if __name__ == "__main__":
    main()
