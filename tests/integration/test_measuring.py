"""Do `hoidap eval` and the benchmark of quality measure a small set from its files to their numbers?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import quality
from bot.cli import run

ARTICLES = {
    "cau": "Cây cầu Lâm Thử bắc qua sông Giả dài 1.135 mét. Thợ xây trong ba năm, từ mùa khô năm 2016.",
    "cho": "Chợ phiên Tân Thử họp vào ngày mồng năm hằng tháng. Ở đó có 135 sạp bán vải, nông cụ và chim.",
    "truong": "Trường tiểu học Hòa Giả có 12 phòng học mới. Hiệu trưởng dạy môn toán cho cả hai lớp năm.",
}
ASKED = [
    ("Cầu Lâm Thử dài bao nhiêu mét?", "cau", "1.135 mét"),
    ("Chợ phiên Tân Thử có bao nhiêu sạp?", "cho", "135 sạp"),
    ("Trường tiểu học Hòa Giả có bao nhiêu phòng học?", "truong", "12 phòng"),
    ("Ai vẽ bức tranh hoa súng?", "truong", None),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    passages = [{"id": name, "title": "", "text": text} for name, text in ARTICLES.items()]
    questions = []
    for question, name, answer in ASKED:
        golds = [{"text": answer, "start": ARTICLES[name].index(answer)}] if answer else []
        row = {"question": question, "passage_id": name, "answers": golds, "answerable": bool(answer)}
        questions.append(row)
    for kind, rows in (("passages", passages), ("questions", questions)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / f"{kind}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def evaluate(folder: Path, *options: str) -> int:
    files = ("--passages", str(folder / "passages.jsonl"), "--questions", str(folder / "questions.jsonl"))
    return run(["eval", *files, *options])


def test_eval_prints_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(folder, "--json", "--plain", "--unaccented") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["answerable"], told["unanswerable"]) == (3, 1)
    assert told["Success@1"] == told["Success@5"] == told["RR@10"] == told["nDCG@10"] == told["R@10"] == 1.0
    assert told["declined"] == 1.0
    assert 30 < told["passage_characters"] < 110
    assert told["milliseconds"] > 0
    assert told["hoidap, unaccented"]["Success@1"] == 1.0
    assert told["plain"]["R@10"] == 1.0
    assert told["plain"]["declined"] == 0.0
    assert told["plain, unaccented"]["Success@1"] < 1.0


def test_eval_prints_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(folder, "--unaccented") == 0
    table = capsys.readouterr().out
    assert "Success@1" in table
    assert "100.0 %" in table
    assert "Success@1 còn giữ được" in table


def test_eval_reads_pages_and_short_questions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = folder / "pages"
    pages.mkdir()
    (pages / "cau.txt").write_text(ARTICLES["cau"], encoding="utf-8")
    row = {"question": ASKED[0][0], "document": "cau.txt", "answer": "1.135"}
    (folder / "short.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    done = run(["eval", "--passages", str(pages), "--questions", str(folder / "short.jsonl"), "--json"])
    assert done == 0
    assert json.loads(capsys.readouterr().out)["Success@1"] == 1.0


def test_eval_asks_an_index_of_the_articles(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(folder / "index")
    assert run(["index", str(folder / "passages.jsonl"), "--index", place]) == 0
    told = []
    for options in ((), ("--index", place)):
        capsys.readouterr()
        assert evaluate(folder, "--json", *options) == 0
        told.append(json.loads(capsys.readouterr().out) | {"milliseconds": 0})
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ({"cau": ARTICLES["cau"]}, "không có bài 'cho'"),
        (ARTICLES | {"cho": "Chợ đã dời đi nơi khác."}, "có văn bản khác của bài 'cho'"),
    ],
)
def test_eval_wants_an_index_of_the_same_articles(
    folder: Path, capsys: pytest.CaptureFixture[str], texts: dict[str, str], wrong: str
) -> None:
    other = folder / "other.jsonl"
    lines = (json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in texts.items())
    other.write_text("\n".join(lines), encoding="utf-8")
    assert run(["index", str(other), "--index", str(folder / "index")]) == 0
    capsys.readouterr()
    assert evaluate(folder, "--index", str(folder / "index")) == 1
    told = capsys.readouterr().err
    assert wrong in told
    assert "; hãy lập chỉ mục từ chính các bài" in told


def test_eval_names_the_line_that_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "questions.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"question": "?", "passage_id": "cau", "answers": 3}\n')
    assert evaluate(folder) == 1
    told = capsys.readouterr().err
    assert "questions.jsonl, dòng 5: `answers`" in told
    assert told.count("\n") == 1


def test_the_benchmark_measures_every_set_it_is_given(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = folder / "results.json"
    quality.main([str(folder), "--variants", "--json", str(results)])
    (measured,) = json.loads(results.read_text(encoding="utf-8")).values()
    assert measured["accented"]["Success@1"]["hoidap"] == 1.0
    assert measured["accented"]["Success@1"]["interval"] == [1.0, 1.0]
    assert set(measured["variants"]) >= {"telex", "vni", "slip in a name", "short forms"}
    assert measured["name swapped"]["asked"] == 3
    assert f"### {folder.name}: 3 articles, 4 questions" in capsys.readouterr().out


def test_the_benchmark_takes_pages_with_short_questions(folder: Path) -> None:
    pages = folder / "pages"
    pages.mkdir()
    for name in ("cau", "cho"):
        (pages / f"{name}.txt").write_text(ARTICLES[name], encoding="utf-8")
    row = {"question": ASKED[0][0], "document": "cau.txt", "answer": "1.135"}
    asked = folder / "short.jsonl"
    results = folder / "results.json"
    for document, name in (("cau.txt", "named"), ("elsewhere.html", "any")):
        asked.write_text(json.dumps(row | {"document": document}, ensure_ascii=False), encoding="utf-8")
        quality.main(["--pages", name, str(asked), str(pages), "--json", str(results)])
        measured = json.loads(results.read_text(encoding="utf-8"))
        assert measured[name]["accented"]["Success@1"]["hoidap"] == 1.0


def test_the_benchmark_wants_a_set() -> None:
    with pytest.raises(SystemExit, match="no set named"):
        quality.main([])
