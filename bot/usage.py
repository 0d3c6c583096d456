"""How is a command used? What typer says of wrong options, and in a command's help, said in Vietnamese."""

from __future__ import annotations

import re

import typer
from typer.core import TyperCommand, TyperGroup

_SAID = [
    (re.compile(rf"^{said}$"), meant)
    for said, meant in (
        (r"Missing argument '?(\S+?)'?\.(.*)", r"thiếu \1"),
        (r"Missing (?:option|parameter):? '?(\S+?)'?\.(.*)", r"thiếu \1"),
        (r"Missing command\.", "chưa nói lệnh nào"),
        (r"No such option:? '?([^' ]+)'?\.?(?: Did you mean (\S+)\?)?", r"không có tùy chọn \1"),
        (
            r"No such option:? '?([^' ]+)'? \(Possible options: (.+)\)",
            r"không có tùy chọn \1; có phải \2 không?",
        ),
        (r"No such command '(.*)'\. Did you mean '?([^' ]+?)'?\?", r"không có lệnh “\1”; có phải \2 không?"),
        (r"No such command '(.*)'\.(?: .*)?", r"không có lệnh “\1”"),
        (r"Option '(\S+)' requires an argument\.", r"sau \1 phải có một giá trị"),
        (r"Option '(\S+)' does not take a value\.", r"\1 đứng một mình, không có giá trị"),
        (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"thừa: \1"),
        (
            r"Invalid value for '?(\S+?)'?: Input should be greater than or equal to (\S+)",
            r"\1: phải từ \2 trở lên",
        ),
        (
            r"Invalid value for '?(\S+?)'?: Input should be less than or equal to (\S+)",
            r"\1: phải từ \2 trở xuống",
        ),
        (
            r"Invalid value for '?(\S+?)'?: Input should be a valid integer, unable .*",
            r"\1: phải là số nguyên",
        ),
        (
            r"Invalid value for '?(\S+?)'?: (?:Value error, )?'(.*)' is not one of (.*)\.",
            r"\1: không có “\2”; chọn một trong \3",
        ),
        (r"Invalid value(?: for '?(\S+?)'?)?: (.*)", r"\2"),
    )
]
_IN_HELP = {
    r"^Usage: ": "Cách dùng: ",
    r"\[OPTIONS\]": "[TÙY CHỌN]",
    r"COMMAND \[ARGS\]\.\.\.": "LỆNH [ĐỐI SỐ]...",
    r"^Arguments:$": "Đối số:",
    r"^Options:$": "Tùy chọn:",
    r"^Commands:$": "Lệnh:",
    r"Show this message and exit\.": "Xem hướng dẫn này.",
    r"\[required\]": "[bắt buộc]",
    r"\[default: ": "[mặc định: ",
    r"; required\]": "; bắt buộc]",
    r"<list\[Path\]>": "<tệp>...    ",
    r"<list\[str\]>": "<chữ>...   ",
    r"<int range>": "<số>       ",
    r"<path>": "<tệp> ",
    r"<int>": "<số> ",
    r"<str>": "<chữ>",
}


def problem(error: Exception) -> str:
    """What is wrong with a command line, by what typer raised for it."""
    said = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
    said = " ".join(said.split())
    for pattern, meant in _SAID:
        if match := pattern.match(said):
            return match.expand(meant)
    return said


class Command(TyperCommand):
    """A command whose help is Vietnamese."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The help, as it is printed."""
        return _translated(super().get_help(ctx))


class Group(TyperGroup):
    """All commands, with Vietnamese help."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The help, as it is printed."""
        return _translated(super().get_help(ctx))


def _translated(text: str) -> str:
    for said, meant in _IN_HELP.items():
        text = re.sub(said, meant, text, flags=re.MULTILINE)
    return text
