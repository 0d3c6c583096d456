"""Where are texts and term arrays? Each kind in a flat file, with a slot of fixed size for each document's
key.

Read piece by piece: a question reads the arrays of some two hundred articles. A memory map would be no faster
here, and count whatever was ever touched as the process's memory. Data is only ever appended.
"""

from __future__ import annotations

import os
import struct
import weakref
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
            raise IndexDamaged(f"{self.name}: document {key} in it is damaged; run hoidap check")
        return blob

    def flush(self) -> None:
        """To the disk itself: when this returns, a power cut can't lose it."""
        self._data.flush()
        self._slots.flush()


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


class _DiskFile:
    """Bytes at offsets, on disk. Not buffered: what was written can be read at once."""

    def __init__(self, path: Path, *, create: bool) -> None:
        try:
            self._descriptor = os.open(path, os.O_RDWR | (os.O_CREAT | os.O_EXCL if create else 0), 0o644)
        except PermissionError:
            self._descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError as error:
            raise IndexDamaged(f"{path}: missing; run hoidap check") from error
        weakref.finalize(self, os.close, self._descriptor)
        self._size = os.fstat(self._descriptor).st_size

    def size(self) -> int:
        return self._size

    def read(self, offset: int, length: int) -> bytes:
        """What there is of `[offset, offset + length)`."""
        return os.pread(self._descriptor, length, offset)

    def write(self, offset: int, data: bytes) -> None:
        os.pwrite(self._descriptor, data, offset)
        self._size = max(self._size, offset + len(data))

    def flush(self) -> None:
        os.fsync(self._descriptor)


def _file(path: Path | None, *, create: bool) -> _MemoryFile | _DiskFile:
    return _DiskFile(path, create=create) if path else _MemoryFile()
