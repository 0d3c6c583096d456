"""What a person reads is Vietnamese: reports and errors of the command, of the bots' checks, of the service."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = (*sorted((ROOT / "bot").rglob("*.py")), ROOT / "retrieval" / "answering" / "pinned.py")
"""The last one refuses what an operator pins."""
TOLD = {
    "print", "say", "echo", "Option", "Argument", "BadParameter", "Problem", "SettingsError", "HoidapError",
    "QuestionError", "CorpusError", "Text",
}  # fmt: skip
"""Functions whose words a person reads."""
FEW = 3
"""Words: fewer are names of things, "PRETTY JSON"."""


def told(module: Path) -> Iterator[tuple[int, str]]:
    """(line, words) of what such a function is given; values that are put in are left out."""
    for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in TOLD:
            continue
        for given in (*call.args, *(one.value for one in call.keywords)):
            parts = given.values if isinstance(given, ast.JoinedStr) else [given]
            words = [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
            yield given.lineno, " ".join(words)


def test_what_people_read_is_vietnamese() -> None:
    seen, english = 0, []
    for module in MODULES:
        for line, words in told(module):
            if len(re.findall(r"[^\W\d_]{2,}", words)) < FEW:
                continue
            seen += 1
            if words.isascii() and "Authorization" not in words:
                english.append(f"{module.relative_to(ROOT)}:{line}: {words}")
    assert seen > 100
    assert english == []
