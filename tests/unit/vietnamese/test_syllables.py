"""Is a syllable one term, whichever way it is spelt?"""

from __future__ import annotations

import pytest

from retrieval.vietnamese.syllables import (
    fold,
    is_plain_syllable,
    is_syllable,
    marked_forms,
    plain,
    strip_marks,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("Uỷ", "ủy"), ("kỷ", "kỉ"), ("quý", "quí"), ("THUỶ", "thủy"), ("luý", "lúy")],
)
def test_two_spellings_are_one_term(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("tai", "tay"), ("hoa", "hòa"), ("thúi", "thúy"), ("ma", "má")])
def test_other_syllables_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("word", "trường nghiêng gì giếng quốc khuya yêu ở".split())
def test_a_syllable(word: str) -> None:
    assert is_syllable(word)
    assert is_plain_syllable(strip_marks(word))


@pytest.mark.parametrize("word", "truòng bos dangr vieen Messi".split())
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_a_bare_word_can_be_each_of_its_marked_forms() -> None:
    forms = marked_forms("dang")
    assert {"dang", "đảng", "đang", "dâng", "đắng"} <= set(forms)
    assert {strip_marks(form) for form in forms} == {"dang"}


SYLLABLES = [
    form
    for bare in "dang hoa thuy ky quy nghieng giet ly yeu tuong duoc gi".split()
    for form in marked_forms(bare)
]


def test_folding_is_done_once_and_keeps_the_marks_apart() -> None:
    assert len(SYLLABLES) > 100
    for syllable in SYLLABLES:
        assert fold(fold(syllable)) == fold(syllable.upper()) == fold(syllable)
        assert plain(fold(syllable)) == plain(syllable) == fold(strip_marks(syllable))
