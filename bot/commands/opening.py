"""What is being asked: an index, files read now, or the sample that ships?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import BotSettings
from retrieval import Retriever, SettingsError, read_corpus, shipped

SAMPLE_NOTICE = "Đây là dữ liệu mẫu đi kèm chương trình. Để hỏi bài viết của bạn: thêm --corpus THƯ_MỤC."


@dataclass(frozen=True, slots=True)
class Opened:
    """`sample`: nothing was named, so the corpus is the one that ships."""

    retriever: Retriever
    sample: bool


@dataclass(slots=True)
class _Problems:
    """Prints each file that could not be read, and counts them."""

    count: int = 0

    def __call__(self, path: str, reason: str) -> None:
        self.count += 1
        print(f"{path}: {reason}", file=sys.stderr)


def open_retriever(corpus: Sequence[Path] | None, index: Path | None, settings: BotSettings) -> Opened:
    """Opens the index, or reads the files into memory. Raises any HoidapError."""
    if corpus and index:
        raise SettingsError("--corpus and --index: only one can be asked; leave out the other")
    if index:
        return Opened(Retriever.open(index, settings=settings), sample=False)
    problems = _Problems()
    documents = read_corpus(corpus or [shipped("seeds")], settings=settings, on_problem=problems)
    retriever = Retriever.build(documents, settings=settings)
    if problems.count:
        print(f"{problems.count} not read; the rest is searched", file=sys.stderr)
    return Opened(retriever, sample=not corpus)
