"""Where are texts and term arrays? Each kind in a flat file, with a slot of fixed size for each document's
key.

Read through memory maps, in any thread and on any system: a question reads the arrays of some two hundred articles
where they lie, all at once. Processes share what they have read. Data is only ever appended.
"""

from __future__ import annotations

import mmap
import os
import struct
import weakref
from collections.abc import Sequence
from io import FileIO
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.errors import IndexDamaged

_SLOT = struct.Struct("<QII")  # offset, length, CRC-32 of the data, begun with the key
_SLOTS = np.dtype([("offset", "<u8"), ("length", "<u4"), ("crc", "<u4")])
Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
_ALIGNED = 4
"""Bytes of the numbers that `numbers` reads: each blob starts at a multiple of it."""


class BlobFile:
    """One blob of bytes for each key; `folder=None` holds them in memory."""

    def __init__(self, folder: Path | None, name: str, *, create: bool = False) -> None:
        self._data = _file(folder and folder / f"{name}.dat", create=create)
        self._slots = _file(folder and folder / f"{name}.idx", create=create)
        self.name = str(folder / f"{name}.dat") if folder else f"{name} in memory"
        self._checked: set[int] = set()

    def add(self, key: int, blob: bytes) -> None:
        offset = -(-self._data.size() // _ALIGNED) * _ALIGNED
        self._data.write(offset, blob)
        self._slots.write(key * _SLOT.size, _SLOT.pack(offset, len(blob), crc32(blob, key)))

    def get(self, key: int) -> bytes:
        """Raises IndexDamaged when what is read isn't what was written."""
        offset, length, crc = _SLOT.unpack(
            self._slots.read(key * _SLOT.size, _SLOT.size).ljust(_SLOT.size, b"\0")
        )
        blob = self._data.read(offset, length)
        if not length or crc32(blob, key) != crc:
            raise self._damage(key)
        return blob

    def numbers(self, keys: Sequence[int]) -> tuple[Numbers, Places, Places]:
        """Blobs of 32-bit numbers: (an array that holds them all, where each key's begins, where it ends).

        On disk nothing is copied; each blob is compared with its CRC when it is first read. Raises IndexDamaged as
        `get` does.
        """
        count = max(keys, default=-1) + 1
        slots = self._slots.mapped(count * _SLOT.size)
        if not count or len(slots) < count * _SLOT.size:
            return self._joined(keys)
        found = np.frombuffer(slots, _SLOTS, count)[np.array(keys)]
        begins, lengths = found["offset"].astype(np.int64), found["length"].astype(np.int64)
        ends = begins + lengths
        data = self._data.mapped(int(ends.max()))
        if ends.max() > len(data) or not lengths.all() or (begins % _ALIGNED).any():
            return self._joined(keys)
        for key, begin, end, crc in zip(
            keys, begins.tolist(), ends.tolist(), found["crc"].tolist(), strict=True
        ):
            if key not in self._checked:
                if crc32(data[begin:end], key) != crc:
                    raise self._damage(key)
                self._checked.add(key)
        flat = np.frombuffer(data, np.uint32, len(data) // _ALIGNED)
        return flat, begins // _ALIGNED, ends // _ALIGNED

    def _joined(self, keys: Sequence[int]) -> tuple[Numbers, Places, Places]:
        blobs = [self.get(key) for key in keys]
        ends = np.cumsum([len(blob) // _ALIGNED for blob in blobs], dtype=np.int64)
        return np.frombuffer(b"".join(blobs), np.uint32), np.concatenate([[0], ends])[:-1], ends

    def _damage(self, key: int) -> IndexDamaged:
        return IndexDamaged(f"{self.name}: bài {key} trong đó bị hỏng; hãy chạy hoidap check")

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

    def mapped(self, end: int) -> bytes:
        """Nothing: an array over bytes that grow would keep them from growing."""
        return b""

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
        self._map: mmap.mmap | None = None
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

    def read(self, offset: int, length: int) -> bytes:
        """What there is of `[offset, offset + length)`."""
        return self.mapped(offset + length)[offset : offset + length]

    def mapped(self, end: int) -> mmap.mmap | bytes:
        """The file, up to `end` at least if it is so long."""
        mapped = self._map
        if mapped is None or len(mapped) < end:
            mapped = self._mapped()
        return mapped or b""

    def _mapped(self) -> mmap.mmap | None:
        """The file as it is now. A thread that still reads the map before this one keeps that alive."""
        if not os.fstat(self._reading.fileno()).st_size:  # nothing can't be mapped
            return None
        self._map = mmap.mmap(self._reading.fileno(), 0, access=mmap.ACCESS_READ)
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
        self._reading.close()
        if self._writing is not None:
            self._writing.close()
            self._writing = None


def _file(path: Path | None, *, create: bool) -> _MemoryFile | _DiskFile:
    return _DiskFile(path, create=create) if path else _MemoryFile()
