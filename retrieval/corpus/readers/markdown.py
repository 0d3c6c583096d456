"""A .md file: front matter in YAML (---) or TOML (+++), then Markdown, of which the words are kept."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

from retrieval.corpus.encoding import decode
from retrieval.corpus.facts import Extract, Facts
from retrieval.corpus.overrides import read_facts
from retrieval.corpus.readers.plain import check_lines
from retrieval.corpus.readers.source import Source

_FRONT = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.{0,1000}?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,500})\](?:\([^()\s]{0,2000}(?:\s+[\"'][^\"'\n]{0,500}[\"'])?\)|\[[^\[\]\n]{0,500}\])"
)
_DEFINITION = re.compile(r"^\[[^\]]+\]:\s*\S+.*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?=.*\w)([^\n]+)\n(?:=+|-{3,})[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~).*$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
_STRONG = re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w)")
_CODE = re.compile(r"`([^`\n]+)`")
_TITLE = re.compile(r"\A\s*# +(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")


def read(stream: BinaryIO, source: Source) -> Iterator[Extract]:
    text = check_lines(decode(stream.read(), where=source.name), source).replace("\r\n", "\n")
    front = _FRONT.match(text)
    facts = Facts()
    if front:
        facts = read_facts(_table(front, source), where=source.name, report=source.report)
        text = text[front.end() :]
    heading = _TITLE.match(text)
    if heading and (facts.title is None or _plain(heading[1]) == facts.title):
        facts = facts.over(Facts(title=_plain(heading[1])))
        text = text[heading.end() :]
    yield Extract(_plain(text), facts, saved_page=None if front is None and heading is None else False)


def _table(front: re.Match[str], source: Source) -> dict[str, Any]:
    """The front matter's keys; none, and a report, if it can't be parsed."""
    try:
        if front[1] == "+++":
            return tomllib.loads(front[2])
        import yaml

        # The base loader makes every value a text, so that one bad date does not cost the other keys.
        table = yaml.load(front[2], Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except tomllib.TOMLDecodeError as error:
        source.report(source.name, f"front matter: {error}; read without it")
        return {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {front[0][: front.start(2)].count(chr(10)) + mark.line + 1})" if mark else ""
        problem = getattr(error, "problem", None) or error
        source.report(
            source.name, f"front matter{place}: {problem}; put the value in quotes; read without it"
        )
        return {}
    if not table:
        return {}
    if not isinstance(table, dict) or not all(isinstance(key, str) for key in table):
        source.report(source.name, "front matter: not a list of `key: value` lines; read without it")
        return {}
    return table


def _plain(text: str) -> str:
    """Markdown's words without its marks. List items keep their dash or number."""
    for pattern, replacement in (
        (_COMMENT, ""),
        (_FENCE, ""),
        (_IMAGE, r"\1"),
        (_LINK, r"\1"),
        (_DEFINITION, ""),
        (_UNDERLINED, r"\1\n"),
        (_RULE, ""),
        (_HEADING, r"\1"),
        (_QUOTE, ""),
        (_CODE, r"\1"),
        (_STRONG, r"\2"),
    ):
        text = pattern.sub(replacement, text)
    return text.strip()
