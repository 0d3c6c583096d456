"""Which written words are possible Vietnamese syllables?"""

from __future__ import annotations

import re

import pytest

from retrieval.vietnamese.spelling import CAPITAL, SMALL, is_syllable


@pytest.mark.parametrize(
    "word",
    "Nghị quyết ĐẢNG bộ tỉnh Sóc Trăng hòa hoà thuý thúy uỷ ủy gì giếng giặt khuya nguyên ngoẹo quý quốc xoong kỹ kĩ yêu ý ở".split(),
)
def test_a_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", "déjà nghÞ quyeát §¶ng straße hàc bêt̀ kà gê cê ngê ngà́ Đức1 naïve".split())
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("small", "aăâbđeêioôơuưyáặẩýỹở")
def test_capitals_and_small_letters_are_told_apart(small: str) -> None:
    assert re.fullmatch(SMALL, small)
    assert re.fullmatch(CAPITAL, small.upper())
    assert not re.fullmatch(CAPITAL, small)
    assert not re.fullmatch(SMALL, small.upper())
