"""Which lines without any mark are a list's: below "… gồm có:", with a label each, or short ones below another?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrieval.corpus.lines import Line
from retrieval.corpus.structure.headings import is_label_line, looks_like_heading
from retrieval.corpus.structure.series import Member, words_in
from retrieval.records import BlockKind

_ITEM = 40
"""Words: no item of a list without marks is longer."""
_NAME = 12
"""Words: no item of a list that nothing opens with a colon is longer."""
_FOOT = 4
"""Syllables: no verse has fewer."""
_SENTENCE = 20
"""Words from which a line with a full stop is running text rather than such an item."""


def mark_unmarked_lists(
    lines: Sequence[Line], kinds: list[BlockKind | None], members: Mapping[int, Member]
) -> None:
    """Lines below "… gồm có:" without any marks, and lines with a label each, are items."""
    spaced = all_spaced(lines)
    number = 0
    while number < len(lines) - 1:
        if lines[number].text.endswith(":") and kinds[number] in (None, "item"):
            end = _list_end(lines, kinds, members, number + 1, spaced)
            if end - number > 2:
                kinds[number + 1 : end] = ["item"] * (end - number - 1)
                number = end
                continue
        number += 1
    if not spaced:
        _mark_short_lines(lines, kinds, members)
    labels = [
        kind is None and n not in members and is_label_line(lines[n].text) for n, kind in enumerate(kinds)
    ]
    for number, label in enumerate(labels):
        if label and ((number and labels[number - 1]) or (number + 1 < len(labels) and labels[number + 1])):
            kinds[number] = "item"


def _mark_short_lines(
    lines: Sequence[Line], kinds: list[BlockKind | None], members: Mapping[int, Member]
) -> None:
    """Short lines without closing marks below another are its list: "Nguyên liệu", "200 gam thịt", "2 quả ớt"."""
    shaped = [
        kinds[n] is None
        and n not in members
        and words_in(line.text) <= _NAME
        and looks_like_heading(line.text)
        for n, line in enumerate(lines)
    ]
    start = 0
    while start < len(lines):
        end = start + 1
        if shaped[start]:
            while end < len(lines) and shaped[end] and not lines[end].after_blank:
                if lines[end].text.isupper() and not lines[start + 1].text.isupper():
                    break
                end += 1
            heads = end < len(lines) and lines[end].text.isupper()
            whole = end == len(lines) or lines[end].after_blank or heads
            opens = lines[start].after_blank or lines[start].text.isupper()
            few = 2 if lines[start].text.isupper() else 3
            if whole and opens and end - start > few and not _are_verses(lines[start:end]):
                kinds[start + 1 : end] = ["item"] * (end - start - 1)
        start = end


def _are_verses(lines: Sequence[Line]) -> bool:
    """Whether the lines have a metre: as many syllables each, or two numbers of them by turns."""
    counts = [words_in(line.text) for line in lines]
    return min(counts) >= _FOOT and len(set(counts[::2])) == len(set(counts[1::2])) == 1


def all_spaced(lines: Sequence[Line]) -> bool:
    """Whether blank lines stand nearly everywhere, so that they say nothing."""
    told = [line for line in lines if line.kind is None]
    return sum(line.after_blank for line in told) > 0.9 * len(told)


def _list_end(
    lines: Sequence[Line],
    kinds: Sequence[BlockKind | None],
    members: Mapping[int, Member],
    first: int,
    spaced: bool,
) -> int:
    number = first
    while number < len(lines):
        line = lines[number]
        if (
            kinds[number] is not None
            or number in members
            or words_in(line.text) > _ITEM
            or line.text[-1] in ":?"
        ):
            break
        if number > first:
            above = lines[number - 1].text
            if line.after_blank and not spaced:
                break
            if line.text.endswith(".") and not above.endswith((";", ",", ".")):
                break
            if above.endswith(".") and number - 2 >= first and lines[number - 2].text.endswith((";", ",")):
                break
        if line.text.endswith(".") and words_in(line.text) > _SENTENCE:
            break
        number += 1
    return number
