"""A .md file: front matter in YAML (---) or TOML (+++), then Markdown, of which the words are kept."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from retrieval.corpus.encoding import decode
from retrieval.corpus.facts import Extract, Facts
from retrieval.corpus.overrides import read_facts
from retrieval.corpus.readers.markdown_blocks import markdown_pieces, words_of
from retrieval.corpus.readers.pieces import extract_of
from retrieval.corpus.readers.plain import check_lines
from retrieval.corpus.readers.source import Source
from retrieval.errors import toml_reason

_FRONT = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    text = check_lines(decode(stream.read(), where=source.name), source).replace("\r\n", "\n")
    front = _FRONT.match(text)
    facts = Facts()
    if front:
        facts = read_facts(_table(front, source), where=source.name, report=source.report)
        text = text[front.end() :]
    pieces = markdown_pieces(text)
    if pieces is None:  # nested or long beyond reason: the words alone
        yield Extract(words_of(text), facts, saved_page=None if front is None else False)
        return
    first = pieces[0] if pieces else None
    titled = first is not None and first.kind == "heading" and first.level == 1
    if titled and first is not None and facts.title in (None, first.text):
        facts = facts.over(Facts(title=first.text))
        pieces[0] = replace(first, kind="title", level=0)
    extract = extract_of(pieces)
    yield replace(extract, declared=facts, saved_page=None if front is None and not titled else False)


def _table(front: re.Match[str], source: Source) -> dict[str, Any]:
    """The front matter's keys; none, and a report, if it can't be parsed."""
    try:
        if front[1] == "+++":
            return tomllib.loads(front[2])
        import yaml

        # The base loader makes every value a text, so that one bad date does not cost the other keys.
        table = yaml.load(front[2], Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except tomllib.TOMLDecodeError as error:
        source.report(source.name, f"phần đầu (front matter): {toml_reason(error)}; đọc bài mà không có nó")
        return {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", dòng {front[0][: front.start(2)].count(chr(10)) + mark.line + 1}" if mark else ""
        source.report(
            source.name,
            f"phần đầu (front matter){place}: sai cú pháp; hãy đặt giá trị trong ngoặc kép; đọc bài mà không có nó",
        )
        return {}
    if not table:
        return {}
    if not isinstance(table, dict) or not all(isinstance(key, str) for key in table):
        source.report(
            source.name,
            "phần đầu (front matter): không phải các dòng `khóa: giá trị`; đọc bài mà không có nó",
        )
        return {}
    return table
