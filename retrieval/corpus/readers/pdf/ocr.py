"""What do the letters on a scanned page say? Tesseract reads them, where it is installed with Vietnamese."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from retrieval.corpus.readers.pdf.words import Segment
from retrieval.errors import UnreadableFile

_log = logging.getLogger(__name__)
_DOTS_AN_INCH = 200
_MOST_SECONDS = 120
"""For one page; what takes longer is no text."""
_APART = 2.5
"""Of the letters' height: words of a line that are farther apart stand in two columns."""
_MOST_DOTS = 40_000_000
_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """`confidence`: how sure the letters are, in [0, 1], over its words."""

    segments: tuple[Segment, ...]
    confidence: float
    words: int


def check_tesseract(where: str) -> None:
    """Raises UnreadableFile with what to install, where Tesseract or its Vietnamese is missing."""
    program = shutil.which("tesseract")
    if program is None:
        reason = "chưa có Tesseract để đọc ảnh quét; hãy cài tesseract-ocr và tesseract-ocr-vie"
        raise UnreadableFile(where, reason)
    languages = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=_MOST_SECONDS, check=False
    )
    if "vie" not in languages.stdout.split():
        raise UnreadableFile(where, "Tesseract chưa có tiếng Việt; hãy cài tesseract-ocr-vie")


def read_page(page: Any, number: int, of: int, where: str) -> ScannedPage:
    """The page's text, told by its picture. Raises UnreadableFile where Tesseract fails."""
    _log.info("%s: đọc ảnh quét, trang %d trên %d", where, number, of)
    width, height = page.get_size()
    scale = min(_DOTS_AN_INCH / 72, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    picture = bitmap.to_numpy()
    rows, columns = picture.shape[:2]
    data = b"P5 %d %d 255\n" % (columns, rows) + picture.reshape(rows, -1)[:, :columns].tobytes()
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", "3", "--dpi", str(_DOTS_AN_INCH), "tsv"],
            input=data,
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadableFile(
            where, f"Tesseract không đọc được trang {number}; hãy quét lại trang ấy"
        ) from error
    return _page_of(done.stdout.decode("utf-8", "replace"))


def _page_of(table: str) -> ScannedPage:
    """The pieces of lines where they stand, so that columns and paragraphs are told as on any page."""
    segments: list[Segment] = []
    line: tuple[str, ...] = ()
    sure: list[float] = []
    for place, word, confidence in _words(table):
        last = segments[-1] if segments else None
        if last is not None and place == line and word.x0 - last.x1 < _APART * word.height:
            low, high = min(last.y0, word.y0), max(last.y1, word.y1)
            segments[-1] = Segment(f"{last.text} {word.text}", last.x0, low, word.x1, high, last.order)
        else:
            segments.append(replace(word, order=len(segments)))
        line = place
        sure.append(confidence)
    return ScannedPage(tuple(segments), sum(sure) / len(sure) / 100 if sure else 0.0, len(sure))


def _words(table: str) -> Iterator[tuple[tuple[str, ...], Segment, float]]:
    """(its line, the word where it stands, confidence in percent) for each word of Tesseract's table.

    Tesseract counts dots from the upper left; points grow upwards.
    """
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == _WORD_LEVEL and cells[11].strip():
            left, top, width, height = (int(cell) * 72 / _DOTS_AN_INCH for cell in cells[6:10])
            yield (
                tuple(cells[2:5]),
                Segment(cells[11], left, -top - height, left + width, -top),
                float(cells[10]),
            )
