"""Learns the numbers of `retrieval/answering/calibration.json`: when is the first passage an answer at all?

What: a logistic regression on `support` (retrieval/answering/confidence_features.py) between questions asked of
their own corpus and questions of other corpora asked of this one. Each set is asked whole, cut down to SMALL
articles, and among those of another corpus, so that the chance means the same in a small corpus and in a large one.
On what: two or more folders with `passages.jsonl` and `questions.jsonl`, as `hoidap eval` reads them; and articles
that answer none of their questions.
How: python -m benchmarks.train_decision SET SET [SET ...] --among CORPUS [--articles N] [--questions N] [--write]
Prints, for each set in each size, the area under the ROC curve, the share declined at 97 % of own questions answered,
and what the threshold answers and declines that answers 97 % of the own questions learned from; all with numbers
learned from the other sets. At last that threshold for the numbers learned from all.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.logistic import Floats, calibration, fit, write
from retrieval import Document, read_corpus
from retrieval.analyzer import Analyzer
from retrieval.answering.confidence_features import SUPPORT, support
from retrieval.answering.decision import nothing_missing_first, small_names_missing
from retrieval.evaluation.measures import auroc, declined_at
from retrieval.evaluation.sets import Question, read_articles, read_questions
from retrieval.index.embedded.index import Index
from retrieval.lexicon import load_lexicon
from retrieval.question.understand import understand
from retrieval.ranking.ranker import rank
from retrieval.settings import Settings

T = TypeVar("T")

QUESTIONS = 500
"""Of each side, unless told otherwise."""
SMALL = (40, 150)
AMONG = 4_000
"""Articles of the other corpus, unless told otherwise."""
ANSWERED = 0.97
CALIBRATION = Path(__file__).parent.parent / "retrieval" / "answering" / "calibration.json"


@dataclass(frozen=True, slots=True)
class Sides:
    """Support of a corpus' own questions and of foreign ones. Shapes (own, SUPPORT), (foreign, SUPPORT)."""

    own: Floats
    foreign: Floats


def sides(
    documents: Sequence[Document], questions: Sequence[Question], foreign: Sequence[str], limit: int
) -> Sides:
    """What those of `questions` that `documents` answer, and `foreign` ones, find there; `limit` of each side."""
    settings = Settings()
    analyzer = Analyzer(settings.passages, load_lexicon())
    index = Index.create(None, settings=settings)
    with index.writer() as writer:
        for document in documents:
            writer.add(analyzer.analyse(document))
        writer.commit()
    snapshot = index.snapshot()

    def support_of(text: str) -> list[float]:
        query = understand(text, analyzer=analyzer, vocabulary=snapshot)
        ranking = rank(query, snapshot, analyzer=analyzer, settings=settings.ranking)
        if ranking is None:
            return [0.0 for _ in SUPPORT]
        ranking, lacking = nothing_missing_first(query, ranking, spelling=analyzer.spelling)
        lacking = lacking or small_names_missing(query, ranking, spelling=analyzer.spelling)
        values = support(ranking, lacking, passages=snapshot.stats.passages)
        return [values[name] for name in SUPPORT]

    ids = {document.id for document in documents}
    own = [question.text for question in questions if question.document_id in ids]
    chosen = (sample(own, limit), sample(foreign, limit))
    return Sides(*(np.array([support_of(text) for text in texts]) for texts in chosen))


def sample(items: Sequence[T], size: int) -> list[T]:
    return random.Random(7).sample(list(items), min(size, len(items)))


def learn(corpora: Sequence[Sides]) -> Floats:
    """(offset, weights of SUPPORT): each corpus, and within it each side, counts alike."""
    both = [(side, own) for each in corpora for side, own in ((each.own, 1.0), (each.foreign, 0.0))]
    features = np.concatenate([side for side, _ in both])
    truth = np.concatenate([np.full(len(side), own) for side, own in both])
    share = np.concatenate([np.full(len(side), QUESTIONS / len(side)) for side, _ in both])
    return fit(features, truth, share)


def threshold(weights: Floats, corpora: Sequence[Sides]) -> float:
    """The score above which ANSWERED of all own questions lie."""
    return float(np.quantile(np.concatenate([scores(weights, each.own) for each in corpora]), 1 - ANSWERED))


def scores(weights: Floats, side: Floats) -> Floats:
    return np.asarray(weights[0] + side @ weights[1:])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--among", type=Path, metavar="CORPUS", required=True)
    parser.add_argument("--articles", type=int, default=AMONG, metavar="N", help="of the other corpus")
    parser.add_argument("--questions", type=int, default=QUESTIONS, metavar="N")
    parser.add_argument("--write", action="store_true", help="write the numbers learned from all sets")
    arguments = parser.parse_args()
    among = sample(
        list(read_corpus([arguments.among], on_problem=lambda where, what: None)), arguments.articles
    )
    questions = {}
    articles = {}
    for folder in arguments.sets:
        articles[folder.name] = read_articles(folder / "passages.jsonl")
        asked = read_questions(folder / "questions.jsonl", articles[folder.name])
        questions[folder.name] = [question for question in asked if question.answerable]
    corpora: dict[str, dict[str, Sides]] = {}
    for name, own in questions.items():
        whole = list(articles[name].documents)
        foreign = [
            q.text
            for other in questions
            if other != name
            for q in sample(questions[other], arguments.questions)
        ]
        sizes = {f"{size} articles": sample(whole, size) for size in SMALL}
        sizes |= {"whole": whole, f"among {len(among)} others": [*whole, *among]}
        corpora[name] = {
            size: sides(documents, own, foreign, arguments.questions) for size, documents in sizes.items()
        }
    for name, by_size in corpora.items():
        others = [each for other, sized in corpora.items() if other != name for each in sized.values()]
        weights = learn(others)
        enough = threshold(weights, others)
        for size, each in by_size.items():
            own_scores, foreign_scores = (
                np.asarray(scores(weights, side)) for side in (each.own, each.foreign)
            )
            print(
                f"{name}, {size}: AUROC {auroc(own_scores, foreign_scores):.4f};"
                f" declined at 97 % answered {100 * declined_at(own_scores, foreign_scores):.1f} %;"
                f" at the threshold {100 * np.mean(np.array(own_scores) >= enough):.1f} % answered,"
                f" {100 * np.mean(np.array(foreign_scores) < enough):.1f} % declined"
            )
    everything = [each for sized in corpora.values() for each in sized.values()]
    learned = learn(everything)
    print(f"97 % of own questions lie above {1 / (1 + np.exp(-threshold(learned, everything))):.3f}")
    print(calibration(SUPPORT, learned))
    if arguments.write:
        write(CALIBRATION, calibration(SUPPORT, learned))


if __name__ == "__main__":
    main()
