"""How do lines become a document's blocks? Series, tables and lead-ins first; what is left may be a heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrieval.corpus.lines import Line, split_lines
from retrieval.corpus.structure.headings import (
    CAPITALS,
    DEEPEST,
    LONGEST,
    QUESTION,
    Found,
    is_caption,
    is_question,
    levels,
    looks_like_heading,
    plain_strength,
    repeated,
    strength_of,
)
from retrieval.corpus.structure.markers import marker_of
from retrieval.corpus.structure.series import Member, find_series, split_run_in, words_in
from retrieval.corpus.structure.tables import find_rows
from retrieval.corpus.structure.unmarked import all_spaced, mark_unmarked_lists
from retrieval.records import Block, BlockKind

_VALUE = 20
"""Words: what stands below a label alone on its line has no more."""
_CLAUSE = 5
"""Words from which a line right above a list opens it rather than heads a section."""


def infer_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text. Every character that isn't white space is in exactly one of them.

    Time grows with the text's length. Nothing fails: what has no shape of its own is a paragraph.
    """
    return build_blocks(split_lines(text))


def lines_of(text: str, blocks: Sequence[Block]) -> list[Line]:
    """The lines of a text whose format told its `blocks`; paragraphs, and what no block holds, are read line by line.

    Blocks that overlap are cut where the next begins; their edges are moved to where words begin and end.
    """
    lines: list[Line] = []
    at = 0
    for block in sorted(blocks, key=lambda block: block.start):
        start, end = max(block.start, at), min(block.end, len(text))
        if start >= end:
            continue
        lines += _plain_lines(text, at, start, None)
        if block.kind == "paragraph":
            lines += _plain_lines(text, start, end, block.page)
        else:
            words = text[start:end]
            if words.strip():
                begin = start + len(words) - len(words.lstrip())
                stop = start + len(words.rstrip())
                shown = " ".join(text[begin:stop].split("\n"))
                blank = "\n\n" in text[at:begin]
                lines.append(
                    Line(shown, blank or not lines, begin, stop, block.kind, block.level, block.page)
                )
        at = max(at, end)
    return lines + _plain_lines(text, at, len(text), None)


def _plain_lines(text: str, start: int, end: int, page: int | None) -> list[Line]:
    if not text[start:end].strip():
        return []
    return [
        line._replace(start=line.start + start, end=line.end + start, page=page)
        for line in split_lines(text[start:end])
    ]


def build_blocks(lines: Sequence[Line], labels: Mapping[int, BlockKind] | None = None) -> tuple[Block, ...]:
    """The blocks of a text's lines. `labels`: what is known of a line already, by its number."""
    if labels:
        lines = [line._replace(kind=_labelled(lines, n, labels)) for n, line in enumerate(lines)]
    lines, members = _with_series(_with_names(lines))
    kinds: list[BlockKind | None] = [line.kind for line in lines]
    depth = [line.level for line in lines]
    rows = find_rows(lines, [kind is None and n not in members for n, kind in enumerate(kinds)])
    for number, level in rows.items():
        kinds[number], depth[number] = "row", level
    for number, line in enumerate(lines):
        if kinds[number] is None and number not in members and is_caption(line.text):
            kinds[number] = "caption"
    for number, member in members.items():
        if kinds[number] is None and not member.heads:
            kinds[number] = "item"
    mark_unmarked_lists(lines, kinds, members)
    _mark_headings(lines, kinds, depth, members)
    _set_item_levels(lines, kinds, depth, members)
    return tuple(_blocks(lines, kinds, depth))


def _labelled(lines: Sequence[Line], number: int, labels: Mapping[int, BlockKind]) -> BlockKind | None:
    """What a line is by its label. A title that the format tells as one of several headings of a level is one of them:
    it heads only what stands above the next."""
    line, label = lines[number], labels.get(number)
    if label == "title" and line.kind == "heading":
        others = (each for n, each in enumerate(lines) if each.kind == "heading" and n != number)
        if any(other.level <= line.level for other in others):
            return "heading"
    return label or line.kind


