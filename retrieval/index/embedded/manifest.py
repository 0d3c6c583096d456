"""Are the files of an index the ones that were written? A manifest beside them says; it is replaced in one
step.

Each file has its size, CRC-32 and times in it. Opening compares sizes and times, and reads just the files
whose times differ: those of a copied index, until `hoidap check` has seen them, or damaged ones.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import struct
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec

from retrieval.errors import IndexDamaged, IndexError_, IndexMissing, IndexOutdated, os_reason
from retrieval.index.embedded.store import STORE, checksum

FORMAT = 3
"""Raised whenever an index written before can't be read any more."""

NAME = "manifest.json"
_CHUNK = 1 << 20
_REPLACING = 10
"""How often replacing the manifest is tried: half a second in all."""
_NO_CRC = -1
_FOOTER = struct.Struct("<II")  # length of the footer before this, tantivy's magic number
_MAGIC = 1337
_UNLISTED = ("-wal", "-shm", "-journal")
_GROWING = (".dat", ".idx")

FileSeal = tuple[int, int, int, int]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`files`: name below the index's folder -> (size, CRC-32 or -1 where it isn't known, times in ns of the
    last change of its content and of its entry).

    `writing`: a writer is at work, or was killed; files may then be newer than this list.
    """

    format: int = FORMAT
    analyzer: str
    epoch: str
    writing: bool
    generation: int = 0
    articles: int = 0
    passages: int = 0
    written: str = ""
    files: dict[str, FileSeal] = {}


def read(root: Path) -> Manifest:
    """Raises IndexMissing, IndexDamaged or IndexOutdated (written by another version)."""
    path = root / NAME
    try:
        content = json.loads(path.read_bytes())
        crc = content.pop("crc")
        if crc != _crc_of(content):
            raise ValueError("khác với lúc ghi")
        if content["format"] != FORMAT:
            raise IndexOutdated(
                f"{root}: do phiên bản khác của hoidap lập (dạng {content['format']}, ở đây {FORMAT});"
                f" hãy chạy hoidap index --rebuild --index {root}"
            )
        return msgspec.convert(content, Manifest)
    except FileNotFoundError as error:
        if any(
            path.stat().st_size for path in root.glob("*/texts.dat")
        ):  # else it was never finished being made
            raise IndexDamaged(f"{path}: không có; hãy chạy hoidap index --rebuild --index {root}") from error
        raise IndexMissing(
            f"{root}: không có chỉ mục ở đó; hãy lập bằng hoidap index ĐƯỜNG_DẪN --index {root}"
        ) from error
    except NotADirectoryError as error:
        raise IndexMissing(
            f"{root}: không phải thư mục nên không phải chỉ mục; hãy nêu thư mục của chỉ mục"
        ) from error
    except OSError as error:
        raise IndexError_(f"{path}: không đọc được ({os_reason(error)}); hãy xem lại đường dẫn") from error
    except (ValueError, KeyError, TypeError, AttributeError, msgspec.ValidationError) as error:
        raise IndexDamaged(
            f"{path}: bị hỏng ({' '.join(str(error).split())}); hãy chạy hoidap index --rebuild --index {root}"
        ) from error


def write(root: Path, manifest: Manifest) -> None:
    """Replaces the manifest; on the disk when this returns."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    content = msgspec.to_builtins(msgspec.structs.replace(manifest, written=now))
    content["crc"] = _crc_of(content)
    _replace(root / NAME, json.dumps(content, indent=1).encode())


def _crc_of(content: dict[str, Any]) -> int:
    return crc32(json.dumps(content, sort_keys=True).encode())


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    with contextlib.suppress(
        PermissionError
    ):  # where folders can't be opened, their entries are safe without
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _put_in_place(beside: Path, path: Path) -> None:
    """Tries again where the system replaces no file that somebody just reads."""
    for attempt in range(_REPLACING):
        try:
            beside.replace(path)
            return
        except PermissionError:
            if attempt == _REPLACING - 1:
                raise
            time.sleep(0.01 * (attempt + 1))


def listed_files(root: Path, epoch: str) -> Iterator[Path]:
    """The files that a manifest lists. Segments that no commit names are what a writer left behind: not
    these.
    """
    folder = root / epoch
    committed = {meta.parent: _segments(meta) for meta in folder.glob("*/meta.json")}
    for path in sorted(folder.rglob("*")):
        left_behind = path.name.startswith(".tmp") or path.name.endswith(_UNLISTED)
        if (
            path.is_file()
            and not left_behind
            and (not _is_segment(path) or path.stem in committed[path.parent])
        ):
            yield path


