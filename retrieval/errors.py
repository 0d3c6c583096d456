"""Every error a caller may meet. The message is one line that names the thing, the place and the mend.

HoidapError
├── SettingsError        a settings or lexicon file that can't be used
├── CorpusError          nothing to read: a missing path, a folder without documents
│   └── UnreadableFile   one file that can't be read; the rest goes on
├── IndexError_          an index that can't be opened
│   ├── IndexMissing     no index there
│   ├── IndexDamaged     a file of it is missing or not what was written
│   ├── IndexOutdated    written by another version or with another analyzer
│   ├── IndexLocked      another process is writing to it
│   ├── IndexReadOnly    this account may not write to it
│   ├── IndexUnreachable a cluster that doesn't answer, or not as it should
│   └── SnapshotLost     what a snapshot was read from is gone; a new one answers
└── QuestionError        a question that can't be searched: empty, or nothing in it to look for
"""

from __future__ import annotations

import errno
import re

_REASONS = {
    errno.EACCES: "không có quyền, hoặc chương trình khác đang giữ",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có ở đó",
    errno.ENOTDIR: "không có ở đó",
    errno.EISDIR: "là một thư mục",
    errno.ELOOP: "liên kết vòng",
    errno.EBUSY: "chương trình khác đang giữ",
    errno.EIO: "lỗi ổ đĩa",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ESTALE: "mất kết nối với ổ mạng",
    errno.ETIMEDOUT: "mất kết nối với ổ mạng",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EADDRINUSE: "chương trình khác đang dùng",
    errno.EPIPE: "nơi nhận đã đóng",
}
_KINDS = {
    "int": "số nguyên",
    "float": "số",
    "str": "chữ trong ngoặc kép",
    "bool": "true hoặc false",
    "array": "danh sách",
    "object": "bảng",
    "null": "để trống",
}
_ENUM = re.compile(r"Invalid enum value '?(?P<value>.*?)'? - at `\$\.(?P<at>.*)`")
_VALUE = re.compile(
    r"(?:Expected `(?P<kinds>[^`]+)`(?: (?P<sign>[<>]=?) (?P<bound>\S+))?(?:, got `\w+`)?"
    r"|Object contains unknown field `(?P<unknown>[^`]*)`)(?: - at `\$\.?(?P<at>[^`]*)`)?"
)
_BOUNDS = {">=": "từ {} trở lên", ">": "trên {}", "<=": "từ {} trở xuống", "<": "dưới {}"}
_PLACE = re.compile(r"at line (\d+), column (\d+)\)$")


class HoidapError(Exception):
    """The root of the tree."""


class SettingsError(HoidapError):
    pass


class CorpusError(HoidapError):
    pass


class UnreadableFile(CorpusError):
    """`where`: the file, or file:line. `reason`: what is wrong and how to mend it."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class IndexError_(HoidapError):
    """Named with an underscore: Python has an IndexError of its own."""


class IndexMissing(IndexError_):
    pass


class IndexDamaged(IndexError_):
    pass


class IndexOutdated(IndexError_):
    pass


class IndexLocked(IndexError_):
    pass


class IndexReadOnly(IndexError_):
    pass


class IndexUnreachable(IndexError_):
    pass


class SnapshotLost(IndexError_):
    pass


class QuestionError(HoidapError):
    pass


def os_reason(error: OSError) -> str:
    """What the system says, in Vietnamese where it is common."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def toml_reason(error: Exception) -> str:
    """Where a TOML text is broken; the parser's own words are English, and the place says more."""
    place = _PLACE.search(str(error))
    return f"sai cú pháp TOML ở {f'dòng {place[1]}, cột {place[2]}' if place else 'cuối tệp'}"


def value_reason(error: Exception) -> str:
    """Which setting has a wrong value and what it may have; msgspec says it in English."""
    if enum := _ENUM.fullmatch(str(error)):
        return f"{enum['at']}: không nhận “{enum['value']}”"
    found = _VALUE.fullmatch(str(error))
    if found is None:
        return str(error)
    if found["unknown"] is not None:
        return f"không có thiết lập “{'.'.join(filter(None, (found['at'], found['unknown'])))}”"
    kinds = " hoặc ".join(_KINDS.get(kind, kind) for kind in found["kinds"].split(" | "))
    bound = f" {_BOUNDS[found['sign']].format(found['bound'].removesuffix('.0'))}" if found["sign"] else ""
    return f"{found['at'] or 'cả tệp'}: phải là {kinds}{bound}"
