"""Which phrases does a question hold? Its names, what it is about, what it counts: stretches of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.records import Query, Role
from retrieval.vietnamese.syllables import strip_marks

_OFFICES = frozenset(
    "tỉnh thị huyện thành xã phường ban đảng bí phó trưởng chủ giám hội sở bộ nghị chương kế công ủy bằng "
    "quốc chi tổng viện trường khoa phòng cục vụ quyết chỉ thông luật năm ngày tháng quý nhiệm khóa".split()
)  # fmt: skip
"""First syllables of offices, bodies and papers: written with a capital, but no names."""
_UNITS = frozenset("phần người lần tỷ triệu nghìn ngàn đồng năm tháng ngày km mét tuổi".split())
"""What is counted in, rather than counted."""
_JOINS = frozenset(("của", "về", "và", "số", "thứ", "khóa"))
"""Small words that hold a phrase together."""

_LETTERS = [chr(code) for code in range(0x41, 0x1EFA) if chr(code).isalpha() and len(chr(code).lower()) == 1]
CAPITAL = f"[{''.join(c for c in _LETTERS if c.isupper())}]"
SMALL = f"[{''.join(c for c in _LETTERS if c.islower())}]"
"""Regular expressions of one letter; Vietnamese capitals and small letters alternate, so ranges won't do."""


@dataclass(frozen=True, slots=True)
class Word:
    """A syllable or number of a question, at `[start, end)` of its text."""

    text: str
    start: int
    end: int
    role: Role

    @property
    def lower(self) -> str:
        return self.text.lower()


_DEPENDENT = [
    words.split()
    for words in (
        "mục đích|nguyên nhân|lý do|lí do|kết quả|hậu quả|nội dung|ý nghĩa|vấn đề|tác giả|tên|chức vụ|vai trò|tác dụng"
        "|đặc điểm|thời gian|địa điểm|chi phí|số lượng|tỷ lệ|tỉ lệ|con số|số|nhằm|gồm|bao gồm|xảy ra|diễn ra|bắt đầu"
        "|là|có|bị|được|kết thúc|nói|cho biết|đạt|chiếm|tăng|giảm|ban hành|thành lập|tổ chức|thực hiện|cụ thể"
    ).split("|")
]
"""Nouns and verbs that say nothing without what they belong to."""
PREPOSITIONS = ("ở", "tại", "trong", "của", "về", "với", "đến", "từ", "vào")

Stretch = tuple[int, int]
"""Words `[start, end)` of a question."""


