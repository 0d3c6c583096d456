"""What do Markdown's marks say a text's parts are? Headings, items, rows; other lines are for their shape to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from retrieval.corpus.readers.pieces import Piece, row
from retrieval.records import BlockKind

_LONGEST_LINE = 20_000
"""Characters: brackets and stars of a longer line would take the parser too long to pair."""
_DEEPEST = 100
"""Levels that the parser goes down, two for each list; what stands deeper it leaves out without a word."""
_TAG = re.compile(r"<!--.*?-->|<[^<>]{1,2000}>", re.DOTALL)
_WORD = re.compile(r"\w")
_HIDDEN = re.compile(
    r"<!--.*?-->|^\[[^\]]+\]:.*$|\]\([^)]*\)|<[^<>]+>|^ {0,3}(?:```|~~~).*$", re.DOTALL | re.MULTILINE
)
_LEAST_KEPT = 0.97
_INLINE = (
    (re.compile(r"<!--.{0,1000}?-->", re.DOTALL), ""),
    (re.compile(r"!\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (
        re.compile(
            r"\[([^\[\]\n]{1,500})\](?:\([^()\s]{0,2000}(?:\s+[\"'][^\"'\n]{0,500}[\"'])?\)|\[[^\[\]\n]{0,500}\])"
        ),
        r"\1",
    ),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>"), " "),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def markdown_pieces(text: str) -> list[Piece] | None:
    """The pieces of a Markdown text, paragraphs with their line breaks; None where it can't be taken apart safely."""
    from markdown_it import MarkdownIt

    if any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        return None
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    try:
        tokens = parser.parse(text)
        if any(token.level >= _DEEPEST - 2 for token in tokens):
            return None
        pieces = list(_Walk(tokens).pieces())
    except RecursionError:
        return None
    kept = sum(len(_WORD.findall(piece.text)) for piece in pieces)
    return pieces if kept >= _LEAST_KEPT * len(_WORD.findall(_HIDDEN.sub("", text))) else None


class _Walk:
    """The parser's tokens in order, and where among lists and tables each stands."""

    def __init__(self, tokens: Sequence[Any]) -> None:
        self._tokens = tokens
        self._marks: list[str] = []  # of each list around, what its item is marked with
        self._fresh = False  # an item has begun, and none of its text was seen
        self._cells: list[str] = []
        self._header = False
        self._above: BlockKind | None = None

    def pieces(self) -> Iterator[Piece]:
        for number, token in enumerate(self._tokens):
            self._enter(token)
            if token.type == "tr_close":
                piece = row(self._cells, header=self._header, close=self._above == "row")
            elif token.type == "inline":
                opening = self._tokens[number - 1]
                words = words_of(token.content)
                if opening.type in ("th_open", "td_open"):
                    self._cells.append(words)
                    continue
                piece = self._piece(opening, words)
            elif token.type in ("fence", "code_block"):
                piece = Piece("paragraph", token.content)
            elif token.type == "html_block":
                piece = Piece("paragraph", _TAG.sub(" ", token.content))
            else:
                continue
            self._above = piece.kind
            yield piece

    def _enter(self, token: Any) -> None:
        name = token.type
        if name in ("bullet_list_open", "ordered_list_open"):
            self._marks.append("-")
        elif name in ("bullet_list_close", "ordered_list_close"):
            self._marks.pop()
        elif name == "list_item_open":
            self._marks[-1] = f"{token.info}{token.markup}" if token.info else "-"
            self._fresh = True
        elif name in ("thead_open", "tbody_open"):
            self._header = name == "thead_open"
        elif name == "tr_open":
            self._cells = []

    def _piece(self, opening: Any, words: str) -> Piece:
        if opening.type == "heading_open":
            return Piece("heading", words, int(opening.tag[1:]))
        if self._fresh:
            self._fresh = False
            return Piece("item", f"{self._marks[-1]} {words}", len(self._marks), close=self._above == "item")
        return Piece("paragraph", words)


def words_of(text: str) -> str:
    """A text's words without the marks of emphasis, links, pictures and code. Those of sums stay: "2*3*4"."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text
