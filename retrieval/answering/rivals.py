"""Does a passage speak of another of its kind than the question names: "trường Trần Phú", not "trường Lê Lợi"?

What tells things of one kind apart stands right after the word for the kind: a name ("xã Tân An") or a number that
counts nothing ("lớp 12", "đợt 2"). A passage that has the kind only with another one is no answer, however well it
fits otherwise; a passage that doesn't say which may be meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.answering.rarity import ONE_WORD, one_word, rarity_of, typed_rarity
from retrieval.question.content import is_mentioned
from retrieval.records import Query, QueryTerm
from retrieval.vietnamese.mention import Mention, Name
from retrieval.vietnamese.name_heads import FAMILY_NAMES
from retrieval.vietnamese.names import names_in
from retrieval.vietnamese.syllables import fold, plain, plain_words
from retrieval.vietnamese.tokens import Spelling, terms_of, tokenize

RARE = 2.0
"""Rarity below which a word is no part of a name that is told in small letters: "là"."""
COMPARING = frozenset(("hơn", "nhất"))
"""Ends a name that is told in small letters too: "dày hơn mức bình thường"."""
ORDINARY = 7.5
"""Rarity of a pair below which it is no name; that of "hai bà" is 7.7, of "Lê Lợi" 8.9."""
MOST = 4
"""Syllables of a name that is told in small letters."""
_NUMBER = re.compile(r"\d{1,4}")
_SMALL_CODE = re.compile(r"[a-z]{1,3}\d{1,6}")
_COUNT = re.compile(r": (\d+) [^\W\d_]")
"""A figure that counts what follows: "lớp: 38 học sinh" is no class 38."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What the question tells from others of its kind: `kind` and `which` folded, without marks; `text` as asked."""

    kind: tuple[str, ...]
    which: tuple[str, ...]
    text: str


def told_apart(query: Query) -> tuple[Told, ...]:
    """The things that the question tells from their like, in order."""
    return (*_named(query), *_numbered(query), *_coded(query))


def speaks_of(told: Told, text: str) -> bool | None:
    """Whether `text` speaks of the one that is asked for; False where it has the kind with another name or number
    only, None where it doesn't say which.
    """
    said = _COUNT.sub(lambda match: f": {' ' * len(match[1])} {match[0][-1]}", text)
    terms = [term.lstrip("0") if term[0] == "0" else term for term in map(plain, _WORD.findall(said))]
    if told.which[0].isdigit():
        numbers = {
            terms[at]
            for at, word in enumerate(_WORD.finditer(said))
            if _NUMBER.fullmatch(terms[at])
            and _is_kind_before(told.kind, terms, at)
            and not _goes_on(text, word.end())
        }
        return told.which[0] in numbers if numbers else None
    size = len(told.which)
    if told.which[0] in terms and any(
        tuple(terms[at : at + size]) == told.which for at in range(len(terms) - size + 1)
    ):
        return True
    if size == 1 and _has_digit(told.which[0]):  # "lớp 7A1"
        called = (term for at, term in enumerate(terms) if _is_kind_before(told.kind, terms, at))
        return False if any(map(_has_digit, called)) else None
    if told.kind[-1] not in terms:
        return None
    return False if any(_is_called(told.kind, name, text) for name in names_in(text)) else None


def small_names_lacking(
    query: Query, text: Callable[[], str], heard: Callable[[str], bool], spelling: Spelling
) -> tuple[str, ...]:
    """What the question names in small letters after the word for a kind, where `text` has the kind with another name
    only: "trường võ thị sáu" beside "Trường THPT Phan Đăng Lưu".

    `heard`: whether a word stands in the article at all, as it is written here.
    """
    if _writes_capitals(query):
        return ()
    runs = [run for at in range(1, len(query.terms)) if (run := _unheard_run(query, at, heard))]
    if not runs:
        return ()
    kinds = [_kind(query, query.terms.index(run[0]) - 1) for run in runs]
    named = [tuple(plain(term.text) for term in kind) for kind in kinds]
    written = text()
    held = set(map(plain, terms_of(written, spelling)))
    classes = _classes(written, spelling) if any(held.issuperset(kind) for kind in named) else set()
    return tuple(
        query.text[kind[0].start : run[-1].end]
        for run, kind, words in zip(runs, kinds, named, strict=True)
        if words in classes
    )


