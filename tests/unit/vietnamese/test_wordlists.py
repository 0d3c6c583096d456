"""Are the lists of words what they are said to be?"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from retrieval.vietnamese import wordlists
from retrieval.vietnamese.units import UNITS, is_same_unit, unit_at
from retrieval.vietnamese.wordlists import read_phrases

FILES = sorted((Path(wordlists.__file__).parent / "words").iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_list_says_where_it_comes_from(path: Path) -> None:
    assert len(FILES) >= 6
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert unicodedata.is_normalized("NFC", text)


def test_districts_are_without_their_class() -> None:
    districts = read_phrases("districts")
    assert len(districts) > 600
    assert {"Đồng Hới", "Việt Yên", "Buôn Hồ", "Bắc Kạn"} <= set(districts)
    classes = ("thành phố ", "thị xã ", "huyện ", "quận ", "thị trấn ")
    assert [name for name in districts if name.lower().startswith(classes)] == []


def test_no_unit_has_two_dimensions() -> None:
    units = [unit for units in UNITS.values() for unit in units]
    assert len(units) == len(set(units)) > 100


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("giờ", "tiếng", True),
        ("kg", "ký", True),
        ("M2", "mét vuông", True),
        ("đ", "đồng", True),
        ("giờ", "phút", False),
    ],
)
def test_one_unit_has_several_writings(one: str, other: str, same: bool) -> None:
    assert is_same_unit(one, other) is same
    assert not is_same_unit(one, "cái")


@pytest.mark.parametrize(
    ("terms", "bare", "found"),
    [
        (["mét", "vuông", "đất"], False, (2, "area")),
        (["mét", "vải"], False, (1, "length")),
        (["tiền", "công"], False, (1, "money")),
        (["phan", "tram"], True, (2, "percent")),
        (["người"], False, None),
    ],
)
def test_the_unit_that_opens_a_phrase(terms: list[str], bare: bool, found: tuple[int, str] | None) -> None:
    assert unit_at(terms, lacks_marks=bare) == found
