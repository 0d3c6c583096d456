"""How fast is `Retriever.search` beside another checkout of this project, on the same articles and questions?

Each checkout answers in a process of its own, over an index that it built itself. Every question is asked once of each,
in turns, the other one first every second time, and costs what its process spends of the processor, so that other work
on the machine weighs on both alike. A warm-up of other questions comes first: a question's words may be known then, a
whole question never.

Questions: titles of the articles, and those of `tests/quality`, half and half; or the lines of a file.

Run: python -m benchmarks.search ARTICLES.jsonl[.gz] --beside CHECKOUT [--passages 100000] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

HERE = Path(__file__).resolve().parent.parent
QUESTIONS, WARM = 300, 60

_WORKER = """
import json, sys, time
from pathlib import Path
from retrieval import Retriever, update_index
articles, index, call = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
began = time.process_time()
if not index.exists():
    from retrieval import Document
    rows = (json.loads(line) for line in articles.open(encoding="utf-8"))
    Retriever.build((Document(**row) for row in rows), path=index)
    print(json.dumps(time.process_time() - began), flush=True)
else:
    print("null", flush=True)
ask = getattr(Retriever.open(index), call)
for line in sys.stdin:
    question = json.loads(line)
    began = time.process_time()
    ask(question)
    print(1000 * (time.process_time() - began), flush=True)
"""
"""What runs in each checkout: names that 0.1 exported already."""


class Side:
    """One checkout, with its index, answering in its own process."""

    def __init__(self, checkout: Path, articles: Path, index: Path, call: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WORKER, str(articles.resolve()), str(index.resolve()), call],
            cwd=checkout,
            env={**os.environ, "PYTHONPATH": str(checkout)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.build_seconds: float | None = json.loads(self._line())
        self.bytes = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())

    def ask(self, question: str) -> float:
        """Milliseconds of processor time."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return float(self._line())

    def close(self) -> None:
        self._process.communicate()

    def _line(self) -> str:
        out: IO[str] | None = self._process.stdout
        line = out.readline() if out else ""
        if not line:
            raise SystemExit("a worker ended; its error stands above")
        return line


def compare(sides: Sequence[Side], questions: Sequence[str]) -> dict[str, float]:
    """Times of the first and the second side, and the first's as a share of the second's."""
    for question in questions[:WARM]:
        for side in sides:
            side.ask(question)
    times: list[list[float]] = [[], []]
    for turn, question in enumerate(questions[WARM:]):
        for which in (0, 1) if turn % 2 else (1, 0):
            times[which].append(sides[which].ask(question))
    rows: dict[str, float] = {"questions": len(times[0])}
    for name, own in (("here", times[0]), ("beside", times[1])):
        rows |= {f"{name} p50 ms": statistics.median(own), f"{name} p99 ms": _high(own)}
        rows[f"{name} mean ms"] = statistics.fmean(own)
    for name in ("p50", "p99", "mean"):
        rows[f"share {name}"] = rows[f"here {name} ms"] / rows[f"beside {name} ms"]
    rows["share, middle question"] = statistics.median(a / b for a, b in zip(*times, strict=True))
    return rows


def _high(times: Sequence[float]) -> float:
    return sorted(times)[int(0.99 * len(times))]


def chosen_questions(titles: Path) -> list[str]:
    """Half titles, half questions that people would ask, in an order that is always the same."""
    asked = []
    for file in (
        *sorted((HERE / "tests/quality/asked").glob("*.jsonl")),
        HERE / "tests/quality/questions.jsonl",
    ):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "question" in row:
                asked.append(row["question"])
    draw = random.Random(5)
    half = (QUESTIONS + WARM) // 2
    own = titles.read_text(encoding="utf-8").splitlines()
    mixed = [*draw.sample(own, min(half, len(own))), *draw.sample(asked, min(half, len(asked)))]
    draw.shuffle(mixed)
    return mixed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="articles, one JSON object a line")
    parser.add_argument("--beside", type=Path, required=True, help="another checkout of this project")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=Path, help="a file of questions, one a line")
    parser.add_argument("--call", default="search", choices=("search", "answer", "understand"))
    parser.add_argument("--keep", type=Path, help="folder for articles and indexes, used again if there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        articles = folder / f"articles-{options.passages}.jsonl"
        if not articles.exists():
            from benchmarks.scale import write_articles

            write_articles(options.source, options.passages, articles)
        questions = (
            options.questions.read_text(encoding="utf-8").splitlines()
            if options.questions
            else chosen_questions(articles.with_suffix(".titles"))
        )
        began = time.perf_counter()
        sides = [
            Side(checkout, articles, folder / f"{name}-{options.passages}", options.call)
            for name, checkout in (("here", HERE), ("beside", options.beside.resolve()))
        ]
        rows = compare(sides, questions)
        for side in sides:
            side.close()
        here, beside = sides
        rows |= {"here MB": here.bytes / 1e6, "beside MB": beside.bytes / 1e6}
        rows["share of disk"] = here.bytes / beside.bytes
        if here.build_seconds and beside.build_seconds:
            rows["build, share of processor time"] = here.build_seconds / beside.build_seconds
        rows["seconds"] = time.perf_counter() - began
    print("\n".join(f"{name:32} {value:10.2f}" for name, value in rows.items()))


if __name__ == "__main__":
    main()
