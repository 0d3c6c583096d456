"""How is an old Office file opened? It is a small file system of its own, which olefile reads."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from retrieval.errors import UnreadableFile

_DAMAGED = "tệp hỏng hoặc bị cắt; hãy mở bằng chương trình của nó rồi lưu lại"


class CompoundFile:
    """Streams by name. Raises UnreadableFile where the file is damaged."""

    def __init__(self, held: Any, where: str) -> None:
        self._held = held
        self._where = where

    def exists(self, name: str) -> bool:
        return bool(self._held.exists(name))

    def stream(self, name: str) -> bytes:
        try:
            data: bytes = self._held.openstream(name).read()
        except Exception as error:  # damaged chains of sectors make olefile fail in any way
            raise UnreadableFile(self._where, _DAMAGED) from error
        return data


@contextlib.contextmanager
def open_compound(stream: BinaryIO, where: str) -> Iterator[CompoundFile]:
    """The file's streams. Raises UnreadableFile for one that is damaged or cut."""
    import olefile

    stream.seek(0)
    try:
        held = olefile.OleFileIO(io.BytesIO(stream.read()))
    except Exception as error:  # as above
        raise UnreadableFile(where, _DAMAGED) from error
    with contextlib.closing(held):
        yield CompoundFile(held, where)
