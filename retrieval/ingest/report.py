"""What did an update do, and how far is it?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_FIGURES = re.compile(r"\d[\d.,–]*(?:, \d[\d–]*)*")


@dataclass(frozen=True, slots=True)
class Progress:
    """`share`: how much of the work is done, in [0, 1], by the size of the files."""

    articles: int
    passages: int
    share: float


@dataclass(slots=True)
class IndexReport:
    """Counts of articles, but for `files_unchanged` (files whose articles weren't even looked at) and
    `passages`.

    `problems`: (where, what is wrong and how to mend it), one for each thing that wasn't read.
    `articles_in_all`, `passages_in_all`, `joined_in_all`: what the index holds now; joined: near-duplicates,
    named beside the article that is found. `vanished`: files that are gone, and whose articles are still found.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    files_unchanged: int = 0
    passages: int = 0
    seconds: float = 0.0
    problems: list[tuple[str, str]] = field(default_factory=list)
    articles_in_all: int = 0
    passages_in_all: int = 0
    joined_in_all: int = 0
    vanished: list[str] = field(default_factory=list)

    def problems_by_reason(self) -> dict[str, list[tuple[str, str]]]:
        """The problems under what is wrong, the most frequent first; reasons that differ in a figure are one."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for where, what in self.problems:
            groups.setdefault(_FIGURES.sub("…", what), []).append((where, what))
        return dict(sorted(groups.items(), key=lambda group: -len(group[1])))

    @property
    def articles(self) -> int:
        """How many were read."""
        return self.added + self.changed + self.unchanged


OnProgress = Callable[[Progress], None]
OnProblem = Callable[[str, str], None]
