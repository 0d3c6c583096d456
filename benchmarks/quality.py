"""How good are the answers, beside plain rank-bm25 in the same run?

Measures, on each set: Success@1, @3 and RR@10 of the passage, nDCG@10 and R@10 of the article, with 95 %
bootstrap intervals and the p of a paired randomisation test against plain rank-bm25 (BM25Okapi over
lower-cased underthesea words of the same passages); accented and unaccented; right and wrong emphasis for
questions of number, date and person; time a question, end to end, in process. With --variants also: Telex
or VNI keystrokes, one slip in a name, short forms (share of Success@1 kept); a name swapped for one that the
corpus lacks, and questions of the other sets asked here (share declined; AUROC of the confidence).

On: folders with passages.jsonl and questions.jsonl in the form that `hoidap eval` reads, and questions of the
short form with the pages that hold their answers. The sets are not part of this repository.

Run: python benchmarks/quality.py FOLDER... [--pages NAME QUESTIONS CORPUS]... [--variants] [--limit N]
     [--json FILE]
Some 10 minutes a set of 1,000 articles and 2,500 questions; --limit asks that many of each set.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from retrieval import Retriever, read_corpus
from retrieval.evaluation.measures import (
    BY_ARTICLE,
    BY_PASSAGE,
    auroc,
    declined_at,
    emphasis_shares,
    ranked_measures,
    report,
)
from retrieval.evaluation.plain import PlainRetriever
from retrieval.evaluation.runs import Answering, Outcome, ask_all
from retrieval.evaluation.sets import Articles, Question, read_articles, read_questions
from retrieval.evaluation.significance import bootstrap_interval, randomisation_p
from retrieval.evaluation.variants import (
    Variant,
    abbreviated,
    applied,
    slip_in_name,
    swapped_name,
    telex,
    unaccented,
    vni,
)
from retrieval.lexicon import load_lexicon

SHOWN = ("Success@1", "Success@3", "RR@10", "nDCG@10", "R@10")
SPAN_KINDS = ("number", "date", "person")
"""Kinds of questions for which a span is expected to be emphasised."""
FOREIGN = 1000
"""Questions of other sets that are asked, at most."""


@dataclass(frozen=True)
class Set:
    name: str
    articles: Articles
    questions: list[Question]


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    sets = [_folder(path, options.limit) for path in options.folders]
    sets += [_pages(name, Path(questions), Path(corpus)) for name, questions, corpus in options.pages]
    if not sets:
        sys.exit("no set named: give a folder with passages.jsonl and questions.jsonl, or --pages")
    results = {}
    for each in sets:
        own = {question.text for question in each.questions}
        others = [question for other in sets for question in other.questions if question.text not in own]
        results[each.name] = measure(each, others if options.variants else None)
        print(as_markdown(each.name, results[each.name]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--pages", nargs=3, action="append", default=[], metavar=("NAME", "QUESTIONS", "CORPUS")
    )
    parser.add_argument("--variants", action="store_true")
    parser.add_argument("--limit", type=int, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args(arguments)


def _folder(path: Path, limit: int | None) -> Set:
    articles = read_articles(path / "passages.jsonl")
    questions = read_questions(path / "questions.jsonl", articles)
    if limit and limit < len(questions):
        questions = random.Random(path.name).sample(questions, limit)
    return Set(path.name, articles, questions)


def _pages(name: str, questions: Path, corpus: Path) -> Set:
    """Short questions; where the corpus hasn't the documents that they name, any of it may answer."""
    articles = Articles(tuple(read_corpus([corpus])))
    ids = {Path(document.id).name for document in articles.documents}
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    named = all(row["document"] in ids for row in rows)
    return Set(name, articles, read_questions(questions, articles, named=named))


def measure(each: Set, foreign: Sequence[Question] | None) -> dict[str, Any]:
    """Everything about one set; `foreign`: questions that its articles can't answer, None for no variants."""
    answerable = [question for question in each.questions if question.answerable]
    impossible = [question for question in each.questions if not question.answerable]
    hoidap = Retriever.build(each.articles.documents)
    plain = PlainRetriever(each.articles.documents)
    asked = ask_all(hoidap, answerable)
    result: dict[str, Any] = {
        "articles": len(each.articles.documents),
        "questions": len(each.questions),
        "accented": compare(asked, ask_all(plain, answerable)),
        "unaccented": compare(
            vary(hoidap, answerable, unaccented, "unaccented"),
            vary(plain, answerable, unaccented, "unaccented"),
        ),
        "emphasis": spans(asked),
        "report": asdict(report(asked + ask_all(hoidap, impossible))),
    }
    if foreign is not None:
        result["variants"] = {
            name: kept(asked, vary(hoidap, answerable, variant, name))
            for name, variant in {
                "unaccented": unaccented,
                "telex": telex,
                "vni": vni,
                "slip in a name": slip_in_name,
                "short forms": abbreviated(load_lexicon().abbreviations),
            }.items()
        }
        swapped = vary(hoidap, answerable, swapped_name(each.articles.documents), "swapped")
        result["name swapped"] = {"asked": len(swapped), "declined": share(swapped, _declined)}
        chosen = random.Random("foreign").sample(foreign, min(FOREIGN, len(foreign)))
        if chosen:
            result["foreign questions"] = honesty(asked, ask_all(hoidap, chosen))
    return result


