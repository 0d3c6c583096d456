"""Whom or what do "ông ấy", "tỉnh này", "trong đó" mean? A name of the last question, answer or article, spelt out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from retrieval.dialogue.forms import Form
from retrieval.dialogue.phrases import Phrases, sentence
from retrieval.records import Document, Query
from retrieval.vietnamese.name_heads import ADDRESS, HEADS, TERRITORIES, alternatives, is_like_a_persons
from retrieval.vietnamese.names import names_in
from retrieval.vietnamese.syllables import plain

AMONG = Form(r"^(?:và\s+)?trong (?:số )?(?:đó|này|ấy)\b,?")

_PERSON = Form(
    rf"\b(?:(?P<title>vị|người|{alternatives(ADDRESS)}) "
    r"(?:ấy|này|đó|kia|(?<!người )ta)|hắn(?: ta)?)\b"
)
_PLACE = Form(
    rf"\b(?:{alternatives(TERRITORIES)}|nơi|địa phương|đảng bộ|vùng|nước|chỗ) "
    r"(?:này|đó|ấy|đấy)\b|\b(?P<at>ở|tại) (?:đó|đây|đấy)\b"
)
_IT = Form(r"\b(?:nó|(?P<they>họ(?! tên))|(?:việc|điều|chuyện) (?:này|đó|ấy))\b")
_ARTICLE = Form(r"\bbài(?: báo| viết)? (?:này|đó|ấy)\b")
_THAT = Form(
    r"(?<!\bsau)(?<!\btrước)(?<!\btừ)(?<!\bdo)(?<!\bkhi)(?<!\blúc)\s(?:này|đó|ấy|nói trên|kể trên)\b"
)
_SAID = Form(
    r"^(?P<who>(?:ai|(?:\w+ ){1,3}nào) (?:đã )?(?:nói|cho biết|cho rằng|khẳng định|nhận xét|đánh giá|kể|bảo))"
    r"(?:\s+(?:như\s+)?(?:vậy|thế|(?:(?:điều|việc|chuyện|câu) )?(?:này|đó|ấy)))?\s*[?.!]*$"
)
_THOSE = Form(r"^(?:đó|đấy|đây) (?:là|gồm)\b")

Sex = Literal["m", "f", ""]
_SEX: dict[str, Sex] = {**dict.fromkeys(HEADS["men"], "m"), **dict.fromkeys(HEADS["women"], "f")}
_FEW = 8
"""Syllables of a question in which "kế hoạch này" is one spoken of before; a longer one may speak of it itself."""
_WHILE = frozenset("ngay thang nam hom tuan gio buoi dip thoi gian mua".split())
"""Without marks, what "đó" after it says when by: "năm đó"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in an article. `title`: "bà" before it, or empty. `placed`: it is where something is."""

    name: str
    title: str = ""
    placed: bool = False

    @property
    def sex(self) -> Sex:
        """By the title; else by the middle name that most women's names have."""
        return _SEX.get(self.title, "f" if " Thị " in self.name else "")

    @property
    def titled(self) -> str:
        return f"{self.title} {self.name}".strip()