def _writes_capitals(query: Query) -> bool:
    """Whether a word after the first is written with a capital and others in small letters: who writes "cây Hoắc hương"
    writes names so, and "tinh dầu chiết xuất" is none."""
    return any(term.origin.istitle() for term in query.terms[1:])


def _unheard_run(query: Query, at: int, heard: Callable[[str], bool]) -> Sequence[QueryTerm]:
    """The two words or more in small letters from term `at` on that may be a name: they follow a word that may be its
    kind, and are unheard of; after a family name only the first needs to be: "võ trường toản"."""
    before, first = query.terms[at - 1 : at + 1]
    if not before.is_content or before.role == "name" or not before.origin.islower():
        return ()
    if not _stand_together(query, at):
        return ()
    family = first.origin in FAMILY_NAMES
    if not (first.role in ("noun", "modifier", "name") or first.plain or family) or heard(first.origin):
        return ()
    run: list[QueryTerm] = []
    for term in query.terms[at : at + MOST]:
        named = any(start <= term.start < end for start, end in query.name_spans)
        if named or not term.is_content or not term.origin.islower():
            break
        looked_for = typed_rarity(term, lacks_marks=True)
        typed = typed_rarity(term, lacks_marks=query.lacks_marks)
        if min(looked_for, typed) < RARE or fold(term.origin) in COMPARING:
            break
        if run and not _stand_together(query, at + len(run)):
            break
        run.append(term)
    asking = len(query.terms) - 1 if query.kind == "yes_no" else (query.asking or (0,))[0]
    if len(run) > 1 and at + len(run) == asking and may_be_predicate(query) and is_ordinary(*run[:2]):
        return ()  # hợp đồng quy định gì
    unheard = [place for place, term in enumerate(run) if not heard(term.origin)]
    if 1 not in unheard and not family:
        return ()
    in_a_row = next((count for count, place in enumerate(unheard) if count != place), len(unheard))
    return run[: max(2, unheard[-1] + 1 if family else in_a_row)] if len(run) > 1 else ()


def _stand_together(query: Query, at: int) -> bool:
    """Whether nothing but a space stands between term `at` and the one before: "tiền sử bệnh, mục đích" is no name."""
    return query.text[query.terms[at - 1].end : query.terms[at].start].isspace()


def may_be_predicate(query: Query) -> bool:
    """Whether the words before the asking ones may be what is said: "quy định gì", but not "lớp bơi lội bao nhiêu"."""
    return query.kind in ("other", "definition", "list", "manner", "yes_no")


def is_ordinary(left: QueryTerm, right: QueryTerm) -> bool:
    """Whether two words stand together so often that they are no name: "quy định", "bắt buộc"."""
    lacks_marks = left.plain or right.plain
    pairs = [QueryTerm(f"{fold(left.origin)}_{fold(right.origin)}")]
    pairs += [QueryTerm(f"{plain(left.text)}_{plain(right.text)}", plain=True)] if lacks_marks else []
    return bool(rarity_of(pairs).min() < ORDINARY)


def _classes(text: str, spelling: Spelling) -> set[tuple[str, ...]]:
    """The words that names in `text` follow or open with, one or two at a time, without marks."""
    tokens = tokenize(text, spelling)
    terms = [plain(token.term) for token in tokens]
    starts = [token.start for token in tokens]
    found = set()
    for name in names_in(text):
        first, end = bisect_left(starts, name.start), bisect_left(starts, name.end)
        if text[name.start - 1 : name.start] != " ":
            first += 1
        for at in range(max(1, first), end):
            found |= {(terms[at - 1],), tuple(terms[max(0, at - 2) : at])}
    return found


def other_names(query: Query, name: str) -> tuple[str, ...]:
    """What a place that the question names is called too: "Sài Gòn" is "Hồ Chí Minh"."""
    wanted = _without_city(name)
    return next(
        (
            tuple(other.removeprefix("Thành phố ") for other in others)
            for words, others in query.synonyms
            if _without_city(words) == wanted and any(word[0].isupper() for word in words.split())
        ),
        (),
    )


