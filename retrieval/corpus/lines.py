"""What are the lines of a text, and which of them are one paragraph that was broken to fit a width?"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from retrieval.records import BlockKind
from retrieval.vietnamese.characters import as_meant, without_unseen
from retrieval.vietnamese.labels import label_of

_SPACES = re.compile("[\t\x0b\x0c]")
_BREAK = re.compile(r"[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_SENTENCE_SIGNS = ".!?…:;"
_ENDS_SENTENCE = re.compile(rf"[{_SENTENCE_SIGNS}][\"'”’»)\]]*$|\./\.$")
_CLOSING = 12
"""Characters at a line's end that tell whether a sentence ends there."""
_LIST_ITEM = re.compile(
    r"^(?:[-–—•*+▪●○►→]\s|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđA-ZĐ]|[ivxIVX]{1,5})[.)/]\s"
    r"|(?:Căn cứ|Kính gửi|Nơi nhận|Theo đề nghị)\b|(?:Điều|Chương|Mục|Phần)\s+[\dIVX]|Số\s?:"
    r"|[^\w\s\"“”'‘’«»(\[.,;:!?%…)\]}/\\|-])"
)
"""How a line begins that goes on with none: an item, a division, a part of an official paper's head."""
_NARROWEST = 45
"""Characters: lines of a wrapped paragraph are longer than this, unless the lines around show a narrower width."""
_WIDE = 60
"""Characters: a line this long runs on into a capital too, as a name; shorter ones are headings and buttons."""
_COLUMN = 24
"""Characters: no column of text is narrower."""
_PAGE = 140
"""Characters: no page is wider."""
_LABEL = 5
"""Words that a line of a form opens with, at most: "Căn cước số: 036188000123"."""
_COLUMNS = re.compile(r"\S {3,}\S| [|] |\t")
"""Things side by side, such as a row of buttons: no running text."""


class Line(NamedTuple):
    """A line that is not blank, without space around it: `text` is `[start, end)` of the whole, on one line. A tuple,
    since one is made of each line, which costs a third of what an object does.

    `after_blank`: a blank line stands before it. `kind`, `level`, `page`: what the format says of it; None: nothing.
    """

    text: str
    after_blank: bool = True
    start: int = 0
    end: int = 0
    kind: BlockKind | None = None
    level: int = 0
    page: int | None = None


def clean(text: str) -> str:
    """As it is meant, without characters that can't be seen, with one kind of space and of line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return as_meant(_SPACES.sub(" ", without_unseen(text)))


def clean_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines with their text clean, without those of which nothing is left."""
    cleaned = (line._replace(text=" ".join(clean(line.text).split("\n")).strip()) for line in lines)
    return [line for line in cleaned if line.text]


def split_lines(text: str) -> list[Line]:
    """The lines of a text, wrapped paragraphs joined to one line each."""
    groups = [list(group) for group in _groups(text, 0, len(text))]
    width = _column(groups)
    opening = groups[0][0] if groups else None
    return [line for group in groups for line in _join_group(group, width, opening)]


def join_lines(lines: Sequence[Line]) -> tuple[str, list[Line]]:
    """The text of the lines, a blank line between them where there was one, and the lines where they stand in it."""
    parts: list[str] = []
    placed: list[Line] = []
    at = 0
    for line in lines:
        if placed:
            parts.append("\n\n" if line.after_blank else "\n")
            at += len(parts[-1])
        parts.append(line.text)
        placed.append(line._replace(start=at, end=at + len(line.text)))
        at += len(line.text)
    return "".join(parts), placed


def _groups(text: str, begin: int, stop: int) -> Iterator[list[Line]]:
    """Lines between which no blank one stands."""
    group: list[Line] = []
    at = begin
    while at <= stop:
        match = _BREAK.search(text, at, stop)
        end = match.start() if match else stop
        raw = text[at:end]
        line = raw.strip()
        if line:
            start = at + len(raw) - len(raw.lstrip())
            group.append(Line(line, not group, start, start + len(line)))
        elif group and not (match and match.group() == "\n" and at and text[at - 1] == "\r" and at == end):
            yield group
            group = []
        at = end + 1
    if group:
        yield group


