"""The index: documents and their terms, on disk or in memory."""

from retrieval.index.index import Index
from retrieval.index.protocol import AnalysedDocument, CollectionStats, DocumentTerms, Filter, Snapshot
from retrieval.index.snapshot import StoredSnapshot

__all__ = [
    "AnalysedDocument",
    "CollectionStats",
    "DocumentTerms",
    "Filter",
    "Index",
    "Snapshot",
    "StoredSnapshot",
]
