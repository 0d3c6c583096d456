"""The library's public names."""

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
    SourceSummary,
    TermShare,
)
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
    "Settings",
    "SettingsError",
    "SourceSummary",
    "TermShare",
    "UnreadableFile",
    "read_toml",
    "shipped",
]
