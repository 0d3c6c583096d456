"""Which letters are capitals? Which pattern finds the longest of many words?"""

import re

import pytest

from retrieval.vietnamese.letters import CAPITAL, SMALL, any_of

WORDS = ("m", "mét", "mét vuông", "km", "km/h", "m²", "%", "$")


@pytest.mark.parametrize("word", WORDS)
def test_each_word_is_found_whole(word: str) -> None:
    assert re.fullmatch(any_of(WORDS), word)


def test_the_longest_is_found_first_whatever_the_order_given() -> None:
    for words in (WORDS, WORDS[::-1]):
        assert re.findall(any_of(words), "mét vuông, km/h, 5 m²") == ["mét vuông", "km/h", "m²"]


def test_nothing_else_is_found() -> None:
    assert re.search(any_of(WORDS), "lít, tạ") is None


@pytest.mark.parametrize("small", "aăâbđeêioôơuưyáặẩýỹở")
def test_capitals_and_small_letters_are_told_apart(small: str) -> None:
    assert re.fullmatch(SMALL, small)
    assert re.fullmatch(CAPITAL, small.upper())
    assert not re.fullmatch(CAPITAL, small)
    assert not re.fullmatch(SMALL, small.upper())
