"""What does an index in a cluster cost beside one on disk? Three real nodes, the same articles, questions by turns.

    hoidap index articles/ --index my-index/
    python -m benchmarks.cluster my-index/ --questions questions.jsonl

Prints JSON: passages a second and processor seconds of copying it there, and into another folder, bytes on disk,
milliseconds a question (p50, p99), requests a question, and how many questions have the same hits and scores.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path

import msgspec

from retrieval import Retriever, Settings, copy_index
from tests.cluster.harness import Cluster

WARM = 500
"""Titles of articles that are asked first, and not counted: a node takes a quarter of the time once its Java has
compiled what it runs."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("index", type=Path, help="Folder of an index.")
    parser.add_argument("--questions", type=Path, required=True, help="JSON lines with a `question` each.")
    parser.add_argument("--asked", type=int, default=400)
    parser.add_argument("--shards", type=int, default=Settings().opensearch.shards)
    parser.add_argument("--heap", type=int, default=256, help="Megabytes of each node.")
    named = parser.parse_args()
    lines = named.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines][: named.asked]
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(_measure(Path(folder), named, questions), indent=1))


def _measure(folder: Path, named: argparse.Namespace, questions: list[str]) -> dict[str, object]:
    here = named.index
    opensearch = msgspec.structs.replace(
        Settings().opensearch, shards=named.shards, books=str(folder / "books"), timeout_seconds=30.0
    )
    settings = Settings(opensearch=opensearch)
    found: dict[str, object] = {}
    with Cluster(folder / "nodes", heap_megabytes=named.heap, quick=False) as cluster:
        there = cluster.address("measured")
        before = _processor_seconds(cluster)
        copied = copy_index(here, there, settings=settings)
        found["copying"] = {
            "passages": copied.passages,
            "passages a second": round(copied.passages / copied.seconds),
            "seconds": round(copied.seconds, 1),
            "processor seconds": _difference(before, _processor_seconds(cluster)),
        }
        cluster.wait()
        with (
            Retriever.open(here, settings=settings) as one,
            Retriever.open(there, settings=settings) as other,
        ):
            for document in islice(one.documents(), WARM):
                for retriever in (one, other):
                    retriever.answer(document.title, limit=10)
            before = _processor_seconds(cluster)
            found["asking"] = _asked(one, other, questions)
            found["processor seconds of asking"] = _difference(before, _processor_seconds(cluster))
        stored = cluster.ask("measured-*/_stats/store,docs")["indices"]
        found["bytes a copy"] = {
            name: told["primaries"]["store"]["size_in_bytes"] for name, told in stored.items()
        }
        found["memory of a node"] = [node.memory() for node in cluster.nodes]
    found["bytes on disk"] = sum(path.stat().st_size for path in here.rglob("*") if path.is_file())
    return found


def _asked(one: Retriever, other: Retriever, questions: list[str]) -> dict[str, object]:
    client = other._index.client  # type: ignore[attr-defined]
    seconds: dict[str, list[float]] = {"on disk": [], "in the cluster": []}
    requests, same = [], 0
    for question in questions:
        both = []
        client.requests.clear()
        for name, retriever in (("on disk", one), ("in the cluster", other)):
            began = time.perf_counter()
            answer = retriever.answer(question, limit=10)
            seconds[name].append(time.perf_counter() - began)
            both.append([(hit.document.id, hit.passage.start, round(hit.score, 6)) for hit in answer.hits])
        requests.append(client.requests.total())
        same += both[0] == both[1]
    told: dict[str, object] = {
        name: {"p50 ms": _percentile(taken, 50), "p99 ms": _percentile(taken, 99)}
        for name, taken in seconds.items()
    }
    told["requests"] = {"median": statistics.median(requests), "most": max(requests)}
    told["the same"] = f"{same} of {len(requests)}"
    return told


def _percentile(seconds: list[float], which: int) -> float:
    return round(1000 * statistics.quantiles(seconds, n=100)[which - 1], 1)


def _processor_seconds(cluster: Cluster) -> dict[str, float]:
    """Of this process, and of all nodes."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "here": own.ru_utime + own.ru_stime,
        "nodes": sum(node.processor_seconds() for node in cluster.nodes),
    }


def _difference(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    return {name: round(after[name] - before[name], 1) for name in before}


if __name__ == "__main__":
    main()
