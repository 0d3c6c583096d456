"""How long does a reply take on Telegram with 200 chats asking at once, and does memory grow?

Measures, for 2,000 questions: the time from an update's arrival at the Bot API
server to the reply's arrival there (p50, p99), what a question takes of the processors in each process, errors, the
longest that the event loop was busy, and the memory of the bot's own process after the first and after the second
thousand. The Bot API server of the tests runs in a process of its own, on loopback; each chat asks its next question
when it has its reply, and has had one before anything is counted.

The questions are those of the quality gate, on the sample corpus: 192, each asked some ten times, and answered from
memory from the second time on. With `--articles` they are the titles of as many articles of a file, which make the
corpus, and none is asked twice. Run from the repository:

    python -m benchmarks.telegram_load [--chats 200] [--questions 2000] [--workers 1|2] [--articles ARTICLES.jsonl.gz]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from itertools import cycle, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from bot.channels.processes import shared_responder
from bot.channels.telegram.credentials import Credentials
from bot.channels.telegram.service import Service, Serving
from bot.settings import BotSettings, TelegramSettings
from retrieval import Document, Retriever, read_corpus, shipped
from tests.integration.telegram.botapi import FakeBotApi, Person
from tests.integration.telegram.running import made_up_token

SHORT = 3
"""Words of a title that asks nothing: "Tin vắn"."""

QUESTIONS = Path(__file__).parents[1] / "tests" / "quality" / "questions.jsonl"


def asked_over_and_over(count: int) -> tuple[list[str], list[Document]]:
    """So many questions of the gate, and the sample."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    asked = islice(cycle(json.loads(line)["question"] for line in lines), count)
    return list(asked), list(read_corpus(shipped("seeds")))


def asked_once(count: int, articles: Path) -> tuple[list[str], list[Document]]:
    """So many articles of a file, and their titles: no two are the same."""
    found: dict[str, Document] = {}
    for article in read_corpus([articles]):
        if len(article.title.split()) > SHORT:
            found.setdefault(article.title, article)
        if len(found) == count:
            break
    if len(found) < count:
        sys.exit(f"{articles}: {len(found)} titles to ask; take fewer questions, or more articles")
    return list(found), list(found.values())


def serve(pipe: Connection, chats: int, asked: list[str]) -> None:
    """The Bot API server and the people, in a process of their own. All ask the last question before the others."""
    asyncio.run(_serve(pipe, chats, asked))


async def _serve(pipe: Connection, chats: int, asked: list[str]) -> None:
    api = FakeBotApi(made_up_token(), keep_calls=False)
    await api.start()
    pipe.send(api.port)
    await asyncio.to_thread(pipe.recv)
    *asked, first = asked
    count = len(asked)
    people = [Person(api) for _ in range(chats)]
    await asyncio.gather(*(_ask(p, [first]) for p in people))
    pipe.send("warm")
    await asyncio.to_thread(pipe.recv)
    for half in (asked[: count // 2], asked[count // 2 :]):
        began = time.monotonic()
        seconds = await asyncio.gather(*(_ask(p, half[n::chats]) for n, p in enumerate(people)))
        pipe.send((time.monotonic() - began, [s for each in seconds for s in each]))
        await asyncio.to_thread(pipe.recv)
    pipe.send(sum(len(person.replies) - 1 for person in people))
    await asyncio.to_thread(pipe.recv)
    await api.stop()


async def _ask(person: Person, asked: list[str]) -> list[float]:
    seconds = []
    for question in asked:
        began = time.monotonic()
        message = person.say(question)
        await person.until(lambda m=message: _replied(person, m), seconds=600)
        seconds.append(time.monotonic() - began)
    return seconds


def _replied(person: Person, message: dict[str, Any]) -> bool:
    last = person.replies[-1:]
    return bool(last) and last[0].get("reply_to_message", {}).get("message_id") == message["message_id"]


def memory() -> float:
    """Megabytes in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def processor_seconds(process: int) -> float:
    """What the process has had of the processors so far, its threads among it."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spent(server: int) -> dict[str, float]:
    """Seconds of the processors so far, by what the processes do."""
    answering = (p.pid for p in multiprocessing.active_children() if p.pid not in (None, server))
    return {
        "the bot's own process": processor_seconds(os.getpid()),
        "answering processes": sum(processor_seconds(pid) for pid in answering if pid is not None),
        "the Bot API server and the people": processor_seconds(server),
    }


async def _watch_loop(longest: list[float]) -> None:
    """How late a timer comes says how long the event loop was busy."""
    while True:
        before = time.monotonic()
        await asyncio.sleep(0.01)
        longest[0] = max(longest[0], time.monotonic() - before - 0.01)


async def measure(
    pipe: Connection, settings: BotSettings, documents: list[Document], count: int, server: int
) -> None:
    path = Path(settings.telegram.state) / "index"
    retriever = Retriever.build(documents, path=path, settings=settings)
    workers = settings.telegram.workers
    with shared_responder(
        retriever, settings=settings, sample=False, path=str(path), processes=workers
    ) as responder:
        await _measure(pipe, settings, count, Serving(retriever, responder), server)


async def _measure(
    pipe: Connection, settings: BotSettings, count: int, serving: Serving, server: int
) -> None:
    port = await asyncio.to_thread(pipe.recv)
    service = Service(settings, Credentials(made_up_token(), f"http://127.0.0.1:{port}/bot"), serving)
    stop, longest = asyncio.Event(), [0.0]
    running, watching = asyncio.create_task(service.run(stop)), asyncio.create_task(_watch_loop(longest))
    pipe.send("go")
    await asyncio.to_thread(pipe.recv)
    before, longest[0] = spent(server), 0.0
    pipe.send("go on")
    sizes, times, wall = [], [], 0.0
    for _ in range(2):
        took, seconds = await asyncio.to_thread(pipe.recv)
        wall += took
        times += seconds
        sizes.append(memory())
        after = spent(server)
        pipe.send("go on")
    replies = await asyncio.to_thread(pipe.recv)
    page = service.metrics.page()
    stop.set()
    await running
    watching.cancel()
    pipe.send("done")
    values = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
    cuts = statistics.quantiles(times, n=100)
    errors = {k: int(v) for k, v in values.items() if k.startswith("hoidap_errors_total")}
    print(f"questions {count}, replies {replies}, errors {errors or 0}, {count / wall:.0f} a second")
    print(f"a reply takes: p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms")
    each = {name: (after[name] - before[name]) / count * 1000 for name in before}
    print("the processors take, a question: " + ", ".join(f"{name} {ms:.1f} ms" for name, ms in each.items()))
    print(f"the event loop was busy for {longest[0] * 1000:.0f} ms at the longest")
    print(f"memory: {sizes[0]:.0f} MB after the first half, {sizes[1]:.0f} MB after the second")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--articles", type=Path, help="ask the titles of these, each once")
    options = parser.parse_args()
    count = options.questions + 1
    asked, documents = asked_once(count, options.articles) if options.articles else asked_over_and_over(count)
    here, there = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(there, options.chats, asked), daemon=True
    )
    server.start()
    with tempfile.TemporaryDirectory() as folder:
        own = TelegramSettings(
            state=folder,
            questions_per_minute=0,
            messages_per_second=0,
            workers=options.workers,
            poll_seconds=10,
        )
        settings = msgspec.structs.replace(BotSettings(), telegram=own)
        assert server.pid is not None
        asyncio.run(measure(here, settings, documents, options.questions, server.pid))
    server.join()


if __name__ == "__main__":
    main()
