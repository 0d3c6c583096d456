"""Where are the term arrays that scoring reads? In one flat file, with a slot of fixed size for each document's key.

Read through a memory map: a question reads the arrays of some two hundred articles, and nothing else is touched.
"""

from __future__ import annotations

import io
import mmap
import os
import struct
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from retrieval.errors import IndexDamaged
from retrieval.index.prepare import unpack_terms
from retrieval.index.protocol import DocumentTerms

_SLOT = struct.Struct("<QII")  # offset, length, CRC-32 of key and data


class TermFile:
    """Term arrays by document key; `path=None` holds them in memory. Written once for each key."""

    def __init__(self, folder: Path | None, *, create: bool = False) -> None:
        self._data = _Bytes(folder and folder / "terms.dat", create=create)
        self._slots = _Bytes(folder and folder / "terms.idx", create=create)

    def add(self, key: int, packed: bytes) -> None:
        offset = self._data.append(packed)
        self._slots.write(key * _SLOT.size, _SLOT.pack(offset, len(packed), _crc(key, packed)))

    def get(self, key: int) -> DocumentTerms:
        """Raises IndexDamaged when what is read isn't what was written."""
        try:
            offset, length, crc = _SLOT.unpack(self._slots.read(key * _SLOT.size, _SLOT.size))
            packed = self._data.read(offset, length)
            if _crc(key, packed) != crc:
                raise ValueError("not what was written")
            return unpack_terms(key, packed)
        except (ValueError, struct.error) as error:
            raise IndexDamaged(
                f"{self._data.name}: terms of document {key} are damaged; run hoidap index --rebuild"
            ) from error

    def flush(self) -> None:
        """To the disk itself: returns when a power cut can't lose it."""
        self._data.flush()
        self._slots.flush()


def _crc(key: int, packed: bytes | memoryview) -> int:
    return crc32(packed, key)


class _Bytes:
    """A file that grows, read through a map; or the same in memory."""

    def __init__(self, path: Path | None, *, create: bool) -> None:
        self.name = str(path or "index in memory")
        self._path = path
        self._memory = bytearray()
        self._view = memoryview(b"")
        self._file: BinaryIO | None = None
        if path and create:
            path.touch()
        elif path and not path.exists():
            raise IndexDamaged(f"{path}: missing; run hoidap index --rebuild")

    def read(self, offset: int, length: int) -> bytes | memoryview:
        """Raises ValueError when there is less."""
        end = offset + length
        if self._path is None:
            found: bytes | memoryview = bytes(self._memory[offset:end])
        else:
            if end > len(self._view):
                self._remap(self._path)
            found = self._view[offset:end]
        if len(found) != length:
            raise ValueError("shorter than its slots say")
        return found

    def _remap(self, path: Path) -> None:
        if self._file is not None:
            self._file.flush()
        with path.open("rb") as file:
            if size := os.fstat(file.fileno()).st_size:
                self._view = memoryview(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ))

    def append(self, data: bytes) -> int:
        if self._path is None:
            offset = len(self._memory)
            self._memory += data
            return offset
        file = self._open(self._path)
        offset = file.seek(0, io.SEEK_END)
        file.write(data)
        return offset

    def write(self, offset: int, data: bytes) -> None:
        if self._path is None:
            self._memory += bytes(max(0, offset + len(data) - len(self._memory)))
            self._memory[offset : offset + len(data)] = data
            return
        file = self._open(self._path)
        file.seek(offset)
        file.write(data)

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def _open(self, path: Path) -> BinaryIO:
        if self._file is None:
            self._file = path.open("r+b")
        return self._file
