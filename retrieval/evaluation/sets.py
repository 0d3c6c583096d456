"""Which questions are asked of which articles, and what is the right answer? Reads both JSONL files.

`passages.jsonl`: `id`, `title`, `text` a line, each an article. `questions.jsonl` in either shape:
`question`, `passage_id`, `answers` (`text`, `start`: offset in the article), `answerable`; or, where no
offset is known, `question`, `document`, `answer` (a string that the right passage holds) or `answers` (several such).
Where only the article is known that answers, `answers` is empty and `answerable` true.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from retrieval.errors import CorpusError, os_reason
from retrieval.records import Document


@dataclass(frozen=True, slots=True)
class Gold:
    """A right answer. `start`: its offset in the document's NFC text; None: wherever that text holds it."""

    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right answers, any of which will do; none where it can't be answered.

    `document_id`: the document that answers; None: any. `by_article`: no more is known than that it does, so that any
    of its passages is right.
    """

    id: str
    text: str
    document_id: str | None
    answers: tuple[Gold, ...]
    by_article: bool = False

    @property
    def answerable(self) -> bool:
        return bool(self.answers) or self.by_article


@dataclass(frozen=True, slots=True)
class Articles:
    """What is asked. `given`: document id -> its text before NFC, where that differs: offsets count in it."""

    documents: tuple[Document, ...]
    given: dict[str, str] = field(default_factory=dict)


def read_articles(path: Path) -> Articles:
    """The articles of a `passages.jsonl`. Raises CorpusError, which names the line and the key."""
    documents: dict[str, Document] = {}
    given = {}
    for line, row in _rows(path):
        identifier = _string(row, "id", path, line)
        if identifier in documents:
            raise CorpusError(f"{path}, dòng {line}: mã {identifier!r} đã có ở trên; hãy cho mỗi bài một mã")
        text = _string(row, "text", path, line)
        title = _normalised(_string(row, "title", path, line, default=""))
        documents[identifier] = Document(id=identifier, text=_normalised(text), title=title)
        if documents[identifier].text != text:
            given[identifier] = text
    if not documents:
        raise CorpusError(f"{path}: không có bài nào; hãy nêu tệp khác")
    return Articles(tuple(documents.values()), given)


def read_questions(path: Path, articles: Articles, *, named: bool = True) -> list[Question]:
    """The questions of a `questions.jsonl` about these articles; `document` may be a bare file name.

    `named`: the answer must be in the document that the question names; otherwise any document may hold it,
    as where summaries of the named ones are asked. Raises CorpusError, which names the line and the key.
    """
    documents = articles.documents
    ids = {Path(each.id).name: each.id for each in documents} | {each.id: each.id for each in documents}
    questions = []
    for line, row in _rows(path):
        key = "passage_id" if "passage_id" in row else "document"
        name = _string(row, key, path, line)
        document_id = ids.get(name) if named else None
        if named and document_id is None:
            raise CorpusError(
                f"{path}, dòng {line}: `{key}` {name!r} không phải mã của bài nào; hãy sửa hoặc thêm bài"
            )
        golds = tuple(_golds(row, path, line, articles.given.get(document_id or "")))
        by_article = document_id is not None and not golds and row.get("answerable") is True
        if row.get("answerable", bool(golds)) is not (bool(golds) or by_article):
            raise CorpusError(
                f"{path}, dòng {line}: `answerable` và `answers` trái nhau; hãy sửa một trong hai"
            )
        text = _normalised(_string(row, "question", path, line))
        questions.append(Question(str(row.get("id", line)), text, document_id, golds, by_article))
    if not questions:
        raise CorpusError(f"{path}: không có câu hỏi nào; hãy nêu tệp khác")
    return questions


def _golds(row: Mapping[str, Any], path: Path, line: int, given: str | None) -> Iterator[Gold]:
    """The right answers of one line; `given`: the article's text, where NFC moved its characters."""
    if "answer" in row:
        yield Gold(_normalised(_string(row, "answer", path, line)))
        return
    answers = row.get("answers", [])
    if not isinstance(answers, list) or not all(isinstance(answer, dict | str) for answer in answers):
        raise CorpusError(
            f"{path}, dòng {line}: `answers` phải là danh sách chuỗi, hoặc đối tượng có `text` và `start`"
        )
    if row.get("answerable") is False:
        return
    for answer in ({"text": each} if isinstance(each, str) else each for each in answers):
        start = answer.get("start")
        if not (start is None or (type(start) is int and start >= 0)):
            raise CorpusError(f"{path}, dòng {line}: `start` phải là số ký tự, từ 0; hãy sửa")
        if start is not None and given is not None:
            start = len(_normalised(given[:start]))
        yield Gold(_normalised(_string(answer, "text", path, line)), start)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The file's JSON objects, each with the number of its line."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise CorpusError(
                        f"{path}, dòng {number}: không phải JSON; hãy sửa hoặc xóa dòng"
                    ) from error
                if not isinstance(row, dict):
                    raise CorpusError(f"{path}, dòng {number}: phải là một đối tượng JSON")
                yield number, row
    except OSError as error:
        raise CorpusError(f"{path}: không đọc được ({os_reason(error)}); hãy kiểm tra đường dẫn") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: không phải UTF-8; hãy lưu lại thành UTF-8") from error


def _string(row: Mapping[str, Any], key: str, path: Path, line: int, *, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise CorpusError(f"{path}, dòng {line}: thiếu `{key}` hoặc nó không phải chữ; hãy thêm")
    return value


def _normalised(text: str) -> str:
    return unicodedata.normalize("NFC", text)