def _without_city(name: str) -> list[str]:
    words = plain_words(name)
    return words[2:] if words[:2] == ["thanh", "pho"] else words[1:] if words[:1] == ["tp"] else words


def _named(query: Query) -> Iterator[Told]:
    for name, (start, end) in zip(query.names, query.name_spans, strict=True):
        at = sum(term.end <= start for term in query.terms) - 1
        which = tuple(plain_words(name))
        if at < 0 or not which or other_names(query, name):
            continue
        if query.terms[at].role == "noun" and query.terms[at].origin.islower():
            kind = _kind(query, at)
            yield Told(tuple(plain(term.text) for term in kind), which, query.text[start:end])


def _numbered(query: Query) -> Iterator[Told]:
    """ "Lớp 12", "đợt 2", "xe 7 chỗ"; not what is a date, a measure, a paper or an article."""
    found = query.mentions
    measured = [one for one in found.quantities if one.dimension not in (None, "ordinal")]
    others: tuple[Mention, ...] = (*found.articles, *found.codes, *measured)
    for at, term in enumerate(query.terms[1:], start=1):
        number, before = term.text.lstrip("0"), query.terms[at - 1]
        if not _NUMBER.fullmatch(number) or before.role != "noun" or not before.origin.isalpha():
            continue
        if is_mentioned(query, term, others):
            continue
        kind = _kind(query, at - 1)
        yield Told(tuple(plain(one.text) for one in kind), (number,), query.text[kind[0].start : term.end])


def _coded(query: Query) -> Iterator[Told]:
    """ "gói k3", "phòng b201": codes typed in small letters, which are no names."""
    measured = [one for one in query.mentions.quantities if one.dimension]
    for term in query.terms:
        if term.text != term.origin or not _SMALL_CODE.fullmatch(term.text):
            continue
        # A code has terms for its parts too, which start where it does.
        first = sum(one.end <= term.start for one in query.terms)
        if not first:
            continue
        before = query.terms[first - 1]
        if before.role == "noun" and before.origin.isalpha() and not is_mentioned(query, term, measured):
            kind = _kind(query, first - 1)
            yield Told(
                tuple(plain(one.text) for one in kind), (term.text,), query.text[kind[0].start : term.end]
            )


def _kind(query: Query, at: int) -> Sequence[QueryTerm]:
    """The word that ends at term `at`: "thủ tục" is one of two syllables."""
    last = query.terms[at]
    if at == 0 or query.terms[at - 1].role in ("asking", "name"):
        return (last,)
    before = query.terms[at - 1]
    pair = QueryTerm(f"{before.text}_{last.text}", plain=last.plain or before.plain)
    left, right, both = rarity_of([before]), rarity_of([last]), rarity_of([pair])
    return (before, last) if one_word(left, right, both)[0] >= ONE_WORD else (last,)


def _is_kind_before(kind: tuple[str, ...], terms: Sequence[str], at: int) -> bool:
    """Whether the kind stands right before, "số" or "thứ" between left out."""
    if at > 0 and terms[at - 1] in ("so", "thu") and kind != ("so",):
        at -= 1
    return tuple(terms[max(0, at - len(kind)) : at]) == kind


def _has_digit(term: str) -> bool:
    return any(map(str.isdigit, term))


def _goes_on(text: str, end: int) -> bool:
    """Whether the number that ends there is the start of a longer one: "lớp 1.200", "lớp 5/6"."""
    return text[end : end + 1] in (".", ",", "/", "-", "%") and text[end + 1 : end + 2].isdigit()


def _is_called(kind: tuple[str, ...], name: Name, text: str) -> bool:
    """Whether a name is that of a thing of this kind: "xã Tân An", "Xã Tân An"."""
    size = len(kind)
    if len(name.words) > size and tuple(plain(word) for word in name.words[:size]) == kind:
        return True
    before = plain_words(text[max(0, name.start - 12 * size) : name.start])[-size:]
    return text[name.start - 1 : name.start] == " " and tuple(before) == kind