def _with_names(lines: Sequence[Line]) -> list[Line]:
    """The lines, a division's number and the name on the line below it as one: "Chương I", "QUY ĐỊNH CHUNG"."""
    result: list[Line] = []
    for line in lines:
        above = result[-1] if result else None
        if (
            above is not None
            and above.kind in (None, "heading")
            and line.kind in (None, above.kind)
            and looks_like_heading(line.text)
            and (marker := marker_of(above.text)) is not None
            and marker.part
            and marker.end >= len(above.text)
            and marker_of(line.text) is None
        ):
            result[-1] = above._replace(text=f"{above.text} {line.text}", end=line.end)
        else:
            result.append(line)
    return result


def _with_series(lines: Sequence[Line]) -> tuple[list[Line], dict[int, Member]]:
    """The lines, divisions whose text stands on their own line cut in two, and the series' members among them."""
    found = find_series(lines, [line.kind is None for line in lines])
    result: list[Line] = []
    members: dict[int, Member] = {}
    for number, line in enumerate(lines):
        member = found.get(number)
        parts = split_run_in(line, member.marker) if member else None
        if member:
            members[len(result)] = member
        if parts:
            result.append(parts[0]._replace(kind=None))
            result.append(parts[1])
        else:
            result.append(line)
    return result, members


def _mark_headings(
    lines: Sequence[Line], kinds: list[BlockKind | None], depth: list[int], members: Mapping[int, Member]
) -> None:
    given = [n for n, kind in enumerate(kinds) if kind == "heading"]
    numbered = [
        (n, member)
        for n, member in sorted(members.items())
        if kinds[n] is None
        and member.heads
        and len(lines[n].text) <= LONGEST
        and (all(n == 0 for n in given) or member.marker.part)
    ]
    taken = {n for n, _ in numbered}
    questions = _questions(lines, kinds)
    plain: list[int] = []
    if all(n == 0 for n in given):  # one at the top is the title; more show that the format tells headings
        plain = [n for n in _plain_headings(lines, kinds, taken | set(questions)) if n not in taken]
        plain += [n - 1 for n in taken if n and kinds[n - 1] is None and _decides(lines[n - 1].text)]
        plain += [n for n in _labels_alone(lines, kinds) if n not in {*taken, *questions, *plain}]
    for number in (*taken, *questions, *plain):
        kinds[number] = "heading"
    capitals = {n for n in plain if lines[n].text.isupper()}
    usual = plain_strength(numbered, [n for n in plain if n not in capitals])
    below = repeated(lines, plain) | _below_others(plain)
    found = [Found(n, strength_of(member), member.marker.scheme) for n, member in numbered]
    found += [Found(n, QUESTION, "?") for n in questions]
    found += [Found(n, CAPITALS if n in capitals else usual + 0.02 * (n in below), "") for n in plain]
    found.sort(key=lambda heading: heading.number)
    base = 0
    pending: list[Found] = []
    places = set(given)
    ordered = {heading.number: heading for heading in found}
    for number in sorted({*places, *ordered}):
        if number in places:
            _set_levels(pending, base, depth)
            pending, base = [], max(1, depth[number])
            depth[number] = min(base, DEEPEST)
        else:
            pending.append(ordered[number])
    _set_levels(pending, base, depth)


def _decides(text: str) -> bool:
    """ "QUYẾT ĐỊNH:" above the articles of a decision."""
    return text.isupper() and text.endswith(":") and words_in(text) <= _CLAUSE


def _set_levels(found: Sequence[Found], base: int, depth: list[int]) -> None:
    for heading, level in zip(found, levels(found), strict=True):
        depth[heading.number] = min(base + level, DEEPEST)


def _below_others(plain: Sequence[int]) -> set[int]:
    """All but the first of two that follow each other, where that happens more than once."""
    places = set(plain)
    firsts = {n for n in plain if n + 1 in places and n - 1 not in places}
    return places - firsts if len(firsts) > 1 else set()


def _questions(lines: Sequence[Line], kinds: Sequence[BlockKind | None]) -> list[int]:
    """Lines that ask, where an answer stands below each and there are several."""
    asking = [
        n
        for n, line in enumerate(lines[:-1])
        if kinds[n] in (None, "item") and is_question(line.text) and not is_question(lines[n + 1].text)
    ]
    return asking if len(asking) > 1 else []


