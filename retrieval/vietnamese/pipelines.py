"""Which parts of underthesea are loaded? Those that cut sentences and words, and no other.

Its package imports every pipeline it has (named entities, classification, an HTTP client), which takes longer than
half of what `hoidap ask` does. A part is imported here as if that package's own code had run already; once it is there,
`import underthesea` still gives a program the whole package. Where a part can't do without, the whole is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from threading import Lock
from types import ModuleType

_PACKAGE = "underthesea"
_LOADING = Lock()


def sent_tokenize(text: str) -> list[str]:
    """underthesea's sentences of the text."""
    return _part("pipeline.sent_tokenize").sent_tokenize(text)  # type: ignore[no-any-return]


def tokenize(text: str) -> list[str]:
    """underthesea's tokens of the text, of which its words are made."""
    return _part("pipeline.text_normalize", "pipeline.word_tokenize.regex_tokenize").tokenize(text)  # type: ignore[no-any-return]


def shipped_file(*parts: str) -> Path | None:
    """A file of the installed package; None where this underthesea has none there."""
    spec = find_spec(_PACKAGE)
    folders = (spec.submodule_search_locations if spec else None) or ()
    return next((path for path in (Path(folder, *parts) for folder in folders) if path.is_file()), None)


@cache
def _part(*names: str) -> ModuleType:
    """The last of these modules, which imports the others and is imported by them: in this order it works."""
    with _LOADING:
        spec = None if _PACKAGE in sys.modules else find_spec(_PACKAGE)
        if spec is None:
            return _imported(names)
        sys.modules[_PACKAGE] = module_from_spec(
            spec
        )  # has the package's folder, and has run none of its code
        try:
            return _imported(names)
        except (ImportError, AttributeError):
            for module in [each for each in sys.modules if each.startswith(f"{_PACKAGE}.")]:
                del sys.modules[module]
        finally:
            del sys.modules[_PACKAGE]
        return _imported(names)


def _imported(names: Iterable[str]) -> ModuleType:
    return [import_module(f"{_PACKAGE}.{name}") for name in names][-1]
