"""What does the whole path cost as the archive grows: file to index, question to answer?

Measures at each size: indexing articles end to end (reading, passages, analysis, everything written), disk, opening,
`Retriever.search` warm, in the same process and question by question beside it a bare tantivy search for the best
200 passages with all words of the question and, up to 100,000 passages, rank-bm25's `get_scores` over the same terms;
memory of the answering process; the first answer of a new `hoidap ask`, whole process, beside the same on the sample
corpus; and the time from handing over 50 new articles until a running reader finds them.

On: real news articles, beyond their number again with other words. Questions: titles of articles.

Run: python -m benchmarks.scale ARTICLES.jsonl.gz [--sizes 10000 100000 1000000] [--keep FOLDER] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from benchmarks.articles import endless_articles
from benchmarks.engine_worker import peak_memory
from retrieval import Document, Retriever, Settings, update_index
from retrieval.analyzer import make_analyzer
from retrieval.index.embedded.epoch import Epoch
from retrieval.index.embedded.index import Index
from retrieval.index.prepare import restore

QUESTIONS, WARM = 200, 20
RANK_BM25_UP_TO = 100_000
"""Passages; beyond, one question takes it seconds."""

MARK = "zyxwvu"
"""A word that no article holds."""


def write_articles(source: Path, passages: int, file: Path) -> None:
    """As many articles as make about so many passages, and titles of some of them to ask."""
    sample = list(islice(endless_articles(source), 500))
    analyzer = make_analyzer(Settings())
    each = sum(len(analyzer.analyse(document).spans) for document in sample) / len(sample)
    wanted = round(passages / each)
    titles = []
    with file.open("w", encoding="utf-8") as out:
        for document in islice(endless_articles(source), wanted):
            titles.append(document.title)
            row = {
                "id": document.id,
                "title": document.title,
                "text": document.text,
                "source": document.source,
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    asked = [title for title in titles if len(title.split()) > 3]
    chosen = random.Random(2).sample(asked, QUESTIONS + WARM)
    file.with_suffix(".titles").write_text("\n".join(chosen), encoding="utf-8")


def build(articles: Path, index: Path) -> dict[str, Any]:
    """Indexes the file."""
    report = update_index([articles], index)
    return {
        "articles": report.articles_in_all,
        "passages": report.passages_in_all,
        "joined": report.joined_in_all,
        "build s": round(report.seconds, 1),
        "articles/s": round(report.added / report.seconds),
        "passages/s": round(report.passages / report.seconds),
        "build memory MB": peak_memory(),
    } | _bare_build(index, round(report.passages / report.seconds))


def _bare_build(index: Path, rate: int) -> dict[str, Any]:
    """Passages a second of tantivy fed with the same terms and pairs, made ready before."""
    import tantivy

    (epoch,) = (Epoch(path.parent) for path in index.glob("*/store.db"))
    keys = Index.open(index).snapshot().keys()[:3000]
    ready = [restore(epoch.document(key), epoch.terms_of(key), epoch.words.get(key)) for key in keys]
    builder = tantivy.SchemaBuilder()
    for name in ("accented", "plain"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    writer = tantivy.Index(builder.build()).writer(200_000_000, 1)
    began = time.perf_counter()
    for prepared in ready:
        for terms in prepared.accented:
            writer.add_document(tantivy.Document(accented=terms))
        writer.add_document(tantivy.Document(accented=prepared.article, plain=prepared.article_plain))
    writer.commit()
    writer.wait_merging_threads()
    bare = sum(len(prepared.accented) for prepared in ready) / (time.perf_counter() - began)
    return {"bare tantivy passages/s": round(bare), "share of bare tantivy": round(rate / bare, 2)}


def ask(articles: Path, index: Path) -> dict[str, Any]:
    """Searches, warm; bare tantivy and rank-bm25 beside it, question by question."""
    questions = articles.with_suffix(".titles").read_text(encoding="utf-8").split("\n")
    began = time.perf_counter()
    retriever = Retriever.open(index)
    opened = time.perf_counter() - began
    for question in questions[:WARM]:
        retriever.search(question)
    rows: dict[str, list[float]] = {"search": []}
    for question in questions[WARM:]:
        _time(rows["search"], lambda: retriever.search(question))  # noqa: B023 (called at once)
    memory = peak_memory()
    bare, scores = _bare_tantivy(index), _rank_bm25(index)
    beside: dict[str, list[float]] = {"search": [], "tantivy": [], "rank-bm25": []}
    for question in questions[WARM : WARM + (60 if scores else QUESTIONS)]:
        _time(beside["search"], lambda: retriever.search(question))  # noqa: B023
        _time(beside["tantivy"], lambda: bare(question))  # noqa: B023
        if scores:
            _time(beside["rank-bm25"], lambda: scores(question))  # noqa: B023
    mine = statistics.median(beside["search"])
    row = {
        "open ms": round(1000 * opened, 1),
        "search p50 ms": round(statistics.median(rows["search"]), 1),
        "search p99 ms": round(sorted(rows["search"])[int(0.99 * len(rows["search"]))], 1),
        "memory MB": memory,
        "bare tantivy p50 ms": round(statistics.median(beside["tantivy"]), 1),
        "times bare tantivy": round(mine / statistics.median(beside["tantivy"]), 1),
    }
    if scores:
        row["rank-bm25 p50 ms"] = round(statistics.median(beside["rank-bm25"]), 1)
        row["times faster than rank-bm25"] = round(statistics.median(beside["rank-bm25"]) / mine, 1)
    return row


def _time(times: list[float], call: Any) -> None:
    start = time.perf_counter()
    call()
    times.append(1000 * (time.perf_counter() - start))


def _bare_tantivy(index: Path) -> Any:
    """The best 200 passages by all words of the question, and their keys."""
    import tantivy

    found = tantivy.Index.open(str(next(index.glob("*/passages"))))
    searcher, schema, analyzer = found.searcher(), found.schema, make_analyzer(Settings())

    def ask_bare(question: str) -> Any:
        terms = dict.fromkeys(analyzer.analyse(Document("q", question)).accented)
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(schema, "accented", term, "freq"))
                for term in terms
            ]
        )
        hits = searcher.search(query, 200, count=False).hits
        return searcher.fast_field_values("key", [address for _, address in hits])

    return ask_bare


def _rank_bm25(index: Path) -> Any:
    """`get_scores` over all passages' terms; none where they are too many."""
    from rank_bm25 import BM25Okapi

    snapshot = Index.open(index).snapshot()
    if snapshot.stats.passages > 1.2 * RANK_BM25_UP_TO:
        return None
    analyzer = make_analyzer(Settings())
    passages = [
        list(analysed.accented[start:end])
        for document in snapshot.all_documents()
        for analysed in [analyzer.analyse(document)]
        for start, end in pairwise(analysed.starts)
    ]
    scorer = BM25Okapi(passages)
    return lambda question: scorer.get_scores(analyzer.analyse(Document("q", question)).accented)


