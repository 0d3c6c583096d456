"""Where terms stand, also in numbers that were damaged on disk."""

import numpy as np
import pytest

from retrieval.ranking.occurrences import Cells
from retrieval.term_arrays import TermArrays
from tests.unit.test_term_arrays import VALUES


@pytest.mark.parametrize("value", [0, 1, 3, 2**31 - 1, 2**31, 2**32 - 1])
def test_numbers_that_were_changed_are_refused_or_read_to_an_end(value: int) -> None:
    """Each number is changed in turn: none makes arrays of another order of size, or has a section stand over itself."""
    whole, refused = TermArrays.joined(VALUES), 0
    terms = len(whole.stream(plain=True))
    key = max(VALUES, key=lambda one: len(VALUES[one]))
    for place in range(len(VALUES[key])):
        values = VALUES[key].copy()
        values[place] = value
        try:
            cells = Cells.of(TermArrays.joined({**VALUES, key: values}).outlines())
            joined = cells.over_passages(np.ones(len(cells.sections), np.int64), np.add)
        except (ValueError, IndexError):
            refused += 1
        else:
            assert len(cells.of_term) <= 2 * terms
            assert joined.max() <= len(cells.sections)
    assert refused


def test_a_section_over_itself_is_refused() -> None:
    outlines = TermArrays.joined(VALUES).outlines()
    outlines.parents[-1] = outlines.sections.max() - 1
    with pytest.raises(ValueError, match="over itself"):
        Cells.of(outlines)
