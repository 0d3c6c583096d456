"""What does the corpus say to one question? As a card, or as one JSON object for scripts."""

from __future__ import annotations

import json
import shutil
import sys
from typing import Annotated

import typer

from bot.answer_object import as_object
from bot.cards import card, quote
from bot.commands.opening import SAMPLE_NOTICE, open_retriever
from bot.commands.options import Config, Corpus, Index
from bot.plain import ASTERISKS, BOLD, Marks, emphasised, readable, render, wrapped
from bot.reply import Reply, Text
from bot.settings import load_settings
from bot.smalltalk import classify, words_for
from retrieval import Answer, Hit, QuestionError

NOT_FOUND = 3
"""Exit code where nothing fitting was found."""


def ask(
    question: Annotated[
        list[str], typer.Argument(metavar="CÂU_HỎI...", help="Câu hỏi; không cần ngoặc kép.")
    ],
    *,
    corpus: Corpus = None,
    index: Index = None,
    limit: Annotated[int, typer.Option("-k", min=1, max=100, help="Số đoạn cho xem.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="In một đối tượng JSON.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Cho xem vì sao mỗi đoạn đứng ở đó.")] = False,
    config: Config = None,
) -> None:
    """Ask one question. Exit code 0: answered; 3: nothing fitting found."""
    settings = load_settings(config)
    opened = open_retriever(corpus, index, settings)
    text = readable(" ".join(question)).strip()
    most = settings.conversation.max_question_characters
    what = classify(text, max_characters=most)
    if what == "too_long":
        raise QuestionError(words_for(what, length=len(text), limit=most)[1])
    answer = opened.retriever.answer(text, limit=limit, explain=explain)
    if as_json:
        print(json.dumps(as_object(answer), ensure_ascii=False, indent=2))
    elif what == "foreign" and not answer.answered:
        print(words_for(what, length=len(text), limit=most)[1])
    else:
        drawn = sys.stdout.isatty()
        text = _as_text(answer, BOLD if drawn else ASTERISKS, explain=explain)
        print(wrapped(text, shutil.get_terminal_size().columns) if drawn and not explain else text)
        if opened.sample:
            print(f"\n{SAMPLE_NOTICE}")
    if not answer.answered:
        raise typer.Exit(NOT_FOUND)


def _as_text(answer: Answer, marks: Marks, *, explain: bool) -> str:
    first = card(answer)
    parts = [render(Reply(first.kind, first.blocks), marks=marks)]
    shown = set(answer.conflicting) if answer.answered and answer.conflicting else {1}
    others = [hit for hit in answer.hits if hit.rank not in shown]
    if others:
        # Only what is offered as the answer is emphasised.
        blocks = [quote(hit, nearest=True) for hit in others]
        parts.append(render(Reply("nearest", (Text("Các đoạn khác:"), *blocks)), marks=marks))
    if explain:
        parts += [_explained(hit, marks) for hit in answer.hits]
    return "\n\n".join(parts)


def _explained(hit: Hit, marks: Marks) -> str:
    head = f"#{hit.rank}  {hit.score:.3f}  {hit.document.id}"
    lines = [
        emphasised(head, ((0, len(head)),), marks),
        f"{'term':<24} {'field':<13} tf     df    idf  share",
    ]
    lines += [
        f"{line.term:<24} {line.field:<13} {line.tf:<4g} {line.df:>4} {line.idf:>6.2f} {line.share:>6.3f}"
        for line in sorted(hit.explanation, key=lambda line: -abs(line.share))
    ]
    return "\n".join(lines)
