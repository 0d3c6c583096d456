"""Which words of a text are names, and whose? Runs of capitalised words, "T. Huyền" and "John J. Pershing" whole.

Capitals alone don't make a name: a sentence starts with one, and so do offices and organisations ("Tỉnh ủy"). Whose a
name is says the word before it or its first ("bà", "xã", "Công ty"), or a family name that opens it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.vietnamese.function_words import OPENERS
from retrieval.vietnamese.mention import Name, NameKind
from retrieval.vietnamese.name_heads import (
    ADDRESS,
    FAMILY_NAMES,
    PERSONS,
    WHERE,
    Head,
    head_at,
    head_before,
    is_known,
    is_like_a_persons,
)
from retrieval.vietnamese.syllables import is_syllable
from retrieval.vietnamese.units import is_unit

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_LATER_WORD = re.compile(r"(?<!^)(?<![.!?:|“\"] )(?<!\n)\b[^\W\d_]{2,}")
_FIGURE = re.compile(
    r"(?P<dated>(?:năm|ngày|tháng|mùng|mồng)\s+|\d+/)?\d+\s?(?P<degrees>độ |°)?$", re.IGNORECASE
)
_NEXT_NAME = re.compile(r" (?P<word>[^\W\d_]+)")
_PARTICLES = frozenset("de da di du del la le van von der den al bin ibn el of the".split())
_OPENING = (
    ADDRESS | OPENERS | frozenset("vua tướng người sự cuộc việc nhà thánh chúa đức sư hoàng thủ".split())
)
"""What sentences start with before a name."""
_SENTENCE_SIGNS = frozenset('.!?…:"“')
"""What stands before a sentence, blanks aside."""


def names_in(text: str) -> Iterator[Name]:
    """The names in a text, in order; a single Vietnamese syllable only where it may be one ("ông Tam")."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        capital = word[0].isupper()
        if not (run or capital):
            continue
        if run and (text[run[-1].end() : match.start()] != " " or _ends(run[-1].group())):
            yield from _closed(text, run)
            run = []
        if capital and len(word) < 4 and _measures(text, match):
            belongs = False
        elif capital:
            belongs = bool(run) or word.lower() not in _OPENING or not _opens(text, match.start())
        else:
            belongs = bool(run) and word in _PARTICLES
        if belongs:
            run.append(match)
        elif run:
            yield from _closed(text, run)
            run = []
    yield from _closed(text, run)


def capitals_in(text: str) -> list[str]:
    """The capitalised words of two letters or more that open no sentence: what names are made of, at a glance."""
    return [word for word in _LATER_WORD.findall(text) if word[0].isupper()]


def _measures(text: str, match: re.Match[str]) -> bool:
    """Whether letters are the unit of the figure before them: "28 độ C. Mở nắp", "220 V". They are initials after a
    date, "Năm 2020 V. Putin", and before a foreign name."""
    letters = match.group().rstrip(".")
    before = _FIGURE.search(text, max(0, match.start() - 16), match.start()) if len(letters) < 3 else None
    if before is None or not is_unit(f"{before['degrees'] or ''}{letters}"):
        return False
    if before["degrees"]:
        return True
    following = _NEXT_NAME.match(text, match.end()) if match.group().endswith(".") else None
    foreign = following and following["word"][0].isupper() and not is_syllable(following["word"])
    return not (before["dated"] or foreign)


def _ends(word: str) -> bool:
    """Whether a sentence may end with that word: initials and short forms ("TP.", "Ng.") go on, a syllable ("Sử.")
    doesn't."""
    if not word.endswith(".") or len(word) < 3:
        return False
    return len(word) > 3 or (word[1].islower() and is_syllable(word[:-1]))


def _opens(text: str, place: int) -> bool:
    """Whether a sentence starts there."""
    while place and text[place - 1].isspace():
        place -= 1
        if text[place] == "\n":
            return True
    return not place or text[place - 1] in _SENTENCE_SIGNS


def _closed(text: str, run: list[re.Match[str]]) -> Iterator[Name]:
    while run and run[-1].group() in _PARTICLES:
        run.pop()
    if not run:
        return
    end = run[-1].end()
    last = run[-1].group()
    if last.endswith(".") and len(last) > 2:
        end -= 1
    words = tuple(match.group() for match in run)
    if all(word.rstrip(".").isupper() for word in words) and (
        len(words) == 1 or len(text[run[0].start() : end]) > 40
    ):
        return
    start = run[0].start()
    kind, head = _whose(text, start, end, words)
    foreign = not all(is_syllable(word.rstrip(".")) for word in words)
    if head is None:
        yield Name(start, end, words, foreign, kind, "", start, words, start)
    else:
        own = [match for match in run if match.start() >= head.end]
        yield Name(
            start,
            end,
            words,
            foreign,
            kind,
            head.value,
            head.start,
            tuple(match.group() for match in own),
            own[0].start() if own else end,
        )


def kind_of(text: str, start: int, end: int) -> NameKind:
    """Whose the name at `text[start:end]` is; empty where nothing says so."""
    return _whose(text, start, end, text[start:end].split())[0]


def _whose(text: str, start: int, end: int, words: Sequence[str]) -> tuple[NameKind, Head | None]:
    """The kind of a name, and the head that says so."""
    before, opening = head_before(text, start), head_at(text, start)
    if opening and len(words) > 1 and opening.value in FAMILY_NAMES:
        opening = None  # "Hồ Văn Ý", "Đoàn Thị Mai"
    titled = before is not None and before.group in ("address", "degrees")
    led = before is not None and before.group not in ("callings", "offices")
    if opening and not (led and " " not in opening.value):  # "anh Khoa", "xã Sông Cầu", but "ông Chủ tịch"
        kind = _KINDS[opening.group]
        return ("office" if kind == "person" and opening.end >= end else kind), opening
    family = is_like_a_persons(words)
    if (known := is_known(words)) and not (titled or (before and before.group == "offices" and family)):
        return ("place" if known == "places" else "thing"), None
    if before:
        if (
            len(words) > 2
            and is_like_a_persons(words, in_office=True)
            and (office := _office_of(text, before))
        ):
            return "person", office
        half = before.group in ("callings", "offices") and len(words) == 1 and is_syllable(words[0])
        return ("" if half else _KINDS[before.group]), before  # "Nghệ nhân Ưu tú"
    placed = text[max(0, start - 12) : start].rpartition("\n")[2].lower().split()[-1:]
    is_where = bool(placed) and placed[0] in WHERE
    if family and (len(words) > 2 or not is_where):
        return "person", None
    return ("place" if is_where else ""), None


def _office_of(text: str, held_in: Head) -> Head | None:
    """The office that is held in what stands before a name: "Chủ tịch xã Nguyễn Thị Lan" is no xã."""
    place: Head | None = held_in
    while place and place.group in ("places", "organisations"):
        place = head_before(text, place.start)
    return place if place is not held_in and place and place.group == "offices" else None


_KINDS: dict[str, NameKind] = {
    **dict.fromkeys(PERSONS, "person"),
    "organisations": "organisation",
    "things": "thing",
    "places": "place",
}
