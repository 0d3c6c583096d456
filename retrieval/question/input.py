"""Which question was meant by what was typed? Keystrokes decoded, short forms spelt out, slips in names put right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.gazetteer import Gazetteer
from retrieval.question.chat_forms import spell_out, without_politeness
from retrieval.question.diacritics import every_word, lacking_marks, restore_marks
from retrieval.question.keystrokes import decode
from retrieval.question.name_spelling import correct_names
from retrieval.question.vocabulary import Df
from retrieval.vietnamese.syllables import fold, lacks_marks, plain, spell, strip_marks

_WORD = re.compile(r"[^\W_]+")
_MOSTLY = 0.4
"""Share of words with keys in them from which on the others have no marks because they need none. Of Vietnamese
syllables about 70 % carry a mark; of a question typed without marks, next to none would look like keystrokes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was meant. `lacks_marks`: it has no marks.

    `marked`: the text with the marks that it should have, letter for letter as long. `unsure`: where words start that
    lack theirs, and may have others than these: to be compared without.
    `corrections`: (typed, meant) of each name in which a letter slipped.
    """

    text: str
    lacks_marks: bool
    marked: str
    unsure: frozenset[int] = frozenset()
    corrections: tuple[tuple[str, str], ...] = ()


def read_question(typed: str, *, gazetteer: Gazetteer, df: Df, passages: int) -> Reading:
    """`typed`: NFC, blanks single. `df`: see `Df`; `passages`: how many the corpus has."""
    text, decoded = _decoded(typed, df)
    words = [match for match in _WORD.finditer(text) if match.group().isalpha()]
    without = lacks_marks(typed) and decoded < _MOSTLY * len(words)

    if without:
        text = strip_marks(text)  # one decoded word among others without marks is compared as they are

    def row_df(phrase: str) -> int:
        row = (spell(word, lacks_marks=without) for word in phrase.split()[:2])
        return df("_".join(row), without)

    text = without_politeness(spell_out(text, gazetteer.short_forms, row_df, lacks_marks=without))
    text, corrections = correct_names(text, df, gazetteer.is_place, lacks_marks=without)
    lacking = every_word(text) if without else lacking_marks(text, df)
    restored = restore_marks(text, df, passages, lacking=lacking, guess=without)
    return Reading(text, without, restored.text, restored.unsure, corrections)


def _decoded(typed: str, df: Df) -> tuple[str, int]:
    """The text with keystrokes decoded, and how many words had some.

    A word that the corpus knows stays. Where other words have their marks, keystrokes are the exception: a name, and
    a word with figures in it, are left as they are.
    """
    words = {match.start(): match.group() for match in _WORD.finditer(typed)}
    found = {start: meant for start, word in words.items() if (meant := decode(word))}
    exception = not lacks_marks(typed) or len(found) == 1
    for start, meant in list(found.items()):
        word = words[start]
        written = df(plain(word), True) if word.isalpha() else 0
        meant_df = df(fold(meant), False)
        if written > meant_df or (
            exception and (written or not meant_df or not word.isalpha() or meant[0].isupper())
        ):
            del found[start]
    return _WORD.sub(lambda match: found.get(match.start(), match.group()), typed), len(found)
