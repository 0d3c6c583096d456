"""Does the tree keep its own rules? Each guard also asserts that it saw something to guard."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("retrieval/**/*.py")])
MAX_LINES = 400
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "tools", "stuff"}

FORBIDDEN = {
    "a package registry's address": re.compile(
        r"https?://[a-z0-9.-]*(?:py" r"pi|python" r"hosted|npm" r"js|mav" r"en|deb" r"ian)[a-z0-9.-]*", re.I
    ),
    "a path of one machine": re.compile(r"/(?:wo" r"rk|ho" r"me|Us" r"ers)/\w|/ro" r"ot/\."),
    "a bot token": re.compile(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b"),
}
"""Patterns are split, so that this file does not hold what it looks for."""


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_modules_stay_small() -> None:
    assert len(MODULES) > 30
    too_long = {str(path.relative_to(ROOT)): n for path in MODULES if (n := _lines(path)) > MAX_LINES}
    assert too_long == {}


def test_modules_have_names_that_say_something() -> None:
    assert [path for path in MODULES if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_every_module_says_what_it_answers() -> None:
    silent = [path for path in MODULES if _lines(path) and not path.read_text().startswith('"""')]
    assert silent == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    files = _tracked()
    assert len(files) > 50
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files
        if path.name != "LICENSE"
        for match in [FORBIDDEN[what].search(path.read_text(encoding="utf-8", errors="replace"))]
        if match
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "example"),
    [
        ("a package registry's address", "https://py" + "pi.org/simple"),
        ("a path of one machine", "/ho" + "me/somebody"),
        ("a bot token", "12345678:" + "A" * 35),
    ],
)
def test_the_guards_would_see_it(what: str, example: str) -> None:
    assert FORBIDDEN[what].search(example)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
