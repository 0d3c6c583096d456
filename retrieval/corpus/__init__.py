"""How do files become documents? One reader per format; `metadata` finds title, source, date and author."""

from retrieval.corpus.facts import Report
from retrieval.corpus.files import FoundFile, find_files
from retrieval.corpus.overrides import sidecars
from retrieval.corpus.readers import SUFFIXES
from retrieval.corpus.reading import document_id, read_bytes, read_corpus, read_file
from retrieval.corpus.structure import infer_blocks

__all__ = [
    "SUFFIXES",
    "FoundFile",
    "Report",
    "document_id",
    "find_files",
    "infer_blocks",
    "read_bytes",
    "read_corpus",
    "read_file",
    "sidecars",
]
