"""How many questions a second does the service answer, and what does it add to the library's own time?

Starts `hoidap serve` on an index, asks it from several connections for a while, and prints requests a second, latency,
errors and the workers' memory. What the service adds is measured apart: one question after another, over HTTP and in
this process, on the same index.

    python benchmarks/server_load.py --index my-index/ --questions questions.txt --workers 2 --seconds 60
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import httpx

from retrieval import Retriever


def main() -> None:
    arguments = _arguments()
    questions = [
        line for line in arguments.questions.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    config = arguments.index / "server_load.toml"
    config.write_text(
        f'[server]\nstate = "{arguments.index}/state"\nquestions_per_minute = 0\nmax_waiting = 1000\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "bot.cli", "serve", "--index", str(arguments.index), "--port", "0"]
    server = subprocess.Popen(
        [*command, "--workers", str(arguments.workers), "--config", str(config)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        told = re.search(r"http://\S+", server.stdout.readline())
        assert told, "the service did not say where it listens"
        asyncio.run(_load(told[0], questions, arguments, server.pid))
        if arguments.workers == 1:
            _added(told[0], questions[:200], arguments.index)
    finally:
        server.terminate()
        server.wait(30)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True, help="one in a line")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--connections", type=int, default=4, help="for each worker")
    parser.add_argument("--seconds", type=float, default=60.0)
    return parser.parse_args()


async def _load(url: str, questions: list[str], arguments: argparse.Namespace, server: int) -> None:
    connections = arguments.connections * arguments.workers
    async with httpx.AsyncClient(
        base_url=url, timeout=30, limits=httpx.Limits(max_connections=connections)
    ) as client:
        await _ready(client)
        await _ask(client, questions, connections, 5.0)  # warms caches, and is not counted
        before = _memory(server)
        took, errors, elapsed = await _ask(client, questions, connections, arguments.seconds)
        after = _memory(server)
    cuts = statistics.quantiles(took, n=100)
    print(
        f"{arguments.workers} workers, {connections} connections, {elapsed:.0f} s: "
        f"{len(took) / elapsed:.1f} requests a second, p50 {1000 * cuts[49]:.1f} ms, p99 {1000 * cuts[98]:.1f} ms, "
        f"{errors} errors, memory {before:.0f} → {after:.0f} MB"
    )


async def _ready(client: httpx.AsyncClient) -> None:
    for _ in range(600):
        try:
            if (await client.get("/readyz")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.2)
    raise SystemExit("the service did not become ready within two minutes")


async def _ask(
    client: httpx.AsyncClient, questions: list[str], connections: int, seconds: float
) -> tuple[list[float], int, float]:
    took: list[float] = []
    errors, numbers, began = 0, count(), time.perf_counter()

    async def one() -> None:
        nonlocal errors
        while time.perf_counter() - began < seconds:
            question = questions[next(numbers) % len(questions)]
            started = time.perf_counter()
            answer = await client.post("/v1/ask", json={"question": question})
            took.append(time.perf_counter() - started)
            errors += answer.status_code != 200

    await asyncio.gather(*(one() for _ in range(connections)))
    return took, errors, time.perf_counter() - began


def _memory(server: int) -> float:
    """Megabytes that the server and its workers hold, where /proc tells."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        parent = re.search(r"^PPid:\s+(\d+)", text, re.MULTILINE)
        if status.parent.name == str(server) or (parent and parent[1] == str(server)):
            resident = re.search(r"^VmRSS:\s+(\d+)", text, re.MULTILINE)
            total += int(resident[1]) if resident else 0
    return total / 1024


def _added(url: str, questions: list[str], index: Path) -> None:
    """Prints the median difference of one question over HTTP and in the library, asked in turns."""
    retriever, differences = Retriever.open(index), []
    with httpx.Client(base_url=url, timeout=30) as client:
        for turn in range(2):  # the first round warms both
            for question in questions:
                began = time.perf_counter()
                retriever.converse(limit=3).ask(question)
                library = time.perf_counter() - began
                began = time.perf_counter()
                client.post("/v1/ask", json={"question": question}).raise_for_status()
                if turn:
                    differences.append(time.perf_counter() - began - library)
    retriever.close()
    print(f"the service adds {1000 * statistics.median(differences):.2f} ms at the median")


if __name__ == "__main__":
    main()
