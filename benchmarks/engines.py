"""How fast are the engines that one might pick, on the same passages, the same terms and the same questions?

Measures, for each engine and size, each in processes of its own: building time and rate, size on disk, opening, time
and memory for answering (top 10 by BM25; bare tantivy also top 200, which is what the whole path asks of it), and the
first answer in a new process, interpreter and imports included.

On: passages of real news text (one sentence or a few short ones), their terms as the index has them (accented
syllables and numbers, no pairs). Questions: titles of articles, all their terms.

Run: python -m benchmarks.engines ARTICLES.jsonl.gz [--sizes 10000 100000 1000000] [--json FILE]
bm25s and numba are measured where they are installed (pip install bm25s numba); Xapian where a Python that has its
bindings is named with --xapian-python.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

ENGINES = ("rank-bm25", "bm25s-numpy", "bm25s-numba", "sqlite-fts5", "xapian", "tantivy")
NEEDS = {
    "rank-bm25": "rank_bm25",
    "bm25s-numpy": "bm25s",
    "bm25s-numba": "numba",
    "sqlite-fts5": "sqlite3",
    "tantivy": "tantivy",
}
QUESTIONS = 300


def write_terms(source: Path, size: int, folder: Path) -> None:
    """`passages-N.txt`: one passage a line, terms split by blanks. `questions.txt`: likewise."""
    from benchmarks.articles import endless_articles
    from retrieval.analyzer import make_analyzer
    from retrieval.settings import Settings

    analyzer = make_analyzer(Settings())
    random_ = random.Random(1)
    written, titles = 0, []
    with (folder / f"passages-{size}.txt").open("w", encoding="utf-8") as file:
        for document in endless_articles(source):
            analysed = analyzer.analyse(document)
            starts = analysed.starts.tolist()
            titles.append(" ".join(analysed.accented[: starts[0]]))
            for start, end in pairwise(starts):
                if end > start and written < size:
                    file.write(" ".join(analysed.accented[start:end]) + "\n")
                    written += 1
            if written == size:
                break
    chosen = random_.sample([title for title in titles if len(title.split()) > 3], QUESTIONS)
    (folder / f"questions-{size}.txt").write_text("\n".join(chosen), encoding="utf-8")


def measure(engine: str, size: int, folder: Path, python: str) -> dict[str, Any]:
    """Builds and asks, in three processes."""
    worker = [python, str(Path(__file__).with_name("engine_worker.py")), engine, str(folder), str(size)]
    row: dict[str, Any] = {"engine": engine, "passages": size}
    for phase in ("build", "ask", "first"):
        began = time.perf_counter()
        done = subprocess.run([*worker, phase], capture_output=True, text=True, check=False)
        if done.returncode:
            return row | {"failed": done.stderr.strip().splitlines()[-1] if done.stderr else "killed"}
        row |= json.loads(done.stdout or "{}")
        if phase == "first":
            row["first answer s"] = round(time.perf_counter() - began, 2)
    return row


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="articles, one JSON object a line")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), choices=ENGINES)
    parser.add_argument("--xapian-python", help="a Python that can import xapian")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in options.sizes:
            write_terms(options.source, size, folder)
            for engine in options.engines:
                python = options.xapian_python if engine == "xapian" else sys.executable
                if not python or (engine in NEEDS and not importlib.util.find_spec(NEEDS[engine])):
                    print(f"{engine}: not installed; left out", file=sys.stderr)
                    continue
                rows.append(measure(engine, size, folder, python))
                print(json.dumps(rows[-1]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
