"""Where are texts and term arrays? Each kind in a flat file, with a slot of fixed size for each document's
key.

Read in any thread and on any system. Nothing read stays with the process: a map of the files would show a whole large
index as its memory after some hundred questions. Data is only ever appended.
"""

from __future__ import annotations

import os
import struct
import weakref
from collections.abc import Sequence
from io import FileIO
from pathlib import Path
from threading import Lock
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.errors import IndexDamaged

_SLOT = struct.Struct("<QII")  # offset, length, CRC-32 of the data, begun with the key
Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
_NUMBER = 4
"""Bytes of the numbers that `numbers` reads."""


class BlobFile:
    """One blob of bytes for each key; `folder=None` holds them in memory."""

    def __init__(self, folder: Path | None, name: str, *, create: bool = False) -> None:
        self._data = _file(folder and folder / f"{name}.dat", create=create)
        self._slots = _file(folder and folder / f"{name}.idx", create=create)
        self.name = str(folder / f"{name}.dat") if folder else f"{name} in memory"
        self._checked: set[int] = set()

    def add(self, key: int, blob: bytes) -> None:
        offset = self._data.size()
        self._data.write(offset, blob)
        self._slots.write(key * _SLOT.size, _SLOT.pack(offset, len(blob), crc32(blob, key)))

    def get(self, key: int) -> bytes:
        """Raises IndexDamaged when what is read isn't what was written."""
        blob, crc = self._read(key)
        if crc32(blob, key) != crc:
            raise self._damage(key)
        return blob

    def numbers(self, keys: Sequence[int]) -> tuple[Numbers, Places, Places]:
        """Blobs of 32-bit numbers: (an array that holds them all, where each key's begins, where it ends).

        Each is compared with its CRC when it is first read. Raises IndexDamaged as `get` does.
        """
        blobs = []
        for key in keys:
            if key in self._checked:
                blobs.append(self._read(key)[0])
            else:
                blobs.append(self.get(key))
                self._checked.add(key)
        ends = np.cumsum([len(blob) // _NUMBER for blob in blobs], dtype=np.int64)
        return np.frombuffer(b"".join(blobs), np.uint32), np.concatenate([[0], ends])[:-1], ends

    def doubt(self) -> None:
        """Whatever `numbers` reads next is compared with its CRC, though it was before."""
        self._checked.clear()

    def is_in_place(self) -> bool:
        """Whether the file that is open is the one that has its name."""
        return self._data.is_in_place()

    def _read(self, key: int) -> tuple[bytes, int]:
        slot = self._slots.read(key * _SLOT.size, _SLOT.size).ljust(_SLOT.size, b"\0")
        offset, length, crc = _SLOT.unpack(slot)
        try:
            blob = self._data.read(offset, length)
        except (
            OSError,
            OverflowError,
            MemoryError,
        ) as error:  # a damaged slot names any place, of any length
            raise self._damage(key) from error
        if not blob or len(blob) != length:
            raise self._damage(key)
        return blob, crc

    def _damage(self, key: int) -> IndexDamaged:
        return IndexDamaged(f"{self.name}: bài {key} trong đó bị hỏng; hãy chạy hoidap check")

    def flush(self) -> None:
        """To the disk itself: when this returns, a power cut can't lose it."""
        self._data.flush()
        self._slots.flush()

    def close(self) -> None:
        """Ends reading and writing."""
        self._data.close()
        self._slots.close()


class _MemoryFile:
    """Bytes at offsets, in memory."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def size(self) -> int:
        return len(self._bytes)

    def is_in_place(self) -> bool:
        return True

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

    Opened for writing only when something is written: a reader needs no more than leave to read. It stays open for
    reading: a writer may put another folder in the place of this one before anything was read.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        self._path = path
        self._writing = self._opened("x+") if create else None
        self._seeking = Lock()
        try:
            self._reading = self._opened("r")
        except FileNotFoundError as error:
            raise IndexDamaged(f"{path}: không có; hãy chạy hoidap check") from error
        self._size = os.fstat(self._reading.fileno()).st_size

    def _opened(self, mode: str) -> FileIO:
        file = FileIO(self._path, mode)
        weakref.finalize(self, file.close)
        return file

    def size(self) -> int:
        return self._size

    def is_in_place(self) -> bool:
        """Whether the file that is open is the one that has its name."""
        try:
            return os.path.samestat(os.fstat(self._reading.fileno()), self._path.stat())
        except FileNotFoundError:
            return False

    def read(self, offset: int, length: int) -> bytes:
        """What there is of `[offset, offset + length)`."""
        if hasattr(os, "pread"):
            return os.pread(self._reading.fileno(), length, offset)
        with self._seeking:  # Windows
            self._reading.seek(offset)
            return self._reading.read(length)

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
        self._reading.close()
        if self._writing is not None:
            self._writing.close()
            self._writing = None


def _file(path: Path | None, *, create: bool) -> _MemoryFile | _DiskFile:
    return _DiskFile(path, create=create) if path else _MemoryFile()
