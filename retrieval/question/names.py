"""Which names does a question hold? Capitalised words without their titles, and places however they are typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from retrieval.gazetteer import Gazetteer, districts
from retrieval.question.vocabulary import RowDf
from retrieval.records import Role
from retrieval.vietnamese.name_heads import ADDRESS, HEADS, TERRITORIES
from retrieval.vietnamese.syllables import fold, is_bare_syllable, plain, strip_marks

_TITLES = frozenset(head.split()[-1] for head in (*ADDRESS, "vua", "tướng"))
"""The last syllables of what stands before a person's name: "chí" of "đồng chí"."""
GENERIC = frozenset(HEADS["parts"]) | _TITLES
"""First syllables of titles, offices, bodies and papers: written with a capital, but no names."""
_JOINS = ("", " ", "-", " - ", "'", "’", ". ")
"""What may stand between the words of one name."""
_OPENERS = frozenset(
    map(fold, "khi nước người bài tiếng thời mỗi nếu sau trước năm ngày bức cuốn cuộc vụ lúc theo".split())
)
"""Words that open a question before a name: "Khi Newton mất"."""
_COMMON_PLACES = frozenset(("hoa binh", "thai binh", "vinh"))
"""Places, without marks, whose names are everyday words too: names only with capitals."""


@dataclass(frozen=True, slots=True)
class Word:
    """A written word at `[start, end)`, as a folded term; `tag` is underthesea's, of the longer word that ends at
    `tagged_end`."""

    text: str
    term: str
    start: int
    end: int
    role: Role
    tag: str = ""
    tagged_end: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """Words `[first, last]` of a question. `place`: the lexicon's name for it, where it is a known place."""

    first: int
    last: int
    place: str = ""


def find_names(
    text: str, words: Sequence[Word], gazetteer: Gazetteer, df: RowDf, *, bare: bool
) -> list[Name]:
    """The names, in order; no two share a word.

    `bare`: the question has no marks.
    """
    capitals = any(word.text[0].islower() for word in words)
    places = [*_places(words, gazetteer, df, bare=bare), *_districts(words)]
    names = list(places)
    if capitals:
        taken = {number for place in places for number in range(place.first, place.last + 1)}
        names += [Name(*run) for run in _runs(words, text, df) if not taken & set(range(run[0], run[1] + 1))]
    return sorted(names, key=lambda name: name.first)


def names_beside(
    text: str,
    words: Sequence[Word],
    known: Sequence[tuple[int, int]],
    fresh: Set[int],
    gazetteer: Gazetteer,
    df: RowDf,
    *,
    bare: bool,
) -> list[Name]:
    """The names where some are `known`, as (first, last), and others may stand among the `fresh` words."""
    taken = {number for first, last in known for number in range(first, last + 1)}
    found = [
        name
        for name in find_names(text, words, gazetteer, df, bare=bare)
        if fresh & (run := set(range(name.first, name.last + 1))) and not taken & run
    ]
    terms = [word.term for word in words]
    places = {(start, end - 1): place for start, end, place in gazetteer.places.find(terms, bare=bare)}
    kept = [Name(first, last, places.get((first, last), "")) for first, last in known]
    return sorted((*kept, *found), key=lambda name: name.first)


def _runs(words: Sequence[Word], text: str, df: RowDf) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(words):
        if not _capital(words[start]):
            start += 1
            continue
        end = start + 1
        while (
            end < len(words)
            and _capital(words[end])
            and text[words[end - 1].end : words[end].start] in _JOINS
        ):
            end += 1
        if run := _trimmed(words, start, end, df):
            yield run
        start = end


def _capital(word: Word) -> bool:
    return word.text[0].isupper() and word.role != "asking" and not word.text.isdigit()


