"""How is a zipped office file opened without harm? Its parts are bounded, and its XML expands nothing."""

from __future__ import annotations

import zipfile
import zlib
from typing import Any, BinaryIO

from retrieval.corpus.readers.source import ENCRYPTED, Source
from retrieval.errors import UnreadableFile

_MOST_UNPACKED = 5
"""How many times corpus.max_file_megabytes the unpacked parts may take."""
_MOST_XML = 0.5
"""How many times corpus.max_file_megabytes one part of XML may take: as a tree it takes ten times as much memory."""
_CHUNK = 1 << 20
_DAMAGED = "tệp hỏng hoặc bị cắt; hãy mở bằng chương trình của nó rồi lưu lại"


class Archive:
    """The file's parts by name. Raises UnreadableFile for what is damaged, encrypted, or far larger than it looks."""

    def __init__(self, stream: BinaryIO, source: Source) -> None:
        self._where = source.name
        self._left = source.settings.max_file_megabytes * _MOST_UNPACKED * 1_000_000
        self._most_xml = int(source.settings.max_file_megabytes * _MOST_XML * 1_000_000)
        try:
            self._archive = zipfile.ZipFile(stream)
            parts = self._archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.damaged() from error
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableFile(self._where, ENCRYPTED)
        self._sizes = {part.filename: part.file_size for part in parts}
        if sum(self._sizes.values()) > self._left:
            raise self._too_large(sum(self._sizes.values()), self._left)

    def names(self) -> list[str]:
        return list(self._sizes)

    def damaged(self) -> UnreadableFile:
        return UnreadableFile(self._where, _DAMAGED)

    def encrypted(self) -> UnreadableFile:
        return UnreadableFile(self._where, ENCRYPTED)

    def _too_large(self, size: int, most: int) -> UnreadableFile:
        shown, limit = (f"{count / 1e6:,.0f}".replace(",", ".") for count in (size, most))
        return UnreadableFile(
            self._where, f"{shown} MB khi giải nén, quá giới hạn {limit} MB; hãy chia nhỏ tệp"
        )

    def part(self, name: str) -> bytes:
        """The bytes of the part; none, where it isn't there."""
        if name not in self._sizes:
            return b""
        try:
            with self._archive.open(name) as held:
                chunks = []
                while chunk := held.read(_CHUNK):  # a part that is larger than it says ends where it says
                    chunks.append(chunk)
                data = b"".join(chunks)
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            zlib.error,
            ValueError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise self.damaged() from error
        self._left -= len(data)
        return data

    def xml(self, name: str, *, whole: bool = False) -> Any:
        """The part's root; None, where it isn't there. `whole`: damaged XML is an error, not read as far as it goes."""
        if self._sizes.get(name, 0) > self._most_xml:
            raise self._too_large(self._sizes[name], self._most_xml)
        data = self.part(name)
        return parse_xml(data, self._where, whole=whole) if data else None


def parse_xml(data: bytes, where: str, *, whole: bool = False) -> Any:
    """The root of the XML. Entities stay as they are and nothing is fetched. Raises UnreadableFile."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        recover=not whole,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise UnreadableFile(where, _DAMAGED) from error
    if root is None:
        raise UnreadableFile(where, _DAMAGED)
    return root


def local(node: Any) -> str:
    """An element's name without its namespace; "" for comments and the like."""
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def attribute(node: Any, name: str) -> str:
    """An attribute by its name without namespace."""
    return next((value for key, value in node.attrib.items() if key.rsplit("}", 1)[-1] == name), "")
