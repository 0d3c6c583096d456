"""How well does it answer questions whose answers are known? A table, or one JSON object for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.options import Config, Index
from bot.settings import load_settings
from retrieval import AnswerKind, CorpusError, Retriever, Settings, read_corpus
from retrieval.evaluation.measures import BY_ARTICLE, BY_PASSAGE, Report, report
from retrieval.evaluation.plain import PlainRetriever
from retrieval.evaluation.runs import Answering, ask_all
from retrieval.evaluation.sets import Articles, Question, read_articles, read_questions
from retrieval.evaluation.variants import applied, unaccented

if TYPE_CHECKING:
    from rich.progress import Progress


_KINDS: dict[AnswerKind, str] = {"number": "số", "date": "ngày", "person": "người"}
_UNACCENTED = ", unaccented"


def evaluate(
    *,
    passages: Annotated[
        Path,
        typer.Option("--passages", help="Các bài: tệp .jsonl có id, title, text; hoặc tệp và thư mục."),
    ],
    questions: Annotated[
        Path, typer.Option("--questions", help="Tệp .jsonl có question, passage_id, answers, answerable.")
    ],
    without_marks: Annotated[
        bool, typer.Option("--unaccented", help="Hỏi thêm mỗi câu một lần không dấu.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Đo cả rank-bm25 thuần để so sánh.")] = False,
    index: Index = None,
    as_json: Annotated[bool, typer.Option("--json", help="In một đối tượng JSON.")] = False,
    config: Config = None,
) -> None:
    """Measure how well questions with known answers are answered, by an index of the articles or a new one."""
    settings = load_settings(config)
    articles = _read(passages)
    asked = read_questions(questions, articles)
    systems: dict[str, Callable[[], Answering]] = {
        "hoidap": lambda: _retriever(index, articles, asked, settings)
    }
    if plain:
        systems["plain"] = lambda: PlainRetriever(articles.documents, settings=settings.passages)
    reports = {}
    with _progress() as progress:
        for name, build in systems.items():
            retriever = build()
            reports[name] = _measure(name, retriever, asked, progress)
            if without_marks:
                title = name + _UNACCENTED
                reports[title] = _measure(title, retriever, asked, progress, without_marks=True)
    if as_json:
        objects = {name: _as_object(each) for name, each in reports.items()}
        print(json.dumps(objects.pop("hoidap") | objects, ensure_ascii=False, indent=2))
    else:
        _print_table(reports)


def _read(path: Path) -> Articles:
    if path.suffix == ".jsonl":
        return read_articles(path)
    return Articles(tuple(read_corpus([path])))


def _retriever(
    index: str | None, articles: Articles, questions: Sequence[Question], settings: Settings
) -> Retriever:
    """Over these articles. Raises CorpusError where the index lacks one that is asked about, or has another text."""
    if index is None:
        return Retriever.build(articles.documents, settings=settings)
    retriever = Retriever.open(index, settings=settings)
    asked_about = {question.document_id for question in questions}
    for article in articles.documents:
        if article.id in asked_about or None in asked_about:
            held = retriever.document(article.id)
            if held is None or held.text != article.text:
                what = "không có bài" if held is None else "có văn bản khác của bài"
                raise CorpusError(
                    f"{index}: {what} {article.id!r}; hãy lập chỉ mục từ chính các bài đã nêu ở --passages"
                )
    return retriever


def _measure(
    title: str,
    retriever: Answering,
    questions: Sequence[Question],
    progress: Progress,
    *,
    without_marks: bool = False,
) -> Report:
    task = progress.add_task(title, total=len(questions))
    variant = (
        applied(lambda text, draw: unaccented(text, draw) or text, "unaccented") if without_marks else None
    )
    return report(ask_all(retriever, questions, variant=variant, on_progress=lambda: progress.advance(task)))


def _as_object(each: Report) -> dict[str, Any]:
    fields = asdict(each)
    measures: dict[str, Any] = fields.pop("measures")
    return measures | fields


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    return Progress(console=Console(stderr=True), transient=True)


def _print_table(reports: dict[str, Report]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", *(name.replace(_UNACCENTED, ", không dấu") for name in reports))
    for label, value in _rows():
        table.add_row(label, *(value(each) for each in reports.values()))
    kept = [_kept(reports, name) for name in reports]
    if any(kept):
        table.add_row("Success@1 còn giữ được", *kept)
    Console().print(table)


def _kept(reports: dict[str, Report], name: str) -> str:
    """How much of the accented questions' Success@1 the unaccented ones keep."""
    accented = reports[name.removesuffix(_UNACCENTED)].measures.get("Success@1")
    if not accented or not name.endswith(_UNACCENTED):
        return ""
    return f"{100 * reports[name].measures['Success@1'] / accented:.1f} %"


def _rows() -> list[tuple[str, Callable[[Report], str]]]:
    """Each line of the table: its label, and its text for a report."""

    def share(value: float | None) -> str:
        return "–" if value is None else f"{100 * value:.1f} %"

    def measure(name: str) -> Callable[[Report], str]:
        return lambda each: share(each.measures.get(name))

    def emphasis(kind: AnswerKind) -> Callable[[Report], str]:
        return lambda each: share(each.emphasis[kind].right if kind in each.emphasis else None)

    return [
        ("câu có lời đáp", lambda each: str(each.answerable)),
        ("câu không có lời đáp", lambda each: str(each.unanswerable)),
        *((f"{name}, đoạn", measure(name)) for name in BY_PASSAGE),
        *((f"{name}, bài", measure(name)) for name in BY_ARTICLE),
        ("trả lời, trong câu có lời đáp", lambda each: share(each.answered)),
        ("không trả lời, trong câu không có", lambda each: share(each.declined)),
        *((f"in đậm đúng, {_KINDS[kind]}", emphasis(kind)) for kind in _KINDS),
        ("đoạn đầu, số ký tự", lambda each: _number(each.passage_characters)),
        ("một câu hỏi, ms (trung vị)", lambda each: _number(each.milliseconds)),
    ]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