def _trimmed(words: Sequence[Word], start: int, end: int, df: RowDf) -> tuple[int, int] | None:
    """The run without words that are only half of one, titles and what merely opens the question; None: no name."""
    whole = end
    while end > start and _is_half(words, start, end, whole, df):
        end -= 1
    if start == 0 and end > 1 and (words[0].role == "function" or words[0].term in _OPENERS):
        start = 1  # "Theo Messi"
    titled = start > 0 and words[start - 1].text.lower() in _TITLES
    while end - start > 1 and _leads(words, start, end):
        titled = words[start].text.lower() in _TITLES
        start += 1
    run = words[start:end]
    if not run or all(word.text.lower() in GENERIC for word in run):
        return None
    if len(run) > 1 or titled:
        return start, end - 1
    only = run[0]
    if len(only.text) > 1 and only.text.isupper():
        return None
    foreign = len(only.text) > 2 and not is_bare_syllable(strip_marks(only.text))
    return (start, start) if foreign or (only.tag == "Np" and start > 0) else None


def _is_half(words: Sequence[Word], start: int, end: int, whole: int, df: RowDf) -> bool:
    """Whether the last word is part of a longer common word: "Thường" of "Ban Thường vụ".

    The tagger may be wrong: where the corpus has the word more with its name than with what follows, it is right.
    """
    last = words[end - 1]
    if (
        last.tagged_end <= words[whole - 1].end
        or last.tag == "Np"
        or not is_bare_syllable(strip_marks(last.text))
    ):
        return False
    if end - start < 2 or end != whole or whole == len(words):
        return True
    left, right = ([words[at].term, words[at + 1].term] for at in (end - 2, end - 1))
    return max(df(left, False), df(left, True)) <= max(df(right, False), df(right, True))


def _leads(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the run's first word is a title or an office before the name: "Ông", "Tỉnh", "TX"."""
    text = words[start].text
    if text.lower() in _TITLES or (text.isupper() and len(text) > 1):
        return True
    return text.lower() in GENERIC and (end - start > 2 or words[start].tagged_end == words[start].end)


def _places(words: Sequence[Word], gazetteer: Gazetteer, df: RowDf, *, bare: bool) -> Iterator[Name]:
    terms = [word.term for word in words]
    for start, end, name in gazetteer.places.find(terms, bare=bare):
        run = words[start:end]
        written = all(word.text[0].isupper() for word in run)
        if written and (_joined(words, start) or _joined(words, end)):  # "Nguyễn Hòa Bình" is somebody
            continue
        if not written and _means_else(terms[start:end], name, df, bare=bare):
            continue
        if not written and not bare and end - start == 1 and run[0].tag not in ("Np", "N"):
            continue
        yield Name(start, end - 1, name)


def _joined(words: Sequence[Word], at: int) -> bool:
    """Whether words `at - 1` and `at` are capitalised parts of one longer name."""
    if not 0 < at < len(words):
        return False
    before, after = words[at - 1], words[at]
    if not (before.text[0].isupper() and after.text[0].isupper() and after.start - before.end == 1):
        return False
    if before.text.lower() in GENERIC:
        return False
    return before.tagged_end >= after.end if before.tag else at > 1


def _means_else(terms: Sequence[str], name: str, df: RowDf, *, bare: bool) -> bool:
    """Whether these small letters are everyday words: "hòa bình"; "dien bien", where the corpus has "diễn biến"."""
    if plain(name.lower()) in _COMMON_PLACES:
        return True
    return bare and df(terms, True) > 0 and df([fold(word) for word in name.split()], False) == 0


def _districts(words: Sequence[Word]) -> Iterator[Name]:
    """Known districts in small letters right after "huyện", "thị xã" …"""
    for at in range(1, len(words)):
        before = " ".join(word.text.lower() for word in words[max(0, at - 2) : at])
        if words[at].text[0].islower() and before.endswith(TERRITORIES):
            for length in (3, 2):
                if tuple(word.term for word in words[at : at + length]) in districts():
                    yield Name(at, at + length - 1)
                    break
