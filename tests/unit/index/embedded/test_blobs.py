from __future__ import annotations

import os
import shutil
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import IndexDamaged
from retrieval.index.embedded.blobs import BlobFile


@pytest.mark.parametrize("on_disk", [False, True])
def test_gives_back_what_was_added_in_any_order(tmp_path: Path, on_disk: bool) -> None:
    blobs = BlobFile(tmp_path if on_disk else None, "some", create=True)
    for key in (3, 1, 7):
        blobs.add(key, b"%d" % key * 1000)
        assert bytes(blobs.get(key)) == b"%d" % key * 1000
    blobs.add(1, b"anew")
    assert bytes(blobs.get(1)) == b"anew"
    assert bytes(blobs.get(7)) == b"7" * 1000


@pytest.mark.parametrize("on_disk", [False, True])
@pytest.mark.parametrize("key", [0, 2, 99])
def test_a_key_without_a_blob_is_damage(tmp_path: Path, on_disk: bool, key: int) -> None:
    blobs = BlobFile(tmp_path if on_disk else None, "some", create=True)
    blobs.add(1, b"one")
    blobs.add(3, b"three")
    with pytest.raises(IndexDamaged, match=f"bài {key} "):
        blobs.get(key)


@pytest.mark.parametrize("system", ["posix", "nt"])
def test_many_threads_read_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    if system == "nt":
        monkeypatch.delattr(os, "pread", raising=False)
    blobs = BlobFile(tmp_path, "some", create=True)
    for key in range(1, 60):
        blobs.add(key, b"%d" % key * 500)

    def read(first: int) -> bool:
        keys = [1 + (first + step) % 59 for step in range(600)]
        return all(blobs.get(key) == b"%d" % key * 500 for key in keys)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(read, range(8)))


def test_an_open_reader_sees_what_is_added(tmp_path: Path) -> None:
    writing = BlobFile(tmp_path, "some", create=True)
    writing.add(1, b"one")
    reading = BlobFile(tmp_path, "some")
    assert bytes(reading.get(1)) == b"one"
    writing.add(2, b"two")
    assert bytes(reading.get(2)) == b"two"


@pytest.mark.parametrize("slot", [(2**63, 4), (2**63 - 5, 10), (2**62, 4), (0, 2**32 - 1), (2, 8)])
@pytest.mark.parametrize("checked", [False, True])
def test_a_slot_that_names_any_other_place_is_damage(
    tmp_path: Path, slot: tuple[int, int], checked: bool
) -> None:
    blobs = BlobFile(tmp_path, "some", create=True)
    blobs.add(1, b"four")
    crc = (tmp_path / "some.idx").read_bytes()[28:]
    if checked:
        blobs.numbers([1])
    (tmp_path / "some.idx").write_bytes(bytes(16) + struct.pack("<QI", *slot) + crc)
    for read in (lambda: blobs.get(1), lambda: blobs.numbers([1])):
        with pytest.raises(IndexDamaged, match="bài 1 "):
            read()


def test_a_blob_under_another_key_is_damage(tmp_path: Path) -> None:
    blobs = BlobFile(tmp_path, "some", create=True)
    blobs.add(1, b"one")
    blobs.add(2, b"two")
    slots = bytearray((tmp_path / "some.idx").read_bytes())
    slots[16:32], slots[32:48] = slots[32:48], slots[16:32]
    (tmp_path / "some.idx").write_bytes(slots)
    with pytest.raises(IndexDamaged):
        BlobFile(tmp_path, "some").get(1)


@pytest.mark.parametrize("on_disk", [False, True])
def test_gives_blobs_of_numbers(tmp_path: Path, on_disk: bool) -> None:
    blobs = BlobFile(tmp_path if on_disk else None, "some", create=True)
    numbers = {key: np.arange(key, 3 * key, dtype=np.uint32) for key in (4, 2, 9)}
    for key, own in numbers.items():
        blobs.add(key, own.tobytes())
    flat, begins, ends = blobs.numbers([9, 4])
    found = [flat[begin:end].tolist() for begin, end in zip(begins, ends, strict=True)]
    assert found == [numbers[9].tolist(), numbers[4].tolist()]
    assert [len(array) for array in blobs.numbers([])[1:]] == [0, 0]
    for lacking in (3, 50):
        with pytest.raises(IndexDamaged, match=f"bài {lacking} "):
            blobs.numbers([4, lacking])


def test_blobs_of_numbers_that_are_damaged_are_named(tmp_path: Path) -> None:
    blobs = BlobFile(tmp_path, "some", create=True)
    for key in (1, 2):
        blobs.add(key, np.full(10, key, np.uint32).tobytes())
    blobs.close()
    data = bytearray((tmp_path / "some.dat").read_bytes())
    data[50] ^= 1
    (tmp_path / "some.dat").write_bytes(data)
    reading = BlobFile(tmp_path, "some")
    assert len(reading.numbers([1])[0])
    with pytest.raises(IndexDamaged, match="bài 2 "):
        reading.numbers([1, 2])


def test_numbers_after_one_of_another_length(tmp_path: Path) -> None:
    blobs = BlobFile(tmp_path, "some", create=True)
    blobs.add(1, b"abc")
    own = np.arange(5, dtype=np.uint32)
    blobs.add(2, own.tobytes())
    flat, begins, ends = blobs.numbers([2])
    assert flat[begins[0] : ends[0]].tolist() == own.tolist()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder in which files are open")
def test_an_open_reader_still_reads_when_its_folder_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "0001"
    folder.mkdir()
    writing = BlobFile(folder, "some", create=True)
    writing.add(1, b"one")
    writing.flush()
    reading = BlobFile(folder, "some")
    shutil.rmtree(folder)
    assert bytes(reading.get(1)) == b"one"
