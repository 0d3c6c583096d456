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
from retrieval.index.embedded.check import check_index
from retrieval.ingest.report import IndexReport, Progress
from retrieval.ingest.update import update_index
from retrieval.ingest.watch import FileWatcher
from retrieval.records import (
    Answer,
    AnswerKind,
    Block,
    BlockKind,
    Document,
    Following,
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
    "Block",
    "BlockKind",
    "CorpusError",
    "Document",
    "FileWatcher",
    "Following",
    "Hit",
    "HoidapError",
    "IndexDamaged",
    "IndexError_",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "IndexReport",
    "Passage",
    "Progress",
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
    "check_index",
    "read_bytes",
    "read_corpus",
    "read_toml",
    "shipped",
    "update_index",
]
