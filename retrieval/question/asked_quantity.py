"""What does "bao nhiêu" count, and in what is it measured? Said once, when the question is read.

"bao nhiêu đảng viên", "số đảng viên … là bao nhiêu", "mấy phần trăm", "bao lâu", "lần thứ mấy", "rộng bao nhiêu mét".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from retrieval.records import AskedQuantity, QueryTerm, Role
from retrieval.vietnamese.function_words import DENIALS, EACH, HOLDING, PREPOSITIONS
from retrieval.vietnamese.mention import FoundDate, Name
from retrieval.vietnamese.syllables import fold, plain
from retrieval.vietnamese.units import SCALES, SHORT_SCALES, unit_at

_CUES = (
    ("percent", "tỷ lệ|tỷ trọng|phần trăm|tỷ suất|hiệu suất|thuế suất"),
    ("score", "tỷ số|điểm số"),
    (
        "money",
        "giá|chi phí|tiền|lương|thu nhập|học phí|viện phí|lệ phí|phí|trị giá|doanh thu|kinh phí|lợi nhuận|gdp|ngân sách"
        "|vốn|tiền phạt|mức phạt|thuế|vé|cước|phụ cấp|trợ cấp|học bổng|tiền thưởng|mức thưởng|tiền cọc|đặt cọc",
    ),
    ("temperature", "nhiệt độ"),
    ("area", "diện tích"),
    ("weight", "nặng|cân nặng|khối lượng|trọng lượng"),
    ("age", "tuổi"),
    ("time", "thời gian|kéo dài|thời hạn"),
    ("speed", "tốc độ|vận tốc"),
    ("length", "chiều cao|chiều dài|chiều rộng|chiều sâu|khoảng cách|cách|đường kính|bán kính"),
)
"""Words before "bao nhiêu" that hint at what it is measured in."""
_ADJECTIVES = frozenset(map(fold, ("cao", "dày", "dài", "rộng", "sâu")))
"""These hint so only right before "bao nhiêu": "cao học" is no height, "áo dài" no length."""
_PAID = frozenset(map(fold, "hết tốn đóng trả nộp thu phạt chi tiêu thưởng".split()))
"""Of the two words before "bao nhiêu" one of these says that money is meant: "hết bao nhiêu", "trả thêm bao nhiêu"."""
_EACH = frozenset(map(fold, (*EACH, "1", "mot")))
"""After "bao nhiêu" these say of how much each, "bao nhiêu một tháng"; before it with a word between: "một tháng bao
nhiêu". Nothing is counted then, and any measure may be meant: a price, or what is drunk."""
_ASKED_IN = {"lau": "time", "xa": "length", "cao": "length", "nang": "weight"}
"""What "bao" and one of these asks for, without marks."""
_SCALES = frozenset(map(fold, (*SCALES, *SHORT_SCALES)))
_PLAIN_SCALES = frozenset(map(plain, _SCALES))
_RANKED = frozenset(map(plain, "lần trí khóa tuần ngày đứng xếp".split()))
"""Before "thu mấy" without marks these say that it is "thứ mấy", whatever follows: "đứng thứ mấy thế giới"."""
_SHARES = ("tỷ lệ", "tỷ trọng")
_FIGURES = ("tổng số", "số lượng", "con số", "số")
"""What "… là bao nhiêu" may open with: the words after it are what is counted."""
_NOT_COUNTED = frozenset(
    map(
        fold,
        (*"so khi sau trước để cho theo đã do năm và thì".split(), *PREPOSITIONS, *HOLDING, *EACH, *DENIALS),
    )
)
"""What follows "bao nhiêu" without being counted: "chiếm bao nhiêu trong tổng số"."""
_COUNTED_IN = frozenset(map(fold, ("phần", "người", "lần", *SCALES)))
_MEASURING = frozenset(("time", "age", "money", "percent", "length"))
"""What figures are counted or measured in, whatever follows."""
_BEING = frozenset(map(fold, (*HOLDING, "chiếm")))
_COUNTED: frozenset[Role] = frozenset(("noun", "modifier"))
_MOST = 6
"""Syllables of what is counted, at most."""


