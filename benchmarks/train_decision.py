"""Learns the numbers of `retrieval/answering/calibration.json`: when is the first passage an answer at all?

What: a logistic regression on `support` (retrieval/answering/decision.py) between questions asked of their own
corpus, where the right article comes first, and questions of other corpora asked of this one.
On what: two or more folders with `passages.jsonl` and `questions.jsonl`, as `hoidap eval` reads them.
How: python benchmarks/train_decision.py SET SET [SET ...] [--write]
Prints, for each set, the area under the ROC curve and the share declined at 97 % of own questions answered, with
numbers learned from the other sets; and the confidence at which 97 % of all own questions are answered.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from retrieval.analysis.document import Analyzer
from retrieval.analysis.question import understand
from retrieval.answering.decision import SUPPORT, Calibration, nothing_missing_first, support
from retrieval.evaluation.measures import auroc, declined_at
from retrieval.evaluation.sets import read_articles, read_questions
from retrieval.index.index import Index
from retrieval.lexicon import load_lexicon
from retrieval.ranking.ranker import rank
from retrieval.settings import Settings

QUESTIONS = 500
CALIBRATION = Path(__file__).parent.parent / "retrieval" / "answering" / "calibration.json"

Floats = npt.NDArray[np.float64]


def rows(folder: Path, own: Sequence[str], foreign: Sequence[str]) -> tuple[Floats, Floats]:
    """Support of the folder's own questions and of foreign ones. Shapes (own, SUPPORT), (foreign, SUPPORT)."""
    settings = Settings()
    analyzer = Analyzer(settings.passages, load_lexicon())
    index = Index.create(None, settings=settings)
    with index.writer() as writer:
        for document in read_articles(folder / "passages.jsonl").documents:
            writer.add(analyzer.analyse(document))
        writer.commit()
    snapshot = index.snapshot()

    def support_of(text: str) -> list[float]:
        query = understand(text, analyzer=analyzer, vocabulary=snapshot)
        ranking = rank(query, snapshot, analyzer=analyzer, settings=settings.ranking)
        if ranking is None:
            return [float(name == "unknown") for name in SUPPORT]
        ranking, lacking = nothing_missing_first(query, ranking, snapshot, spelling=analyzer.spelling)
        values = support(query, ranking, lacking)
        return [values[name] for name in SUPPORT]

    return np.array([support_of(text) for text in own]), np.array([support_of(text) for text in foreign])


def learn(sets: Sequence[tuple[Floats, Floats]]) -> Floats:
    """(offset, weights of SUPPORT): each set, and within it each side, counts alike."""
    features = np.concatenate([side for pair in sets for side in pair])
    truth = np.concatenate(
        [np.full(len(side), float(place == 0)) for pair in sets for place, side in enumerate(pair)]
    )
    share = np.concatenate([np.full(len(side), QUESTIONS / len(side)) for pair in sets for side in pair])
    design = np.hstack([np.ones((len(features), 1)), features])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = design @ weights
        value = (share * (np.logaddexp(0, scores) - truth * scores)).sum() + 0.5 * weights[1:] @ weights[1:]
        slope = design.T @ (share * (1 / (1 + np.exp(-scores)) - truth))
        return float(value), slope + np.concatenate([[0.0], weights[1:]])

    return np.asarray(minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--write", action="store_true", help="write the numbers learned from all sets")
    arguments = parser.parse_args()
    texts = {}
    for folder in arguments.sets:
        articles = read_articles(folder / "passages.jsonl")
        own = [each.text for each in read_questions(folder / "questions.jsonl", articles) if each.answerable]
        texts[folder] = random.Random(7).sample(own, min(QUESTIONS, len(own)))
    sets = {}
    for folder in arguments.sets:
        foreign = [text for other, own in texts.items() if other != folder for text in own]
        sets[folder.name] = rows(
            folder, texts[folder], random.Random(7).sample(foreign, min(QUESTIONS, len(foreign)))
        )
    scores = []
    for name, (own, foreign) in sets.items():
        weights = learn([pair for other, pair in sets.items() if other != name])
        yes, no = (weights[0] + side @ weights[1:] for side in (own, foreign))
        print(
            f"{name}: AUROC {auroc(yes, no):.4f}; declined at 97 % answered {100 * declined_at(yes, no):.1f} %"
        )
    learned = learn(list(sets.values()))
    scores = np.concatenate([learned[0] + own @ learned[1:] for own, _ in sets.values()])
    print(f"97 % of own questions lie above {1 / (1 + np.exp(-np.quantile(scores, 0.03))):.3f}")
    calibration = Calibration(
        round(float(learned[0]), 4),
        {name: round(float(weight), 4) for name, weight in zip(SUPPORT, learned[1:], strict=True)},
    )
    print(calibration)
    if arguments.write:
        CALIBRATION.write_bytes(msgspec.json.format(msgspec.json.encode(calibration), indent=1) + b"\n")


if __name__ == "__main__":
    main()
