"""Which files do these paths stand for? Folders are walked; hidden files, loops and side-cars are passed over."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval.corpus.facts import Report
from retrieval.corpus.overrides import SIDECAR
from retrieval.corpus.readers import SUFFIXES, suffix_of
from retrieval.errors import CorpusError, os_reason

_ABOUT_THE_FOLDER = ("readme", "license", "licence", "changelog")
"""Names of files that speak of the folder; they are read only when named themselves."""
_NO_FILE = "không phải tệp thường; hãy bỏ ra"
_PAGE_PARTS = "_files"
"""A browser saves `page.html` with its pictures and scripts in `page_files`."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """`root`: the folder that was asked for, or the file's own."""

    path: Path
    root: Path


def as_paths(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """Each path that was named, once. Raises CorpusError for one that isn't there."""
    named = [paths] if isinstance(paths, str | Path) else list(paths)
    found = [Path(path).expanduser() for path in dict.fromkeys(named)]
    if not found:
        raise CorpusError("chưa nêu đường dẫn; hãy nêu một tệp hoặc thư mục tài liệu")
    for path in found:
        if not os.path.lexists(path):
            raise CorpusError(f"{path}: không có tệp hay thư mục này; hãy kiểm tra đường dẫn")
    return found


def find_files(paths: str | Path | Iterable[str | Path], *, report: Report) -> Iterator[FoundFile]:
    """The files to read, folder by folder in the order of their names; files named themselves as they are.

    Reports what can't be looked into or is of no format that is read. Raises CorpusError for a missing path and
    for a folder that holds nothing to read.
    """
    for path in as_paths(paths):
        if not path.is_dir():
            if path.exists() and not path.is_file():  # a pipe would be waited for, a device read for ever
                report(str(path), _NO_FILE)
                continue
            yield FoundFile(path, path.parent)
            continue
        empty = True
        for found in _walk(path, path, frozenset(), report):
            empty = False
            yield FoundFile(found, path)
        if empty:
            raise CorpusError(
                f"{path}: không có tài liệu nào trong thư mục; đọc được các loại {', '.join(SUFFIXES)}"
            )


def _walk(folder: Path, root: Path, above: frozenset[tuple[int, int]], report: Report) -> Iterator[Path]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        report(str(folder), f"không mở được thư mục ({os_reason(error)}); hãy kiểm tra quyền đọc")
        return
    identity = (status.st_dev, status.st_ino)
    if identity in above:
        return
    pages = {
        entry.name.rsplit(".", 1)[0]
        for entry in entries
        if suffix_of(entry.name) == suffix_of("page.html") or entry.name.lower().endswith(".htm")
    }
    for entry in entries:
        name = entry.name
        if name.startswith((".", "~$")) or name == SIDECAR:
            continue
        path = Path(entry.path)
        try:
            mode = entry.stat().st_mode
        except OSError as error:
            report(str(path), f"không đọc được ({os_reason(error)}); hãy kiểm tra lại")
            continue
        if stat.S_ISDIR(mode):
            if not (name.endswith(_PAGE_PARTS) and name.removesuffix(_PAGE_PARTS) in pages):
                yield from _walk(path, root, above | {identity}, report)
        elif not stat.S_ISREG(mode):
            report(str(path), _NO_FILE)
        elif name.split(".", 1)[0].lower() not in _ABOUT_THE_FOLDER:
            yield path