def _labels_alone(lines: Sequence[Line], kinds: Sequence[BlockKind | None]) -> list[int]:
    """Labels that close with a colon, each above its value, by turns: "Ngày thi:", "10/8/2025", "Nơi thi:", …"""
    labels = [
        n
        for n in range(1, len(lines) - 1)
        if kinds[n] is None
        and kinds[n + 1] is None
        and lines[n].text.endswith(":")
        and len(lines[n].text) > 1
        and looks_like_heading(lines[n].text[:-1].rstrip())
        and lines[n + 1].text[-1] not in ":?"
        and lines[n + 1].text[0] not in "\"“'‘«"  # what somebody says, in a story
        and words_in(lines[n + 1].text) <= _VALUE
    ]
    places = set(labels)
    return [n for n in labels if n + 2 in places or n - 2 in places]


def _plain_headings(lines: Sequence[Line], kinds: Sequence[BlockKind | None], taken: set[int]) -> list[int]:
    """Short lines without a closing mark that stand above text or above what is of another kind."""
    spaced = all_spaced(lines)
    shaped = [
        kinds[n] is None and n not in taken and looks_like_heading(line.text, opens=n == 0)
        for n, line in enumerate(lines)
    ]
    found: list[int] = []
    start = 0
    while start < len(lines):
        if not shaped[start]:
            start += 1
            continue
        end = start + 1
        while start and end < len(lines) and shaped[end] and (spaced or not lines[end].after_blank):
            end += 1
        listed = end < len(lines) and kinds[end] == "item"
        titled = start > 0 and all(kind == "title" for kind in kinds[:start])
        if listed and end > 1 and words_in(lines[end - 1].text) >= _CLAUSE:
            end -= 1  # "Người đi rừng cần mang theo" opens the list below; only a text's first line may name it all
            found += _headings_of_run(lines, start, end, spaced, titled) if end > start else []
            start = end + 1
            continue
        found += _headings_of_run(lines, start, end, spaced, titled)
        start = end
    return found + _last_heading(lines, found, shaped)


def _last_heading(lines: Sequence[Line], found: Sequence[int], shaped: Sequence[bool]) -> list[int]:
    """The line above the last one, where short lines stand above short lines in pairs: "Thợ sơn", "420.000 đồng"."""
    start = len(lines) - 2
    alone = start > 0 and not lines[start + 1].after_blank and not all_spaced(lines)
    pair = alone and lines[start].after_blank and shaped[start] and not lines[start + 1].text.endswith(":")
    above = [n for n in found if n + 2 < len(lines) and lines[n].after_blank and lines[n + 2].after_blank]
    return [start] if pair and above and start not in found else []


def _headings_of_run(
    lines: Sequence[Line], start: int, end: int, spaced: bool, below_title: bool
) -> list[int]:
    """Which of neighbouring short lines `[start, end)` head something. Many in a row are verses or cells.

    `below_title`: nothing but the title stands above them, so that a lone one is its second line.
    """
    if end >= len(lines):
        return []
    apart = lines[end].after_blank and not spaced
    if start and lines[start - 1].text.endswith(":"):
        return []
    if end - start == 1:
        trails = apart and not lines[start].after_blank and not below_title
        return [] if trails and start else [start]
    if end - start == 2:
        return [start] if apart else [start, start + 1]
    return list(range(start, end)) if below_title and lines[start].text.isupper() else []


def _set_item_levels(
    lines: Sequence[Line], kinds: Sequence[BlockKind | None], depth: list[int], members: Mapping[int, Member]
) -> None:
    """An item is below the one above it whose series goes on after it."""
    stack: list[tuple[str, int]] = []
    for number, kind in enumerate(kinds):
        if kind != "item":
            stack = []
            continue
        if lines[number].kind == "item" and depth[number]:
            depth[number] = min(depth[number], DEEPEST)
            continue
        member = members.get(number)
        scheme = (member.marker.scheme, member.marker.depth) if member else ("", 1)
        if scheme in stack:
            del stack[stack.index(scheme) + 1 :]
        else:
            stack.append(scheme)
        depth[number] = min(len(stack), DEEPEST)


def _blocks(lines: Sequence[Line], kinds: Sequence[BlockKind | None], depth: Sequence[int]) -> list[Block]:
    blocks: list[Block] = []
    for line, kind, level in zip(lines, kinds, depth, strict=True):
        known: BlockKind = kind or "paragraph"
        counted = known in ("heading", "item", "row")
        blocks.append(
            Block(
                known,
                line.start,
                line.end,
                max(level, known in ("heading", "item")) if counted else 0,
                line.page,
            )
        )
    return blocks