def _join_group(group: list[Line], column: int, opening: Line | None) -> Iterator[Line]:
    """The group's paragraphs.

    A line runs on where it is about as long as the group's longest, ends no sentence, and the next line neither
    starts a list item nor is too much longer than it to have been wrapped at the same width. `column`: the width
    that the whole text was wrapped at, 0 if it wasn't. `opening`: the text's first line, which may be its title.
    """
    if len(group) < 2:
        yield from group
        return
    width = max(len(line.text) for line in group)
    narrow = column if column >= width else _column([group])
    parts, first = [group[0].text], group[0]
    for last, line in itertools.pairwise(group):
        title = last is opening and line.text[0].isupper() and len(last.text) < _WIDE
        if not title and _runs_on(last.text, line.text, width, narrow):
            parts.append(line.text)
        else:
            yield _as_one(first, parts, last)
            parts, first = [line.text], line
    yield _as_one(first, parts, group[-1])


def _as_one(first: Line, parts: list[str], last: Line) -> Line:
    return first if first is last else first._replace(text=" ".join(parts), end=last.end)


def _runs_on(line: str, following: str, width: int, column: int) -> bool:
    ends = _ends_sentence(line)
    if ends and (column or not following[:1].islower()):
        return False
    if (
        _LIST_ITEM.match(following)
        or _is_labelled(following)
        or line.isupper() != following.isupper()
        or _has_columns(line)
        or _are_entries(line, following)
    ):
        return False
    if column:
        return _is_full(line, following, column) and not ends
    if width < _NARROWEST:
        return False
    full = len(line) + 1 + len(following.split(" ", 1)[0]) > width * 0.85
    if following[:1].islower():
        return full or (len(line) >= _NARROWEST and not ends)
    return full and len(line) >= _WIDE and not ends


def _is_labelled(line: str) -> bool:
    label = label_of(line) if line[:1].isupper() and ":" in line else None
    words = line[: label.end].split() if label and label.sign == ":" else []
    return 0 < len(words) <= _LABEL and all(map(str.isalpha, words))


def _are_entries(line: str, following: str) -> bool:
    """Whether two lines open with the same word and say after a colon what each is: "Lớp Lá (9 tuổi): …"."""
    word = line.split(" ", 1)[0]
    return word[:1].isupper() and following.startswith(f"{word} ") and ": " in line and ": " in following


def _has_columns(line: str) -> bool:
    # A long line is looked through faster for what must be there than by the pattern, and has none nearly always.
    return ("   " in line or "|" in line or "\t" in line) and _COLUMNS.search(line) is not None


def _ends_sentence(line: str) -> bool:
    return (
        line[-1] in _SENTENCE_SIGNS or _ENDS_SENTENCE.search(line, max(0, len(line) - _CLOSING)) is not None
    )


def _column(groups: Sequence[Sequence[Line]]) -> int:
    """The width that the lines were wrapped at; 0 where they weren't.

    They were where most lines end because the next line's first word would not have fitted, and most of those next
    lines go on with a small letter: a list's and a poem's begin with capitals.
    """
    lines = [line for group in groups if len(group) > 1 for line in group]
    if len(lines) > 2 and lines[0].start == groups[0][0].start:
        lines = lines[1:]  # a title is not wrapped with the text
    width = max((len(line.text) for line in lines), default=0)
    if not _COLUMN <= width <= _PAGE:
        return 0
    breaks = full = small = letters = 0
    for group in groups:
        for line, following in itertools.pairwise(group):
            if _ends_sentence(line.text) or _LIST_ITEM.match(following.text):
                continue
            breaks += 1
            if _is_full(line.text, following.text, width):
                full += 1
                small += following.text[0].islower()
                letters += following.text[0].isalpha()
    wrapped = full >= 2 and full >= 0.7 * breaks and small >= 0.55 * letters
    return width if wrapped else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted; two characters are left for uneven letters."""
    return len(line) + 1 + len(following.split(None, 1)[0]) > width - 2
