"""Are rare words told from everyday ones, and words of two syllables from chance neighbours?"""

from __future__ import annotations

import numpy as np
import pytest

from retrieval import QueryTerm
from retrieval.answering.rarity import load_rarities, one_word, rarity_of


@pytest.mark.parametrize("plain", [False, True])
def test_the_shipped_table_is_sorted_and_all_else_is_rarer(plain: bool) -> None:
    table = load_rarities(plain=plain)
    assert len(table.ids) == len(table.steps)
    assert np.all(np.diff(table.ids.astype(np.int64)) > 0)
    assert table.of(["là" if not plain else "la"])[0] < table.of(["kzxq"])[0] == table.unseen


def test_a_term_is_as_rare_as_the_spelling_it_is_looked_for_in() -> None:
    terms = [QueryTerm("đảng"), QueryTerm("dang", plain=True), QueryTerm("người"), QueryTerm("tảo")]
    party, any_dang, person, algae = rarity_of(terms)
    assert any_dang < party  # "đang", "dạng" and "đăng" are all of it
    assert person < party < algae


def test_no_terms_have_no_rarities() -> None:
    assert len(rarity_of([])) == 0


@pytest.mark.parametrize(
    ("pair", "is_word"), [(("cán", "bộ"), True), (("phẫu", "thuật"), True), (("và", "bộ"), False)]
)
def test_syllables_of_one_word_stand_together_oftener_than_others(
    pair: tuple[str, str], is_word: bool
) -> None:
    left, right, together = load_rarities(plain=False).of([*pair, "_".join(pair)])
    assert (one_word(left, right, together) > 0.3) == is_word
