"""How is an index opened where nothing may be written? The engine locks its folder even to read: it gets another one.

The other one lies among the system's temporary files and holds links to the segments, which never change, and copies
of the two small files that name them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path

from retrieval.errors import IndexError_

_NAMING = ("meta.json", ".managed.json")


def may_write(folder: Path) -> bool:
    """Whether this user may make files in the folder."""
    if not os.access(folder, os.W_OK):
        return False
    if os.name == "posix":
        return True
    try:  # elsewhere the call above looks at one attribute only
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def stand_in(owner: object, folder: Path) -> Path:
    """A folder to open in the place of an engine's; it goes when `owner` does. Raises IndexError_."""
    try:
        beside = Path(tempfile.mkdtemp(prefix="hoidap-"))
    except OSError as error:
        raise IndexError_(
            f"{folder}: chỉ được đọc, mà không có thư mục cho tệp tạm; hãy đặt TMPDIR"
        ) from error
    weakref.finalize(owner, shutil.rmtree, beside, ignore_errors=True)
    for name in _NAMING:  # first: segments of a later commit do no harm
        if (folder / name).is_file():
            shutil.copyfile(folder / name, beside / name)
    for path in folder.iterdir():
        if path.name not in _NAMING and path.suffix != ".lock":
            _link(path.resolve(), beside / path.name)
    return beside


def _link(path: Path, link: Path) -> None:
    """Not every system lets every user make links."""
    for make in (os.symlink, os.link, shutil.copyfile):
        try:
            make(path, link)
        except OSError:
            continue
        return