def vary(retriever: Answering, questions: Sequence[Question], variant: Variant, name: str) -> list[Outcome]:
    return ask_all(retriever, questions, variant=applied(variant, name))


def compare(ours: Sequence[Outcome], theirs: Sequence[Outcome]) -> dict[str, Any]:
    """Each measure of both runs over the same questions: mean, interval, p of no difference."""
    first, second = ranked_measures(ours), ranked_measures(theirs)
    return {
        name: {
            "hoidap": first[name].mean(),
            "interval": bootstrap_interval(first[name]),
            "plain": second[name].mean(),
            "p": randomisation_p(first[name], second[name]),
        }
        for name in (*BY_PASSAGE, *BY_ARTICLE)
    }


def kept(asked: Sequence[Outcome], varied: Sequence[Outcome]) -> dict[str, Any]:
    """How much of Success@1 the varied questions keep, of the same questions as they were."""
    changed = {outcome.question.id for outcome in varied}
    before = share([outcome for outcome in asked if outcome.question.id in changed], _first_right)
    after = share(varied, _first_right)
    return {
        "asked": len(varied),
        "before": before,
        "after": after,
        "kept": after / before if after and before else after,
    }


def spans(asked: Sequence[Outcome]) -> dict[str, Any]:
    """Emphasis of answered questions, by the kinds that ask for a span and over these together."""
    chosen = [outcome for outcome in asked if outcome.kind in SPAN_KINDS and outcome.answered]
    seen = [outcome.emphasis for outcome in chosen]
    together = (
        {verdict: seen.count(verdict) / len(seen) for verdict in ("right", "wrong", "none")} if seen else {}
    )
    by_kind = {str(kind): asdict(each) for kind, each in emphasis_shares(chosen).items()}
    return {"together": {"answered": len(chosen), **together}} | by_kind


def honesty(asked: Sequence[Outcome], foreign: Sequence[Outcome]) -> dict[str, Any]:
    own, other = ([outcome.confidence for outcome in each] for each in (asked, foreign))
    return {
        "asked": len(foreign),
        "AUROC": auroc(own, other),
        "declined where 97 % of its own are answered": declined_at(own, other),
        "own answered": 1 - (share(asked, _declined) or 0.0),
        "declined": share(foreign, _declined),
    }


def share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float | None:
    return sum(map(holds, outcomes)) / len(outcomes) if outcomes else None


def _declined(outcome: Outcome) -> bool:
    return not outcome.answered


def _first_right(outcome: Outcome) -> bool:
    return outcome.right[:1] == (True,)


def as_markdown(name: str, result: dict[str, Any]) -> str:
    lines = [f"### {name}: {result['articles']} articles, {result['questions']} questions", ""]
    lines += [f"| | {' | '.join(SHOWN)} |", "|---" * (len(SHOWN) + 1) + "|"]
    for spelling in ("accented", "unaccented"):
        measured = [result[spelling][each] for each in SHOWN]
        ours = [f"**{_percent(each['hoidap'])}** ({_interval(each['interval'])})" for each in measured]
        theirs = [f"{_percent(each['plain'])} (p {each['p']:.4f})" for each in measured]
        lines += [
            f"| {spelling} | {' | '.join(ours)} |",
            f"| plain rank-bm25, {spelling} | {' | '.join(theirs)} |",
        ]
    shown = result["report"]
    lines += ["", f"- a question: {shown['milliseconds']:.1f} ms (median)"]
    lines += [f"- answerable and answered: {_percent(shown['answered'])}"]
    lines += [f"- unanswerable and declined: {_percent(shown['declined'])}"]
    for title in ("emphasis", "variants"):
        for kind, each in result.get(title, {}).items():
            lines.append(f"- {title}, {kind}: {_listed(each)}")
    for title in ("name swapped", "foreign questions"):
        if title in result:
            lines.append(f"- {title}: {_listed(result[title])}")
    return "\n".join(lines) + "\n"


def _listed(numbers: dict[str, Any]) -> str:
    return ", ".join(
        f"{key} {value}" if isinstance(value, int) else f"{key} {_percent(value)}"
        for key, value in numbers.items()
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _interval(bounds: tuple[float, float]) -> str:
    return "–".join(_percent(bound) for bound in bounds)


if __name__ == "__main__":
    main()
