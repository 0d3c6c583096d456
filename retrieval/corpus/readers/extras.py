"""Is the library there that a format needs? Loaded when the first such file is read: a question must start at once."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from retrieval.errors import UnreadableFile


def load_extra(module: str, *, extra: str, where: str) -> ModuleType:
    """The module. Raises UnreadableFile, which says how to install it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise UnreadableFile(
            where, f"thiếu thư viện đọc {extra}; hãy chạy pip install --upgrade 'hoidap[all]'"
        ) from error
