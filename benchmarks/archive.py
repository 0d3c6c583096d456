"""How good are the answers on a large archive of news, asked in readers' own words?

Asks what stands in tests/quality/archive (questions that articles answer, questions that none answers, near misses:
the event is there, what is asked is not; conversations of three turns) of the 20,000 articles of VNTC, which are not
part of this repository: a JSON line an article with id, title, text and source, gzipped. An answer counts where its
string stands on what a card shows, at most 500 characters of it.

Half of the rows are held back: they count in the first column only, and no list shows them, so that nobody tunes to
them.

Run: python benchmarks/archive.py ARTICLES.jsonl.gz CACHE [--list] [--json FILE]
The index is built into the folder CACHE unless it is there; remove the folder when the index's form changes. Some two
minutes to build, one to ask.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from retrieval import Answer, Document, QuestionError, Retriever
from retrieval.evaluation.cards import Verdict, emphasis, holds, shown_text

ASKED = Path(__file__).parents[1] / "tests" / "quality" / "archive"
DEPTH = 5
SPAN_KINDS = ("number", "date", "person", "place")
"""Kinds of questions for which words are expected to be emphasised."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a row. `ranks`: of the cards that hold the answer, from 1. `shown`: the first card's text.

    `kind`: of a question that has an answer its kind; "near" or "subject" of one that hasn't; "turn" of a later turn.
    """

    id: str
    kind: str
    held: bool
    question: str
    answers: tuple[str, ...]
    shown: str
    answered: bool
    ranks: tuple[int, ...] = ()
    article_first: bool = False
    emphasised: str | None = None
    understood: str = ""
    verdict: Verdict = field(default="none")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, metavar="ARTICLES.jsonl.gz")
    parser.add_argument("cache", type=Path, metavar="CACHE", help="folder of the index")
    parser.add_argument("--list", action="store_true", help="show what failed, of the rows not held back")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the measures")
    options = parser.parse_args(arguments)
    outcomes = ask_everything(_retriever(options.articles, options.cache))
    measured = {
        "all": measures(outcomes),
        "not held back": measures([each for each in outcomes if not each.held]),
    }
    print(as_markdown(measured))
    if options.list:
        print(*(_line(each) for each in outcomes if not each.held and not _fine(each)), sep="\n")
    if options.json:
        options.json.write_text(json.dumps(measured, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _retriever(articles: Path, cache: Path) -> Retriever:
    if cache.exists():
        return Retriever.open(cache)
    if not articles.is_file():
        sys.exit(f"{articles}: no such file; it holds a JSON line an article, gzipped")
    return Retriever.build(_documents(articles), path=cache)


def _documents(articles: Path) -> Iterator[Document]:
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Document(
                id=row["id"], title=_nfc(row["title"]), text=_nfc(row["text"]), source=row["source"]
            )


def ask_everything(retriever: Retriever) -> list[Outcome]:
    """Every row of the set, in the files' order."""
    found = [_ask(retriever, row, row["kind"]) for row in _rows("questions.jsonl")]
    found += [_ask(retriever, row, row["why"]) for row in _rows("unanswerable.jsonl")]
    for row in _rows("conversations.jsonl"):
        found += _talk(retriever, row)
    return found


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (ASKED / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _ask(retriever: Retriever, row: dict[str, Any], kind: str) -> Outcome:
    try:
        answer = retriever.answer(row["question"], limit=DEPTH)
    except QuestionError:
        answer = _nothing(row["question"])
    return _outcome(row, row, row["id"], kind, row["question"], answer)


def _talk(retriever: Retriever, row: dict[str, Any]) -> Iterator[Outcome]:
    """The later turns of a conversation, which lean on those before."""
    conversation = retriever.converse(limit=DEPTH)
    for number, turn in enumerate(row["turns"], start=1):
        try:
            asked = conversation.ask(turn["question"])
            understood, answer = asked.understood, asked.answer or _nothing(turn["question"])
        except QuestionError:
            understood, answer = turn["question"], _nothing(turn["question"])
        if number > 1:
            yield _outcome(row, turn, f"{row['id']}-{number}", "turn", understood, answer)


def _nothing(question: str) -> Answer:
    return Answer(question=question, hits=(), answered=False)


def _outcome(
    row: dict[str, Any], turn: dict[str, Any], name: str, kind: str, understood: str, answer: Answer
) -> Outcome:
    answers = tuple(turn.get("answers", ()))
    cards = [shown_text(hit) for hit in answer.hits]
    return Outcome(
        id=name,
        kind=kind,
        held=row.get("held", False),
        question=turn["question"],
        answers=answers,
        shown=cards[0] if cards else "",
        answered=answer.answered,
        ranks=tuple(rank for rank, card in enumerate(cards, start=1) if holds(card, answers)),
        article_first=bool(answer.hits) and answer.hits[0].document.id == row.get("article"),
        emphasised=answer.text,
        understood=understood,
        verdict=emphasis(answer.text, answers),
    )


def measures(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """Measure -> (how many, of how many)."""
    asked = [each for each in outcomes if each.answers and each.kind != "turn"]
    spans = [each for each in asked if each.kind in SPAN_KINDS and each.answered]
    answered = [each for each in asked if each.answered]
    emphasised = [each for each in spans if each.verdict != "none"]
    turns = [each for each in outcomes if each.kind == "turn"]
    return {
        "answer on the first card": _count(each.ranks[:1] == (1,) for each in asked),
        "among three cards": _count(any(rank <= 3 for rank in each.ranks) for each in asked),
        "among five cards": _count(bool(each.ranks) for each in asked),
        "right article first": _count(each.article_first for each in asked),
        "answered": _count(each.answered for each in asked),
        "of those answered, on the first card": _count(each.ranks[:1] == (1,) for each in answered),
        "no such subject, declined": _count(not each.answered for each in outcomes if each.kind == "subject"),
        "near misses, declined": _count(not each.answered for each in outcomes if each.kind == "near"),
        "emphasis right (number, date, person, place)": _count(each.verdict == "right" for each in spans),
        "emphasis wrong": _count(each.verdict == "wrong" for each in spans),
        "no emphasis": _count(each.verdict == "none" for each in spans),
        "where emphasised, right": _count(each.verdict == "right" for each in emphasised),
        "later turns right": _count(each.ranks[:1] == (1,) for each in turns),
    }


def _count(flags: Iterable[bool]) -> tuple[int, int]:
    collected = list(flags)
    return sum(collected), len(collected)


def as_markdown(measured: dict[str, dict[str, tuple[int, int]]]) -> str:
    """A row a measure, a column a part of the set: "45 of 117 (38 %)"."""
    names = list(next(iter(measured.values())))
    lines = [f"| | {' | '.join(measured)} |", "|---" * (len(measured) + 1) + "|"]
    lines += [
        f"| {name} | {' | '.join(_cell(*part[name]) for part in measured.values())} |" for name in names
    ]
    return "\n".join(lines)


def _cell(count: int, total: int) -> str:
    return f"{count} of {total} ({count / total:.0%})" if total else "–"


def _fine(each: Outcome) -> bool:
    """Whether there is nothing to look at: the answer comes first and rightly emphasised, or is rightly declined."""
    if not each.answers:
        return not each.answered
    return each.ranks[:1] == (1,) and each.verdict != "wrong"


def _line(each: Outcome) -> str:
    wanted = f"wants “{'” or “'.join(each.answers)}”" if each.answers else "wants to be declined"
    place = f", at {each.ranks[0]}" if each.ranks else ""
    marked = f" “{each.emphasised}”" if each.emphasised else ""
    understood = f"\n    = {each.understood}" if each.understood not in ("", each.question) else ""
    return (
        f"{each.id}  {each.question}{understood}\n    {each.kind}; {wanted}{place}; "
        f"{'answered' if each.answered else 'declined'}{marked}\n    {' '.join(each.shown.split())[:160]}"
    )


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


if __name__ == "__main__":
    main()
