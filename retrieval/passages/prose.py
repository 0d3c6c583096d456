"""Which stretches of prose may be an answer? Single sentences, lines of one sentence, fragments joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.settings import PassageSettings
from retrieval.vietnamese.sentences import (
    LIST_ITEM,
    Span,
    paragraph_sentences,
    skip_space,
    split_paragraphs,
)

MIN_SYLLABLES = 8
"""Fewer than these don't stand alone: "Vâng.", a photographer's name, a table's cell."""
SHORT_SYLLABLES = 16
"""A line of fewer than these without a full stop, above a paragraph with one, is its heading; a sentence of
fewer that points back says little alone. On 900 questions on news, joining the latter raised Success@1 from
59.0 to 60.1 for 1.4 % longer passages; joining every sentence of fewer than 11 syllables took 5 % for 0.1."""

_CHARACTERS = 12
"""Of a syllable with the space after it: none has so many on the average of a sentence."""
_POINTS_BACK = re.compile(
    r"(?:Đây|Đó|(?:Điều|Việc) (?:này|đó)|Như (?:vậy|thế)|(?:Do|Nhờ|Vì) (?:đó|vậy|thế)|Qua đó|Từ đó|Theo đó"
    r"|Khi đó|Lúc (?:này|đó)|Trong (?:số )?(?:đó|này)|(?:Con )?[Ss]ố này|Trường hợp này|Họ|Nó|Chúng(?! t))\b"
)

_ARTICLE_HEADING = re.compile(r"(?:Điều|Chương|Mục|Phần|Tiểu mục)\s+(?:\d+[a-zđ]?|[IVXLC]+)\b")
HEADING_SYLLABLES = 60
"""No heading of a law's article is longer."""

_BREAKS = (re.compile(r"[;\n]\s"), re.compile(r",\s"), re.compile(r"\s"))


def split_passages(text: str, *, settings: PassageSettings | None = None) -> list[Span]:
    """Character spans of the passages of NFC `text`, all of it taken for prose: each line a paragraph."""
    return prose_passages(text, split_paragraphs(text), settings or PassageSettings())


def prose_passages(text: str, paragraphs: Sequence[Span], limits: PassageSettings) -> list[Span]:
    """Character spans of the passages of these paragraphs of NFC `text`, in order.

    They do not overlap, have no white space at their ends and cover all other characters. A passage is one
    sentence. A fragment of fewer than MIN_SYLLABLES joins the sentence before it in its paragraph, else what
    follows it; a short sentence that points back ("Đây là …") joins the one before; a heading, or a paragraph
    that only asks, joins the paragraph below, and a question never the answer above it. The lines of a list and
    what opens it are one sentence, as the semicolons between them say: they join. None of this goes beyond
    `max_sentences` and `max_characters`. A sentence of more than twice `max_characters` is cut at a semicolon, a
    comma or a space.
    """
    passages: list[Span] = []
    count = 0  # sentences in the last passage; a heading or a table's cell is none
    hungry = False  # the last passage is only a heading or fragments so far
    answered = False  # the last passage is a question with words of an answer
    above, heads = None, False
    for number, paragraph in enumerate(paragraphs, 1):
        opens = True
        listed = above is not None and _goes_on(text, above, paragraph)
        headed = heads
        heads = number < len(paragraphs) and _heads(text, paragraph, paragraphs[number])
        asks = heads and text[paragraph[1] - 1] == "?"
        for sentence in paragraph_sentences(text, paragraph):
            long = sentence[1] - sentence[0] > limits.max_characters
            for start, end in cut(text, sentence, limits.max_characters) if long else (sentence,):
                incomplete = _is_fragment(text, start, end) or (heads and (start, end) == paragraph)
                leans = (incomplete and text[end - 1] != ":") or _points_back(text, start, end)
                joins = hungry or (leans and not opens) or (listed and opens)
                joins = joins and (headed or not (opens and _ARTICLE_HEADING.match(text, start)))
                joins = joins and not (opens and asks and answered)
                if joins and count < limits.max_sentences and end - passages[-1][0] <= limits.max_characters:
                    answered = text[passages[-1][1] - 1] == "?" and not asks
                    passages[-1] = (passages[-1][0], end)
                    count += is_finished(text, end)
                    hungry = hungry and ((incomplete and heads) or _is_fragment(text, *passages[-1]))
                else:
                    passages.append((start, end))
                    count, hungry, answered = is_finished(text, end), incomplete, False
                opens = False
        above = paragraph
    return passages


def _goes_on(text: str, above: Span, paragraph: Span) -> bool:
    """Whether a line goes on with the sentence of the one above: an item after "…:", after an item of its own kind
    that no full stop ends, or any line but an item of another kind after "…;"."""
    last, marker = text[above[1] - 1], _marker(text, paragraph)
    if last == ":":
        return marker != ""
    if is_finished(text, above[1]) or (not marker and last != ";"):
        return False
    return marker in ("", _marker(text, above))


def _marker(text: str, paragraph: Span) -> str:
    """Which kind of list the line is an item of: "1" of "2. …", "a" of "b) …", "-" of any bullet; "" of none."""
    match = LIST_ITEM.match(text, *paragraph)
    if match is None or _ARTICLE_HEADING.match(text, paragraph[0]):
        return ""
    first = match.group()[0]
    if first.isdigit():
        return "1"
    return ("A" if first.isupper() else "a") if first.isalpha() else "-"


def _heads(text: str, paragraph: Span, below: Span) -> bool:
    """Whether a paragraph is a heading of full sentences, opens a list, or asks whoever speaks below it."""
    start, end = paragraph
    if text[end - 1] == "?":
        return True
    goes_on = (
        is_finished(text, below[1]) or text[below[1] - 1] in ":;" or _ARTICLE_HEADING.match(text, below[0])
    )
    heading = not is_finished(text, end) and goes_on
    longest = HEADING_SYLLABLES if _ARTICLE_HEADING.match(text, start) else SHORT_SYLLABLES
    return (heading or text[end - 1] == ":") and is_short(text, start, end, longest)


def _points_back(text: str, start: int, end: int) -> bool:
    # Its length is told sooner than the pattern tells.
    is_near = end - start < _CHARACTERS * SHORT_SYLLABLES
    return is_near and bool(_POINTS_BACK.match(text, start)) and is_short(text, start, end, SHORT_SYLLABLES)


def _is_fragment(text: str, start: int, end: int) -> bool:
    return is_short(text, start, end, MIN_SYLLABLES)


def is_short(text: str, start: int, end: int, syllables: int) -> bool:
    return end - start < _CHARACTERS * syllables and len(text[start:end].split()) < syllables


def is_finished(text: str, end: int) -> bool:
    return text[end - 1] in '.?!…"”’»)'


def cut(text: str, sentence: Span, size: int) -> list[Span]:
    """The sentence, in pieces of at most `size` where it is more than twice as long."""
    start, end = sentence
    if end - start <= 2 * size:
        return [sentence]
    pieces = []
    while end - start > size:
        stop = _break(text, start, start + size)
        pieces.append((start, start + len(text[start:stop].rstrip())))
        start = skip_space(text, stop)
    pieces.append((start, end))
    return pieces


def _break(text: str, start: int, limit: int) -> int:
    """Where a piece that begins at `start` stops: at the last good place before `limit`, else there."""
    for pattern in _BREAKS:
        gaps = [match.start() for match in pattern.finditer(text, start + (limit - start) // 3, limit + 1)]
        if gaps:
            return gaps[-1] + (text[gaps[-1]] in ";,")
    return limit
