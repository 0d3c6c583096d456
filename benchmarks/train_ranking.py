"""Learns the weights of `retrieval/ranking/weights.json`, and says how good they are on sets not learned from.

What: for each answerable question, the passages that the BM25 recipe puts first, with their evidence. The weights
are those of a linear model: softmax over a question's passages, cross-entropy with the right ones, plus ARTICLE_LOSS
times the same with all passages of the right article; L2 on standardised weights; each set counts alike. Of sets that
only know the article that answers, the second part counts BY_ARTICLE times, the first not at all.
On what: folders with `passages.jsonl` and `questions.jsonl`, as `hoidap eval` reads them. No text of theirs gets into
the weights file: one number for each kind of evidence.
How: python -m benchmarks.train_ranking SET [SET ...] [--light SET] [--questions N] [--cache FOLDER] [--write]
`--light`: a set that counts LIGHT times, one that benchmarks/structured_set.py made. `--questions`: of each set, at
most. `--cache`: where the evidence is kept from run to run; empty it when the code that finds it changes.
Prints, for each set, the recipe alone, weights learned from the other sets only, and weights learned from all.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.logistic import Floats, write
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
BY_ARTICLE = 0.5
"""What a question counts of which only the article is known. With 1.0 news loses half a point; rules gain less."""
LIGHT = 0.2
"""What a set counts that was made for the purpose: with 1.0 encyclopaedias lose a point of Success@1."""
L2 = 100.0
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


@dataclass(frozen=True, slots=True)
class Example:
    """One question: `features` (passages, FEATURES), and which passages, and whose article, are right."""

    features: Floats
    right: npt.NDArray[np.bool_]
    article: npt.NDArray[np.int64]
    right_article: npt.NDArray[np.bool_]
    by_article: bool = False


def examples(folder: Path, limit: int | None, cache: Path | None) -> list[Example]:
    """Those of a set, from the cache where it has them."""
    kept = cache / f"{folder.name}-{limit or 'all'}.pickle" if cache else None
    if kept and kept.exists():
        known: list[Example] = pickle.loads(kept.read_bytes())
        return known
    found = _gathered(folder, limit)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(found))
    return found


def _gathered(folder: Path, limit: int | None) -> list[Example]:
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
    asked = [question for question in questions if question.answerable]
    random.Random(5).shuffle(asked)
    found = (_example(question, snapshot, analyzer, settings) for question in asked[:limit])
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
        question.by_article,
    )


def learn(sets: Sequence[Sequence[Example]], shares: Sequence[float]) -> tuple[Floats, Floats]:
    """(means, weights) for FEATURES; each set counts its share.

    The means are those of the questions whose passage is known: of them the chance of an answer is learned as well.
    """
    everything = [example for examples_ in sets for example in examples_]
    share = np.array(
        [
            part * QUESTIONS_A_SET / len(of_set)
            for of_set, part in zip(sets, shares, strict=True)
            for _ in of_set
        ]
    )
    features = np.concatenate([example.features for example in everything])
    right = np.concatenate([example.right for example in everything]).astype(float)
    article = np.concatenate([example.right_article for example in everything]).astype(float)
    sizes = np.array([len(example.right) for example in everything])
    starts, question = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    standard = (features - mean) / deviation
    prior = np.array([PRIOR.get(name, 0.0) for name in FEATURES]) * deviation
    by_article = np.array([example.by_article for example in everything])
    count = np.add.reduceat(right, starts) * ~by_article
    target = right / np.maximum(count, 1)[question]
    counts_passage = (share * (count > 0))[question]
    counts_article = (
        share * (np.add.reduceat(article, starts) > 0) * np.where(by_article, BY_ARTICLE, ARTICLE_LOSS)
    )

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = standard @ weights
        exponents = np.exp(scores - np.maximum.reduceat(scores, starts)[question])
        chance = exponents / np.add.reduceat(exponents, starts)[question]
        value = -(target * counts_passage * np.log(chance + 1e-12)).sum()
        slope = standard.T @ ((chance - target) * counts_passage)
        of_article = np.add.reduceat(chance * article, starts)
        value -= (counts_article * np.log(of_article + 1e-9)).sum()
        wanted = chance * article / (of_article + 1e-9)[question]
        slope += standard.T @ ((chance - wanted) * counts_article[question])
        away = weights - prior
        return float(value + L2 * away @ away), slope + 2 * L2 * away

    best = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    known = np.repeat(~by_article, sizes)
    return (features[known].mean(axis=0) if known.any() else mean), best.x / deviation


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
    parser.add_argument("--light", action="append", default=[], type=Path, metavar="SET")
    parser.add_argument("--questions", type=int, metavar="N")
    parser.add_argument("--cache", type=Path, metavar="FOLDER")
    parser.add_argument("--write", action="store_true", help="write the weights learned from all sets")
    arguments = parser.parse_args()
    sets = {
        folder.name: examples(folder, arguments.questions, arguments.cache)
        for folder in (*arguments.sets, *arguments.light)
    }
    recipe = np.array([float(name == "total") for name in FEATURES])
    shares = {name: LIGHT if name in {light.name for light in arguments.light} else 1.0 for name in sets}
    mean, learned = learn(list(sets.values()), list(shares.values()))
    print(
        "Success@1 / Success@3 / nDCG@10; questions without the right passage among the candidates count as missed"
    )
    for name, of_set in sets.items():
        others = [other for other in sets if other != name]
        blind = (
            measure(of_set, learn([sets[other] for other in others], [shares[other] for other in others])[1])
            if others
            else "-"
        )
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
        write(WEIGHTS, rows)


if __name__ == "__main__":
    main()