def first_answers(index: Path, folder: Path, *, rounds: int = 5) -> dict[str, float]:
    """Seconds of a whole new process, in turns with one on the sample corpus."""
    seeds = folder / "seeds-index"
    if not seeds.exists():
        update_index([Path(__file__).parent.parent / "seeds"], seeds)
    times: dict[Path, list[float]] = {index: [], seeds: []}
    for _ in range(rounds):
        for one, taken in times.items():
            command = [sys.executable, "-c", "from bot.cli import main; main()", "ask", "--index", str(one)]
            began = time.perf_counter()
            subprocess.run([*command, "bao nhiêu đảng viên?"], capture_output=True, check=False)
            taken.append(time.perf_counter() - began)
    here, there = statistics.median(times[index]), statistics.median(times[seeds])
    return {
        "first answer s": round(here, 2),
        "the same on the sample s": round(there, 2),
        "times the sample": round(here / there, 2),
    }


def update(source: Path, index: Path, folder: Path) -> dict[str, float]:
    """Seconds from handing over 50 new articles until a running reader finds the last of them."""
    new = folder / "new.jsonl"
    documents = islice(endless_articles(source), 1000, 1050)
    with new.open("w", encoding="utf-8") as file:
        for number, document in enumerate(documents):
            words = document.text.split()[::-1]  # backwards: else they are joined to the articles they are of
            text = " ".join([MARK, *words])
            file.write(
                json.dumps({"id": f"new/{number}", "title": "", "text": text}, ensure_ascii=False) + "\n"
            )
    reader = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.scale", "--wait-for", str(index)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    reader.stdout.readline()
    began = time.time()
    update_index([new], index)
    written = time.time()
    seen = float(reader.stdout.readline())
    reader.wait()
    return {"50 added s": round(written - began, 2), "50 seen after s": round(seen - began, 2)}


def wait_for_mark(index: Path) -> None:
    """A reader: says when it is up, and when a search finds the new articles."""
    retriever = Retriever.open(index)
    retriever.search("đảng viên")
    print("up", flush=True)
    while not any(MARK in hit.passage.text for hit in retriever.search(MARK)):
        time.sleep(0.05)
    print(time.time(), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, nargs="?", help="articles, one JSON object a line")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument(
        "--keep", type=Path, help="folder for articles and indexes, used again where they are there"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", nargs=2, metavar=("PHASE", "SIZE"), help=argparse.SUPPRESS)
    parser.add_argument("--wait-for", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.wait_for:
        wait_for_mark(options.wait_for)
    elif options.only:
        phase, size = options.only
        articles, index = options.keep / f"articles-{size}.jsonl", options.keep / f"index-{size}"
        print(json.dumps({"build": build, "ask": ask}[phase](articles, index)))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            rows = measure(options.source, options.sizes, options.keep or Path(temporary))
        if options.json:
            options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def measure(source: Path, sizes: list[int], folder: Path) -> list[dict[str, Any]]:
    """Each size, its phases in processes of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for size in sizes:
        articles, index = folder / f"articles-{size}.jsonl", folder / f"index-{size}"
        row: dict[str, Any] = {"size": size}
        if not articles.exists():
            write_articles(source, size, articles)
        for phase in ("build", "ask"):
            command = [
                sys.executable,
                "-m",
                "benchmarks.scale",
                "--keep",
                str(folder),
                "--only",
                phase,
                str(size),
            ]
            row |= json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            print(json.dumps(row), flush=True)
        row["disk MB"] = round(sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 1e6)
        row |= first_answers(index, folder) | update(source, index, folder)
        print(json.dumps(row), flush=True)
        rows.append(row)
    return rows


if __name__ == "__main__":
    main()
