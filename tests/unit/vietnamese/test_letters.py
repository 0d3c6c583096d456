"""Which letters are capitals?"""

from __future__ import annotations

import re

import pytest

from retrieval.vietnamese.letters import CAPITAL, SMALL


@pytest.mark.parametrize("small", "aăâbđeêioôơuưyáặẩýỹở")
def test_capitals_and_small_letters_are_told_apart(small: str) -> None:
    assert re.fullmatch(SMALL, small)
    assert re.fullmatch(CAPITAL, small.upper())
    assert not re.fullmatch(CAPITAL, small)
    assert not re.fullmatch(SMALL, small.upper())
