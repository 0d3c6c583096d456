"""How does a conversation look on a terminal? Panels, history and editing; plain lines in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation import Responder, Turns
from bot.plain import printable, render
from bot.reply import Block, Quote, Reply, Surroundings, Text
from bot.settings import ConsoleSettings

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text as Styled

PROMPT = "Bạn hỏi › "
QUIT = ("/thoat", "/thoát", "/quit", "/exit")
HELP = "/nguon: các nguồn · /moi: quên câu trước · /thoat: thoát"

_HINTS = {"next": "“tiếp”", "previous": "“trước”", "context": "“ngữ cảnh”"}


def hold(responder: Responder, *, settings: ConsoleSettings) -> None:
    """Talks until the person leaves: drawn on a terminal, one plain answer a line otherwise."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        _talk(responder, _typed(settings), _drawn(settings))
    else:
        _talk(responder, _piped(), _printed, greet=False)


def _talk(
    responder: Responder, messages: Iterator[str], show: Callable[[Reply], None], *, greet: bool = True
) -> None:
    turns: Turns = ()
    if greet:
        show(_with_commands(responder.start()))
    for message in messages:
        command = message.strip().lower()
        if command in QUIT:
            return
        if command in ("/moi", "/mới"):
            turns = ()
            show(Reply("talk", (Text("Đã quên những câu trước. Mời bạn hỏi từ đầu."),)))
        elif command in ("/nguon", "/nguồn"):
            show(responder.sources())
        elif command.startswith("/"):
            show(_with_commands(responder.help()))
        else:
            reply, turns = responder.respond(message, turns)
            show(_with_commands(reply) if command in ("help", "trợ giúp", "giúp") else reply)


def _with_commands(reply: Reply) -> Reply:
    return Reply(reply.kind, (*reply.blocks, Text(HELP)), reply.actions)


def _piped() -> Iterator[str]:
    """Lines of standard input; blank ones and bytes that are no UTF-8 don't stop the rest."""
    for line in sys.stdin.buffer:
        message = line.decode("utf-8-sig", "replace").strip()
        if message:
            yield message


def _printed(reply: Reply) -> None:
    print(render(reply), end="\n\n", flush=True)


def _typed(settings: ConsoleSettings) -> Iterator[str]:
    """What the person types, with history and editing, until Ctrl-D; Ctrl-C leaves too."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    history: History = InMemoryHistory()
    path = Path(settings.history).expanduser() if settings.history else None
    if path and _writable(path):
        history = FileHistory(str(path))
    session: PromptSession[str] = PromptSession(history=history)
    while True:
        try:
            message = session.prompt(PROMPT)
        except (EOFError, KeyboardInterrupt):
            return
        if message.strip():
            yield message


def _writable(path: Path) -> bool:
    """Whether the history can be kept there; a chat goes on without one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600, exist_ok=True)
    except OSError:
        return False
    return os.access(path, os.W_OK)


def _drawn(settings: ConsoleSettings) -> Callable[[Reply], None]:
    from rich.console import Console

    console = Console(highlight=False)

    def show(reply: Reply) -> None:
        width = min(settings.width, console.width)
        for block in reply.blocks:
            console.print(_draw(block, reply), width=width)
        if hints := _hints(reply):
            console.print(hints, style="dim", width=width)
        console.print()

    return show


def _draw(block: Block, reply: Reply) -> RenderableType:
    from rich.panel import Panel

    match block:
        case Text(text, spans):
            return _styled(text, spans)
        case Quote(text, citation, spans, nearest):
            body = _styled(text, spans)
            for line in (citation.title, citation.place, citation.url):
                if line:
                    body.append(f"\n{printable(line)}", style="dim")
            if citation.also:
                body.append(f"\ncũng có ở: {printable(', '.join(citation.also))}", style="dim")
            title = f"Đoạn {reply.page[0]}/{reply.page[1]}" if reply.page else None
            return Panel(body, title=title, title_align="left", border_style="dim" if nearest else "green")
        case Surroundings(text, passage):
            return Panel(_styled(text, (passage,)), title="Ngữ cảnh", title_align="left", border_style="dim")


def _styled(text: str, spans: tuple[tuple[int, int], ...]) -> Styled:
    from rich.text import Text as Styled

    styled = Styled(printable(text))
    for start, end in spans:
        styled.stylize("bold", start, end)
    return styled


def _hints(reply: Reply) -> str:
    """What can be typed next, of what the reply offers."""
    offered = [_HINTS[action.kind] for action in reply.actions if action.kind in _HINTS]
    return "gõ " + " · ".join(offered) if offered else ""
