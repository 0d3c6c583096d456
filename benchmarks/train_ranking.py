"""Learns the weights of `retrieval/ranking/weights.json`, and says how good they are on sets not learned from.

What: for each answerable question, the passages that the BM25 recipe puts first, with their evidence. The weights
are those of a linear model: softmax over a question's passages, cross-entropy with the right ones, plus ARTICLE_LOSS
times the same with all passages of the right article; L2 on standardised weights; each set counts alike.
On what: folders with `passages.jsonl` and `questions.jsonl`, as `hoidap eval` reads them. No text of theirs gets into
the weights file: one number for each kind of evidence.
How: python benchmarks/train_ranking.py SET [SET ...] [--write]
Prints, for each set, the recipe alone, weights learned from the other sets only, and weights learned from all.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from retrieval.analyzer import Analyzer
from retrieval.evaluation.qrels import is_right_passage
from retrieval.evaluation.sets import Question, read_articles, read_questions
from retrieval.index.embedded.index import Index
from retrieval.index.protocol import Snapshot
from retrieval.lexicon import load_lexicon
from retrieval.question.understand import understand
from retrieval.ranking.evidence import FEATURES
from retrieval.ranking.ranker import collect
from retrieval.ranking.weights import FeatureWeight
from retrieval.records import Hit
from retrieval.settings import Settings

ARTICLE_LOSS = 0.3
L2 = 30.0
PRIOR = {
    "introduced": -0.5,
    "number_noun": 2.0,
    "number_focus": 2.0,
    "number_slot": 1.0,
    "number_other": -1.0,
    "number_total": 0.7,
    "date_focus": 1.0,
    "year_asked": 0.5,
    "year_other": -1.0,
}
"""What L2 pulls these weights towards instead of 0: few questions of the sets ask for one figure among many, but in
reports it is what decides. As good on the sets as without, and needed on reports."""
QUESTIONS_A_SET = 1_500
WEIGHTS = Path(__file__).parent.parent / "retrieval" / "ranking" / "weights.json"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: `features` (passages, FEATURES), and which passages, and whose article, are right."""

    features: Floats
    right: npt.NDArray[np.bool_]
    article: npt.NDArray[np.int64]
    right_article: npt.NDArray[np.bool_]


def examples(folder: Path) -> list[Example]:
    settings = Settings()
    analyzer = Analyzer(settings.passages, load_lexicon())
    articles = read_articles(folder / "passages.jsonl")
    index = Index.create(None, settings=settings)
    with index.writer() as writer:
        for document in articles.documents:
            writer.add(analyzer.analyse(document))
        writer.commit()
    snapshot = index.snapshot()
    questions = read_questions(folder / "questions.jsonl", articles)
    found = (
        _example(question, snapshot, analyzer, settings) for question in questions if question.answerable
    )
    return [example for example in found if example is not None]


def _example(
    question: Question, snapshot: Snapshot, analyzer: Analyzer, settings: Settings
) -> Example | None:
    query = understand(question.text, analyzer=analyzer, vocabulary=snapshot)
    ranking = collect(query, snapshot, analyzer=analyzer, settings=settings.ranking)
    if ranking is None:
        return None
    right = [
        is_right_passage(Hit(entry.passage, entry.document, entry.score, 1), question)
        for entry in ranking.passages
    ]
    return Example(
        ranking.evidence,
        np.array(right),
        np.array([entry.key for entry in ranking.passages]),
        np.array([entry.document.id == question.document_id for entry in ranking.passages]),
    )


def learn(sets: Sequence[Sequence[Example]]) -> tuple[Floats, Floats]:
    """(means, weights) for FEATURES."""
    everything = [example for examples_ in sets for example in examples_]
    share = np.array([QUESTIONS_A_SET / len(examples_) for examples_ in sets for _ in examples_])
    features = np.concatenate([example.features for example in everything])
    right = np.concatenate([example.right for example in everything]).astype(float)
    article = np.concatenate([example.right_article for example in everything]).astype(float)
    sizes = np.array([len(example.right) for example in everything])
    starts, question = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    standard = (features - mean) / deviation
    prior = np.array([PRIOR.get(name, 0.0) for name in FEATURES]) * deviation
    count = np.add.reduceat(right, starts)
    target = right / np.maximum(count, 1)[question]
    counts_passage = (share * (count > 0))[question]
    counts_article = share * (np.add.reduceat(article, starts) > 0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = standard @ weights
        exponents = np.exp(scores - np.maximum.reduceat(scores, starts)[question])
        chance = exponents / np.add.reduceat(exponents, starts)[question]
        value = -(target * counts_passage * np.log(chance + 1e-12)).sum()
        slope = standard.T @ ((chance - target) * counts_passage)
        of_article = np.add.reduceat(chance * article, starts)
        value -= ARTICLE_LOSS * (counts_article * np.log(of_article + 1e-9)).sum()
        wanted = chance * article / (of_article + 1e-9)[question]
        slope += ARTICLE_LOSS * (standard.T @ ((chance - wanted) * counts_article[question]))
        away = weights - prior
        return float(value + L2 * away @ away), slope + 2 * L2 * away

    best = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return mean, best.x / deviation


def measure(examples_: Sequence[Example], weights: Floats) -> str:
    """Success@1 and @3 by passage, nDCG@10 by article, as percentages."""
    first, three, gain = 0, 0, 0.0
    for example in examples_:
        order = np.argsort(-(example.features @ weights), kind="stable")
        first += bool(example.right[order[0]])
        three += bool(example.right[order[:3]].any())
        articles = list(dict.fromkeys(example.article[order].tolist()))
        rank = next(
            (i for i, key in enumerate(articles[:10]) if key in example.article[example.right_article]), None
        )
        gain += 0.0 if rank is None else 1 / np.log2(2 + rank)
    shares = (100 * value / len(examples_) for value in (first, three, gain))
    return " / ".join(f"{share:.1f}" for share in shares)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--write", action="store_true", help="write the weights learned from all sets")
    arguments = parser.parse_args()
    sets = {folder.name: examples(folder) for folder in arguments.sets}
    recipe = np.array([float(name == "total") for name in FEATURES])
    mean, learned = learn(list(sets.values()))
    print(
        "Success@1 / Success@3 / nDCG@10; questions without the right passage among the candidates count as missed"
    )
    for name, of_set in sets.items():
        others = [each for other, each in sets.items() if other != name]
        blind = measure(of_set, learn(others)[1]) if others else "-"
        print(
            f"{name}: recipe {measure(of_set, recipe)}; others' weights {blind}; all {measure(of_set, learned)}"
        )
    deviations = np.concatenate([example.features for of_set in sets.values() for example in of_set]).std(
        axis=0
    )
    for place in np.argsort(-abs(learned * deviations)):
        print(f"{FEATURES[place]:16} {learned[place] * deviations[place]:+.3f} a standard deviation")
    if arguments.write:
        rows = [
            FeatureWeight(name, round(float(average), 5), round(float(weight), 5))
            for name, average, weight in zip(FEATURES, mean, learned, strict=True)
        ]
        WEIGHTS.write_bytes(msgspec.json.format(msgspec.json.encode(rows), indent=1) + b"\n")


if __name__ == "__main__":
    main()
