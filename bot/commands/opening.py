"""What is being asked: an index, files read now, or the sample that ships?"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from bot.cards import count_text
from bot.plain import one_line
from bot.settings import BotSettings
from retrieval import Document, Retriever, shipped

SAMPLE_NOTICE = "Đây là dữ liệu mẫu đi kèm chương trình. Để hỏi bài viết của bạn: thêm --corpus THƯ_MỤC."


@dataclass(frozen=True, slots=True)
class Opened:
    """`sample`: nothing was named, so the corpus is the one that ships. `path`: the index; None: it is in memory."""

    retriever: Retriever
    sample: bool
    path: str | None


def open_retriever(
    corpus: Sequence[Path] | None, index: str | None, settings: BotSettings, *, build_at: Path | None = None
) -> Opened:
    """Opens the index, or reads the files: into memory, or into a new index that other processes can open, too.

    Raises any HoidapError, or BadParameter.
    """
    if corpus and index:
        raise typer.BadParameter("--corpus và --index: chỉ dùng được một; hãy bỏ bớt một")
    if index:
        return Opened(Retriever.open(index, settings=settings), False, index)
    from retrieval import read_corpus  # the readers: an index needs none of them

    unread: list[str] = []

    def report(where: str, reason: str) -> None:
        unread.append(where)
        print(one_line(f"{where}: {reason}"), file=sys.stderr)

    documents = read_corpus(corpus or [shipped("seeds")], settings=settings, on_problem=report)
    retriever = Retriever.build(_counted(documents), path=build_at, settings=settings)
    if unread:
        print(
            f"{count_text(len(unread))} chỗ không đọc được, hoặc không đọc được hết; phần còn lại vẫn được tìm",
            file=sys.stderr,
        )
    return Opened(retriever, not corpus, str(build_at) if build_at else None)


def _counted(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents; on a terminal, from the second second on, with how many there were so far."""
    began = said = time.monotonic()
    shown = ""
    for number, document in enumerate(documents, start=1):
        yield document
        now = time.monotonic()
        if sys.stderr.isatty() and now - said > 0.5 and now - began > 1:
            said = now
            each_second = count_text(round(number / (now - began)))
            shown = (
                f"Đã đọc {count_text(number)} bài, {each_second} bài mỗi giây; có chỉ mục thì khỏi đọc lại"
            )
            print(f"\r{shown}", end="", file=sys.stderr, flush=True)
    if shown:
        print(f"\r{' ' * len(shown)}\r", end="", file=sys.stderr, flush=True)
