"""Where on a page does the article begin and end? What is left once furniture is taken out of it?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.corpus.lines import Line
from retrieval.corpus.metadata.boilerplate import (
    is_furniture,
    is_imprint,
    is_related_link,
    is_state_header,
    leads_away,
    starts_after_article,
    starts_related,
)

_CLOSED = re.compile(r"[.…][\"'”’»)\]]*$|\./\.?$|[!?][\"'”’»)\]]+$")
_PROSE_CLOSED, _PROSE_OPEN = 60, 170
"""Characters from which a line counts as running text: with a full stop at its end, or without one."""
_ENOUGH_BODY = 200
"""Characters of running text that must stand before what ends an article; a box above the article ends nothing."""
_REPEAT = 20
"""Characters from which the same line twice in a row is a caption and its copy, not a table's cells."""
_PHOTO = re.compile(r"[\s.(–-]{0,5}\bảnh(?: minh họa)?\s*:", re.IGNORECASE)
_PULL_QUOTE = 80


def is_prose(line: str) -> bool:
    """Running text, as opposed to headings, captions, menus."""
    if len(line) >= _PROSE_OPEN:
        return not line.isupper()
    return len(line) >= _PROSE_CLOSED and bool(_CLOSED.search(line)) and not is_imprint(line)


def body_start(lines: Sequence[Line]) -> int:
    """The first line of running text; the number of lines, if there is none."""
    return next(
        (n for n, line in enumerate(lines) if is_prose(line.text) and not is_state_header(line.text)),
        len(lines),
    )


def last_prose(lines: Sequence[Line]) -> int:
    """The number of the last line of running text; -1, if there is none."""
    return max((n for n, line in enumerate(lines) if is_prose(line.text)), default=-1)


def body_end(lines: Sequence[Line], start: int) -> int:
    """Where readers' comments, other articles and the imprint begin: the article ends before."""
    seen = 0
    for number in range(start, len(lines)):
        text = lines[number].text
        if seen >= _ENOUGH_BODY and starts_after_article(text):
            return number
        if is_prose(text):
            seen += len(text)
    return len(lines)


def without_imprint(lines: Sequence[Line]) -> list[Line]:
    """The article's lines without what follows its last running text and only speaks of the site."""
    last = last_prose(lines)
    end = next((n for n in range(last + 1, len(lines)) if is_imprint(lines[n].text)), len(lines))
    return [line for n, line in enumerate(lines[:end]) if n <= last or not leads_away(line.text)]


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without buttons, links to other articles, second copies of captions, and pull quotes."""
    kept: list[Line] = []
    related = False
    blank = False
    for line in lines:
        text = line.text
        blank = blank or line.after_blank
        if starts_related(text):
            related = True
        elif kept and _adds_credit(text, kept[-1].text):
            kept[-1] = line._replace(after_blank=kept[-1].after_blank)
        elif not (_is_button(text) or (related and _looks_like_link(text)) or _is_copy(text, kept)):
            related = False
            kept.append(line._replace(after_blank=blank))
            blank = False
    return _without_pull_quotes(kept)


def _is_button(text: str) -> bool:
    return is_furniture(text) or is_related_link(text)


def _is_copy(text: str, kept: Sequence[Line]) -> bool:
    """The line before once more, or a caption that was there already, wherever."""
    if len(text) >= _REPEAT and kept and kept[-1].text == text:
        return True
    return bool(_PHOTO.search(text)) and any(line.text == text for line in kept)


def _adds_credit(longer: str, shorter: str) -> bool:
    """Two copies of a caption, of which the longer goes on to say who took the picture."""
    bare = shorter.rstrip(". ")
    return len(bare) >= _REPEAT and longer.startswith(bare) and bool(_PHOTO.match(longer[len(bare) :]))


def _looks_like_link(text: str) -> bool:
    return not is_prose(text) and len(text.split()) >= 4 and text[-1] not in ".:;,"


def _without_pull_quotes(lines: list[Line]) -> list[Line]:
    """A quotation shown a second time in a box, and the name below it, where both stand in one earlier paragraph."""
    kept: list[Line] = []
    origin = ""
    for line in lines:
        folded = _fold(line.text)
        if origin and _found_in(folded, origin, 10):
            continue
        origin = ""
        quoted = line.text[0] in "\"“«'‘" or line.text.rstrip(".")[-1:] in "\"”»'’"
        if quoted and len(folded) >= _PULL_QUOTE:
            origin = next(
                (f for f in map(_fold, (k.text for k in kept)) if folded in f and len(f) > len(folded)), ""
            )
            if origin:
                continue
        kept.append(line)
    return kept


def _found_in(part: str, whole: str, least: int) -> bool:
    return len(part) >= least and part in whole


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
