"""What of a document is indexed? Its passages' spans, and its terms, title first, accented and plain."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from retrieval.collection import AnalysedDocument, Sections
from retrieval.gazetteer import Gazetteer
from retrieval.lexicon import Lexicon, load_lexicon
from retrieval.records import Document
from retrieval.settings import PassageSettings, Settings
from retrieval.vietnamese.abbreviations import defined_abbreviations
from retrieval.vietnamese.tokens import Spelling, terms_of

if TYPE_CHECKING:
    from retrieval.passages import Passages

ANALYZER_VERSION = 5
"""Raised whenever the same text would give other passages or terms."""
SECTION_TERMS = 60
"""Of a heading, a lead-in or a header row: no more is counted of one of 5,000 characters."""

_SPELLINGS = 128
"""Spellings of documents that are remembered, each with the words that it met: most documents are asked for again."""


class Analyzer:
    """Cuts and spells documents; questions are spelt by the same rules. Cheap to make anew in another process."""

    def __init__(self, settings: PassageSettings, lexicon: Lexicon) -> None:
        self.settings = settings
        self.lexicon = lexicon
        self.spelling = Spelling(lexicon.abbreviations)
        self._spellings: dict[tuple[tuple[str, str], ...], Spelling] = {}

    def analyse(self, document: Document) -> AnalysedDocument:
        """The document's passages and terms; short forms that the article or the lexicon defines are spelt out."""
        from retrieval.corpus.structure import infer_blocks  # loaded to index, not to ask
        from retrieval.passages import split_blocks

        text = document.text
        spelling = self.spelling_of(document)
        found = split_blocks(text, document.blocks or infer_blocks(text), settings=self.settings)
        terms = terms_of(document.title, spelling)
        starts = [len(terms)]
        for span in found.spans:
            terms += terms_of(text[span.start : span.end], spelling)
            starts.append(len(terms))
        section_starts = [len(terms)]
        for section in found.sections:
            terms += terms_of(text[section.start : section.end], spelling)[:SECTION_TERMS]
            section_starts.append(len(terms))
        return AnalysedDocument(
            document=document,
            spans=np.array([(span.start, span.end) for span in found.spans], np.uint32).reshape(-1, 2),
            starts=np.array(starts, dtype=np.uint32),
            sections=_sections(found, section_starts),
            accented=tuple(terms),
        )

    def spelling_of(self, document: Document) -> Spelling:
        """The lexicon's short forms, and over them those that the document defines."""
        defined = defined_abbreviations(document.text)
        if not defined:
            return self.spelling
        key = tuple(defined.items())
        spelling = self._spellings.get(key)
        if spelling is None:
            if len(self._spellings) >= _SPELLINGS:
                self._spellings.clear()  # in one step: another thread keeps the spelling it holds, or makes it anew
            spelling = self._spellings[key] = Spelling(defined, base=self.spelling)
        return spelling

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """What questions are compared with; made when the first one is asked."""
        return Gazetteer(self.lexicon)

    @property
    def fingerprint(self) -> str:
        """Names the analysis: equal fingerprints give equal terms for equal text."""
        parts = (ANALYZER_VERSION, self.settings, sorted(self.lexicon.abbreviations.items()))
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]


def make_analyzer(settings: Settings) -> Analyzer:
    """The analyzer that these settings name."""
    return Analyzer(settings.passages, load_lexicon(Path(settings.lexicon) if settings.lexicon else None))


def _sections(found: Passages, starts: list[int]) -> Sections:
    spans, sections = found.spans, found.sections
    return Sections(
        spans=np.array([(each.start, each.end) for each in sections], np.uint32).reshape(-1, 2),
        kinds=np.array([each.kind for each in sections], np.uint32),
        parents=np.array([each.parent for each in sections], np.int32),
        over=np.array([span.section for span in spans], np.int32),
        starts=np.array(starts, np.uint32),
        pages=np.array([span.page or 0 for span in spans], np.uint32),
        beside=np.array([span.beside for span in spans], np.uint32),
    )
