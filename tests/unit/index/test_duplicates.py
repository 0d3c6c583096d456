from __future__ import annotations

import random

import numpy as np
import pytest

from retrieval.index.duplicates import MIN_SHARED, bands, sequences, similarity


def _text(seed: int, length: int = 300) -> list[int]:
    return random.Random(seed).choices(range(5000), k=length)


def _sequences(ids: list[int]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return sequences(np.array(ids, np.uint32))


def _changed(ids: list[int], places: int) -> list[int]:
    """With so many places replaced, spread evenly: each spoils three sequences."""
    changed = list(ids)
    for place in range(places):
        changed[place * len(ids) // places] = 6000 + place
    return changed


@pytest.mark.parametrize("seed", range(20))
def test_nearly_equal_texts_share_a_band(seed: int) -> None:
    one, other = _sequences(_text(seed)), _sequences(_changed(_text(seed), 4))
    assert similarity(one, other) > 0.9
    assert set(bands(one, ())) & set(bands(other, ()))


@pytest.mark.parametrize("seed", range(20))
def test_unlike_texts_share_none(seed: int) -> None:
    one, other = _sequences(_text(seed)), _sequences(_text(seed + 1000))
    assert similarity(one, other) < 0.05
    assert not set(bands(one, ())) & set(bands(other, ()))


def test_similarity_falls_with_changes() -> None:
    one = _sequences(_text(1))
    shares = [similarity(one, _sequences(_changed(_text(1), places))) for places in (1, 5, 15, 60)]
    assert shares == sorted(shares, reverse=True)
    assert shares[1] > MIN_SHARED > shares[2]
    assert similarity(one, one) == 1.0


def test_other_numbers_share_no_band() -> None:
    one = _sequences(_text(1))
    assert set(bands(one, ("5", "20"))) == set(bands(one, ("20", "5", "5")))
    assert not set(bands(one, ("5",))) & set(bands(one, ("6",)))


@pytest.mark.parametrize("ids", [[], [1], [1, 2]])
def test_too_short_a_text_is_like_no_other(ids: list[int]) -> None:
    assert len(_sequences(ids)) == 0
    assert bands(_sequences(ids), ()) == []