class Before:
    """What the last question leaves to refer to: its words, its answer, the article that was shown.

    `answer`: the emphasised words, or empty. `start`, `end`: the passage shown, in the article's text.
    """

    def __init__(
        self,
        question: Phrases,
        answer: str = "",
        article: Document | None = None,
        start: int = 0,
        end: int = 0,
    ) -> None:
        self.question = question
        self.answer = answer
        self.title = article.title if article else ""
        self.text = article.text if article else ""
        self._start, self._end = start, end

    @property
    def answer_span(self) -> tuple[int, int] | None:
        """Where the answer stands in the article's text."""
        at = self.text.find(self.answer, self._start, self._end) if self.answer else -1
        return (at, at + len(self.answer)) if at >= 0 else None

    @cached_property
    def asked(self) -> list[Named]:
        """The question's names, as the library holds them."""
        return list(names_of_query(self.question.query))

    @cached_property
    def passage(self) -> list[Named]:
        return list(names_of(self.text[self._start : self._end]))

    @cached_property
    def article(self) -> list[Named]:
        """The article's names, whoever it speaks of most first; one in its title counts twice."""
        found, titled = names_read(self.text), names_read(self.title)
        often: dict[str, int] = {}
        for one in (*found, *titled, *titled):
            often[one.name] = often.get(one.name, 0) + 1
        for name in often:  # "chị Pành" speaks of Lò Thị Pành too
            often[name] += sum(
                n for short, n in often.items() if short != name and name.endswith(f" {short}")
            )
        first = {one.name: one for one in (*titled, *found)} | {one.name: one for one in found if one.title}
        return sorted(first.values(), key=lambda one: -often[one.name])

    def names(self) -> Iterator[str]:
        """The article's names. It is read only when the first is taken."""
        for one in self.article:
            yield one.name

    def person(self, title: str) -> Named | None:
        """Whom "ông ấy" means: the answer, a person asked about, else of the passage, else of the article."""
        sex = next((sex for known, sex in _SEX.items() if plain(known) == plain(title)), "")
        asked = [one for one in self.asked if one.title or len(one.name.split()) > 2]
        answer = list(names_of(self.answer)) if self.question.query.kind == "person" else []
        full = [one for one in self.passage if one.title and " " in one.name]
        people = [one for one in self.article if one.title]
        if self.question.query.kind == "person" and self.question.words[0].role == "asking":
            asked, people = [], [*people, *asked]  # "Ai kéo bé Thoa lên?" asks for another
        untitled = [one for one in self.passage if not one.title and _is_full_name(one.name)]
        for known in (answer, asked, full[:1] if not sex else full, untitled, people):
            for one in known:
                unknown = not one.sex and known in (answer, asked, untitled)
                fits = (not sex or one.sex == sex or unknown) and not _differ_in_age(title, one.title)
                if fits and not self._is_place(one):
                    return self._in_full(one)
        named = (one for one in self.asked if not self._is_place(one) and " " in one.name)
        return next(named, None) if sex else None

    def _is_place(self, one: Named) -> bool:
        return one.placed or one.name in self._places

    @cached_property
    def _places(self) -> set[str]:
        return {one.name for one in names_read(self.text) if one.placed}

    @property
    def main(self) -> Named | None:
        """Whom or what the article is about: what it names most often that is no place."""
        return next((one for one in self.article if not self._is_place(one)), None)

    def _in_full(self, one: Named) -> Named:
        longer = next((other for other in self.article if other.name.endswith(f" {one.name}")), None)
        return Named(longer.name, one.title or longer.title) if longer else one


def _differ_in_age(title: str, other: str) -> bool:
    """Whether one is said of children and the other isn't: "cậu ấy" is no "ông Lãm"."""
    children, grown = ({plain(one) for one in HEADS[some]} for some in ("young", "grown"))
    ages = {plain(title) in children, plain(other) in children}
    return len(ages) == 2 and bool({plain(title), plain(other)} & grown)


def _is_full_name(name: str) -> bool:
    """Whether it is somebody's, family name and all: "Đỗ Khắc Huy"."""
    words = name.split()
    return len(words) > 2 and is_like_a_persons(words)


def names_of(text: str) -> Iterator[Named]:
    """The names of two words or more, and those that a word of address stands before, each with that word."""
    for name in names_in(text):
        title = name.head if name.head in ADDRESS else ""
        words = [word.rstrip(".") for word in (name.own if title else name.words)]
        if len(words) > 1 or (title and words):
            yield Named(" ".join(words), title, name.kind == "place")


@lru_cache(maxsize=16)
def names_read(text: str) -> tuple[Named, ...]:
    """`names_of` a whole article, which a question that follows another asks for several times."""
    return tuple(names_of(text))


def names_of_query(query: Query) -> Iterator[Named]:
    """The same of a question: those of its names, each with the word of address before it."""
    read = {name.own_start: name for name in names_in(query.text)}
    for start, end in query.name_spans:
        name = read.get(start)
        title = name.head if name and name.head in ADDRESS else ""
        if title or " " in query.text[start:end]:
            yield Named(query.text[start:end], title, name is not None and name.kind == "place")


