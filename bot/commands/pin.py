"""What does an operator answer, whatever the documents say? Pins answers to questions, lists and removes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.answer_object import pinned_object
from bot.cards import date_text
from bot.commands.options import Config
from bot.plain import one_line, printable, readable
from bot.settings import BotSettings, load_settings
from retrieval import HoidapError, PinnedAnswer, Retriever


def pin(
    what: Annotated[
        Literal["add", "list", "remove"],
        typer.Argument(metavar="VIỆC", help="Add, list hoặc remove."),
    ],
    named: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CÂU HỎI]... hoặc [SỐ]", help="Các cách hỏi của một câu; hoặc số cần gỡ."),
    ] = None,
    *,
    index: Annotated[str, typer.Option("--index", help="Thư mục chỉ mục, hoặc địa chỉ ở một cụm.")],
    text: Annotated[str, typer.Option("--text", help="Câu trả lời để ghim.")] = "",
    source: Annotated[str, typer.Option("--source", help="Ai trả lời như vậy; hiện cạnh câu trả lời.")] = "",
    missed: Annotated[
        int | None,
        typer.Option("--missed", min=1, help="Câu chưa tìm được, theo số trong `hoidap stats`."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
    config: Config = None,
) -> None:
    """Pin an answer to a question, list what is pinned, or remove it. It answers before all documents."""
    given = [readable(one).strip() for one in named or ()]
    if what == "add":
        if not (given or missed) or not text or not source:
            raise typer.BadParameter("add cần câu hỏi hoặc --missed, cùng với --text và --source")
    elif text or source or missed is not None or len(given) != (what == "remove"):
        needs = (
            "cần số của một câu trả lời được ghim (xem hoidap pin list)"
            if what == "remove"
            else "không kèm câu hỏi"
        )
        raise typer.BadParameter(f"{what} {needs}, không cần --text, --source hay --missed")
    settings = load_settings(config)
    with Retriever.open(index, settings=settings) as retriever:
        if what == "add":
            questions = [*([_missed(settings, missed)] if missed else ()), *given]
            made = retriever.pin(questions, readable(text), source=readable(source))
            _settle(settings, made)
            _show([made], as_json=as_json)
        elif what == "list":
            _show(retriever.pins(), as_json=as_json)
        elif not given[0].isdecimal() or not retriever.unpin(min(int(given[0]), 2**62)):
            raise HoidapError(
                f"{one_line(given[0])}: không có câu trả lời ghim nào mang số này; xem hoidap pin list"
            )


def _missed(settings: BotSettings, number: int) -> str:
    from bot.channels.statistics import read_summary

    folder = Path(settings.telegram.state).expanduser()
    found = read_summary(folder, setting="telegram.state", limit=number).missed
    if len(found) < number:
        raise HoidapError(f"--missed {number}: chỉ có {len(found)} câu hỏi chưa tìm được; xem hoidap stats")
    return found[number - 1].question


def _settle(settings: BotSettings, made: PinnedAnswer) -> None:
    """What is answered now leaves the report of what found nothing, where there is one."""
    from bot.channels.statistics import settle

    for state in (settings.telegram.state, settings.zalo.state):
        settle(Path(state).expanduser(), made.questions)


def _show(pins: list[PinnedAnswer] | tuple[PinnedAnswer, ...], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([pinned_object(one) for one in pins], ensure_ascii=False, indent=2))
        return
    for one in pins:
        questions = "\n    ".join(map(printable, one.questions))
        said = "\n    ".join(printable(one.text).splitlines())
        print(f"{one.id}  {questions}\n  → {said}\n  — {one_line(one.source)} · {date_text(one.pinned)}")
    if not pins:
        print("Chưa ghim câu trả lời nào.")