def asked_quantity(
    terms: Sequence[QueryTerm],
    marked: Sequence[str],
    asking: tuple[int, int],
    names: Sequence[Name],
    moments: Sequence[FoundDate],
    *,
    lacks_marks: bool,
) -> AskedQuantity:
    """What is asked for by the asking words `terms[asking[0]:asking[1]]`; none, at the end, of a heading.

    `marked`: the terms with the marks that they should have, as far as they are known. `names`, `moments`: the
    question's.
    """
    asked = _Asked(terms, marked, asking, moments, lacks_marks=lacks_marks)
    quantity = asked.quantity()
    last = asking[1]
    if last == len(terms) or quantity.dimension == "ordinal" or plain(marked[last - 1]) in _ASKED_IN:
        return quantity
    return replace(quantity, counted=asked.counted_phrase(names))


def asks_for_ordinal(
    terms: Sequence[QueryTerm], marked: Sequence[str], asking: tuple[int, int], *, lacks_marks: bool
) -> bool:
    """ "Lần thứ mấy", "hạng mấy"; not "tịch thu mấy chai", nor the same without marks, where something is counted."""
    first, last = asking
    words = marked[max(0, first - 1) : last]
    if plain(words[-1]) != "may":
        return False
    if "thứ" in words or "hạng" in words:
        return True
    place = next((at for at in range(max(0, first - 1), last) if marked[at] in ("thu", "hang")), None)
    if place is None or not lacks_marks:
        return False
    following = marked[last : last + 3]
    if not following:
        return True
    unit = _unit_in(following, lacks_marks=True)
    if plain(following[0]) in _PLAIN_SCALES or (unit and unit[1] != "time"):
        return False
    return terms[last].role != "noun" or bool(place and plain(marked[place - 1]) in _RANKED)


def measured_by(terms: Sequence[str], dimension: str) -> int:
    """How many of the folded terms, from the first one on, say this dimension: 2 of "lệ phí cấp lại" say "money"."""
    cues = (phrase for cue, phrases in _CUES if cue == dimension for phrase in _phrases(phrases))
    return max((len(phrase) for phrase in cues if tuple(terms[: len(phrase)]) == phrase), default=0)


