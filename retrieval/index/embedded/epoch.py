"""What belongs to one building of an index? A folder with everything in it; a rebuilt index has a new one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from retrieval.index.embedded.blobs import BlobFile
from retrieval.index.embedded.engine import Engine
from retrieval.index.embedded.readonly import may_write
from retrieval.index.embedded.store import STORE, Store
from retrieval.index.prepare import PreparedDocument, restore, unpack_document, unpack_terms, unpack_text
from retrieval.records import Document
from retrieval.term_arrays import DocumentTerms

READ = 64
"""Documents whose text is kept once it was read: more than are read for one question, whose hits show some again."""


class Epoch:
    """The database, the blobs and the two engines; `folder=None`: all in memory."""

    def __init__(self, folder: Path | None, *, create: bool = False) -> None:
        if folder and create:
            folder.mkdir(parents=True)
        self.folder = folder
        self.read_only = folder is not None and not may_write(folder)
        self.store = Store(folder and folder / STORE, create=create)
        self.texts = BlobFile(folder, "texts", create=create)
        self.terms = BlobFile(folder, "terms", create=create)
        self.words = BlobFile(folder, "words", create=create)
        self.passages = Engine(folder and folder / "passages", create=create)
        self.articles = Engine(folder and folder / "articles", create=create)
        texts = self.texts
        self._read = lru_cache(maxsize=READ)(lambda key: unpack_text(texts.get(key)))

    def document(self, key: int, *, text: bool = True, blocks: bool = True) -> Document:
        """Raises IndexDamaged."""
        if not text:
            return unpack_document(self.texts.get(key), text=False)
        document, size_of_blocks = self._read(key)
        return unpack_document(self.texts.get(key)) if blocks and size_of_blocks else document

    def terms_of(self, key: int) -> DocumentTerms:
        """Raises IndexDamaged."""
        return unpack_terms(key, self.terms.get(key))

    def restored(self, key: int) -> PreparedDocument:
        """What was written of a document. Raises IndexDamaged."""
        return restore(self.document(key), self.terms_of(key), self.words.get(key))

    def lies_in(self, folder: Path) -> bool:
        """Whether what lies there is this one: an index built anew in the place of a deleted one has the same names."""
        return self.folder == folder and self.texts.is_in_place()

    def doubt(self) -> None:
        """Compares what is read next with what was written, though it was compared before."""
        self.terms.doubt()
        self._read.cache_clear()

    def check_sizes(self) -> None:
        """Raises IndexDamaged where a file of the engines was cut short while it is open."""
        self.passages.check_sizes()
        self.articles.check_sizes()

    def flush(self) -> None:
        """All blobs to the disk itself."""
        for blobs in (self.texts, self.terms, self.words):
            blobs.flush()

    def close(self) -> None:
        """Closes the database and ends writing; nothing more is read from it."""
        self.store.close()
        for blobs in (self.texts, self.terms, self.words):
            blobs.close()
