"""One engine in a process of its own: builds, or opens and answers. Called by `engines.py`; needs nothing of ours."""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Ask = Callable[[list[str], int], Any]
BUDGET = 60.0
"""Seconds of asking after which no further question is asked."""


def lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def build_rank_bm25(passages: Path, at: Path) -> None:
    from rank_bm25 import BM25Okapi

    at.mkdir()
    with (at / "index").open("wb") as file:
        pickle.dump(BM25Okapi([line.split() for line in lines(passages)]), file, protocol=5)


def open_rank_bm25(at: Path) -> Ask:
    import numpy as np

    with (at / "index").open("rb") as file:
        index = pickle.load(file)

    def ask(terms: list[str], most: int) -> Any:
        scores = index.get_scores(terms)
        best = np.argpartition(scores, -most)[-most:]
        return best[np.argsort(-scores[best])]

    return ask


def build_bm25s(passages: Path, at: Path) -> None:
    import bm25s

    vocabulary: dict[str, int] = {}
    ids = [
        [vocabulary.setdefault(term, len(vocabulary)) for term in line.split()] for line in lines(passages)
    ]
    index = bm25s.BM25()
    index.index(bm25s.tokenization.Tokenized(ids=ids, vocab=vocabulary), show_progress=False)
    index.save(str(at))


def open_bm25s(at: Path, backend: str) -> Ask:
    import bm25s

    index = bm25s.BM25.load(str(at), mmap=True)
    index.backend = backend
    if backend == "numba":
        index.activate_numba_scorer()

    def ask(terms: list[str], most: int) -> Any:
        known = [term for term in terms if term in index.vocab_dict]
        return index.retrieve([known], k=most, show_progress=False, n_threads=1)

    return ask


def build_sqlite(passages: Path, at: Path) -> None:
    import sqlite3

    at.mkdir()
    with sqlite3.connect(at / "index") as db:
        db.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(text, content='', detail=none,"
            " tokenize=\"unicode61 remove_diacritics 0 tokenchars '-/.,&'\")"
        )
        db.executemany("INSERT INTO passages(text) VALUES (?)", ((line,) for line in lines(passages)))
        db.execute("INSERT INTO passages(passages) VALUES ('optimize')")


def open_sqlite(at: Path) -> Ask:
    import sqlite3

    db = sqlite3.connect(at / "index")

    def ask(terms: list[str], most: int) -> Any:
        wanted = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
        sql = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
        return db.execute(sql, (wanted, most)).fetchall()

    return ask


def build_xapian(passages: Path, at: Path) -> None:
    import xapian

    index = xapian.WritableDatabase(str(at), xapian.DB_CREATE_OR_OVERWRITE)
    for line in lines(passages):
        document = xapian.Document()
        for term in line.split():
            document.add_term(term[:60])
        index.add_document(document)
    index.commit()


def open_xapian(at: Path) -> Ask:
    import xapian

    index = xapian.Database(str(at))

    def ask(terms: list[str], most: int) -> Any:
        enquire = xapian.Enquire(index)
        enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0.5))
        enquire.set_query(xapian.Query(xapian.Query.OP_OR, [term[:60] for term in terms]))
        return [match.docid for match in enquire.get_mset(0, most)]

    return ask


def build_tantivy(passages: Path, at: Path) -> None:
    import tantivy

    at.mkdir()
    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        .add_integer_field("key", fast=True)
        .build()
    )
    writer = tantivy.Index(schema, str(at)).writer(200_000_000, 1)
    for key, line in enumerate(lines(passages)):
        writer.add_document(tantivy.Document(text=line, key=key))
    writer.commit()
    writer.wait_merging_threads()


def open_tantivy(at: Path) -> Ask:
    import tantivy

    index = tantivy.Index.open(str(at))
    searcher, schema = index.searcher(), index.schema

    def ask(terms: list[str], most: int) -> Any:
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term, "freq")) for term in terms]
        )
        hits = searcher.search(query, most, count=False).hits
        return searcher.fast_field_values("key", [address for _, address in hits])

    return ask


BUILD = {
    "rank-bm25": build_rank_bm25,
    "bm25s-numpy": build_bm25s,
    "bm25s-numba": build_bm25s,
    "sqlite-fts5": build_sqlite,
    "xapian": build_xapian,
    "tantivy": build_tantivy,
}
OPEN: dict[str, Callable[[Path], Ask]] = {
    "rank-bm25": open_rank_bm25,
    "bm25s-numpy": lambda at: open_bm25s(at, "numpy"),
    "bm25s-numba": lambda at: open_bm25s(at, "numba"),
    "sqlite-fts5": open_sqlite,
    "xapian": open_xapian,
    "tantivy": open_tantivy,
}


def timed(ask: Ask, questions: list[list[str]], most: int) -> dict[str, float]:
    """Milliseconds of the middle question and of the 99th in a hundred, once warm."""
    for question in questions[:3]:
        ask(question, most)
    times, began = [], time.perf_counter()
    for question in questions:
        start = time.perf_counter()
        ask(question, most)
        times.append(1000 * (time.perf_counter() - start))
        if time.perf_counter() - began > BUDGET:
            break
    times.sort()
    return {
        f"top {most} p50 ms": round(times[len(times) // 2], 2),
        f"top {most} p99 ms": round(times[int(0.99 * len(times))], 2),
        "questions": len(times),
    }


def peak_memory() -> int:
    """Megabytes that this process had resident at most, on Linux."""
    status = Path("/proc/self/status").read_text()
    return round(int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def main() -> None:
    engine, folder, size, phase = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    at, passages = folder / f"{engine}-{size}", folder / f"passages-{size}.txt"
    if phase == "build":
        began = time.perf_counter()
        BUILD[engine](passages, at)
        seconds = time.perf_counter() - began
        disk = sum(path.stat().st_size for path in at.rglob("*") if path.is_file())
        row = {
            "build s": round(seconds, 1),
            "passages/s": round(size / seconds),
            "disk MB": round(disk / 1e6),
        }
        print(json.dumps(row))
        return
    questions = [line.split() for line in lines(folder / f"questions-{size}.txt")]
    began = time.perf_counter()
    ask = OPEN[engine](at)
    opened = time.perf_counter() - began
    if phase == "first":
        ask(questions[0], 10)
        return
    row = {"open ms": round(1000 * opened, 1)} | timed(ask, questions, 10)
    if engine == "tantivy":
        row |= timed(ask, questions, 200)
    print(json.dumps(row | {"memory MB": peak_memory()}))


if __name__ == "__main__":
    main()
