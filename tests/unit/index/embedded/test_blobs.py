from __future__ import annotations

from pathlib import Path

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


def test_an_open_reader_sees_what_is_added(tmp_path: Path) -> None:
    writing = BlobFile(tmp_path, "some", create=True)
    writing.add(1, b"one")
    reading = BlobFile(tmp_path, "some")
    assert bytes(reading.get(1)) == b"one"
    writing.add(2, b"two")
    assert bytes(reading.get(2)) == b"two"


def test_a_blob_under_another_key_is_damage(tmp_path: Path) -> None:
    blobs = BlobFile(tmp_path, "some", create=True)
    blobs.add(1, b"one")
    blobs.add(2, b"two")
    slots = bytearray((tmp_path / "some.idx").read_bytes())
    slots[16:32], slots[32:48] = slots[32:48], slots[16:32]
    (tmp_path / "some.idx").write_bytes(slots)
    with pytest.raises(IndexDamaged):
        BlobFile(tmp_path, "some").get(1)
