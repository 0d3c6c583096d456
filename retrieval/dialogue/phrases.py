"""Which phrases does a question hold? Its names, what it is about, what it counts: stretches of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.question.answer_type import kind_of_heading
from retrieval.records import CONTENT, Query, Role
from retrieval.vietnamese.function_words import PREPOSITIONS
from retrieval.vietnamese.syllables import fold, plain, strip_marks

_JOINS = frozenset(("của", "về", "và", "số", "thứ", "khóa"))
"""Small words that hold a phrase together."""

_INSIDE = re.compile(r"[-/.&'’]*")
"""What may stand between the parts of one word: "23-KH/TU", "A1", "T.Ư". A word is exchanged whole or not at all."""
_CODE = re.compile(r"[^\W\d_]+[-/.]?\d[\w/.-]*")
"""A code names a thing as a name does: "A1", "SU-35M"."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question as it is written, without blanks, at `[start, end)` of its text: a syllable, a number, a
    code."""

    text: str
    start: int
    end: int
    role: Role

    @property
    def lower(self) -> str:
        return self.text.lower()


_DEPENDENT = (
    "mục đích|nguyên nhân|lý do|lí do|kết quả|hậu quả|nội dung|ý nghĩa|vấn đề|tác giả|tên|chức vụ|vai trò|tác dụng"
    "|đặc điểm|thời gian|địa điểm|chi phí|số lượng|tỷ lệ|tỉ lệ|con số|số|nhằm|gồm|bao gồm|xảy ra|diễn ra|bắt đầu"
    "|là|có|bị|được|kết thúc|nói|cho biết|đạt|chiếm|tăng|giảm|ban hành|thành lập|tổ chức|thực hiện|cụ thể"
).split("|")
"""Nouns and verbs that say nothing without what they belong to."""
_WAYS = frozenset("lai ra vao len xuong them bo".split())

Stretch = tuple[int, int]
"""Words `[start, end)` of a question."""


class Phrases:
    """The words of an understood question, and the phrases they make."""

    def __init__(self, query: Query, *, known_names: Iterable[str] = (), about: str = "") -> None:
        """`known_names`: to be recognised in a question that is typed without capitals, and taken only for such a one.
        `about`: what it was about, where that was taken over from before."""
        self._about = about
        self.query = query
        self.text = query.text
        self.words = tuple(_words(query))
        self._lowered = tuple(word.lower for word in self.words)
        self._names = sorted({*self._named(), *self._known(known_names)})

    def spell(self, words: str) -> str:
        """The words as they are written in this question: without marks, where it has none."""
        return strip_marks(words) if self.query.lacks_marks else words

    def slice(self, stretch: Stretch) -> str:
        """The stretch as it stands in the question."""
        start, end = stretch
        return self.text[self.words[start].start : self.words[end - 1].end] if end > start else ""

    def inside(self, stretch: Stretch) -> str:
        """The stretch as it would stand inside a sentence: a small first letter, unless it opens a name."""
        text = self.slice(stretch)
        named = any(name[0] == stretch[0] for name in self.names())
        return text if named else text[:1].lower() + text[1:]

    def replace(self, stretch: Stretch, text: str) -> str:
        """The question with other words in place of the stretch; before it, where the stretch is empty."""
        start, end = stretch
        at = self.words[start].start if start < len(self.words) else len(self.text)
        until = self.words[end - 1].end if end > start else at
        joined = f"{self.text[:at]}{text}{'' if end > start else ' '}{self.text[until:]}"
        return sentence(joined)

    def names(self) -> list[Stretch]:
        """What it names: the question's names, its codes, and the names that were known before."""
        return self._names

    def is_code(self, name: Stretch) -> bool:
        """Whether a code or a letter is the name: "A1", "nhà B"."""
        return name[1] == name[0] + 1 and (
            bool(_CODE.fullmatch(self.slice(name))) or self._is_letter(name[0])
        )

    def with_heads(self, name: Stretch) -> Stretch:
        """The name with the nouns right before it that say what it is: "khách sạn Mây Hồng"."""
        start = name[0]
        while (
            start > name[0] - 2 and start and self.words[start - 1].role == "noun" and self._adjacent(start)
        ):
            start -= 1
        return (start, name[1])

    def find(self, words: Sequence[str], *, start: int = 0) -> Stretch | None:
        """Where these words (lower case) stand in a row."""
        size, wanted = len(words), tuple(words)
        for at in range(start, len(self._lowered) - size + 1):
            if self._lowered[at : at + size] == wanted:
                return (at, at + size)
        return None

    def names_a_paper(self) -> bool:
        """Whether it names a paper by its number: "nghị quyết số 02"."""
        return bool(self.query.numbers) or bool(re.search(r"\b(?:số|so) \d", self.text, re.IGNORECASE))

    def names_in(self, stretch: Stretch) -> bool:
        """Whether a name stands in the stretch."""
        return any(stretch[0] <= start < stretch[1] for start, _ in self.names())

    def is_preposition(self, number: int) -> bool:
        """Whether the word leads another: "trong tỉnh", but not "trong sạch"."""
        word = self.words[number]
        return word.role == "function" and word.lower in PREPOSITIONS

    def about(self) -> str:
        """What the question was about: its subject, if more than a date; else its name; else all of it.

        Of a heading it is what that belongs to: "giá phòng của khách sạn".
        """
        if self._about:
            return self._about
        if ": " in self.text:  # as a question that was completed puts it
            first = self.text.split(": ")[0]
            return first if self.names_in((0, 1)) else first[:1].lower() + first[1:]
        if self.is_heading() and (of := self.find([self.spell("của")])):
            return self.slice((of[1], len(self.words)))
        subject, names = self.subject(), self.names()
        if self.is_heading() and names:
            return self.thing()
        if subject[1]:
            subject = (0, self.phrase_end(subject[1], placed=True))
        if inside := [name for name in names if subject[0] <= name[0] < subject[1]]:
            after = inside[-1][1]
            subject = (0, after if after < subject[1] and self._adjacent(after) else subject[1])
        dated = all((n, n + 1) in self.years() or self.words[n].lower == "năm" for n in range(*subject))
        if not dated and (not names or any(subject[0] <= name[0] < subject[1] for name in names)):
            return self.inside(subject)
        return self.thing() or self.topic()

    def is_heading(self, stretch: Stretch | None = None) -> bool:
        """Whether the words ask as a heading does, by the first of them: "giá phòng", "địa chỉ khách sạn"."""
        words = self.words[slice(*(stretch or (0, len(self.words))))]
        if any(word.role == "asking" for word in words):
            return False
        terms = [fold(word.text) for word in words]
        return kind_of_heading(terms, lacks_marks=self.query.lacks_marks) != "other"

    def thing(self) -> str:
        """The thing that the question names, with the nouns that say what it is; a place only where it names nothing
        else. Empty where it names nothing."""
        names = self.names()
        things = [name for name in names if not (name[0] and self.is_preposition(name[0] - 1))]
        return self.inside(self.with_heads((things or names)[-1])) if names else ""

    def phrase_end(self, end: int, *, placed: bool = False) -> int:
        """Where the noun phrase ends of which `[…, end)` is the beginning; `placed`: with "ở Huế" after it."""
        if placed and end + 1 < len(self.words) and self.words[end].lower in ("ở", "tại"):
            place = end + 1
            while place < len(self.words) - 1 and self.words[place].role == "noun":
                place += 1
            end = place if self.names_in((place, place + 1)) else end
        while end < len(self.words):
            word = self.words[end]
            if word.role not in ("noun", "name", "modifier") and word.lower not in ("của", "số", "về"):
                break
            if self.is_predicate(end):
                break
            end += 1
        return end

    def lacks_subject(self) -> bool:
        """Whether a verb comes first, or right after asking words that are no subject: "Khi nào chiếu ở Huế?"."""
        first = next((word for word in self.words if word.role != "asking"), None)
        asks_for = self.words[0].role == "asking" and self.query.kind not in (
            "date",
            "reason",
            "place",
            "manner",
        )
        return first is not None and first.role == "verb" and not asks_for

    def subject(self) -> Stretch:
        """What stands before the verb or the asking words; (0, 0) where nothing does."""
        end = 0
        for number, word in enumerate(self.words):
            if number and ":" in self.text[self.words[number - 1].end : word.start]:
                break
            if word.role == "asking" or word.lower in ("có", "là", "được", "do", "bị", "đã"):
                break
            if word.role == "verb" and not self._nominal(number) and not self._opens(number):
                break
            if word.role == "function" and not (
                word.lower in _JOINS or self._inside_name(number) or self._goes_with_verb(number)
            ):
                break
            if self.is_predicate(number):
                break
            end = number + 1
        return (0, end)

    def content(self) -> tuple[str, ...]:
        """Those of its words, names left out, that say what is asked about; "kết quả" doesn't: it is always the result
        of something."""
        named = {n for name in self.names() for n in range(*name)}
        said = f" {' '.join(self._lowered)} "
        found = [self.find(words.split()) for words in _DEPENDENT if f" {words} " in said]
        dependent = (
            named
            | {n for n, word in enumerate(self.words) if word.lower in self.query.unit.split()}
            | {n for at in found if at for n in range(*at)}
        )
        return tuple(
            word.text
            for n, word in enumerate(self.words)
            if word.role in CONTENT and n not in dependent and word.lower not in PREPOSITIONS
        )

    def is_predicate(self, number: int) -> bool:
        """Whether the word says how something is, as "dài" does in "dài bao nhiêu mét"."""
        after = self.words[number + 1] if number + 1 < len(self.words) else None
        return self.words[number].role == "modifier" and after is not None and after.role == "asking"

    def counted(self) -> Stretch:
        """What "bao nhiêu" counts, the whole phrase; empty where nothing or only a unit is counted."""
        asked = self.query.asked
        return self.within(*asked.counted) if asked and self.query.kind == "number" else (0, 0)

    def topic(self) -> str:
        """The question without its asking words and what only holds them: what it was about."""
        left = self.text
        if not self.names_in((0, 1)):
            left = left[:1].lower() + left[1:]
        asked = [word for word in self.words if word.role == "asking"]
        after = asked[-1].end if asked else 0
        unit = re.match(rf"\s*{re.escape(self.query.unit)}\b(?!\s*\d)", left[after:], re.IGNORECASE)
        if self.query.unit and unit:  # "dài bao nhiêu mét"
            left = left[:after] + left[after + unit.end() :]
        for word in reversed(asked):
            left = re.sub(r"\b(?:do|bởi)\s+$", "", left[: word.start]) + left[word.end :]
        left = re.sub(
            r"^\W*(?:(?:có|là|do|được|thì)\s+)*|\s*\b(?:là|do|có|ở|được|vào|lúc)?\W*$", "", left, flags=re.I
        )
        return " ".join(left.replace(": ", " ").split())

    def within(self, start: int, end: int) -> Stretch:
        """The words between two places of the text."""
        inside = [n for n, word in enumerate(self.words) if start <= word.start and word.end <= end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def years(self) -> list[Stretch]:
        """Words that are years."""
        years = {str(year) for year in self.query.years}
        return [(n, n + 1) for n, word in enumerate(self.words) if word.text in years]

    def _adjacent(self, number: int) -> bool:
        """Only a blank before the word: no comma."""
        return self.text[self.words[number - 1].end : self.words[number].start] == " "

    def _named(self) -> Iterator[Stretch]:
        capitals = len(self.words) > 1 and all(word.text[0].isupper() for word in self.words)
        if capitals and not self.query.name_spans:  # "Nậm Păm"
            yield (0, len(self.words))
            return
        taken: set[int] = set()
        for start, end in self.query.name_spans:
            inside = [n for n, word in enumerate(self.words) if word.start < end and word.end > start]
            if inside:
                taken.update(inside)
                yield (inside[0], inside[-1] + 1)
        for number, word in enumerate(self.words):
            tells = number not in taken and (_CODE.fullmatch(word.text) or self._is_letter(number))
            if tells and not any(word.text in one for one in self.query.numbers):
                yield (number, number + 1)

    def _is_letter(self, number: int) -> bool:
        """Whether the word is a letter that tells one of several from the others: "nhà B"."""
        word = self.words[number]
        return number > 0 and len(word.text) == 1 and word.text.isupper() and self._adjacent(number)

    def _known(self, names: Iterable[str]) -> Iterator[Stretch]:
        if self.query.names or any(word.text[0].isupper() for word in self.words[1:]):
            return
        for name in names:
            if stretch := self.find(self.spell(name.lower()).split()):
                yield stretch

    def _opens(self, number: int) -> bool:
        """Whether a verb belongs to what is spoken of, since the question's own follows: "thủ tục mượn nhà cần gì",
        "xác nhận hôn nhân bao lâu"."""
        if any(name[0] < number for name in self.names()):
            return False
        roles = [word.role for word in self.words]
        if all(role == "verb" or self._goes_with_verb(n) for n, role in enumerate(roles[:number])):
            return True
        asking = roles.index("asking", number) if "asking" in roles[number:] else len(roles)
        after = next((n for n in range(number, asking) if roles[n] != "verb"), asking)
        return "verb" in roles[after:asking]

    def _goes_with_verb(self, number: int) -> bool:
        """Whether the word says which way the verb before it goes: "cấp lại thẻ", "mang vào phòng"."""
        return (
            number > 0 and self.words[number - 1].role == "verb" and plain(self.words[number].text) in _WAYS
        )

    def _nominal(self, number: int) -> bool:
        """Whether a verb is part of a noun phrase: "chương trình hành động của", "hội thi Báo cáo viên"."""
        after = number + 1
        while after < len(self.words) and self.words[after].role == "verb":
            after += 1
        if self._inside_name(number):
            return True
        if after == len(self.words):
            return False
        return self.words[after].lower in ("của", "số") or (
            number == 1 and self.words[after].text[0].isupper()
        )

    def _inside_name(self, number: int) -> bool:
        return any(start <= number < end for start, end in self.names())


def sentence(text: str) -> str:
    """A question as one writes it: blanks single, a capital first, one question mark last."""
    tidy = re.sub(r"\s+([,.;:?!])", r"\1", " ".join(text.split())).rstrip(" ?.!,;:")
    return f"{tidy[:1].upper()}{tidy[1:]}?"


def _words(query: Query) -> Iterator[Word]:
    """Terms at their places in the text, those of one word together; "a1" of "A1" has its parts as terms too."""
    word: Word | None = None
    for term in query.terms:
        if word and term.start < word.end:
            continue
        if word and _INSIDE.fullmatch(query.text, word.end, term.start):
            word = Word(query.text[word.start : term.end], word.start, term.end, word.role)
            continue
        if word:
            yield word
        word = Word(query.text[term.start : term.end], term.start, term.end, term.role)
    if word:
        yield word