class _Asked:
    """One question's words around its asking ones."""

    def __init__(
        self,
        terms: Sequence[QueryTerm],
        marked: Sequence[str],
        asking: tuple[int, int],
        moments: Sequence[FoundDate],
        *,
        lacks_marks: bool,
    ) -> None:
        self._terms = terms
        self._marked = marked
        self._first, self._last = asking
        self._ends = {one.start: one.end for one in moments}
        self._lacks_marks = lacks_marks

    def quantity(self) -> AskedQuantity:
        asking = plain(self._marked[self._last - 1]) if self._last > self._first else ""
        if asking in _ASKED_IN:
            return AskedQuantity(dimension=_ASKED_IN[asking], stated=True)
        if asking and asks_for_ordinal(
            self._terms, self._marked, (self._first, self._last), lacks_marks=self._lacks_marks
        ):
            return AskedQuantity(dimension="ordinal", stated=True)
        size, dimension = self._unit_after()
        after = self._last + size
        unit = self._written(self._last, after)
        if dimension and dimension != "percent":
            return AskedQuantity(tuple(self._terms[self._last : after]), unit, dimension, stated=True)
        if dimension or self._asks_for_share():
            return AskedQuantity(self._counted(after), unit or "phần trăm", "percent", stated=True)
        each = bool(_EACH & set(self._marked[after : after + 1]))
        if not each and (nouns := self._phrase(after) or self._following(after)):
            return AskedQuantity(nouns)
        hinted = self._hinted()
        before = self._marked[max(0, self._first - 2) : self._first]
        each = each or bool(len(before) == 2 and before[0] in _EACH)
        return AskedQuantity() if each and not hinted.dimension else hinted

    def _written(self, start: int, end: int) -> str:
        """The terms with their marks; of a token that is several, as it was typed: "m2"."""
        written: dict[int, str] = {}
        for term, marked in zip(self._terms[start:end], self._marked[start:end], strict=True):
            written[term.start] = term.origin if term.start in written else marked
        return " ".join(written.values())

    def counted_phrase(self, names: Sequence[Name]) -> tuple[int, int]:
        """Where the nouns behind the asking words stand in the text, with what narrows them; a verb may open them.

        (0, 0) where none stand there, or only what figures are counted in: "năm", "triệu", "người".
        """
        start = end = self._last
        size, dimension = self._unit_after()
        if dimension in _MEASURING or self._marked[start] in _COUNTED_IN | _EACH:
            return (0, 0)
        while end < len(self._terms) and self._is_counted(self._terms[end], end - start, names):
            end += 1
        if self._terms[end - 1].text.isdigit() and unit_at(self._marked[end : end + 1]):
            end -= 1  # "tổ chức tiêu biểu 5 năm"
        return (self._terms[start].start, self._terms[end - 1].end) if end - start > size else (0, 0)

    def _is_counted(self, term: QueryTerm, place: int, names: Sequence[Name]) -> bool:
        if fold(term.origin) in _NOT_COUNTED or any(one.start <= term.start < one.end for one in names):
            return False
        return term.role in (*_COUNTED, "name") or (term.role == "verb" and place < 2)

    def _unit_after(self) -> tuple[int, str | None]:
        """(how many terms, dimension) of the unit right after the asking words, "triệu" before it included."""
        at = self._last
        while at < len(self._marked) and self._marked[at] in _SCALES:
            at += 1
        after = self._marked[at:]
        # Where some of the next words got their marks back, so would have a unit.
        found = _unit_in(after, lacks_marks=self._lacks_marks and all(term.isascii() for term in after[:3]))
        if found and not self._says_when(at):
            return at - self._last + found[0], found[1]
        closed = at == len(self._marked) or self._marked[at] in _EACH  # "mấy triệu", "mấy triệu một tháng"
        return (at - self._last, "money") if at > self._last and closed else (0, None)

    def _asks_for_share(self) -> bool:
        opening = self._marked[:2], self._marked[max(0, self._first - 2) : self._first]
        return any(tuple(words) in _phrases("|".join(_SHARES)) for words in map(tuple, opening))

    def _counted(self, after: int) -> tuple[QueryTerm, ...]:
        """The nouns after the unit, else those after the "tỷ lệ" or "tổng số" that opens the question, else those that
        open it and are no more than that many: "thành viên là bao nhiêu", but not "hợp tác xã lãi bao nhiêu"."""
        heads = _phrases("|".join((*_SHARES, *_FIGURES)))
        opening = next((head for head in heads if tuple(self._marked[: len(head)]) == head), ())
        if phrase := self._phrase(after):
            return phrase
        phrase = self._phrase(len(opening))
        before = self._terms[len(opening) + len(phrase) : self._first][-1:]
        said = any(term.role == "verb" and fold(term.origin) not in _BEING for term in before)
        return () if said and not opening else phrase

    def _phrase(self, start: int) -> tuple[QueryTerm, ...]:
        """Nouns with what narrows them: "tổ chức cơ sở đảng", "đảng viên nữ". A verb may open it: "tổ chức" is both."""
        end = start
        while end < len(self._terms) and end - start < _MOST:
            term = self._terms[end]
            verb = term.role == "verb" and end < start + 2
            if self._says_when(end) or (not verb and term.role not in _COUNTED):
                break
            end += 1
        phrase = tuple(self._terms[start:end])
        if not any(term.role in _COUNTED for term in phrase):
            return ()
        following = self._following(start)
        return following if len(phrase) == 1 < len(following) else phrase

    def _following(self, start: int) -> tuple[QueryTerm, ...]:
        """The two words from `start` on, up to the first that is not counted, whatever the tagger makes of them."""
        nouns: list[QueryTerm] = []
        for at, term in enumerate(self._terms[start : start + 2], start):
            if self._says_when(at) or fold(term.origin) in _NOT_COUNTED:
                break
            nouns.append(term)
        return tuple(nouns)

    def _says_when(self, at: int) -> bool:
        """Whether a date opens there: "năm 2029" of "lãi bao nhiêu năm 2029" is nothing that is counted; "ngày 1" of
        "nghỉ bao nhiêu ngày 1 năm" is none."""
        if at >= len(self._terms) or self._terms[at].text[:1].isdigit():
            return False
        end, after = self._ends.get(self._terms[at].start), at + 1
        if end is None:
            word, figure = self._marked[at], "".join(self._marked[after : after + 1])
            named = word == "năm" or (self._lacks_marks and plain(word) == "nam")
            return named and figure.isdigit() and len(figure) in (3, 4)
        while after < len(self._terms) and self._terms[after].start < end:
            after += 1
        following = self._marked[after : after + 1]
        figure = "".join(self._marked[after - 1 : after])
        if figure == "1" and following and self._terms[after].role == "noun":
            return False  # "học bao nhiêu tháng 1 khóa"
        unit = _unit_in(following, lacks_marks=self._lacks_marks)
        return unit is None or unit[1] != "time"

    def _hinted(self) -> AskedQuantity:
        """From the words before the asking ones, where nothing stands after them."""
        before = self._marked[: self._first]
        right_before = (
            "length" if _ADJECTIVES & set(before[-1:]) else "money" if _PAID & set(before[-2:]) else None
        )
        if right_before:
            return AskedQuantity(dimension=right_before)
        for dimension, cues in _CUES:
            if _has(before, cues):
                return AskedQuantity(
                    self._counted(len(self._terms)), dimension=dimension, stated=dimension == "percent"
                )
        if _has(before, "dân số"):
            return AskedQuantity((QueryTerm(fold("người")),), stated=True)
        nouns = self._counted(len(self._terms)) or self._noun_of_sum()
        if nouns and (unit := unit_at([term.text for term in nouns])):
            return AskedQuantity(dimension=unit[1], stated=True)
        return AskedQuantity(nouns, stated="số" in before)

    def _noun_of_sum(self) -> tuple[QueryTerm, ...]:
        """What "số …", "số lượng …" counts somewhere before "là bao nhiêu"."""
        before = self._marked[: self._first]
        if "số" not in before:
            return ()
        start = before.index("số") + 1
        start += before[start : start + 1] == ["lượng"]
        nouns: list[QueryTerm] = []
        for term in self._terms[start : self._first]:
            if term.role not in ("noun", "name") or len(nouns) == 4:
                break
            nouns.append(term)
        return tuple(nouns)


def _unit_in(terms: Sequence[str], *, lacks_marks: bool) -> tuple[int, str] | None:
    """The unit that the terms open with, also where it lacks its marks; see `unit_at`."""
    found = unit_at(terms)
    return found or (unit_at([plain(term) for term in terms], lacks_marks=True) if lacks_marks else None)


@lru_cache(maxsize=64)
def _phrases(phrases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold, phrase.split())) for phrase in phrases.split("|"))


def _has(terms: Sequence[str], phrases: str) -> bool:
    """Whether one of the phrases is anywhere among the terms."""
    return any(
        tuple(terms[at : at + len(phrase)]) == phrase
        for phrase in _phrases(phrases)
        for at in range(len(terms) - len(phrase) + 1)
    )
