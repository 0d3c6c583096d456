"""Which rules are found, and what is left of a module when one of them is blanked."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.dead_rules import (
    SEEN,
    Rule,
    Trial,
    Watched,
    as_markdown,
    asked_beside,
    assigned_names,
    blank,
    changed,
    classify,
)

SOURCE = """
import re

__all__ = ["WORDS"]
WORDS = frozenset({"bao", "nhiêu"})
FEW, MANY = ("ít",), ("nhiều", "lắm")
UNITS: dict[str, str] = {"ký": "kg"}
PATTERN = re.compile("|".join(sorted(WORDS)))
LIMIT = 3


def told(text: str) -> bool:
    inner = ("không",)
    return bool(PATTERN.search(text)) or text in inner
"""


def _run(name: str) -> dict[str, Any]:
    space: dict[str, Any] = {}
    exec(compile(changed(ast.parse(SOURCE), {name: "blank({})"}), "rules", "exec"), space)
    return space


def test_names_are_those_that_the_module_itself_assigns() -> None:
    assert assigned_names(ast.parse(SOURCE)) == ["WORDS", "FEW", "MANY", "UNITS", "PATTERN", "LIMIT"]


@pytest.mark.parametrize(
    ("value", "kind", "size"),
    [
        (frozenset({"a", "b"}), "words", 2),
        ({"ký": ("kg", "cân")}, "words", 3),
        ((re.compile("a"), "b"), "words", 2),
        (re.compile("a"), "pattern", 1),
        ("xã|phường|thị trấn", "words", 3),
        ("Một câu thường.", "", 0),
        ((1, 2), "words", 0),
        (3, "", 0),
    ],
)
def test_a_rule_holds_words_or_is_a_pattern(value: object, kind: str, size: int) -> None:
    assert classify(value) == (kind, size)


def test_what_is_made_of_a_blanked_list_is_made_of_nothing() -> None:
    space = _run("WORDS")
    assert space["WORDS"] == frozenset()
    assert space["PATTERN"].pattern == ""
    assert space["UNITS"] == {"ký": "kg"}


def test_one_of_two_names_assigned_at_once_is_blanked() -> None:
    space = _run("MANY")
    assert (space["FEW"], space["MANY"]) == (("ít",), ())


def test_a_blanked_pattern_matches_nowhere() -> None:
    assert not _run("PATTERN")["told"]("bao nhiêu")
    assert blank(re.compile(b"a")).search(b"a") is None


def test_the_report_names_what_changes_nothing() -> None:
    dead, alive = Rule("retrieval.a", "WORDS", "words", 2), Rule("retrieval.a", "PATTERN", "pattern", 1)
    text = as_markdown([Trial(dead, "nothing"), Trial(alive, "answers", "+ a-01")])
    assert text.startswith("2 rules: 1 change nothing, 1 change answers, 0 can't be left out.")
    assert "| retrieval.a.WORDS | words | 2 |" in text
    assert "PATTERN" not in text


def test_a_watched_pattern_tells_where_it_matched_and_does_as_it_did() -> None:
    watched = Watched(re.compile(r"\d+"), "m.DIGITS")
    assert watched.search("không có số") is None
    assert watched.split("không") == ["không"]
    assert SEEN.parts.get("m.DIGITS") is None
    SEEN.part = 3
    assert [match.group() for match in watched.finditer("7 và 12")] == ["7", "12"]
    SEEN.part = 5
    assert watched.sub("n", "7 và 12") == "n và n"
    assert watched.pattern == r"\d+"
    assert SEEN.parts["m.DIGITS"] == {3, 5}


def test_a_set_beside_the_gate_is_asked(tmp_path: Path) -> None:
    text = "Xưởng gốm Nà Lịn có 14 thợ. Chủ xưởng là bà Lò Thị Sáng."
    passage = {
        "id": "p",
        "document_id": "d",
        "title": "Xưởng gốm Nà Lịn",
        "text": text,
        "start": 0,
        "end": len(text),
    }
    asked = [
        {"id": str(n), "question": words, "passage_id": "p", "answers": [], "answerable": True}
        for n, words in enumerate(("Xưởng gốm Nà Lịn có bao nhiêu thợ?", "Ai là chủ xưởng gốm?"))
    ]
    (tmp_path / "passages.jsonl").write_text(json.dumps(passage) + "\n", encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text(
        "".join(json.dumps(one) + "\n" for one in asked), encoding="utf-8"
    )
    lines = asked_beside(tmp_path, 1, -3).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Xưởng gốm Nà Lịn có bao nhiêu thợ? | True | [('")
    assert SEEN.part == -3
