"""A .pdf file: words whole, columns and tables in reading order, running heads labelled, pages counted."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import repair
from retrieval.corpus.readers.pieces import extract_of, symbols
from retrieval.corpus.readers.source import EMPTY, ENCRYPTED, Source
from retrieval.errors import UnreadableFile

if TYPE_CHECKING:
    from retrieval.corpus.readers.pdf.ocr import ScannedPage

_FEWEST_LETTERS = 20
"""A scan may carry a stamp or a page number as text, but no sentence."""
_MOST_UNREADABLE = 0.2
"""Share of a page's characters that its fonts may leave without a name."""
_ODD_WORD = re.compile(
    r"[^\W\d_][\d$%&*+<=>@\[\]^`{|}~\\#!?\"]+[^\W\d_]|[a-zà-ỹ][A-ZĐ]|[A-ZĐ]\d[A-ZĐa-z]|^[$%&*<=>@^`{|}~\\#]+\w"
)
"""A word that no language has: signs or figures inside it, a capital after a small letter."""
_FEWEST_WORDS = 15
_MOST_ODD = 0.4
"""Share of a page's words: names of machines, formulas and addresses of the web are odd too, but not nearly half."""
_PASSWORD, _HANDLER = 4, 5
"""PDFium's numbers for files that it can't open: a password is missing; a kind of encryption that it doesn't know."""
_lock = threading.Lock()
"""PDFium keeps state of its own for all documents: one at a time may be read."""


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    data = stream.read()
    if not data.strip():
        raise UnreadableFile(source.name, EMPTY)
    with _lock:
        extract = _read(data, source)
    yield extract


def _read(data: bytes, source: Source) -> Extract:
    import pypdfium2

    from retrieval.corpus.readers.pdf.furniture import running_lines
    from retrieval.corpus.readers.pdf.layout import Line, Row, arrange
    from retrieval.corpus.readers.pdf.ocr import check_tesseract, read_page
    from retrieval.corpus.readers.pdf.paragraphs import pieces_of
    from retrieval.corpus.readers.pdf.rulings import Rulings
    from retrieval.corpus.readers.pdf.words import page_text

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD, _HANDLER):
            raise UnreadableFile(source.name, ENCRYPTED) from error
        raise UnreadableFile(
            source.name, "không phải tệp PDF đọc được (hỏng hoặc bị cắt); hãy lưu lại hoặc bỏ ra"
        ) from error
    pages: list[list[Line | Row]] = []
    scanned, unreadable, damaged = [], [], []
    seen: list[ScannedPage] = []
    try:
        for number in range(len(document)):
            try:
                page = document[number]
                found = page_text(page)
            except pypdfium2.PdfiumError:
                damaged.append(number)
                pages.append([])
                continue
            if found.unreadable > _MOST_UNREADABLE:
                unreadable.append(number)
                pages.append([])
            else:
                lines = arrange(found.segments, found.drawn)
                if _is_bare(s.text for s in found.segments) and _has_picture(page):
                    if source.settings.ocr:
                        check_tesseract(source.name)
                        seen.append(read_page(page, number + 1, len(document), source.name))
                        lines = arrange(seen[-1].segments, Rulings())
                    else:
                        scanned.append(number)
                pages.append(lines)
            page.close()
    finally:
        document.close()
    texts = _in_unicode(pages)
    for number in _garbled(texts, len(pages)):
        unreadable.append(number)
        pages[number] = []
    texts = {place: text for place, text in texts.items() if pages[place[0]]}
    _check(texts, pages, scanned, unreadable, damaged, source)
    return extract_of(pieces_of(pages, texts, running_lines(pages)), meta=_about_scans(seen))


def _about_scans(seen: Sequence[ScannedPage]) -> dict[str, Any]:
    """For `Document.meta`: how many pages were read off pictures, and how sure their words are, in [0, 1]."""
    words = sum(page.words for page in seen)
    if not words:
        return {}
    sure = sum(page.confidence * page.words for page in seen) / words
    return {"ocr_pages": sum(page.words > 0 for page in seen), "ocr_confidence": round(sure, 3)}


def _in_unicode(pages: Sequence[Sequence[Any]]) -> dict[tuple[int, int], str]:
    """Each line's text, the cells of a row parted by a control; old encodings are found out over the whole document."""
    places = [(page, place) for page, lines in enumerate(pages) for place in range(len(lines))]
    written = [
        "\x1f".join(line.cells) if hasattr(line := pages[page][place], "cells") else line.text
        for page, place in places
    ]
    if not written:
        return {}
    repaired = repair("\n".join(symbols(text).replace("\n", " ") for text in written)).split("\n")
    return dict(zip(places, repaired, strict=True))


def _garbled(texts: Mapping[tuple[int, int], str], count: int) -> Iterator[int]:
    """Pages whose fonts name other characters than they show: "7KX QK!S" for "Thu nhap"."""
    words = [0] * count
    odd = [0] * count
    for (page, _), text in texts.items():
        for word in text.split():
            words[page] += 1
            odd[page] += bool(_ODD_WORD.search(word))
    return (n for n in range(count) if words[n] >= _FEWEST_WORDS and odd[n] > _MOST_ODD * words[n])


def _is_bare(texts: Iterable[str]) -> bool:
    """Whether there are too few letters for a sentence."""
    letters = (c for text in texts for c in text if c.isalpha())
    return sum(1 for _ in islice(letters, _FEWEST_LETTERS)) < _FEWEST_LETTERS


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _check(
    texts: dict[tuple[int, int], str],
    pages: Sequence[Sequence[Any]],
    scanned: list[int],
    unreadable: list[int],
    damaged: list[int],
    source: Source,
) -> None:
    """Names the pages that say nothing, and why. Raises UnreadableFile where none says anything."""
    if _is_bare(texts.values()):
        if unreadable:
            reason = "phông chữ trong tệp không cho biết là chữ gì; hãy xuất lại PDF từ bản gốc"
        elif scanned:
            reason = "không có chữ, chỉ có ảnh quét; đọc bằng: hoidap index --ocr"
        else:
            reason = "không có chữ trong tệp; hãy bỏ ra"
        raise UnreadableFile(source.name, reason)
    for numbers, what in (
        (scanned, "là ảnh quét; đọc bằng: hoidap index --ocr"),
        (unreadable, "không đọc được: phông chữ không cho biết là chữ gì; hãy xuất lại PDF từ bản gốc"),
        (damaged, "bị hỏng; hãy lưu lại tệp"),
    ):
        if numbers:
            source.report(source.name, f"{page_ranges(numbers)} {what}")


def page_ranges(numbers: Sequence[int]) -> str:
    """Pages counted from 0 as people say them: "trang 3–7, 9"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = (f"{a + 1}" if a == z else f"{a + 1}–{z + 1}" for a, z in ranges)
    return f"trang {', '.join(shown)}"
