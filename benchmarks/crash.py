"""Does an index survive `kill -9` at any moment? Kills a process that changes an index, then looks at what is left.

A child adds, changes and removes documents, commit after commit, and notes each commit once it is done. It is killed
after a random time, while it writes, commits or rebuilds. Then the index must open, and hold exactly the documents of
the last commit noted, or of the one that was under way: whole texts, terms and counts. The next child goes on there.

    python -m benchmarks.crash --rounds 200
"""

from __future__ import annotations

import argparse
import datetime
import json
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from retrieval.collection import Sections
from retrieval.index.embedded import AnalysedDocument, Index
from retrieval.index.embedded.check import check_index
from retrieval.ingest.rebuild import compact_if_due
from retrieval.records import Document
from retrieval.settings import IndexSettings, Settings

STEPS = 100_000
"""More commits than a child gets to do."""

WORDS = [f"từ{number}" for number in range(300)]

SETTINGS = Settings(index=IndexSettings(memory_megabytes=15, max_removed_share=0.3))

State = dict[str, Document]


def analyse(document: Document) -> AnalysedDocument:
    """One passage a line; terms are what stands between blanks."""
    terms = document.title.split()
    starts, spans, at = [len(terms)], [], 0
    for line in document.text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
        terms += line.split()
        starts.append(len(terms))
    return AnalysedDocument(
        document,
        np.array(spans, np.uint32),
        np.array(starts, np.uint32),
        Sections.none(len(spans), len(terms)),
        tuple(terms),
    )


def made_up(random_: random.Random, identity: str) -> Document:
    """A document of random words, sometimes the same story as another's."""
    story = random.Random(random_.randrange(400))
    lines = [" ".join(story.choices(WORDS, k=story.randint(1, 30))) for _ in range(story.randint(1, 12))]
    day = datetime.date(2020, 1, 1) + datetime.timedelta(days=random_.randrange(900))
    return Document(identity, "\n".join(lines), random_.choice(WORDS), random_.choice(["A", "B", None]), day)


def changes(seed: int) -> Iterator[tuple[list[Document], list[str]]]:
    """(documents to add or replace, ids to remove) of each commit; the same for the same seed."""
    random_ = random.Random(seed)
    for _ in range(STEPS):
        added = [made_up(random_, str(random_.randrange(300))) for _ in range(random_.randint(1, 25))]
        removed = [str(random_.randrange(300)) for _ in range(random_.randint(0, 8))]
        yield added, removed


def apply(state: State, added: list[Document], removed: list[str]) -> State:
    """The documents after a commit."""
    return {
        key: value for key, value in (state | {one.id: one for one in added}).items() if key not in removed
    }


def child(folder: str, journal: str, seed: int, start: int) -> None:
    """Goes on with the commits after the first `start`, until it is killed."""
    index = Index.open(folder, settings=SETTINGS)
    for step, (added, removed) in enumerate(changes(seed)):
        if step < start:
            continue
        with index.writer() as writer:
            for document in added:
                writer.add(analyse(document))
            writer.remove(removed)
            writer.commit()
        with open(journal, "w", encoding="utf-8") as file:
            file.write(str(step + 1))
        compact_if_due(index, SETTINGS)


def faults(folder: Path, states: list[State]) -> tuple[int, list[str]]:
    """(which of the states the index is in, what is wrong with it)."""
    snapshot = Index.open(folder).snapshot()
    found = {document.id: document for document in snapshot.all_documents()}
    at = next((place for place, state in enumerate(states) if state == found), -1)
    if at < 0:
        return at, [f"{len(found)} documents that are of no commit"]
    wrong = [str(problem) for problem in check_index(folder)]
    indexed = snapshot.documents(snapshot.keys()).values()
    articles = Counter(term for document in indexed for term in set(analyse(document).accented))
    passages = Counter(term for one in indexed for line in one.text.split("\n") for term in set(line.split()))
    for word in WORDS:
        if snapshot.article_df(word, plain=False) != articles[word]:
            wrong.append(
                f"{word}: counted in {snapshot.article_df(word, plain=False)} articles, not {articles[word]}"
            )
        if snapshot.passage_df(word, plain=False) != passages[word]:
            wrong.append(
                f"{word}: counted in {snapshot.passage_df(word, plain=False)} passages, not {passages[word]}"
            )
    return at, wrong


def survive(folder: Path, *, rounds: int, seed: int, longest: float = 1.0) -> dict[str, int | list[str]]:
    """Kills `rounds` times; tells how many commits there were, how many kills fell into one, and what was wrong."""
    index, journal = folder / "index", folder / "journal"
    Index.create(index)
    context = multiprocessing.get_context("spawn")
    random_ = random.Random(seed)
    steps, state, done, inside = changes(seed), State(), 0, 0
    wrong: list[str] = []
    for turn in range(rounds):
        journal.write_text(str(done), encoding="utf-8")
        process = context.Process(target=child, args=(str(index), str(journal), seed, done))
        process.start()
        while process.is_alive() and journal.read_text() in ("", str(done)):  # until its first commit
            time.sleep(0.005)
        time.sleep(random_.random() * longest)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        noted = int(journal.read_text() or done)
        states = []
        for _ in range(noted - done):
            state = apply(state, *next(steps))
        under_way = next(steps)
        states = [state, apply(state, *under_way)]
        at, found = faults(index, states)
        wrong += [f"round {turn}: {one}" for one in found]
        if at == 1:
            inside += 1
            state = states[1]
            done = noted + 1
        else:
            steps = _back(under_way, steps)
            done = noted
        if found:
            break
    return {"rounds": rounds, "commits": done, "killed between commit and note": inside, "wrong": wrong}


def _back(
    one: tuple[list[Document], list[str]], rest: Iterator[tuple[list[Document], list[str]]]
) -> Iterator[tuple[list[Document], list[str]]]:
    yield one
    yield from rest


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(survive(Path(folder), rounds=options.rounds, seed=options.seed), ensure_ascii=False))


if __name__ == "__main__":
    main()
