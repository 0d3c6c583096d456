"""Learns the numbers of `retrieval/answering/nearness.json`: does what a card shows answer, or is it only near?

What: a logistic regression on `held` (retrieval/answering/asked_held.py) between first cards that hold the answer and
cards that don't: wrong first ones, those of near misses (questions on the matter whose answer isn't there), and of each
question that has an answer the best card of the same article without it, as if the answer weren't there. Questions of
which the article names nothing (`missing`) are left out: another rule declines them.
On what: folders with `passages.jsonl` and `questions.jsonl`, as `hoidap eval` reads them, best with unanswerable
questions; and the texts of tests/quality without the rows held back. Each set counts alike, and in it both sides.
How: python -m benchmarks.train_near SET [SET ...] [--write]
Prints, for each set, what share of near misses and of wrong cards the threshold ENOUGH takes for near, and what share
of right ones it keeps; and below which chance 5 % of all right ones lie.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.logistic import Floats, calibration, fit, write
from retrieval import QuestionError, Retriever, read_corpus
from retrieval.analyzer import make_analyzer
from retrieval.answering import asked_held
from retrieval.evaluation.cards import holds, shown_text
from retrieval.evaluation.sets import read_articles, read_questions
from retrieval.settings import Settings
from tests.quality.text_rows import TEXTS, rows

QUESTIONS = 300
"""Of each set, answerable and not, at most."""
WEIGHT = 150.0
"""Of each side of a set together, beside a ridge of 1."""
KEPT = 0.95
NEARNESS = Path(asked_held.__file__).with_name("nearness.json")


@dataclass(frozen=True, slots=True)
class Seen:
    """A card: its features, whether it holds the answer, whether there is one at all."""

    features: list[float]
    right: bool
    answerable: bool


def of_folder(folder: Path) -> list[Seen]:
    articles = read_articles(folder / "passages.jsonl")
    questions = read_questions(folder / "questions.jsonl", articles)
    random.Random(5).shuffle(questions)
    answerable = [one for one in questions if one.answerable][:QUESTIONS]
    others = [one for one in questions if not one.answerable][:QUESTIONS]
    asked = ((one.text, "", tuple(gold.text for gold in one.answers)) for one in (*answerable, *others))
    return list(cards(Retriever.build(articles.documents), asked))


def of_own_texts() -> list[Seen]:
    single = [row.turns[0] for row in rows() if len(row.turns) == 1 and not row.held]
    asked = ((turn.text, turn.document, turn.answers) for turn in single)
    return list(cards(Retriever.build(read_corpus([TEXTS])), asked))


def cards(retriever: Retriever, asked: Iterable[tuple[str, str, Sequence[str]]]) -> Iterator[Seen]:
    """`asked`: question, the document that answers or an empty string for any, its answers."""
    analyzer = make_analyzer(Settings())
    for question, document, answers in asked:
        try:
            answer = retriever.answer(question)
        except QuestionError:
            continue
        if not answer.hits or answer.missing:
            continue
        first, *others = answer.hits
        right = document in ("", first.document.id) and holds(shown_text(first), answers)
        without = (
            hit
            for hit in others
            if answers and hit.document.id == first.document.id and not holds(shown_text(hit), answers)
        )
        for hit in (first, *islice(without, 1)):
            values = asked_held.held_by(hit, answer.query, analyzer, chance=answer.confidence)
            features = [values[name] for name in asked_held.HELD]
            yield Seen(features, bool(answers) and right and hit is first, bool(answers))


def learn(sets: Sequence[Sequence[Seen]]) -> Floats:
    """(offset, weights of HELD)."""
    features = np.array([each.features for seen in sets for each in seen])
    truth = np.array([float(each.right) for seen in sets for each in seen])
    sizes = [Counter(each.right for each in seen) for seen in sets]
    share = np.array(
        [WEIGHT / size[each.right] for seen, size in zip(sets, sizes, strict=True) for each in seen]
    )
    return fit(features, truth, share)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--write", action="store_true", help="write the numbers learned")
    arguments = parser.parse_args()
    sets = {folder.name: of_folder(folder) for folder in arguments.sets} | {"own texts": of_own_texts()}
    learned = learn(list(sets.values()))
    nearness = calibration(asked_held.HELD, learned)
    kept = []
    for name, seen in sets.items():
        chances = [nearness.chance(dict(zip(asked_held.HELD, each.features, strict=True))) for each in seen]
        kept += [chance for each, chance in zip(seen, chances, strict=True) if each.right]
        near = [(each, chance < asked_held.ENOUGH) for each, chance in zip(seen, chances, strict=True)]
        print(
            f"{name}: near {_share(low for each, low in near if not each.answerable)} of the near misses,"
            f" {_share(low for each, low in near if each.answerable and not each.right)} of the wrong cards;"
            f" {_share(not low for each, low in near if each.right)} of the right ones answered"
        )
    print(f"{KEPT:.0%} of the right cards lie above {np.quantile(kept, 1 - KEPT):.3f}")
    print(nearness)
    if arguments.write:
        write(NEARNESS, nearness)


def _share(flags: Iterable[bool]) -> str:
    collected = list(flags)
    return f"{sum(collected)} of {len(collected)}"


if __name__ == "__main__":
    main()
