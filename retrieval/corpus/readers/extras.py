"""Is the library installed that a format needs? Those are extras, so that a plain install stays small."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from retrieval.errors import UnreadableFile


def load_extra(module: str, *, extra: str, where: str) -> ModuleType:
    """The module. Raises UnreadableFile, which names the extra to install."""
    try:
        return import_module(module)
    except ImportError as error:
        raise UnreadableFile(
            where, f"the library for it is missing; pip install 'hoidap[{extra}]'"
        ) from error
