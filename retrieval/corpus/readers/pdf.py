"""A .pdf file: the text that is in it, without running heads and page numbers."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import repair
from retrieval.corpus.readers.extras import load_extra
from retrieval.corpus.readers.source import Source
from retrieval.errors import UnreadableFile

_PAGE_NUMBER = re.compile(r"^\W*(?:trang|page)?\W*\d{1,4}\W*(?:(?:/|of|trên)\W*\d{1,4}\W*)?$", re.IGNORECASE)
_EDGE_LINES = 2
"""How many lines at a page's top and bottom may be running heads."""
_FEWEST_LETTERS = 20
"""A scan may carry a stamp or a page number as text, but no sentence."""


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    pypdf = load_extra("pypdf", extra="pdf", where=source.name)
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of slips that it mends by itself
    try:
        reader = pypdf.PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(source.name, "encrypted; save it without a password, or leave it out")
        pages = [page.extract_text() or "" for page in reader.pages]
    except UnreadableFile:
        raise
    except pypdf.errors.DependencyError as error:
        raise UnreadableFile(source.name, "encrypted; save it without a password, or leave it out") from error
    except Exception as error:  # a damaged PDF makes pypdf fail in any way
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UnreadableFile(
            source.name, f"not a readable PDF ({reason}); save it anew, or leave it out"
        ) from error
    text = "\n".join(_without_running_heads(pages))
    if sum(c.isalpha() for c in text) < _FEWEST_LETTERS:
        raise UnreadableFile(source.name, "no text in it (a scan?); run OCR first, or leave it out")
    yield Extract(repair(text))


def _without_running_heads(pages: list[str]) -> list[str]:
    """The pages' lines, without numbers at their edges and what most pages repeat there."""
    split = [_trim([line.strip() for line in page.split("\n")], lambda line: not line) for page in pages]
    heads = Counter(
        _shape(line) for lines in split for line in {*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]} if line
    )
    running = {shape for shape, count in heads.items() if count >= 3 and count > len(pages) / 2}

    def is_edge(line: str) -> bool:
        return not line or bool(_PAGE_NUMBER.match(line)) or _shape(line) in running

    return ["\n".join(_trim(lines, is_edge)) for lines in split]


def _trim(lines: list[str], is_edge: Callable[[str], bool]) -> list[str]:
    """The lines without those at either end for which `is_edge` holds."""
    inside = [n for n, line in enumerate(lines) if not is_edge(line)]
    return lines[inside[0] : inside[-1] + 1] if inside else []


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)
