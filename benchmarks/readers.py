"""Do readers ever see half a commit? Eight processes read while another one commits every second.

Every commit replaces all documents by ones that carry its number. A reader asks for passages, articles, counts, texts
and terms of one snapshot: all must be of one commit, and none may fail. Measures also how soon a commit is seen.

    python -m benchmarks.readers --seconds 60
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import tempfile
import time
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

from benchmarks.crash import WORDS, analyse
from retrieval.index.embedded import Index, Snapshot
from retrieval.index.protocol import Wanted
from retrieval.ingest.rebuild import compact_if_due
from retrieval.records import Document, QueryTerm
from retrieval.settings import IndexSettings, Settings

DOCUMENTS = 40
SETTINGS = Settings(index=IndexSettings(memory_megabytes=15, max_removed_share=0.9))


def documents(commit: int) -> list[Document]:
    """All documents as of a commit: each line names it, and begins with a word of its document's own."""
    return [
        Document(f"{number}", "\n".join(f"{WORDS[number]} chung c{commit} dòng{line}" for line in range(5)))
        for number in range(DOCUMENTS)
    ]


def read(folder: str, until: float, found: Queue[dict[str, Any]]) -> None:
    """Asks until the time is up; tells how often, what was wrong, and when each commit was first seen."""
    index = Index.open(folder)
    asked, wrong, seen = 0, [], {}
    try:
        while time.time() < until:
            snapshot = index.snapshot()
            commit = commit_of(snapshot)
            seen.setdefault(commit, time.time())
            asked += 1
            wrong += faults(snapshot, f"c{commit}")
    except BaseException as error:
        wrong.append(repr(error))
    found.put({"asked": asked, "wrong": wrong[:5], "seen": seen})


def commit_of(snapshot: Snapshot) -> int:
    """The commit that its first document is of."""
    (document,) = snapshot.documents(snapshot.keys()[:1]).values()
    return int(document.text.split()[2].removeprefix("c"))


def faults(snapshot: Snapshot, mark: str) -> list[str]:
    """What in a snapshot isn't of this commit."""
    articles, hits = snapshot.find(Wanted([QueryTerm(mark)], 1000), Wanted([QueryTerm("chung")], 1000), None)
    texts = snapshot.documents(articles).values()
    return [
        f"{mark}: {what}"
        for what, right in (
            ("passages", len(hits) == 5 * DOCUMENTS and {key for key, _ in hits} == set(articles)),
            ("articles", len(articles) == DOCUMENTS == snapshot.stats.articles),
            ("texts", all(document.text.count(mark) == 5 for document in texts)),
            ("terms", all(len(terms.accented) == 20 for terms in snapshot.terms_of(articles).values())),
            ("passage_df", snapshot.passage_df(mark, plain=False) == 5 * DOCUMENTS),
            ("article_df", snapshot.article_df("chung", plain=False) == DOCUMENTS),
            ("pairs", snapshot.passage_df(f"chung_{mark}", plain=False) == 5 * DOCUMENTS),
        )
        if not right
    ]


def run(folder: Path, *, readers: int, seconds: float, every: float) -> dict[str, Any]:
    """Reads and writes for so long; commits begin `every` so many seconds."""
    index = Index.create(folder, settings=SETTINGS)
    number = 1
    _commit(index, number)
    context = multiprocessing.get_context("spawn")
    found: Queue[dict[str, Any]] = context.Queue()
    until = time.time() + seconds + 3.0  # until all have started
    processes = [context.Process(target=read, args=(str(folder), until, found)) for _ in range(readers)]
    for process in processes:
        process.start()
    committed = {}
    while time.time() < until:
        began = time.time()
        _commit(index, number := number + 1)
        committed[number] = time.time()
        compact_if_due(index, SETTINGS)
        time.sleep(max(0.0, began + every - time.time()))
    results = [found.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    late = [
        when - committed[commit]
        for result in results
        for commit, when in result["seen"].items()
        if commit in committed
    ]
    return {
        "readers": readers,
        "commits": len(committed),
        "asked": sum(result["asked"] for result in results),
        "wrong": [one for result in results for one in result["wrong"]],
        "seconds until seen, median": round(statistics.median(late), 2) if late else None,
        "seconds until seen, most": round(max(late), 2) if late else None,
    }


def _commit(index: Index, number: int) -> None:
    with index.writer() as writer:
        for document in documents(number):
            writer.add(analyse(document))
        writer.commit()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = run(Path(folder) / "index", readers=options.readers, seconds=options.seconds, every=1.0)
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
