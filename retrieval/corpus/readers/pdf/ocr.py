"""What do the letters on a scanned page say? Tesseract reads them, where it is installed with Vietnamese."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from retrieval.errors import UnreadableFile

_log = logging.getLogger(__name__)
_DOTS_AN_INCH = 200
_MOST_SECONDS = 120
"""For one page; what takes longer is no text."""
_MOST_DOTS = 40_000_000
_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """`confidence`: how sure the letters are, in [0, 1], over its words."""

    paragraphs: tuple[str, ...]
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
    words = list(_words(table))
    paragraphs = [
        " ".join(word for _, word, _ in held) for _, held in groupby(words, key=lambda each: each[0])
    ]
    sure = [confidence for _, _, confidence in words]
    return ScannedPage(tuple(paragraphs), sum(sure) / len(sure) / 100 if sure else 0.0, len(words))


def _words(table: str) -> Iterator[tuple[tuple[str, str], str, float]]:
    """((block, paragraph), word, confidence in percent) of each line of Tesseract's table."""
    for line in table.splitlines():
        cells = line.split("\t")
        if len(cells) == 12 and cells[0] == _WORD_LEVEL and cells[11].strip():
            yield (cells[2], cells[3]), cells[11], float(cells[10])
