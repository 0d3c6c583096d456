"""What can be known about an article beside its text, and who said it? Passed from readers to `Document`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from retrieval.records import Block, Kind

Report = Callable[[str, str], None]
"""Called with where (a file, or file:line) and the reason, in one line, for what can't be read."""


@dataclass(frozen=True, slots=True)
class Facts:
    """None: not said. `meta`: what `Document.meta` carries; of two, each key of these goes before the other's."""

    id: str | None = None
    title: str | None = None
    source: str | None = None
    published: datetime.date | None = None
    mentioned: datetime.date | None = None
    url: str | None = None
    author: str | None = None
    kind: Kind | None = None
    number: str | None = None
    meta: Mapping[str, Any] | None = None

    def over(self, other: Facts) -> Facts:
        """These facts, with the other's where these say nothing. Any date here silences both dates there."""
        if other == _NOTHING:
            return self
        merged = {}
        for name in _NAMES:
            own = getattr(self, name)
            merged[name] = getattr(other, name) if own is None else own
        if self.meta and other.meta:
            merged["meta"] = {**other.meta, **self.meta}
        if self.published or self.mentioned:
            merged["published"], merged["mentioned"] = self.published, self.mentioned
        return Facts(**merged)


_NAMES = tuple(each.name for each in fields(Facts))
_NOTHING = Facts()


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader finds in a file. `part`: its number, where a file holds several.

    `declared`: what somebody says of the article in the file itself, as front matter does. `found`: what the
    format's own marks say, as HTML's tags do. `saved_page`: the text is one, and may hold a page's furniture; False:
    surely it is none; None: its words tell.
    `exact`: the text must not be touched but for its code points, because somebody counts offsets in it.
    `blocks`: the structure that the format knows, as `records.Block` says, in offsets of `text`; empty: to be inferred.
    `meta`: for `Document.meta`, such as how sure a scan's characters are.
    """

    text: str
    declared: Facts = Facts()
    found: Facts = Facts()
    part: int | None = None
    saved_page: bool | None = None
    exact: bool = False
    blocks: tuple[Block, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
