"""Reading articles and questions: both shapes, offsets, and one clear line for each thing that is wrong."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from retrieval import CorpusError, Hit, Passage
from retrieval.evaluation.qrels import is_right_passage
from retrieval.evaluation.sets import Articles, Gold, read_articles, read_questions
from tests.unit.evaluation.stand_in import BRIDGE, MARKET, write_jsonl

ARTICLES = Articles((BRIDGE, MARKET))


def question(**changes: Any) -> dict[str, Any]:
    row = {
        "question": "Cầu dài bao nhiêu?",
        "passage_id": "bridge",
        "answers": [{"text": "1.135", "start": 25}],
    }
    return {**row, **changes}


def test_reads_articles_and_questions_with_offsets(tmp_path: Path) -> None:
    rows = [
        {"id": document.id, "title": document.title, "text": document.text} for document in (BRIDGE, MARKET)
    ]
    articles = read_articles(write_jsonl(tmp_path / "p.jsonl", rows))
    assert articles.documents == (BRIDGE, MARKET)
    asked = read_questions(
        write_jsonl(tmp_path / "q.jsonl", [question(), question(answers=[], answerable=False)]), articles
    )
    assert [each.answerable for each in asked] == [True, False]
    gold = asked[0].answers[0]
    assert gold.start is not None
    assert BRIDGE.text[gold.start :].startswith(gold.text)


def test_any_passage_is_right_where_only_the_article_is_known(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "q.jsonl", [question(answers=[], answerable=True)])
    (asked,) = read_questions(path, ARTICLES)
    assert asked.answerable
    for document, right in ((BRIDGE, True), (MARKET, False)):
        passage = Passage(document.id, 0, 5, document.text[:5])
        assert is_right_passage(Hit(passage, document, 1.0, 1), asked) is right


def test_reads_questions_that_name_a_document_and_a_string(tmp_path: Path) -> None:
    articles = Articles((BRIDGE.__class__(id="folder/bridge.txt", text=BRIDGE.text),))
    path = write_jsonl(
        tmp_path / "q.jsonl", [{"question": "Dài?", "document": "bridge.txt", "answer": "1.135"}]
    )
    (asked,) = read_questions(path, articles)
    assert asked.document_id == "folder/bridge.txt"
    assert asked.answers == (Gold("1.135"),)


def test_reads_several_strings_that_answer(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "q.jsonl", [question(answers=["1.135", "1135"])])
    (asked,) = read_questions(path, ARTICLES)
    assert asked.answers == (Gold("1.135"), Gold("1135"))


def test_lets_any_document_answer_where_asked_to(tmp_path: Path) -> None:
    path = write_jsonl(
        tmp_path / "q.jsonl", [{"question": "Dài?", "document": "page.html", "answer": "1.135"}]
    )
    (asked,) = read_questions(path, ARTICLES, named=False)
    assert asked.document_id is None


def test_moves_offsets_of_text_that_was_not_nfc(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", BRIDGE.text)
    start = decomposed.index("1.135")
    assert start != BRIDGE.text.index("1.135")
    articles = read_articles(write_jsonl(tmp_path / "p.jsonl", [{"id": "bridge", "text": decomposed}]))
    path = write_jsonl(tmp_path / "q.jsonl", [question(answers=[{"text": "1.135", "start": start}])])
    (asked,) = read_questions(path, articles)
    assert articles.documents[0].text == BRIDGE.text
    assert asked.answers == (Gold("1.135", BRIDGE.text.index("1.135")),)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (question(question=" "), "dòng 2: thiếu `question`"),
        (question(question=7), "dòng 2: thiếu `question`"),
        (question(passage_id="river"), "dòng 2: `passage_id` 'river'"),
        ({"question": "Dài?"}, "dòng 2: thiếu `document`"),
        (question(answers="1.135"), "dòng 2: `answers`"),
        (question(answers=[1.135]), "dòng 2: `answers`"),
        (question(answers=[" "]), "dòng 2: thiếu `text`"),
        (question(answers=[{"text": "1.135", "start": -1}]), "dòng 2: `start`"),
        (question(answers=[{"text": "1.135", "start": "25"}]), "dòng 2: `start`"),
        (question(answers=[{"start": 1}]), "dòng 2: thiếu `text`"),
        (
            {"question": "Dài?", "document": "bridge", "answer": "1.135", "answerable": False},
            "dòng 2: `answerable`",
        ),
        (["no", "object"], "dòng 2: phải là một đối tượng JSON"),
    ],
)
def test_names_the_line_and_the_key_of_a_wrong_question(tmp_path: Path, row: Any, wrong: str) -> None:
    path = write_jsonl(tmp_path / "q.jsonl", [question(), row])
    with pytest.raises(CorpusError, match=wrong) as error:
        read_questions(path, ARTICLES)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b'{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}', "dòng 2: mã 'a'"),
        (b'{"id": "a"}', "dòng 1: thiếu `text`"),
        (b'{"id": "a", "text": "x"}\n{"id":', "dòng 2: không phải JSON"),
        (b"\xff\xfe\xfa", "không phải UTF-8"),
        (b"\n \n", "không có bài nào"),
    ],
)
def test_names_what_is_wrong_with_articles(tmp_path: Path, content: bytes, wrong: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=wrong):
        read_articles(path)


def test_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="không đọc được"):
        read_articles(tmp_path / "none.jsonl")