def refer(new: Phrases, before: Before) -> str | None:
    """The question with what its "ông ấy", "tỉnh này", "trong đó" mean spelt out, where one is in it."""
    text, old = new.text, before.question
    if match := _SAID.search(text):
        return sentence(f"{match['who']} {old.topic()}")
    if match := _PERSON.search(text):
        title = (match["title"] or "").lower()
        if person := before.person(title):
            named = next((known for known in _SEX if plain(known) == plain(title)), "") or person.title
            return _spell_out(text, match, f"{named} {person.name}".strip())
        return sentence(f"{old.about()}: {text[:1].lower()}{text[1:]}")
    for form, meant in _MEANT:
        if (match := form.search(text)) and (words := meant(match, before)):
            return _spell_out(text, match, words)
    return _that(new, old) or _this(new, old)


def person_identified(before: Before) -> str | None:
    """Who the answer to "Bí thư là ai?" was: from there on the talk is about him."""
    words = before.question.words
    asking = [number for number, word in enumerate(words) if word.role == "asking"]
    beside = {words[n].lower for a in asking for n in (a - 1, a + 1) if 0 <= n < len(words)}
    if before.question.query.kind != "person" or not beside & {"là", "la"}:
        return None
    return next((one.name for one in names_of(before.answer) if " " in one.name), None)


def _spell_out(text: str, match: re.Match[str], words: str) -> str:
    return sentence(f"{text[: match.start()]}{words}{text[match.end() :]}")


def _place(match: re.Match[str], before: Before) -> str:
    old = before.question
    if match["at"]:
        return f"{match['at']} {old.about()}"
    return before.answer if old.query.kind == "place" and before.answer else old.about()


def _it(match: re.Match[str], before: Before) -> str:
    """ "Nó" is what the question was about, or the article's main actor; "họ" are those whom it counted."""
    old = before.question
    counted = old.slice(old.counted()) if match["they"] else ""
    if counted:
        return f"{counted} {old.about()}"
    says = old.names() or old.names_a_paper() or old.subject()[1] or not before.main
    return old.about() if says or not before.main else before.main.titled


_MEANT: tuple[tuple[Form, Callable[[re.Match[str], Before], str]], ...] = (
    (AMONG, lambda match, before: before.question.about()),
    (_THOSE, lambda match, before: f"{before.question.topic()}:"),
    (_PLACE, _place),
    (_ARTICLE, lambda match, before: f"bài {before.title}" if before.title else ""),
    (_IT, _it),
)
"""What each reference stands for; nothing, where that is not known."""


def _that(new: Phrases, old: Phrases) -> str | None:
    """The phrase of the last question that opens like "nghị quyết đó", in place of this."""
    match = _THAT.search(new.text)
    if match is None:
        return None
    inside = [word for word in new.words if word.end <= match.start()]
    for length in (3, 2, 1):
        found = old.find([word.lower for word in inside[-length:]]) if len(inside) >= length else None
        if found and (end := old.phrase_end(found[1], placed=True)) > found[1]:
            before, after = new.text[: inside[-length].start], new.text[match.end() :]
            return sentence(f"{before}{old.slice((found[0], end))}{after}")
    return None


def _this(new: Phrases, old: Phrases) -> str | None:
    """ "Tiệm này", of which the last question had only the name: "tiệm Bông Bưởi"; else what that was about."""
    match = _THAT.search(new.text)
    noun = next((word for word in reversed(new.words) if match and word.end <= match.start()), None)
    if match is None or noun is None or len(new.words) > _FEW:
        return None
    if noun.role != "noun" or plain(noun.lower) in _WHILE:
        return None
    names = [name for name in old.names() if not _is_full_name(old.slice(name))]
    if names:
        return sentence(f"{new.text[: match.start()]} {old.slice(names[-1])}{new.text[match.end() :]}")
    return sentence(f"{old.about()}: {new.text[:1].lower()}{new.text[1:]}")
