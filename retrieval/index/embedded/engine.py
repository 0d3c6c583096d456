"""How are candidates found? One tantivy index of passages, one of articles; terms come ready, split by
blanks.

Two, because tantivy takes the number of documents and the average length over everything in an index:
articles among passages would get lengths and idf that are wrong by a factor of twenty.

Terms of passages lie there with their marks only. A term typed without marks is looked for in all its forms, each
weighing as if they were one term: that saves a third of the time and the room. An article holds several forms of many
terms: there it is written down a second time, without marks.
"""

from __future__ import annotations

import contextlib
import datetime
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from retrieval.errors import IndexDamaged
from retrieval.index.edge import Scored
from retrieval.index.embedded.readonly import may_write, stand_in
from retrieval.index.protocol import SECTION, Filter, folded_source
from retrieval.records import QueryTerm

if TYPE_CHECKING:
    import tantivy

_MARKER = "commit"
_SEGMENTS = "?" * 32 + ".*"

FormsOf = Callable[[str], Sequence[str]]
"""A term without marks -> what terms of the corpus it may stand for, itself among them."""

_OF_PAIRS = 12
"""Forms of each word of a pair that are tried, the most frequent ones; what comes after are slips of the pen."""
_KEPT = 2_000
"""Terms without marks whose forms are kept for one commit."""


@dataclass(frozen=True, slots=True)
class _Held:
    """How many entries hold each form of a term, the most frequent first, and how many hold any."""

    forms: tuple[tuple[str, int], ...]
    entries: int


