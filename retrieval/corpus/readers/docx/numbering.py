"""Which lists does a .docx file describe? Kinds of lists with their levels, and lists that begin anew or otherwise."""

from __future__ import annotations

from typing import Any

from retrieval.corpus.readers.docx.xml import W, attribute, number
from retrieval.corpus.readers.list_numbers import Level, Numbering


def read_numbering(part: Any) -> Numbering:
    """The lists of `numbering.xml`; none where there is no such part."""
    levels: dict[int, dict[int, Level]] = {}
    lists: dict[int, int] = {}
    starts: dict[tuple[int, int], int] = {}
    if part is None:
        return Numbering(levels, lists, starts)
    named: dict[str, int] = {}
    linked: dict[int, str] = {}
    for node in part.iter(f"{W}abstractNum"):
        kind = number(node, "abstractNumId")
        if kind is None:
            continue
        levels[kind] = _levels(node)
        if name := _value(node, "styleLink"):
            named[name] = kind
        if name := _value(node, "numStyleLink"):
            linked[kind] = name
    for kind, name in linked.items():
        levels[kind] = levels[kind] or levels.get(named.get(name, kind), {})
    for node in part.iter(f"{W}num"):
        identifier, kind = number(node, "numId"), number(node.find(f"{W}abstractNumId"))
        if identifier is None or kind is None:
            continue
        own: dict[int, Level] = {}
        for override in node.iter(f"{W}lvlOverride"):
            level, start = number(override, "ilvl"), number(override.find(f"{W}startOverride"))
            if level is not None and start is not None:
                starts[identifier, level] = start
            own |= _levels(override)
        if own:
            # A list with levels of its own is a kind of its own; numbers below zero are free for it.
            levels[-identifier - 1] = {**levels.get(kind, {}), **own}
            kind = -identifier - 1
        lists[identifier] = kind
    return Numbering(levels, lists, starts)


def _levels(node: Any) -> dict[int, Level]:
    return {at: _level(each) for each in node.iter(f"{W}lvl") if (at := number(each, "ilvl")) is not None}


def _level(node: Any) -> Level:
    start = number(node.find(f"{W}start"))
    legal = node.find(f"{W}isLgl")
    return Level(
        _value(node, "lvlText") or "",
        _value(node, "numFmt") or "decimal",
        1 if start is None else start,
        number(node.find(f"{W}lvlRestart")),
        legal is not None and attribute(legal, "val") not in ("0", "false"),
    )


def _value(node: Any, name: str) -> str | None:
    found = node.find(f"{W}{name}")
    return attribute(found, "val") if found is not None else None
