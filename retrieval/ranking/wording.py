"""Which other words in a text are the question's? Who asks about "cúp điện" means what papers call "mất điện".

A wording of the lexicon that a passage holds counts as the question's own phrase where it is the usual one in the
corpus: each term of the phrase that the other wording lacks ("cúp"), and each pair, once for each time it stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from retrieval.collection import term_id
from retrieval.records import Query
from retrieval.vietnamese.syllables import spell


def other_wordings(
    query: Query,
    stream: npt.NDArray[np.uint32],
    cell_of: npt.NDArray[np.int32],
    rows: Iterable[tuple[int, Sequence[str]]],
    *,
    lacks_marks: bool,
) -> Iterator[tuple[int, npt.NDArray[np.int32]]]:
    """For each row, some neighbouring terms, the cells in which another wording of their phrase stands.

    `stream`: ids of terms, `cell_of`: the cell of each. `lacks_marks`: the stream is without marks.
    """
    for row, words in rows:
        for said, others in query.wording:
            if _holds(_terms(said, lacks_marks), words):
                for other in others:
                    written = _terms(other, lacks_marks)
                    if not _holds(written, words):
                        yield row, _cells(written, stream, cell_of)


def said_otherwise(query: Query, text: str) -> list[tuple[int, int]]:
    """Where those phrases stand in the question of which the text has another wording: "nặng" beside "trọng lượng"."""
    asked, written = query.text.lower(), text.lower()
    return [
        found.span()
        for said, others in (*query.synonyms, *query.wording)
        if any(_word(other).search(written) for other in others)
        for found in _word(said).finditer(asked)
    ]


def _word(phrase: str) -> re.Pattern[str]:
    """The phrase in small letters, as whole words: "ngã" is no part of "quảng ngãi"."""
    return re.compile(rf"(?<!\w){re.escape(phrase.lower())}(?!\w)")


def _cells(
    words: Sequence[str], stream: npt.NDArray[np.uint32], cell_of: npt.NDArray[np.int32]
) -> npt.NDArray[np.int32]:
    """The cell of each place where these terms stand side by side."""
    starts = np.flatnonzero(stream == np.uint32(term_id(words[0])))
    for step, word in enumerate(words[1:], start=1):
        starts = starts[starts + step < len(cell_of)]
        starts = starts[stream[starts + step] == np.uint32(term_id(word))]
    return np.asarray(cell_of[starts[cell_of[starts] == cell_of[starts + len(words) - 1]]])


def _holds(phrase: Sequence[str], words: Sequence[str]) -> bool:
    size = len(words)
    return any(list(phrase[at : at + size]) == list(words) for at in range(len(phrase) - size + 1))


def _terms(phrase: str, lacks_marks: bool) -> list[str]:
    return [spell(word, lacks_marks=lacks_marks) for word in phrase.split()]