class damage_named:  # noqa: N801 (used as a context manager)
    """Whatever the engine throws on damaged files (errors, and panics, which aren't `Exception`s) as
    IndexDamaged. A class, as one look-up of a word takes no longer than entering a generator's context.
    """

    __slots__ = ("_path",)

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException":
            assert error is not None
            raise IndexDamaged(
                f"{self._path or 'chỉ mục trong bộ nhớ'}: {_one_line(error)}; hãy chạy hoidap check"
            ) from error


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("accented", "plain", "section"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("source", "marker"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("key", fast=True, indexed=True)
    builder.add_integer_field("day", fast=True, indexed=True)
    builder.add_integer_field("passage", fast=True)
    builder.add_integer_field("generation", fast=True)
    return builder.build()


class Engine:
    """One tantivy index, on disk or (`path=None`) in memory."""

    def __init__(self, path: Path | None, *, create: bool) -> None:
        import tantivy

        self.path = path
        with damage_named(path):
            if path is None:
                self._index = tantivy.Index(_schema())
            elif create:
                path.mkdir()
                self._index = tantivy.Index(_schema(), str(path), reuse=False)
            else:
                self._index = tantivy.Index.open(str(path if may_write(path) else stand_in(self, path)))
            self._index.config_reader("manual")
            self.schema = self._index.schema  # that of an index to be rebuilt may be another one
        self._sizes: dict[Path, int] = {}

    def search(self, forms_of: FormsOf | None = None) -> EngineSearch:
        """The last commit, to search; later commits don't show in it. `forms_of`: for entries without `plain`."""
        with damage_named(self.path):
            self._index.reload()
            found = EngineSearch(self, self._index.searcher(), forms_of)
        self._sizes = dict(self._sizes_now())
        return found

    def _sizes_now(self) -> Iterator[tuple[Path, int]]:
        for file in self.path.glob(_SEGMENTS) if self.path is not None else ():
            with contextlib.suppress(OSError):  # another process has just merged it into another
                yield file, file.stat().st_size

    def check_sizes(self) -> None:
        """Raises IndexDamaged where a file was cut short since the last `search`.

        The engine maps its files: to read where one ends too early ends the whole process. Those that a merge removed
        lie in the map as they were.
        """
        for file, size in self._sizes.items():
            with contextlib.suppress(OSError):
                if (now := file.stat().st_size) < size:
                    raise IndexDamaged(f"{file}: {now} byte, đáng lẽ {size}; hãy chạy hoidap check")

    def writer(self, *, heap_megabytes: int) -> EngineWriter:
        with damage_named(self.path):
            return EngineWriter(self, self._index.writer(heap_megabytes * 1_000_000, 1))


class EngineWriter:
    """Adds to one engine. Nothing shows before `commit`."""

    def __init__(self, engine: Engine, writer: Any) -> None:
        self._engine, self._writer = engine, writer

    def add(
        self,
        key: int,
        passage: int,
        *,
        day: int,
        source: str,
        accented: str,
        plain: str | None = None,
        section: str | None = None,
    ) -> None:
        """One entry; `source` folded, `day` as the ordinal of the date, 0 for none.

        `section`: what stands over a passage. `plain`: an article's terms without their marks.
        """
        import tantivy

        entry = tantivy.Document()
        entry.add_integer("key", key)
        entry.add_integer("passage", passage)
        entry.add_integer("day", day)
        entry.add_text("source", source)
        entry.add_text("accented", accented)
        if plain is not None:
            entry.add_text("plain", plain)
        if section is not None:
            entry.add_text("section", section)
        self._writer.add_document(entry)

    def commit(self, generation: int) -> None:
        """All that was added, at once, as this generation."""
        import tantivy

        with damage_named(self._engine.path):
            entry = tantivy.Document()
            entry.add_text("marker", _MARKER)
            entry.add_integer("generation", generation)
            self._writer.add_document(entry)
            self._writer.commit()

    def close(self) -> None:
        """Waits for what is under way; what isn't committed is dropped. The writer can't be used afterwards."""
        with damage_named(self._engine.path):
            self._writer.wait_merging_threads()


class EngineSearch:
    """One commit of one engine."""

    def __init__(self, engine: Engine, searcher: tantivy.Searcher, forms_of: FormsOf | None) -> None:
        import tantivy

        self._engine, self._searcher, self._forms_of = engine, searcher, forms_of
        self._held = lru_cache(maxsize=_KEPT)(self._look_up)
        with damage_named(engine.path):
            marker = tantivy.Query.term_query(engine.schema, "marker", _MARKER, "basic")
            newest = searcher.search(marker, 1, count=False, order_by_field="generation").hits
        self.generation: int = newest[0][0] if newest else 0
        self.entries: int = searcher.num_docs

    def df(self, term: str, *, plain: bool) -> int:
        """How many entries hold the term, removed ones among them."""
        return self._df("accented", term, plain)

    def section_df(self, term: str, *, plain: bool) -> int:
        """Over how many entries the term stands, removed ones among them."""
        return self._df("section", term, plain)

    def _df(self, field: str, term: str, plain: bool) -> int:
        with damage_named(self._engine.path):
            if plain and self._forms_of is not None:
                return self._held(field, term).entries
            return int(self._searcher.doc_freq("plain" if plain else field, term))

    def _look_up(self, field: str, term: str) -> _Held:
        """Of a term, or a pair "a_b", without marks."""
        first, joint, second = term.partition("_")
        assert self._forms_of is not None
        forms: Sequence[str]
        if joint:
            firsts, seconds = (
                [form for form, _ in self._held(field, one).forms[:_OF_PAIRS]] for one in (first, second)
            )
            forms = [f"{left}_{right}" for left in firsts for right in seconds]
        else:
            forms = self._forms_of(term)
        counts = [(form, count) for form in forms if (count := int(self._searcher.doc_freq(field, form)))]
        counts.sort(key=lambda one: (-one[1], one[0]))
        return _Held(tuple(counts), self._with_any(field, counts))

    def _with_any(self, field: str, counts: Sequence[tuple[str, int]]) -> int:
        """How many entries hold any of the terms, of which so many hold each."""
        from tantivy import Occur, Query

        if len(counts) < 2:
            return sum(count for _, count in counts)
        terms = [Query.term_query(self._engine.schema, field, term, "basic") for term, _ in counts]
        others = Query.boolean_query(
            [(Occur.MustNot, terms[0]), *((Occur.Should, term) for term in terms[1:])]
        )
        # What holds the most frequent one is known: its entries are only skipped.
        return counts[0][1] + int(self._searcher.search(others, 1, count=True, order_by_field="key").count)

    def best(
        self, terms: Sequence[QueryTerm], *, limit: int, where: Filter | None, sections: bool = True
    ) -> list[Scored]:
        """The best `limit` by BM25, best first; removed ones among them.

        `sections`: what stands over an entry counts too; articles have nothing over them.
        """
        if not terms or limit < 1:
            return []
        with damage_named(self._engine.path):
            hits = self._searcher.search(self._query(terms, where, sections), limit, count=False).hits
            addresses = [address for _, address in hits]
            keys = self._searcher.fast_field_values("key", addresses)
            numbers = self._searcher.fast_field_values("passage", addresses)
        return [(score, (key, n)) for (score, _), key, n in zip(hits, keys, numbers, strict=True)]

    def _query(self, terms: Sequence[QueryTerm], where: Filter | None, sections: bool) -> tantivy.Query:
        from tantivy import FieldType, Occur, Query

        schema = self._engine.schema
        parts = []
        for term in terms:
            parts += self._any_form("accented", term, term.weight)
            if sections and "_" not in term.text:  # pairs are counted in passages only
                parts += self._any_form("section", term, SECTION * term.weight)
        wanted = Query.boolean_query([(Occur.Should, part) for part in parts])
        if where is None or where == Filter():
            return wanted
        musts = [(Occur.Must, wanted)]
        if where.source is not None:
            source = Query.term_query(schema, "source", folded_source(where.source), "basic")
            musts.append((Occur.Must, Query.const_score_query(source, 0.0)))
        if where.since is not None or where.until is not None:
            since = (where.since or datetime.date.min).toordinal()
            until = (where.until or datetime.date.max).toordinal()
            days = Query.range_query(schema, "day", FieldType.Integer, since, until)
            musts.append((Occur.Must, Query.const_score_query(days, 0.0)))
        return Query.boolean_query(musts)

    def _any_form(self, field: str, term: QueryTerm, weight: float) -> list[tantivy.Query]:
        """What finds the term; of one without marks the form that an entry holds most of, all as rare as together."""
        from tantivy import Query

        if term.plain and self._forms_of is None:
            field = "plain"

        def wanted(form: str, boost: float) -> tantivy.Query:
            query = Query.term_query(self._engine.schema, field, form, "freq")
            return query if boost == 1.0 else Query.boost_query(query, boost)

        if not term.plain or self._forms_of is None:
            return [wanted(term.text, weight)]
        held = self._held(field, term.text)
        together = self._idf(held.entries)
        forms = [wanted(form, weight * together / self._idf(count)) for form, count in held.forms]
        return forms if len(forms) < 2 else [Query.disjunction_max_query(forms)]

    def _idf(self, entries: int) -> float:
        """The engine's own, of a term that so many entries hold."""
        return math.log1p((self.entries - entries + 0.5) / (entries + 0.5))
