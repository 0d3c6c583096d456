"""The library's public names."""

from retrieval.corpus import infer_blocks, read_bytes, read_corpus
from retrieval.dialogue.conversation import Conversation
from retrieval.dialogue.turn import HitReference, Turn
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
from retrieval.ingest.fetch import Fetcher, Page
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
    PinnedAnswer,
    Query,
    QueryTerm,
    Role,
    SourceSummary,
    TermShare,
)
from retrieval.retriever import Retriever
from retrieval.settings import Settings, read_toml, shipped
from retrieval.vietnamese.syllables import strip_marks

__all__ = [
    "Answer",
    "AnswerKind",
    "Block",
    "BlockKind",
    "Conversation",
    "CorpusError",
    "Document",
    "Fetcher",
    "FileWatcher",
    "Following",
    "Hit",
    "HitReference",
    "HoidapError",
    "IndexDamaged",
    "IndexError_",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "IndexReport",
    "Page",
    "Passage",
    "PinnedAnswer",
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
    "Turn",
    "UnreadableFile",
    "check_index",
    "infer_blocks",
    "read_bytes",
    "read_corpus",
    "read_toml",
    "shipped",
    "strip_marks",
    "update_index",
]
