"""Which phrases does a question share with the lexicon? Places, other words for the same, publishers' names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Generic, TypeVar

from retrieval.lexicon import Lexicon
from retrieval.vietnamese.syllables import fold, plain, strip_marks
from retrieval.vietnamese.wordlists import read_phrases

Value = TypeVar("Value")


class Phrases(Generic[Value]):
    """Phrases to be found among terms, each with what is known of it; with or without their marks."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._marked: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        self._plain: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in entries:
            terms = tuple(map(fold, _words(phrase)))
            without = tuple(map(plain, terms))
            self._marked.setdefault(terms[0], []).append((terms, value))
            self._plain.setdefault(without[0], []).append((without, value))
        for table in (self._marked, self._plain):
            for phrases in table.values():
                phrases.sort(key=lambda phrase: -len(phrase[0]))

    def find(self, terms: Sequence[str], *, lacks_marks: bool) -> Iterator[tuple[int, int, Value]]:
        """(start, end, value) of each phrase among the terms, the longest first; they don't overlap.

        `lacks_marks`: compare without marks, phrases of one term left out, which stand for too much then.
        """
        table = self._plain if lacks_marks else self._marked
        at = 0
        while at < len(terms):
            for phrase, value in table.get(terms[at], ()):
                if tuple(terms[at : at + len(phrase)]) == phrase and (len(phrase) > 1 or not lacks_marks):
                    yield at, at + len(phrase), value
                    at += len(phrase) - 1
                    break
            at += 1


class Gazetteer:
    """What questions are compared with; each table is made when it is first needed."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @property
    def short_forms(self) -> Mapping[str, str]:
        """Short form -> long form, as the operator wrote them."""
        return self._lexicon.abbreviations

    @cached_property
    def sources(self) -> dict[str, str]:
        """A publisher's mark or name, without marks -> the name shown."""
        names = self._lexicon.sources
        return {source_key(name): name for name in names.values()} | {
            source_key(mark): name for mark, name in names.items()
        }

    @cached_property
    def places(self) -> Phrases[str]:
        """Every province and city that the lexicon names, of today and before -> its name there."""
        places, aliases = self._lexicon.places, self._lexicon.aliases
        names = {name: name for today, older in places.items() for name in (today, *older)}
        names |= {other: name for name, others in aliases.items() for other in (name, *others)}
        return Phrases((_inner(written), name) for written, name in names.items())

    def older_names(self, place: str) -> tuple[str, ...]:
        """The places that one of today took in."""
        return tuple(self._lexicon.places.get(place, ()))

    @cached_property
    def synonyms(self) -> Phrases[tuple[str, ...]]:
        """Each phrase that has others for the same -> these; names and their other spellings among them."""
        groups = [(word, *others) for word, others in self._lexicon.synonyms.items()]
        groups += [(name, *others) for name, others in self._lexicon.aliases.items()]
        return _both_ways(groups)

    @cached_property
    def wording(self) -> Phrases[tuple[str, ...]]:
        """Each everyday phrase -> how papers write it, and the other way round."""
        return _both_ways((word, *others) for word, others in self._lexicon.wording.items())

    def is_place(self, terms: Sequence[str]) -> bool:
        """Whether these folded terms together name a province, city or district of Vietnam."""
        return tuple(terms) in districts() or any(
            (start, end) == (0, len(terms)) for start, end, _ in self.places.find(terms, lacks_marks=False)
        )


def _both_ways(groups: Iterable[Sequence[str]]) -> Phrases[tuple[str, ...]]:
    """Each phrase of a group -> the others of it."""
    others_of: dict[str, dict[str, None]] = {}
    for group in groups:
        for word in group:
            others_of.setdefault(word, {}).update(dict.fromkeys(other for other in group if other != word))
    return Phrases((word, tuple(others)) for word, others in others_of.items())


@cache
def districts() -> frozenset[tuple[str, ...]]:
    """Each district's name as folded terms."""
    return frozenset(tuple(map(fold, _words(name))) for name in read_phrases("districts"))


def _words(phrase: str) -> list[str]:
    return phrase.replace(" - ", " ").replace("-", " ").replace(".", " ").split()


def _inner(name: str) -> str:
    """A city's own name: "Thành phố Hồ Chí Minh" is also said without its first two words."""
    return name.removeprefix("Thành phố ").removeprefix("Tỉnh ")


def source_key(name: str) -> str:
    """What a publisher's names are compared by: no case, no marks, no "báo" before it."""
    letters = strip_marks(name).lower()
    return re.sub(r"^(?:to )?(?:bao dien tu|bao|tap chi|trang|kenh) ", "", letters)