class Form:
    """A pattern as it is written with marks, and as it is typed without."""

    def __init__(self, pattern: str) -> None:
        self._accented = re.compile(pattern, re.IGNORECASE)
        self._plain = re.compile(strip_marks(pattern), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        return self._for(text).search(text)

    def sub(self, words: str, text: str) -> str:
        return self._for(text).sub(strip_marks(words) if text.isascii() else words, text)

    def _for(self, text: str) -> re.Pattern[str]:
        return self._plain if text.isascii() else self._accented


class Phrases:
    """The words of an understood question, and the phrases they make."""

    def __init__(self, query: Query, *, known_names: Iterable[str] = ()) -> None:
        """`known_names`: to be recognised in a question that is typed without marks and capitals."""
        self.query = query
        self.text = query.text
        self.words = tuple(_words(query))
        self._known = [bare(name).split() for name in known_names] if query.text.isascii() else []

    def slice(self, stretch: Stretch) -> str:
        """The stretch as it stands in the question."""
        start, end = stretch
        return self.text[self.words[start].start : self.words[end - 1].end] if end > start else ""

    def inside(self, stretch: Stretch) -> str:
        """The stretch as it would stand inside a sentence: a small first letter, unless it opens a name."""
        text = self.slice(stretch)
        return text if any(name[0] == stretch[0] for name in self.names()) else text[:1].lower() + text[1:]

    def replace(self, stretch: Stretch, text: str) -> str:
        """The question with other words in place of the stretch; before it, where the stretch is empty."""
        start, end = stretch
        at = self.words[start].start if start < len(self.words) else len(self.text)
        until = self.words[end - 1].end if end > start else at
        joined = f"{self.text[:at]}{text}{'' if end > start else ' '}{self.text[until:]}"
        return sentence(joined)

    def names(self) -> list[Stretch]:
        """Runs of capitalised words that name a place, a person or a paper."""
        found = [name for known in self._known if (name := self.find(known))]
        start = 0
        while start < len(self.words):
            end = start
            while end < len(self.words) and self._capital(end) and (end == start or self._adjacent(end)):
                end += 1
            while start < end - 1 and self.words[start].lower in _OFFICES:
                start += 1
            if end > start and self._is_name((start, end)):
                found.append((start, end))
            start = max(end, start + 1)
        return found

    def find(self, words: Sequence[str], *, start: int = 0) -> Stretch | None:
        """Where these words (lower case) stand in a row."""
        lowered = [word.lower for word in self.words]
        for at in range(start, len(lowered) - len(words) + 1):
            if lowered[at : at + len(words)] == list(words):
                return (at, at + len(words))
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
        """What the question was about: its subject, if more than a date; else its name; else all of it."""
        if ": " in self.text:  # as a question that was completed puts it
            first = self.text.split(": ")[0]
            return first if self.names_in((0, 1)) else first[:1].lower() + first[1:]
        subject, names = self.subject(), self.names()
        if subject[1]:
            subject = (0, self.phrase_end(subject[1], placed=True))
        dated = all((n, n + 1) in self.years() or self.words[n].lower == "năm" for n in range(*subject))
        if not dated and (not names or any(subject[0] <= name[0] < subject[1] for name in names)):
            return self.inside(subject)
        return self.slice(names[-1]) if names else self.topic()

    def phrase_end(self, end: int, *, placed: bool = False) -> int:
        """Where the noun phrase ends of which `[…, end)` is the beginning; `placed`: with "ở Huế" after it."""
        if placed and end + 1 < len(self.words) and self.words[end].lower in ("ở", "tại"):
            end += 1 if self.names_in((end + 1, end + 2)) else 0
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
            if word.role == "asking" or word.lower in ("có", "là", "được", "do", "bị", "đã"):
                break
            if word.role == "verb" and number and not self._nominal(number):
                break
            if word.role == "function" and word.lower not in _JOINS and not self._inside_name(number):
                break
            if self.is_predicate(number):
                break
            end = number + 1
        return (0, end)

    def content(self) -> tuple[str, ...]:
        """Those of its words, names left out, that say what is asked about; "kết quả" doesn't: it is always the result
        of something."""
        named = {n for name in self.names() for n in range(*name)}
        dependent = (
            named
            | {n for n, word in enumerate(self.words) if word.lower in self.query.unit.split()}
            | {n for words in _DEPENDENT if (at := self.find(words)) for n in range(*at)}
        )
        return tuple(
            word.text
            for n, word in enumerate(self.words)
            if word.role not in ("asking", "function")
            and n not in dependent
            and word.lower not in PREPOSITIONS
        )

    def is_predicate(self, number: int) -> bool:
        """Whether the word says how something is, as "dài" does in "dài bao nhiêu mét"."""
        after = self.words[number + 1] if number + 1 < len(self.words) else None
        return self.words[number].role == "modifier" and after is not None and after.role == "asking"

    def counted(self) -> Stretch:
        """What "bao nhiêu" counts, the whole phrase; empty where nothing or only a unit is counted."""
        if self.query.kind != "number" or self.query.asking is None:
            return (0, 0)
        start = self._after_asking()
        end = start
        while end < len(self.words):
            word = self.words[end]
            if any(first == end for first, _ in self.names()) or word.lower in ("trong", "ở", "tại", "của"):
                break
            if word.lower == "năm" and (end + 1, end + 2) in self.years():
                break
            if word.role not in ("noun", "name", "modifier") and not (
                end < start + 2 and word.role == "verb"
            ):
                break
            end += 1
        return (start, end) if end > start and self.words[start].lower not in _UNITS else (0, 0)

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
            left = left[: word.start] + left[word.end :]
        left = re.sub(r"^\W*(?:(?:có|là|do|được|thì)\s+)*|\s*(?:là|do|có|ở|được)?\W*$", "", left, flags=re.I)
        return " ".join(left.replace(": ", " ").split())

    def years(self) -> list[Stretch]:
        """Words that are years."""
        return [
            (n, n + 1) for n, word in enumerate(self.words) if re.fullmatch(r"(?:1[89]|20)\d\d", word.text)
        ]

    def _after_asking(self) -> int:
        return max((n for n, word in enumerate(self.words) if word.role == "asking"), default=-1) + 1

    def _capital(self, number: int) -> bool:
        word = self.words[number]
        return word.text[0].isupper() and word.role != "asking"

    def _adjacent(self, number: int) -> bool:
        """Only a blank before the word: no comma."""
        return self.text[self.words[number - 1].end : self.words[number].start] == " "

    def _is_name(self, stretch: Stretch) -> bool:
        start, end = stretch
        last = self.words[end - 1]
        if (
            end < len(self.words)
            and self._adjacent(end)
            and self.words[end].role == "noun"
            and end - start < 3
        ):
            return False  # "Ban Thường vụ": the first syllable of a common word
        if end - start == 1:
            return (
                last.role == "name" and last.lower not in _OFFICES and not any(c.isdigit() for c in last.text)
            )
        return True

    def _nominal(self, number: int) -> bool:
        """Whether a verb is part of a noun phrase: "chương trình hành động của", "hội thi Báo cáo viên"."""
        after = number + 1
        while after < len(self.words) and self.words[after].role == "verb":
            after += 1
        if self._inside_name(number):
            return True
        if after == len(self.words):
            return False
        return self.words[after].lower in ("của", "số") or (number == 1 and self._capital(after))

    def _inside_name(self, number: int) -> bool:
        return any(start <= number < end for start, end in self.names())


def sentence(text: str) -> str:
    """A question as one writes it: blanks single, a capital first, one question mark last."""
    tidy = re.sub(r"\s+([,.;:?!])", r"\1", " ".join(text.split())).rstrip(" ?.!,;:")
    return f"{tidy[:1].upper()}{tidy[1:]}?"


def bare(text: str) -> str:
    """Lower case, without marks: how people type in a hurry."""
    return strip_marks(text.lower())


def _words(query: Query) -> Iterator[Word]:
    """Terms at their places in the text; a short form's long form, which stands nowhere, is left out."""
    at = 0
    for term in query.terms:
        start = query.text.find(term.origin, at)
        if start < 0 or any(c.isalnum() for c in query.text[at:start]):
            continue
        at = start + len(term.origin)
        yield Word(term.origin, start, at, term.role)
