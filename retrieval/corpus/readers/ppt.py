"""A .ppt file of PowerPoint 97 to 2003: each slide a section; its outline first, then the texts of its boxes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from retrieval.corpus.facts import Extract
from retrieval.corpus.legacy import Run, repair_runs, western
from retrieval.corpus.readers.compound import open_compound
from retrieval.corpus.readers.pieces import Piece, extract_of, worded
from retrieval.corpus.readers.source import ENCRYPTED, Source
from retrieval.errors import UnreadableFile

_CONTAINER = 0x0F
_DOCUMENT, _SLIDE, _OUTLINES, _NEXT_SLIDE = 0x03E8, 0x03EE, 0x0FF0, 0x03F3
_TEXT_KIND, _WIDE, _NARROW = 0x0F9F, 0x0FA0, 0x0FA8
_TITLES = (0, 6)
_ENCRYPTED = b"\xdf\xc4\xd1\xf3"
_DEEPEST = 40

_Text = tuple[int, str]
"""What kind of place it stands in, and the text."""


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    with open_compound(stream, source.name) as held:
        data = held.stream("PowerPoint Document")
        user = held.stream("Current User") if held.exists("Current User") else b""
        if held.exists("EncryptedSummary") or user[12:16] == _ENCRYPTED:
            raise UnreadableFile(source.name, ENCRYPTED)
    outlines: list[list[_Text]] = []
    boxes: list[list[_Text]] = []
    for kind, _, body in _records(data):
        if kind == _DOCUMENT:
            slides = [b for k, i, b in _records(body) if k == _OUTLINES and i == 0]
            outlines = [slide for each in slides for slide in _by_slide(each)] or outlines
        elif kind == _SLIDE:
            boxes.append(list(_texts(body)))
    pieces = list(_pieces(outlines, boxes))
    texts = repair_runs([[Run(line)] for piece in pieces for line in piece.text.split("\n")])
    flat = iter(texts)
    repaired = (
        Piece(p.kind, "\n".join(next(flat) for _ in p.text.split("\n")), p.level, p.page) for p in pieces
    )
    why = "không có chữ trong tệp, hoặc tệp hỏng; hãy mở bằng PowerPoint rồi lưu lại"
    yield worded(extract_of(repaired), source, why)


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(kind, instance, body) one after the other; what is cut off ends them."""
    place = 0
    while place + 8 <= len(data):
        head, kind, length = struct.unpack_from("<HHI", data, place)
        yield kind, head >> 4, data[place + 8 : place + 8 + length]
        place += 8 + length


def _is_container(data: bytes, place: int) -> bool:
    return bool(data[place] & 0x0F == _CONTAINER)


def _by_slide(body: bytes) -> list[list[_Text]]:
    slides: list[list[_Text]] = []
    kind = -1
    for record, _, data in _records(body):
        if record == _NEXT_SLIDE:
            slides.append([])
        elif record == _TEXT_KIND and len(data) >= 4:
            kind = data[0]
        elif slides and (text := _text_of(record, data)):
            slides[-1].append((kind, text))
    return slides


def _texts(data: bytes, depth: int = 0) -> Iterator[_Text]:
    """The texts in a container, however deep."""
    place, kind = 0, -1
    while place + 8 <= len(data):
        record, length = struct.unpack_from("<HI", data, place + 2)
        body = data[place + 8 : place + 8 + length]
        if record == _TEXT_KIND and len(body) >= 4:
            kind = body[0]
        elif text := _text_of(record, body):
            yield kind, text
        elif _is_container(data, place) and depth < _DEEPEST:
            yield from _texts(body, depth + 1)
        place += 8 + length


def _text_of(record: int, body: bytes) -> str:
    if record == _WIDE:
        text = body.decode("utf-16-le", "replace")
    elif record == _NARROW:
        text = western(body)
    else:
        return ""
    return text.replace("\r", "\n").replace("\x0b", "\n").strip()


def _pieces(outlines: list[list[_Text]], boxes: list[list[_Text]]) -> Iterator[Piece]:
    """The slides; a text that stands in the outline and in a box, or in an older version of the slide, comes once."""
    together = len(outlines) == len(boxes)
    slides = [[*outline, *(boxes[n] if together else [])] for n, outline in enumerate(outlines)]
    if not together:
        slides += boxes
    said: set[str] = set()
    for number, slide in enumerate(slides, start=1):
        here: set[str] = set()
        for kind, text in slide:
            if text in here or (not together and text in said) or text.strip("* \n") == "":
                continue
            here.add(text)
            said.add(text)
            page = number if number <= max(len(outlines), 1) or not outlines else None
            if kind in _TITLES:
                yield Piece("heading", " ".join(text.split()), 1, page)
            else:
                yield from (Piece("paragraph", line, page=page) for line in text.split("\n") if line.strip())
