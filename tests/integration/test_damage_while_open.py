"""What becomes of an index's files while a program answers from it: damaged, cut short, deleted, built anew."""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retrieval import Document, IndexDamaged, IndexMissing, Retriever
from retrieval.index.embedded.index import LOOK_EVERY

QUESTIONS = ("Vé bơi ở bể số 7 giá bao nhiêu?", "Ai trông bể số 9?", "Bể số 3 mở cửa lúc mấy giờ?")
HEADER_LIKE = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\0\x80", b"\xff\xff\xff\x7f")

POSIX = pytest.mark.skipif(os.name == "nt", reason="no file that is open can be deleted or cut there")


def _build(path: Path, *, price: int = 1000) -> None:
    Retriever.build(
        (
            Document(
                f"be-{number}",
                f"Vé bơi ở bể số {number} giá {number * price} đồng một lượt.\n\n"
                f"Giờ giấc\nMở cửa lúc {number % 7 + 4} giờ sáng.\n\nTrông coi\nBể số {number} do bà Hoa{number} trông.",
                title=f"Bể bơi số {number}",
            )
            for number in range(1, 30)
        ),
        path=path,
    ).close()


def _ask_all(retriever: Retriever) -> None:
    for question in QUESTIONS:
        retriever.search(question)


def test_numbers_damaged_after_they_were_read_are_told_as_damage(tmp_path: Path) -> None:
    _build(tmp_path / "index")
    terms = tmp_path / "index/0001/terms.dat"
    whole, chance, told = terms.read_bytes(), random.Random(3), []
    with Retriever.open(tmp_path / "index") as retriever:
        for _ in range(60):
            _ask_all(retriever)
            damaged = bytearray(whole)
            for _ in range(chance.choice((1, 8, 60))):
                place = chance.randrange(len(whole) // 4) * 4
                damaged[place : place + 4] = chance.choice((*HEADER_LIKE, chance.randbytes(4)))
            _overwrite(terms, damaged)
            try:
                _ask_all(retriever)
            except IndexDamaged as error:
                told.append(str(error))
            _overwrite(terms, whole)
        _ask_all(retriever)
    assert len(told) > 10
    assert all(re.fullmatch(rf"{terms}: bài \d+ .*; hãy chạy hoidap check", line) for line in told)


def _overwrite(path: Path, content: bytes | bytearray) -> None:
    with path.open("r+b") as file:
        file.write(content)


def test_a_fault_of_the_program_stays_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _build(tmp_path / "index")
    with Retriever.open(tmp_path / "index") as retriever:
        _ask_all(retriever)
        monkeypatch.setattr(retriever._steps, "find", lambda *_, **__: {}["none"])
        with pytest.raises(KeyError):
            retriever.search(QUESTIONS[0])


@POSIX
def test_a_deleted_index_is_missing_until_one_is_there_again(tmp_path: Path) -> None:
    _build(tmp_path / "index")
    with Retriever.open(tmp_path / "index") as retriever:
        assert "7000 đồng" in retriever.search(QUESTIONS[0])[0].passage.text
        shutil.rmtree(tmp_path / "index")
        time.sleep(LOOK_EVERY)
        for _ in range(3):
            with pytest.raises(IndexMissing):
                retriever.answer(QUESTIONS[0])
            with pytest.raises(IndexMissing):
                retriever.add([Document("a", "Bể số 31 đóng cửa.")])
        _build(tmp_path / "index", price=3000)
        assert "21000 đồng" in retriever.search(QUESTIONS[0])[0].passage.text
        assert "21000 đồng" in retriever.answer(QUESTIONS[0]).hits[0].passage.text
        retriever.add([Document("a", "Bể số 31 đóng cửa từ tháng 6.")])
        assert "tháng 6" in retriever.search("Bể số 31 đóng cửa từ tháng mấy?")[0].passage.text


@POSIX
def test_an_index_deleted_and_built_anew_between_two_looks_is_answered_from(tmp_path: Path) -> None:
    _build(tmp_path / "index")
    with Retriever.open(tmp_path / "index") as retriever:
        _ask_all(retriever)
        shutil.rmtree(tmp_path / "index")
        _build(tmp_path / "index", price=2000)
        time.sleep(LOOK_EVERY)
        assert "14000 đồng" in retriever.search(QUESTIONS[0])[0].passage.text


ASKING = """
import sys
from retrieval import IndexDamaged, Retriever
retriever = Retriever.open(sys.argv[1])
print(len(retriever.search("Vé bơi")), flush=True)
sys.stdin.readline()
for question in sys.argv[2:]:
    try:
        retriever.search(question)
    except IndexDamaged as error:
        print(error)
"""


@POSIX
@pytest.mark.parametrize("kind", ["idx", "term", "fast"])
def test_a_file_of_the_engine_cut_short_is_told_and_ends_nothing(tmp_path: Path, kind: str) -> None:
    _build(tmp_path / "index")
    with subprocess.Popen(
        [sys.executable, "-c", ASKING, str(tmp_path / "index"), *QUESTIONS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as asking:
        assert asking.stdout is not None
        assert int(asking.stdout.readline()) > 0
        cut = max(tmp_path.glob(f"index/0001/passages/*.{kind}"), key=lambda path: path.stat().st_size)
        os.truncate(cut, 60)
        time.sleep(LOOK_EVERY)
        told, _ = asking.communicate("\n", timeout=60)
    assert asking.returncode == 0
    assert told.count("hãy chạy hoidap check") == len(QUESTIONS)
    assert str(cut) in told
