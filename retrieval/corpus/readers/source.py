"""What does a reader need to know beside the bytes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.corpus.facts import Report
from retrieval.settings import CorpusSettings


@dataclass(frozen=True, slots=True)
class Source:
    """`name`: what to call the file in messages. `sources`: publishers' marks and names, as the lexicon has them.

    `url`: where the file was fetched from, if it was.
    """

    name: str
    settings: CorpusSettings
    report: Report
    sources: Mapping[str, str]
    url: str | None = None
