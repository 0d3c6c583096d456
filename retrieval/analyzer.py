"""What of a document is indexed? Its passages' spans, and its terms, title first, accented and plain."""

from __future__ import annotations

import hashlib
from functools import cached_property

import msgspec
import numpy as np

from retrieval.collection import AnalysedDocument, Sections
from retrieval.gazetteer import Gazetteer
from retrieval.lexicon import Lexicon
from retrieval.passages import split_passages
from retrieval.records import Document
from retrieval.settings import PassageSettings
from retrieval.vietnamese.abbreviations import defined_abbreviations
from retrieval.vietnamese.syllables import plain
from retrieval.vietnamese.tokens import Spelling, terms_of

ANALYZER_VERSION = 2
"""Raised whenever the same text would give other passages or terms."""


class Analyzer:
    """Cuts and spells documents; questions are spelt by the same rules. Cheap to make anew in another process."""

    def __init__(self, settings: PassageSettings, lexicon: Lexicon) -> None:
        self.settings = settings
        self.lexicon = lexicon
        self.spelling = Spelling(lexicon.abbreviations)

    def analyse(self, document: Document) -> AnalysedDocument:
        """The document's passages and terms; short forms that the article or the lexicon defines are spelt out."""
        text = document.text
        spelling = self.spelling_of(document)
        spans = split_passages(text, settings=self.settings)
        terms = terms_of(document.title, spelling)
        starts = [len(terms)]
        for start, end in spans:
            terms += terms_of(text[start:end], spelling)
            starts.append(len(terms))
        return AnalysedDocument(
            document=document,
            spans=np.array(spans, dtype=np.uint32).reshape(-1, 2),
            starts=np.array(starts, dtype=np.uint32),
            sections=Sections.none(len(spans), len(terms)),
            accented=tuple(terms),
            plain=tuple(map(plain, terms)),
        )

    def spelling_of(self, document: Document) -> Spelling:
        """The lexicon's short forms, and over them those that the document defines."""
        defined = defined_abbreviations(document.text)
        return Spelling(defined, base=self.spelling) if defined else self.spelling

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """What questions are compared with; made when the first one is asked."""
        return Gazetteer(self.lexicon)

    @property
    def fingerprint(self) -> str:
        """Names the analysis: equal fingerprints give equal terms for equal text."""
        parts = (ANALYZER_VERSION, self.settings, sorted(self.lexicon.abbreviations.items()))
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]
