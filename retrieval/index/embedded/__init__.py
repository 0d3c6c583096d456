"""The index: documents and their terms, on disk or in memory."""

from retrieval.collection import AnalysedDocument, CollectionStats
from retrieval.index.embedded.index import Index
from retrieval.index.embedded.snapshot import StoredSnapshot
from retrieval.index.protocol import Filter, Snapshot
from retrieval.term_arrays import DocumentTerms

__all__ = [
    "AnalysedDocument",
    "CollectionStats",
    "DocumentTerms",
    "Filter",
    "Index",
    "Snapshot",
    "StoredSnapshot",
]
