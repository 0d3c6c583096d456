"""How is a zipped office file opened without harm? Its parts are bounded, and its XML expands nothing."""

from __future__ import annotations

import zipfile
import zlib
from typing import Any, BinaryIO

from retrieval.corpus.readers.source import ENCRYPTED, Source
from retrieval.errors import UnreadableFile

_MOST_UNPACKED = 5
"""How many times corpus.max_file_megabytes the unpacked parts may take."""
_DAMAGED = "tệp hỏng hoặc bị cắt; hãy mở bằng chương trình của nó rồi lưu lại"


class Archive:
    """The file's parts by name. Raises UnreadableFile for what is damaged, encrypted, or far larger than it looks."""

    def __init__(self, stream: BinaryIO, source: Source) -> None:
        self._where = source.name
        self._left = source.settings.max_file_megabytes * _MOST_UNPACKED * 1_000_000
        self._most = source.settings.max_file_megabytes * _MOST_UNPACKED
        try:
            self._archive = zipfile.ZipFile(stream)
            parts = self._archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.damaged() from error
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableFile(self._where, ENCRYPTED)
        self._sizes = {part.filename: part.file_size for part in parts}
        if sum(self._sizes.values()) > self._left:
            raise self._too_large(sum(self._sizes.values()))

    def names(self) -> list[str]:
        return list(self._sizes)

    def damaged(self) -> UnreadableFile:
        return UnreadableFile(self._where, _DAMAGED)

    def encrypted(self) -> UnreadableFile:
        return UnreadableFile(self._where, ENCRYPTED)

    def _too_large(self, size: int) -> UnreadableFile:
        return UnreadableFile(
            self._where,
            f"{size / 1e6:,.0f} MB khi giải nén, quá giới hạn {self._most:,} MB; hãy chia nhỏ tệp".replace(
                ",", "."
            ),
        )

    def part(self, name: str) -> bytes:
        """The bytes of the part; none, where it isn't there."""
        if name not in self._sizes:
            return b""
        try:
            with self._archive.open(name) as held:
                data = held.read(self._left + 1)
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
        if len(data) > self._left:
            raise self._too_large(len(data))
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Any:
        """The part's root; None, where it isn't there."""
        data = self.part(name)
        return parse_xml(data, self._where) if data else None


def parse_xml(data: bytes, where: str) -> Any:
    """The root of the XML. Entities stay as they are and nothing is fetched. Raises UnreadableFile."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
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
