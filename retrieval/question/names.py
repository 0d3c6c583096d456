"""Which names does a question hold? Those of any text, where the tagger agrees, and places however they are typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from retrieval.gazetteer import Gazetteer, districts
from retrieval.question.vocabulary import RowDf
from retrieval.records import CONTENT, Role
from retrieval.vietnamese.mention import Name
from retrieval.vietnamese.name_heads import ADDRESS, HEADS, TERRITORIES
from retrieval.vietnamese.names import names_in
from retrieval.vietnamese.syllables import fold, is_plain_syllable, plain, strip_marks

GENERIC = frozenset(HEADS["parts"]) | frozenset(head.split()[-1] for head in ADDRESS)
"""Syllables of titles, offices, bodies and papers: written with a capital, but no names."""
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


def find_names(
    text: str, words: Sequence[Word], gazetteer: Gazetteer, df: RowDf, *, lacks_marks: bool
) -> list[Name]:
    """The names, in order; no two share a word, and none holds half of one. Each starts with its own words.

    `lacks_marks`: the question has no marks.
    """
    names = [*_places(words, gazetteer, df, lacks_marks=lacks_marks), *_districts(words)]
    if any(word.text[0].islower() for word in words):
        for name in _capitalised(text, words, df):
            if not _overlaps(name, names):
                names.append(name)
    return sorted(names, key=lambda name: name.start)


def names_beside(
    text: str,
    words: Sequence[Word],
    known: Sequence[tuple[int, int]],
    fresh: Set[int],
    gazetteer: Gazetteer,
    df: RowDf,
    *,
    lacks_marks: bool,
) -> list[Name]:
    """The names where words [first, last] are `known` to be some, and others may stand among the `fresh` words."""
    places = {
        (start, end - 1): place
        for start, end, place in gazetteer.places.find([word.term for word in words], lacks_marks=lacks_marks)
    }
    kept = [_name(words[first : last + 1], places.get((first, last), "")) for first, last in known]
    found = [
        name
        for name in find_names(text, words, gazetteer, df, lacks_marks=lacks_marks)
        if not _overlaps(name, kept) and any(name.start <= words[n].start < name.end for n in fresh)
    ]
    return sorted((*kept, *found), key=lambda name: name.start)


def _name(words: Sequence[Word], place: str = "") -> Name:
    written = tuple(word.text for word in words)
    start = words[0].start
    return Name(start, words[-1].end, written, False, own=written, own_start=start, place=place)


def _overlaps(name: Name, others: Sequence[Name]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in others)


def _capitalised(text: str, words: Sequence[Word], df: RowDf) -> Iterator[Name]:
    for name in names_in(text):
        whole = len(name.own) == 1 and name.kind == "place" and name.head_start == name.start > 0
        start = name.start if whole else name.own_start  # "ở Sông Trà", but "Khu A" and "ông Tam"
        inside = [n for n, word in enumerate(words) if word.end > start and word.start < name.end]
        if inside and (run := _trimmed(words, inside[0], inside[-1] + 1, name, df)):
            yield replace(_name(run), kind=name.kind, head=name.head, foreign=name.foreign)
    for word in words[1:]:
        if len(word.text) == 1 and word.text.isupper() and word.tag == "Np":  # "nhà B"
            yield _name((word,))


def _trimmed(words: Sequence[Word], start: int, end: int, name: Name, df: RowDf) -> Sequence[Word]:
    """The name without words that are only half of one and what merely opens the question; empty: it is none."""
    whole = end
    titled = name.head in ADDRESS
    while end > start and not titled and _is_half(words, start, end, whole, df):
        end -= 1
    if start == 0 and end > 1 and words[0].role not in CONTENT:
        start = 1  # "Còn Kiến Tường"
    while end - start > 1 and _is_short_form(words[start]):
        start += 1  # "TX Kiến Tường"
    run = words[start:end]
    if all(word.text.lower() in GENERIC or _is_short_form(word) for word in run):
        return ()
    if len(run) > 1 or name.head:
        return run
    foreign = len(run[0].text) > 2 and not is_plain_syllable(strip_marks(run[0].text))
    return run if foreign or (run[0].tag == "Np" and start > 0) else ()


def _is_short_form(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isupper()


def _is_half(words: Sequence[Word], start: int, end: int, whole: int, df: RowDf) -> bool:
    """Whether the last word is part of a longer common word: "Thường" of "Ban Thường vụ".

    The tagger may be wrong: where the corpus has the word more with its name than with what follows, it is right.
    """
    last = words[end - 1]
    if (
        last.tagged_end <= words[whole - 1].end
        or last.tag == "Np"
        or len(last.text) == 1
        or not is_plain_syllable(strip_marks(last.text))
    ):
        return False
    if end - start < 2 or end != whole or whole == len(words):
        return True
    left, right = ([words[at].term, words[at + 1].term] for at in (end - 2, end - 1))
    return max(df(left, False), df(left, True)) <= max(df(right, False), df(right, True))


def _places(words: Sequence[Word], gazetteer: Gazetteer, df: RowDf, *, lacks_marks: bool) -> Iterator[Name]:
    terms = [word.term for word in words]
    for start, end, place in gazetteer.places.find(terms, lacks_marks=lacks_marks):
        run = words[start:end]
        written = all(word.text[0].isupper() for word in run)
        if written and (_joined(words, start) or _joined(words, end)):  # "Nguyễn Hòa Bình" is somebody
            continue
        if not written and _means_else(terms[start:end], place, df, lacks_marks=lacks_marks):
            continue
        if not written and not lacks_marks and end - start == 1 and run[0].tag not in ("Np", "N"):
            continue
        yield _name(run, place)


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


def _means_else(terms: Sequence[str], name: str, df: RowDf, *, lacks_marks: bool) -> bool:
    """Whether these small letters are everyday words: "hòa bình"; "dien bien", where the corpus has "diễn biến"."""
    if plain(name.lower()) in _COMMON_PLACES:
        return True
    return lacks_marks and df(terms, True) > 0 and df([fold(word) for word in name.split()], False) == 0


def _districts(words: Sequence[Word]) -> Iterator[Name]:
    """Known districts in small letters right after "huyện", "thị xã" …"""
    for at in range(1, len(words)):
        before = " ".join(word.text.lower() for word in words[max(0, at - 2) : at])
        if words[at].text[0].islower() and before.endswith(TERRITORIES):
            for length in (3, 2):
                if tuple(word.term for word in words[at : at + length]) in districts():
                    yield _name(words[at : at + length])
                    break
