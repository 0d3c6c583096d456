"""Does the code on the library's page do what the page says?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"(?:^ {4}.*\n|^\n(?= {4}))+", re.MULTILINE)


def test_the_pages_code_runs_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = CODE.findall((ROOT / "docs" / "library.md").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    for block in blocks:
        exec("\n".join(line[4:] for line in block.splitlines()), names)
    assert len(blocks) >= 3
    assert names["turn"].understood == "Kiến Tường kết nạp được bao nhiêu đảng viên?"
    assert "379" in names["turn"].answer.hits[0].passage.text
    assert names["turns"] == names["conversation"].turns
