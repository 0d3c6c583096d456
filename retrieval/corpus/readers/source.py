"""What does a reader need to know beside the bytes?"""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.corpus.facts import Report
from retrieval.settings import CorpusSettings


@dataclass(frozen=True, slots=True)
class Source:
    """`name`: what to call the file in messages. `url`: where it was fetched from, if it was."""

    name: str
    settings: CorpusSettings
    report: Report
    url: str | None = None
