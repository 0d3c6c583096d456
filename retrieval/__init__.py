"""The library's public names.

Those that do something are loaded when they are first used: a question needs nothing that reads files, and a process
that reads files nothing that answers.
"""

import importlib
import typing

from retrieval.errors import (
    CorpusError,
    HoidapError,
    IndexDamaged,
    IndexError_,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    IndexReadOnly,
    IndexUnreachable,
    QuestionError,
    SettingsError,
    SnapshotLost,
    UnreadableFile,
    os_reason,
)
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
from retrieval.settings import Settings, read_toml, shipped
from retrieval.vietnamese.syllables import strip_marks

if typing.TYPE_CHECKING:
    from retrieval.corpus import infer_blocks, read_bytes, read_corpus
    from retrieval.dialogue.conversation import Conversation
    from retrieval.dialogue.turn import HitReference, Turn
    from retrieval.ingest.check import check_index
    from retrieval.ingest.copy import CopyReport, copy_index
    from retrieval.ingest.fetch import Fetcher, Page
    from retrieval.ingest.report import IndexReport, Progress
    from retrieval.ingest.update import update_index
    from retrieval.ingest.watch import FileWatcher
    from retrieval.retriever import Retriever

_LATER = {
    **dict.fromkeys(("infer_blocks", "read_bytes", "read_corpus"), "retrieval.corpus"),
    "Conversation": "retrieval.dialogue.conversation",
    **dict.fromkeys(("HitReference", "Turn"), "retrieval.dialogue.turn"),
    "check_index": "retrieval.ingest.check",
    **dict.fromkeys(("CopyReport", "copy_index"), "retrieval.ingest.copy"),
    **dict.fromkeys(("Fetcher", "Page"), "retrieval.ingest.fetch"),
    **dict.fromkeys(("IndexReport", "Progress"), "retrieval.ingest.report"),
    "update_index": "retrieval.ingest.update",
    "FileWatcher": "retrieval.ingest.watch",
    "Retriever": "retrieval.retriever",
}

__all__ = [
    "Answer",
    "AnswerKind",
    "Block",
    "BlockKind",
    "Conversation",
    "CopyReport",
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
    "IndexReadOnly",
    "IndexReport",
    "IndexUnreachable",
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
    "SnapshotLost",
    "SourceSummary",
    "TermShare",
    "Turn",
    "UnreadableFile",
    "check_index",
    "copy_index",
    "infer_blocks",
    "os_reason",
    "read_bytes",
    "read_corpus",
    "read_toml",
    "shipped",
    "strip_marks",
    "update_index",
]


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(_LATER[name]), name)
    return found
