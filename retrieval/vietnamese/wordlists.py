"""Which words are known one by one? The lists of `words/`, each headed there by where it comes from."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("words")


@cache
def read_words(name: str) -> frozenset[str]:
    """The words of `words/NAME.txt`, apart by white space; lines with # first are remarks."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def read_phrases(name: str) -> tuple[str, ...]:
    """The lines of `words/NAME.txt`, in order; lines with # first are remarks."""
    return tuple(_lines(name))


@cache
def read_table(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of `words/NAME.toml`, each under its key."""
    table = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: tuple(values) for key, values in table.items()}


def _lines(name: str) -> list[str]:
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [stripped for line in lines if (stripped := line.strip()) and not stripped.startswith("#")]
