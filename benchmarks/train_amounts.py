"""Learns the numbers of `retrieval/answering/amount_weights.json`: which amount of a passage answers, if any?

What: softmax over a passage's possible amounts and "none of them" (`retrieval/answering/pick_number.py`),
cross-entropy with those inside the gold answer; L2 on standardised weights; each set counts alike.
On what: folders with `passages.jsonl` and `questions.jsonl`, as `hoidap eval` reads them: the first passages that
their questions of number get, right or wrong.
How: python -m benchmarks.train_amounts SET SET [SET ...] [--write]
Prints, for each set, how often the amount that is chosen is in the gold answer, how often not, and how often none is,
with numbers learned from the other sets and from all.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.logistic import Floats, write
from retrieval import Hit, Retriever
from retrieval.answering.asked_passage import AskedPassage
from retrieval.answering.pick_number import FEATURES, SURE, AmountWeights, possible_amounts
from retrieval.evaluation.sets import Question, read_articles, read_questions
from retrieval.lexicon import load_lexicon
from retrieval.ranking.passage_view import PassageView
from retrieval.records import AskedQuantity
from retrieval.vietnamese.mention import Quantity
from retrieval.vietnamese.tokens import Spelling

L2 = 30.0
PRIOR = {"fit": 12.0, "closeness": 8.0, "own": 8.0, "goes_on": 4.0, "speaks": 2.0}
"""What L2 pulls these weights towards instead of 0: few passages of the sets hold several counts of one thing, as
reports do, where only the noun and the words beside a figure tell which one is meant."""
QUESTIONS_A_SET = 300
WEIGHTS = Path(__file__).parent.parent / "retrieval" / "answering" / "amount_weights.json"


@dataclass(frozen=True, slots=True)
class Example:
    """One question: `features` (amounts, FEATURES), and which amounts are in the gold answer."""

    features: Floats
    right: npt.NDArray[np.bool_]


def examples(folder: Path) -> list[Example]:
    articles = read_articles(folder / "passages.jsonl")
    retriever = Retriever.build(articles.documents)
    spelling = Spelling(load_lexicon().abbreviations)
    found = []
    for question in read_questions(folder / "questions.jsonl", articles):
        answer = retriever.answer(question.text, limit=1)
        if not question.answerable or answer.query.kind != "number" or not answer.answered:
            continue
        evidence = AskedPassage(answer.query, PassageView(answer.hits[0].passage.text, lambda: spelling))
        possible = possible_amounts(evidence, answer.query.asked or AskedQuantity())
        found.append(
            Example(
                np.array([[each[name] for name in FEATURES] for _, each in possible]).reshape(
                    -1, len(FEATURES)
                ),
                np.array([_is_right(amount, answer.hits[0], question) for amount, _ in possible], dtype=bool),
            )
        )
    return found


def _is_right(amount: Quantity, hit: Hit, question: Question) -> bool:
    """Whether the amount starts within a gold answer."""
    start = hit.passage.start + amount.core
    return hit.document.id == question.document_id and any(
        gold.start is not None and gold.start <= start < gold.start + len(gold.text)
        for gold in question.answers
    )


def learn(sets: Sequence[Sequence[Example]]) -> Floats:
    """(what "none" scores, weights of FEATURES)."""
    everything = [(example, QUESTIONS_A_SET / len(each)) for each in sets for example in each]
    features = np.concatenate([example.features for example, _ in everything])
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    standard = [
        ((example.features - mean) / deviation, example.right, share) for example, share in everything
    ]

    prior = np.array([0.0, *(PRIOR.get(name, 0.0) for name in FEATURES)])
    prior[1:] *= deviation

    def loss(weights: Floats) -> tuple[float, Floats]:
        away_from = (weights - prior) * np.array([0.0, *np.ones(len(FEATURES))])
        value, slope = L2 * float(away_from @ away_from), 2 * L2 * away_from
        for design, right, share in standard:
            scores = np.append(design @ weights[1:], weights[0])
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            wanted = chance * np.append(right, not right.any())
            value -= share * float(np.log(wanted.sum() + 1e-12))
            away = share * (chance - wanted / (wanted.sum() + 1e-12))
            slope[1:] += design.T @ away[:-1]
            slope[0] += away[-1]
        return value, slope

    best = minimize(loss, prior, jac=True, method="L-BFGS-B").x
    return np.concatenate([[best[0] + mean / deviation @ best[1:]], best[1:] / deviation])


def measure(examples_: Sequence[Example], weights: Floats) -> str:
    """Right / wrong / none, as percentages."""
    seen: Counter[str] = Counter()
    for example in examples_:
        scores = np.append(example.features @ weights[1:], weights[0])
        chance = np.exp(scores - scores.max())
        chance /= chance.sum()
        best = int(np.argmax(chance[:-1])) if len(chance) > 1 else 0
        sure = len(chance) > 1 and chance[best] >= SURE
        seen["none" if not sure else "right" if example.right[best] else "wrong"] += 1
    return " / ".join(f"{100 * seen[verdict] / len(examples_):.1f}" for verdict in ("right", "wrong", "none"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--write", action="store_true", help="write the numbers learned from all sets")
    arguments = parser.parse_args()
    sets = {folder.name: examples(folder) for folder in arguments.sets}
    learned = learn(list(sets.values()))
    for name, of_set in sets.items():
        others = [each for other, each in sets.items() if other != name]
        blind = measure(of_set, learn(others)) if others else "-"
        print(f"{name}, {len(of_set)} questions: others' weights {blind}; all {measure(of_set, learned)}")
    weights = AmountWeights(
        round(float(learned[0]), 4),
        {name: round(float(weight), 4) for name, weight in zip(FEATURES, learned[1:], strict=True)},
    )
    print(weights)
    if arguments.write:
        write(WEIGHTS, weights)


if __name__ == "__main__":
    main()