def _segments(meta: Path) -> set[str]:
    """The segments that an engine's last commit consists of. Raises IndexDamaged."""
    try:
        return {entry["segment_id"].replace("-", "") for entry in json.loads(meta.read_bytes())["segments"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{meta}: khác với lúc ghi; hãy chạy hoidap check") from error


def seal(root: Path, manifest: Manifest, *, settled: bool) -> Manifest:
    """The manifest with the files as they now are; only what is new is read.

    `settled`: the database holds everything itself, so that its checksum will hold.
    """
    files: dict[str, FileSeal] = {}
    for path in listed_files(root, manifest.epoch):
        if path.stat().st_mode & 0o777 == 0o600:  # the engine makes some that only their owner may read
            path.chmod(0o644)
        name, (size, *times) = path.relative_to(root).as_posix(), _seen(path)
        before = manifest.files.get(name)
        if path.name == STORE and not settled:
            crc = _NO_CRC
        elif before and before[0] == size and _is_segment(path):
            crc = before[1]
        elif before and path.suffix == ".dat" and before[0] <= size:
            crc = _crc(path, start=before[0], crc=before[1])
        else:
            crc = _crc(path)
        files[name] = (size, crc, times[0], times[1])
    return msgspec.structs.replace(manifest, files=files)


def verify(
    root: Path, manifest: Manifest, *, thorough: bool = False, live: bool = False
) -> list[tuple[Path, str]]:
    """(file, what is wrong with it). `thorough`: reads all of them. `live`: a writer is at work just now."""
    problems: list[tuple[Path, str]] = []
    for name, (size, crc, *times) in manifest.files.items():
        path = root / name
        if (
            path.suffix == ".lock" and not thorough
        ):  # the engine makes a lock's file itself where there is none
            continue
        if manifest.writing and not _is_segment(path):
            problems += _verify_growing(path, size)
            continue
        try:
            now, *times_now = _seen(path)
        except FileNotFoundError:
            if not manifest.writing:  # a merge may have replaced it
                problems.append((path, "không có"))
            continue
        if now != size and crc != _NO_CRC:
            problems.append((path, f"{now} byte, đáng lẽ {size}"))
        elif crc != _NO_CRC and (thorough or times != times_now) and _crc(path) != crc:
            problems.append((path, "khác với lúc ghi"))
    if manifest.writing and not live:
        problems += _verify_unlisted(root, manifest)
    return problems


def with_times(root: Path, manifest: Manifest) -> Manifest:
    """The manifest with the times that its files have now; only for files that were just verified."""
    files = {}
    for name, (_, crc, *_) in manifest.files.items():
        size, changed, entered = _seen(root / name)
        files[name] = (size, crc, changed, entered)
    return msgspec.structs.replace(manifest, files=files)


def _verify_growing(path: Path, size: int) -> list[tuple[Path, str]]:
    if not path.is_file():
        return [(path, "không có")]
    if path.suffix in _GROWING and path.stat().st_size < size:
        return [(path, f"{path.stat().st_size} byte, đáng lẽ ít nhất {size}")]
    return []


def _verify_unlisted(root: Path, manifest: Manifest) -> list[tuple[Path, str]]:
    """Segments that a killed writer has committed: the engine's own checksum at the end of each file tells."""
    try:
        files = list(listed_files(root, manifest.epoch))
    except IndexDamaged as error:
        return [(Path(str(error).partition(":")[0]), "khác với lúc ghi")]
    return [
        (path, "khác với lúc ghi")
        for path in files
        if _is_segment(path)
        and path.relative_to(root).as_posix() not in manifest.files
        and not has_right_footer(path)
    ]


def has_right_footer(path: Path) -> bool:
    """Whether a segment file's own checksum is right."""
    content = path.read_bytes()
    try:
        length, magic = _FOOTER.unpack(content[-_FOOTER.size :])
        end = len(content) - _FOOTER.size - length
        return bool(
            magic == _MAGIC and crc32(content[:end]) == json.loads(content[end : -_FOOTER.size])["crc"]
        )
    except (struct.error, ValueError, KeyError, TypeError):
        return False


def _is_segment(path: Path) -> bool:
    """Written once by the engine, and never changed."""
    return len(path.stem) == 32 and path.suffix not in (".lock", ".json")


def _crc(path: Path, *, start: int = 0, crc: int = 0) -> int:
    if path.name == STORE:
        return checksum(path)
    with path.open("rb") as file:
        file.seek(start)
        while chunk := file.read(_CHUNK):
            crc = crc32(chunk, crc)
    return crc


def _seen(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
