"""What does somebody say about an article, in its front matter, its JSONL line or the folder's metadata.toml?

That overrides whatever the pages' own words suggest.
"""

from __future__ import annotations

import datetime
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from retrieval.corpus.facts import Facts, Report
from retrieval.corpus.metadata.dates import parse_date
from retrieval.errors import os_reason, toml_reason
from retrieval.records import Kind
from retrieval.vietnamese.characters import as_meant

SIDECAR = "metadata.toml"
_DEFAULTS = "defaults"


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("phải là một chuỗi chữ")
    return unicodedata.normalize("NFC", " ".join(str(value).split()))


def _words(value: object) -> str:
    return as_meant(_text(value))


def _date(value: object) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    date = parse_date(value) if isinstance(value, str) else None
    if date is None:
        raise ValueError(f"{value!r} không phải ngày; hãy viết như 2020-02-07 hoặc 07/02/2020")
    return date


def _people(value: object) -> str:
    return ", ".join(map(_words, value)) if isinstance(value, list) else _words(value)


def _kind(value: object) -> Kind:
    if value not in get_args(Kind):
        raise ValueError(f"{value!r} không dùng được; hãy chọn {' hoặc '.join(get_args(Kind))}")
    return value  # type: ignore[return-value]  # checked above


def _meta(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise ValueError("phải là một bảng có tên khóa")
    return value


_KEYS: dict[str, tuple[str, Callable[[object], object]]] = {
    "id": ("id", _text),
    "title": ("title", _words),
    "source": ("source", _words),
    "published": ("published", _date),
    "date": ("published", _date),
    "mentioned": ("mentioned", _date),
    "url": ("url", _text),
    "author": ("author", _people),
    "kind": ("kind", _kind),
    "number": ("number", _text),
    "meta": ("meta", _meta),
}


def read_facts(table: Mapping[str, Any], *, where: str, report: Report, strict: bool = False) -> Facts:
    """The table's known keys. A bad value is reported by its key and left out; so is an unknown key, if `strict`."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            if strict:
                report(where, f"{key}: không có khóa này; các khóa là {', '.join(_KEYS)}")
            continue
        if value in (None, "", "null", "~"):
            continue
        name, convert = _KEYS[key]
        try:
            found.setdefault(name, convert(value))
        except ValueError as error:
            report(where, f"{key}: {error}")
    return Facts(**found)


def sidecars(path: Path, *, root: Path) -> list[Path]:
    """The metadata.toml files that speak for a file, the nearest first: its folder's, then those up to the root's."""
    folders = []
    folder = path.parent
    while True:
        folders.append(folder)
        if folder in (root, root.parent) or folder == folder.parent:
            break
        folder = folder.parent
    return [side for folder in folders if (side := folder / SIDECAR).is_file()]


def read_sidecars(path: Path, *, root: Path, report: Report) -> tuple[Facts, Facts]:
    """(what they say of this very file, their `[defaults]`); a nearer side-car goes before a farther one.

    A side-car that can't be read is reported, and the file is read without it.
    """
    own, defaults = Facts(), Facts()
    for side in sidecars(path, root=root):
        tables = _load(side, side.stat().st_mtime_ns, report)
        name = unicodedata.normalize("NFC", path.relative_to(side.parent).as_posix())
        own = own.over(_read_table(tables, name, side, report))
        defaults = defaults.over(_read_table(tables, _DEFAULTS, side, report))
    return own, defaults


def _read_table(tables: Mapping[str, Any], key: str, side: Path, report: Report) -> Facts:
    table = tables.get(key, {})
    if not isinstance(table, dict):
        report(str(side), f'{key}: không phải một bảng; hãy viết ["{key}"] trên dòng riêng')
        return Facts()
    return read_facts(table, where=f"{side}: {key}", report=report, strict=True)


@lru_cache(maxsize=64)
def _parse(path: Path, changed: int) -> dict[str, Any] | str:
    """The tables, or why there are none. `changed`: when the file was last written, so that edits are seen."""
    try:
        return tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        return f"không đọc được ({os_reason(error)}); các tệp được đọc mà không có nó"
    except UnicodeDecodeError:
        return "không phải UTF-8; hãy lưu lại thành UTF-8; các tệp được đọc mà không có nó"
    except tomllib.TOMLDecodeError as error:
        return f"{toml_reason(error)}; hãy sửa lại; các tệp được đọc mà không có nó"


def _load(path: Path, changed: int, report: Report) -> dict[str, Any]:
    tables = _parse(path, changed)
    if isinstance(tables, str):
        report(str(path), tables)
        return {}
    return tables
