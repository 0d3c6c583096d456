"""The library's public names."""

from retrieval.corpus import read_bytes, read_corpus
from retrieval.errors import (
    CorpusError,
    HoidapError,
    IndexDamaged,
    IndexError_,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    QuestionError,
    SettingsError,
    UnreadableFile,
)
from retrieval.records import (
    Answer,
    AnswerKind,
    Document,
    Hit,
    Passage,
    Query,
    QueryTerm,
    Role,
    SourceSummary,
    TermShare,
)
from retrieval.retriever import Retriever
from retrieval.settings import Settings, read_toml, shipped

__all__ = [
    "Answer",
    "AnswerKind",
    "CorpusError",
    "Document",
    "Hit",
    "HoidapError",
    "IndexDamaged",
    "IndexError_",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "Passage",
    "Query",
    "QueryTerm",
    "QuestionError",
    "Retriever",
    "Role",
    "Settings",
    "SettingsError",
    "SourceSummary",
    "TermShare",
    "UnreadableFile",
    "read_bytes",
    "read_corpus",
    "read_toml",
    "shipped",
]
