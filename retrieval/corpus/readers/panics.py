"""How does a library in Rust fail without a word to the user? Its panics print lines of code on standard error."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Iterator

_PANIC = re.compile(
    rb"\n?thread '[^'\n]*'(?: \(\d+\))? panicked at .*?(?:\nnote: run with `RUST_BACKTRACE[^\n]*|\Z)\n?",
    re.DOTALL,
)
_ERRORS = 2
"""The descriptor of standard error, to which Rust writes past Python's own stream."""
_lock = threading.Lock()


@contextlib.contextmanager
def without_panics() -> Iterator[None]:
    """Holds back what is written to standard error meanwhile, and writes it afterwards without the panics' lines."""
    with _lock, contextlib.ExitStack() as undo:
        try:
            held = undo.enter_context(tempfile.TemporaryFile())
            before = os.dup(_ERRORS)
            undo.callback(os.close, before)
            os.dup2(held.fileno(), _ERRORS)
        except OSError:  # there is no standard error, or no room for the file: lines may then be seen
            yield
            return
        try:
            yield
        finally:
            os.dup2(before, _ERRORS)
            held.seek(0)
            if written := _PANIC.sub(b"", held.read()):
                os.write(_ERRORS, written)
