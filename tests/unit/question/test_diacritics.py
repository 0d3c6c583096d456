"""Marks are put back letter for letter, as the corpus has them; what is in doubt is said to be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.diacritics import Restored, every_word, lacking_marks, restore_marks
from retrieval.vietnamese.syllables import fold, strip_marks
from tests.unit.question.shelf import SENTENCES, SHELF, Shelf

words = st.lists(st.sampled_from(" ".join(SENTENCES).split()), max_size=12).map(" ".join)


def restore(text: str, shelf: Shelf = SHELF, *, guess: bool = True) -> Restored:
    return restore_marks(text, shelf.df, shelf.stats.passages, lacking=every_word(text), guess=guess)


@given(words | st.text(max_size=30).map(strip_marks))
def test_only_marks_are_put_letter_for_letter(text: str) -> None:
    bare = strip_marks(text)
    restored = restore(bare)
    assert len(restored.text) == len(bare)
    assert strip_marks(restored.text) == bare
    assert restored.unsure <= every_word(bare)


@given(words)
def test_sure_words_are_in_the_corpus_as_restored(text: str) -> None:
    bare = strip_marks(text)
    restored = restore(bare)
    ends = {start: start + len(bare[start:].split()[0].rstrip(".,;")) for start in every_word(bare)}
    for start in every_word(bare) - restored.unsure:
        assert SHELF.df(fold(restored.text[start : ends[start]]), False) or not SHELF.df(
            fold(bare[start : ends[start]]), True
        )


def test_marks_are_those_of_the_corpus() -> None:
    assert restore("Ong Tran Ngoc Tam o Kien Tuong").text == "Ông Trần Ngọc Tam ở Kiến Tường"


def test_neighbours_tell_homographs_apart() -> None:
    shelf = Shelf(
        *("Ông đang làm việc.", "Đảng viên đang họp.", "Kết nạp đảng viên.", "Bà đang đi.", "Em đăng bài.")
        * 3
    )
    assert restore("dang vien", shelf) == Restored("đảng viên", frozenset())
    assert restore("em dang bai", shelf) == Restored("em đăng bài", frozenset())


def test_what_fits_alike_is_unsure_and_guessed_only_where_wanted() -> None:
    shelf = Shelf("Anh bị đau mắt.", "Anh bị đau mặt.", "Anh bị đau.")
    restored = restore("anh bi dau mat", shelf)
    assert restored.unsure == {len("anh bi dau ")}
    assert restored.text in ("anh bị đau mắt", "anh bị đau mặt")
    assert restore("anh bi dau mat", shelf, guess=False).text == "anh bị đau mat"


def test_what_is_no_vietnamese_syllable_stays_and_is_not_judged() -> None:
    shelf = Shelf("Cầu thủ Müller ghi bàn.", "Cầu thủ Messi ghi bàn.")
    assert restore("Muller 2018 B52", shelf) == Restored("Muller 2018 B52", frozenset({0}))


def test_no_corpus_restores_nothing() -> None:
    restored = restore("dang vien", Shelf())
    assert restored.text == "dang vien"


def test_a_word_lacks_its_marks_where_only_they_fit_its_neighbours() -> None:
    assert lacking_marks("xử lý kỷ luat bao nhiêu người", SHELF.df) == {len("xử lý kỷ ")}
    assert not lacking_marks("Ông Trần Ngọc Tam cho biết", SHELF.df)
