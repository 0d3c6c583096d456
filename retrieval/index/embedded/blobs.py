"""Where are texts and term arrays? Each kind in a flat file, with a slot of fixed size for each document's
key.

Read through memory maps: a question reads the arrays of some two hundred articles, each a third as slow as by
seeking and reading, in any thread and on any system. Processes share what they have read. Data is only ever appended.
"""

from __future__ import annotations

import mmap
import os
import struct
import weakref
from io import FileIO
from pathlib import Path
from zlib import crc32

from retrieval.errors import IndexDamaged

_SLOT = struct.Struct("<QII")  # offset, length, CRC-32 of the data, begun with the key


class BlobFile:
    """One blob of bytes for each key; `folder=None` holds them in memory."""

    def __init__(self, folder: Path | None, name: str, *, create: bool = False) -> None:
        self._data = _file(folder and folder / f"{name}.dat", create=create)
        self._slots = _file(folder and folder / f"{name}.idx", create=create)
        self.name = str(folder / f"{name}.dat") if folder else f"{name} in memory"

    def add(self, key: int, blob: bytes) -> None:
        offset = self._data.size()
        self._data.write(offset, blob)
        self._slots.write(key * _SLOT.size, _SLOT.pack(offset, len(blob), crc32(blob, key)))

    def get(self, key: int) -> bytes:
        """Raises IndexDamaged when what is read isn't what was written."""
        offset, length, crc = _SLOT.unpack(
            self._slots.read(key * _SLOT.size, _SLOT.size).ljust(_SLOT.size, b"\0")
        )
        blob = self._data.read(offset, length)
        if not length or crc32(blob, key) != crc:
            raise IndexDamaged(f"{self.name}: bài {key} trong đó bị hỏng; hãy chạy hoidap check")
        return blob

    def flush(self) -> None:
        """To the disk itself: when this returns, a power cut can't lose it."""
        self._data.flush()
        self._slots.flush()

    def close(self) -> None:
        """Ends writing, so that the files' times stay as they are; reading goes on."""
        self._data.close()
        self._slots.close()


class _MemoryFile:
    """Bytes at offsets, in memory."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def size(self) -> int:
        return len(self._bytes)

    def read(self, offset: int, length: int) -> bytes:
        """What there is of `[offset, offset + length)`."""
        return bytes(self._bytes[offset : offset + length])

    def write(self, offset: int, data: bytes) -> None:
        self._bytes += bytes(max(0, offset + len(data) - len(self._bytes)))
        self._bytes[offset : offset + len(data)] = data

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


class _DiskFile:
    """Bytes at offsets, on disk. Not buffered: what was written can be read at once.

    Opened for writing only when something is written: a reader needs no more than leave to read.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        self._path = path
        self._writing = self._opened("x+") if create else None
        self._map: mmap.mmap | None = None
        try:
            self._size = path.stat().st_size
        except FileNotFoundError as error:
            raise IndexDamaged(f"{path}: không có; hãy chạy hoidap check") from error

    def _opened(self, mode: str) -> FileIO:
        file = FileIO(self._path, mode)
        weakref.finalize(self, file.close)
        return file

    def size(self) -> int:
        return self._size

    def read(self, offset: int, length: int) -> bytes:
        """What there is of `[offset, offset + length)`."""
        mapped = self._map
        if mapped is None or len(mapped) < offset + length:
            mapped = self._mapped()
        return mapped[offset : offset + length] if mapped else b""

    def _mapped(self) -> mmap.mmap | None:
        """The file as it is now. A thread that still reads the map before this one keeps that alive."""
        with self._path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:  # nothing can't be mapped
                return None
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._map

    def write(self, offset: int, data: bytes) -> None:
        if self._writing is None:
            self._writing = self._opened("r+")
        self._writing.seek(offset)
        left = memoryview(data)
        while left:
            left = left[self._writing.write(left) :]
        self._size = max(self._size, offset + len(data))

    def flush(self) -> None:
        if self._writing is not None:
            os.fsync(self._writing.fileno())

    def close(self) -> None:
        if self._writing is not None:
            self._writing.close()
            self._writing = None


def _file(path: Path | None, *, create: bool) -> _MemoryFile | _DiskFile:
    return _DiskFile(path, create=create) if path else _MemoryFile()
