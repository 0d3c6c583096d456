"""How good was a run? Success@k and RR@10 of passages, nDCG@10 and R@10 of articles, answering and declining.

Ranked measures come from ir-measures. Each is a share from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.errors import SettingsError
from retrieval.evaluation.runs import Outcome
from retrieval.records import AnswerKind

Values = npt.NDArray[np.float64]
"""A measure's value for each question, in the order of the outcomes."""

BY_PASSAGE = ("Success@1", "Success@3", "Success@5", "RR@10")
BY_ARTICLE = ("nDCG@10", "R@10")


@dataclass(frozen=True, slots=True)
class EmphasisShares:
    """Of the answered questions of one kind: how often the emphasised span was right, wrong, or not there."""

    answered: int
    right: float
    wrong: float
    none: float


@dataclass(frozen=True, slots=True)
class Report:
    """A run in numbers. Shares are None where there was no such question.

    `measures`: means over answerable questions. `passage_characters`: mean length of the first passage.
    `milliseconds`: median of a question. `answered`: share of answerable questions. `declined`: share of
    unanswerable ones.
    """

    answerable: int
    unanswerable: int
    measures: dict[str, float]
    passage_characters: float | None
    milliseconds: float
    answered: float | None
    declined: float | None
    emphasis: dict[AnswerKind, EmphasisShares]


def report(outcomes: Sequence[Outcome]) -> Report:
    """The run's numbers. Raises SettingsError where ir-measures is not installed."""
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.question.answerable]
    measured = ranked_measures(answerable) if answerable else {}
    return Report(
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        measures={name: float(values.mean()) for name, values in measured.items()},
        passage_characters=_mean(outcome.lengths[0] for outcome in outcomes if outcome.lengths),
        milliseconds=float(np.median([outcome.milliseconds for outcome in outcomes])),
        answered=_mean(outcome.answered for outcome in answerable),
        declined=_mean(not outcome.answered for outcome in unanswerable),
        emphasis=emphasis_shares(answerable),
    )


def ranked_measures(outcomes: Sequence[Outcome]) -> dict[str, Values]:
    """BY_PASSAGE and BY_ARTICLE of answerable questions; an article is ranked by its best passage.

    The right article of a question without one is that of its first right passage.
    """
    passages = [_first(outcome.right) for outcome in outcomes]
    articles: list[int | None] = []
    for outcome, rank in zip(outcomes, passages, strict=True):
        wanted = outcome.question.document_id
        if wanted is None and rank is not None:
            wanted = outcome.documents[rank]
        order = list(dict.fromkeys(outcome.documents))
        articles.append(order.index(wanted) if wanted in order else None)
    return _calculate(passages, BY_PASSAGE) | _calculate(articles, BY_ARTICLE)


def _calculate(ranks: Sequence[int | None], names: Sequence[str]) -> dict[str, Values]:
    """The measures of runs whose first right entry is at these ranks, from 0; None: nothing right found."""
    try:
        import ir_measures
    except ImportError as error:
        raise SettingsError(
            "thiếu thư viện ir-measures; hãy chạy pip install 'hoidap[evaluation]'"
        ) from error
    measures = {ir_measures.parse_measure(name): name for name in names}
    qrels = [ir_measures.Qrel(str(query), "right", 1) for query in range(len(ranks))]
    run = []
    for query, found in enumerate(ranks):
        others = 1 if found is None else found
        run += [ir_measures.ScoredDoc(str(query), f"other {rank}", -float(rank)) for rank in range(others)]
        if found is not None:
            run.append(ir_measures.ScoredDoc(str(query), "right", -float(found)))
    values = {name: np.zeros(len(ranks)) for name in names}
    for metric in ir_measures.iter_calc(list(measures), qrels, run):
        values[measures[metric.measure]][int(metric.query_id)] = metric.value
    return values


def emphasis_shares(outcomes: Iterable[Outcome]) -> dict[AnswerKind, EmphasisShares]:
    """By the kind that each question was taken for, of those whose answer's words are known."""
    by_kind: dict[AnswerKind, list[str]] = {}
    for outcome in outcomes:
        if outcome.answered and outcome.question.answers:
            by_kind.setdefault(outcome.kind, []).append(outcome.emphasis)
    return {
        kind: EmphasisShares(
            answered=len(seen),
            right=seen.count("right") / len(seen),
            wrong=seen.count("wrong") / len(seen),
            none=seen.count("none") / len(seen),
        )
        for kind, seen in sorted(by_kind.items())
    }


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive's value is above a negative's; ties count half (Mann-Whitney's U)."""
    ordered = np.sort(np.asarray(negative, dtype=float))
    values = np.asarray(positive, dtype=float)
    below = np.searchsorted(ordered, values, side="left")
    upto = np.searchsorted(ordered, values, side="right")
    return float((below + upto).mean() / (2 * len(ordered)))


def declined_at(positive: Sequence[float], negative: Sequence[float], *, answered: float = 0.97) -> float:
    """The share of negatives below the threshold that the share `answered` of positives reaches."""
    threshold = np.quantile(np.asarray(positive, dtype=float), 1 - answered, method="lower")
    return float((np.asarray(negative, dtype=float) < threshold).mean())


def _first(right: Sequence[bool]) -> int | None:
    return right.index(True) if True in right else None


def _mean(values: Iterable[float]) -> float | None:
    counted = list(values)
    return float(np.mean(counted)) if counted else None
