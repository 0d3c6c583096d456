"""Writes docs/benchmarks.md and its plot from what `engines.py`, `scale.py`, `crash.py` and `readers.py` measured.

Run: python -m benchmarks.page ENGINES.json SCALE.json CRASH.json READERS.json --machine "2 cores, …"
     [--before SCALE.json --version 0.1]: what `scale.py` of an earlier version measured on the same machine, beside it
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent.parent / "docs"
ENGINE_COLUMNS = (
    "engine",
    "passages",
    "build s",
    "passages/s",
    "disk MB",
    "memory MB",
    "open ms",
    "top 10 p50 ms",
    "top 10 p99 ms",
    "top 200 p50 ms",
    "first answer s",
)
SCALE_ROWS = (
    "articles",
    "build s",
    "articles/s",
    "passages/s",
    "bare tantivy passages/s",
    "share of bare tantivy",
    "build memory MB",
    "disk MB",
    "open ms",
    "search p50 ms",
    "search p99 ms",
    "bare tantivy p50 ms",
    "times bare tantivy",
    "rank-bm25 p50 ms",
    "times faster than rank-bm25",
    "memory MB",
    "first answer s",
    "the same on the sample s",
    "times the sample",
    "50 added s",
    "50 seen after s",
)
COMPARED = (
    "build s",
    "articles/s",
    "share of bare tantivy",
    "search p50 ms",
    "search p99 ms",
    "times bare tantivy",
    "memory MB",
    "disk MB",
)
"""Rows that stand a second time, as an earlier version has them."""
COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb", "#000000")


def table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def plot(series: dict[str, list[tuple[float, float]]]) -> str:
    """An SVG with both axes logarithmic: passages across, milliseconds of the middle question up."""
    width, height, left, bottom = 720, 420, 70, 50
    points = [point for line in series.values() for point in line]
    low_x, high_x = (f(math.log10(x) for x, _ in points) for f in (min, max))
    low_y, high_y = (
        math.floor(min(math.log10(y) for _, y in points)),
        math.ceil(max(math.log10(y) for _, y in points)),
    )

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - low_x) / max(1e-9, high_x - low_x)
        up = (math.log10(y) - low_y) / max(1e-9, high_y - low_y)
        return left + across * (width - left - 190), height - bottom - up * (height - bottom - 20)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"'
        ' font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for power in range(low_y, high_y + 1):
        x, y = place(10**low_x, 10.0**power)
        end, _ = place(10**high_x, 1)
        parts.append(f'<line x1="{x:.0f}" y1="{y:.0f}" x2="{end:.0f}" y2="{y:.0f}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g} ms</text>')
    for power in range(math.ceil(low_x - 0.05), math.floor(high_x + 0.05) + 1):
        x, y = place(10.0**power, 10.0**low_y)
        parts.append(f'<text x="{x:.0f}" y="{y + 20:.0f}" text-anchor="middle">{10**power:,} passages</text>')
    for number, (name, line) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = [place(*point) for point in sorted(line)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        parts.append(f'<text x="{width - 175}" y="{30 + 18 * number}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


BY_HAND = "## Where the time goes\n"
"""From this heading on the page is written by hand, and stays as it is."""


def page(
    engines: list[dict[str, Any]],
    scale: list[dict[str, Any]],
    crash: dict[str, Any],
    readers: dict[str, Any],
    machine: str,
    before: dict[str, list[dict[str, Any]]],
) -> str:
    scaled = [
        [name, *(row.get(name) for row in scale)] for name in SCALE_ROWS if any(name in row for row in scale)
    ]
    for version, rows in before.items():
        scaled += [[f"{name}, version {version}", *(row.get(name) for row in rows)] for name in COMPARED]
    killed = [[name, value if value != [] else "nothing"] for name, value in crash.items()]
    read = [[name, value if value != [] else "nothing"] for name, value in readers.items()]
    return f"""# Benchmarks

What the engines that one might pick cost, what the whole path costs as the archive grows, and what it survives.
Measured on: {machine}. Text: real news articles; beyond their number the same again with each word replaced by another
of about the same frequency (`benchmarks/articles.py`). This page is written by `benchmarks/page.py`,
up to where the time goes.

![Time of the middle question, by number of passages](benchmarks.svg)

## Engines, on the same passages, terms and questions

{table(ENGINE_COLUMNS, [[row.get(name) for name in ENGINE_COLUMNS] for row in engines])}

Passages are indexed by single terms; questions are titles of articles with all their words; each engine gives the best
10 by its own BM25 (tantivy also the best 200). `first answer` is a whole new process:
interpreter, imports, opening, one question. `memory` is what the answering process had resident at most.

    python -m benchmarks.engines ARTICLES.jsonl.gz --xapian-python /usr/bin/python3

## The whole path

{table(("", *(f"{row['passages']:,} passages" for row in scale)), scaled)}

`search` is `Retriever.search`, warm: understanding the question, candidates, scoring, reading. `bare tantivy`
is the best 200 passages for all words of the question, asked in turn with ours in the same process; `rank-bm25` is its
`get_scores` over the same passages, likewise. `50 seen after` is the time from handing over 50 new articles until a
running reader's search finds them. Indexing reads the file, cuts passages, analyses, and writes singles and pairs,
with their marks, of passages, and the singles of articles with and without: about four times the postings of the
engines above; `bare tantivy passages/s` is tantivy fed with just these, made ready before.

    python -m benchmarks.scale ARTICLES.jsonl.gz

## Killed with `kill -9` at random moments of writing

{table(("", ""), killed)}

After each kill the index must open and hold exactly the documents of the last commit, with exact counts, and pass
`hoidap check`; the next round goes on from there.

    python -m benchmarks.crash --rounds 200

## Read by eight processes while one writes

{table(("", ""), read)}

Each reader checks passages, articles, counts, texts and terms of every snapshot against one commit.

    python -m benchmarks.readers --seconds 60
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("engines", "scale", "crash", "readers"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--machine", required=True)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--version", default="before")
    options = parser.parse_args()
    engines, scale, crash, readers = (
        json.loads(path.read_text(encoding="utf-8"))
        for path in (options.engines, options.scale, options.crash, options.readers)
    )
    series: dict[str, list[tuple[float, float]]] = {}
    for row in engines:
        if "top 10 p50 ms" in row:
            series.setdefault(row["engine"], []).append((row["passages"], row["top 10 p50 ms"]))
    series["the whole path"] = [(row["passages"], row["search p50 ms"]) for row in scale]
    before = {}
    if options.before:
        before[options.version] = json.loads(options.before.read_text(encoding="utf-8"))
        series[f"the whole path, {options.version}"] = [
            (row["passages"], row["search p50 ms"]) for row in before[options.version]
        ]
    (DOCS / "benchmarks.svg").write_text(plot(series), encoding="utf-8")
    path = DOCS / "benchmarks.md"
    _, heading, by_hand = path.read_text(encoding="utf-8").partition(BY_HAND)
    measured = page(engines, scale, crash, readers, options.machine, before)
    path.write_text(f"{measured}\n{heading}{by_hand}" if heading else measured, encoding="utf-8")


if __name__ == "__main__":
    main()
