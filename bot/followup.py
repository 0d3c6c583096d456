"""Which words of the last question does the next one lean on? Makes "Còn Kiến Tường thì sao?" a full one.

Three ways of leaning, each of which Vietnamese marks:
- contrast: "còn …", "… thì sao": the new phrase takes the place of its like in the last question;
- reference: "ông ấy", "tỉnh này", "trong đó": the words stand for a name of the last question or answer;
- omission: a question that names nothing: what the last one was about may be meant, or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.phrases import CAPITAL, Phrases, Stretch, sentence, without_marks
from retrieval import Query, QuestionError


@dataclass(frozen=True, slots=True)
class Before:
    """What went before: the question as understood, its answer (or empty), the first passage, its title."""

    question: str
    answer: str = ""
    passage: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Expanded:
    """The whole question. `lean`: whether the new one leans on the last: it must, it is likely to, it may."""

    question: str
    lean: Literal["must", "likely", "may"] = "must"


class _Form:
    """A pattern as it is written with marks, and as it is typed without."""

    def __init__(self, pattern: str) -> None:
        self._accented = re.compile(pattern, re.IGNORECASE)
        self._plain = re.compile(without_marks(pattern), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        return (self._plain if text.isascii() else self._accented).search(text)


_ASKS = "sao|thế nào|như thế nào|ra sao|bao nhiêu|mấy|ai|gì|khi nào|ở đâu|năm nào|ngày nào"
_LEAD = _Form(
    r"^(?:(?:thế|vậy|và|à|ừ|dạ|rồi)\s+)*(?:còn|thế|vậy)\s+(?:về\s+)?"
    # "thế nào", "thế giới", "còn bao nhiêu", "còn lại": other words that begin alike
    rf"(?!(?:nào|giới|hệ|kỷ|kỉ|lực|lại|nữa|thiếu|tồn|hạn|có|{_ASKS})\b)"
)
_TAIL = _Form(
    rf"\s*,?\s*(?P<then>thì\s+)?(?:(?:là|được|có|khoảng)\s+)?(?:{_ASKS})(?:\s+người)?"
    r"(?:\s+(?:vậy|thế|nhỉ|ạ|hả))?\s*[?.!]*$"
)
_PERSON = _Form(r"\b(?P<title>ông|bà|anh|chị|cô|thầy|cụ|vị|người|đồng chí) (?:ấy|này|đó|kia|(?<!người )ta)\b")
_PLACE = _Form(
    r"\b(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|nơi|địa phương|đảng bộ|vùng|nước|chỗ) "
    r"(?:này|đó|ấy|đấy)\b|\b(?P<at>ở|tại) (?:đó|đây|đấy)\b"
)
_AMONG = _Form(r"^(?:và\s+)?trong (?:số )?(?:đó|này|ấy)\b,?")
_IT = _Form(r"\b(?:nó|(?P<they>họ)|(?:việc|điều|chuyện) (?:này|đó|ấy))\b")
_ARTICLE = _Form(r"\bbài(?: báo| viết)? (?:này|đó|ấy)\b")
_THAT = _Form(
    r"(?<!\bsau)(?<!\btrước)(?<!\btừ)(?<!\bdo)(?<!\bkhi)(?<!\blúc)\s(?:này|đó|ấy|nói trên|kể trên)\b"
)
_NAMED_PERSON = re.compile(
    rf"\b(?P<title>[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Aa]nh|[Cc]hị) (?P<name>{CAPITAL}\w*(?: {CAPITAL}\w*){{1,3}})"
)
_NAME = re.compile(rf"{CAPITAL}\w+(?: {CAPITAL}\w+)+")
_PREPOSITIONS = ("ở", "tại", "trong", "của", "về", "với", "đến", "từ", "vào")
_FEW = 6
"""Syllables, about three words: a question of no more than these, without a name, hardly stands alone."""
_LONG = 8
"""Syllables that a phrase in contrast has at most: "Ai không có nhà thì sao?" asks by itself."""
_MEASURES = frozenset("tấn tạ kg ha héc-ta hecta lít con cây cái chiếc bộ cuốn quyển suất".split())
_YEAR_WORDS = {"năm", "nam", "cuối", "đầu", *_PREPOSITIONS}


class FollowUp:
    """Completes questions; `understand` is the library's."""

    def __init__(self, understand: Callable[[str], Query]) -> None:
        self._understand = understand

    def expand(self, question: str, before: Before) -> Expanded | None:
        """The whole question, or None where this one needs nothing of what went before."""
        names = _NAME.findall(f"{before.title}\n{before.passage}")
        try:
            old = Phrases(self._understand(before.question), known_names=names)
            if contrasted := _contrasted(question):
                return _put_in_place(Phrases(self._understand(contrasted)), old)
            new = Phrases(self._understand(question))
        except QuestionError:
            return None
        return _complete(new, old, before) if new.words and old.words else None


def _contrasted(question: str) -> str | None:
    """What stands between "còn" and "thì sao", where the question is of that form."""
    lead, tail = _LEAD.search(question), _TAIL.search(question)
    marked = tail is not None and tail["then"]
    if not marked and (lead is None or question.isascii()):  # without marks "con" is many words
        return None
    start = lead.end() if lead else 0
    end = tail.start() if tail and tail.start() > start else len(question)
    phrase = question[start:end].strip(" ?.!,")
    return phrase if 0 < len(phrase.split()) <= _LONG else None


def _complete(new: Phrases, old: Phrases, before: Before) -> Expanded | None:
    if new.names() == [(0, len(new.words))]:  # "Kiến Tường?"
        return _put_in_place(new, old)
    if whole := _refer(new, old, before) or _that(new, old) or _ask_otherwise(new, old):
        return Expanded(whole)
    if new.names() or new.names_a_paper():
        return None
    return Expanded(_supply(new, old), "likely" if new.content() <= _FEW else "may")


def _put_in_place(new: Phrases, old: Phrases) -> Expanded:
    """The last question with the new phrase in place of its like."""
    whole = (0, len(new.words))
    if any(word.role == "asking" for word in new.words):  # "còn Kiến Tường có bao nhiêu …": asks by itself
        return Expanded(sentence(new.text if new.names() else f"{_carry(old)}: {new.text}"))
    if question := _same_year(new, whole, old):
        return Expanded(question)
    led = new.words[0].lower in _PREPOSITIONS and len(new.words) > 1
    phrase = (1, len(new.words)) if led else whole
    ways = (
        (_same_words, _same_name, _same_subject)
        if led
        else (_same_words, _same_name, _same_counted, _same_subject)
    )
    for like in ways:
        if question := like(new, phrase, old):
            return Expanded(question)
    return Expanded(sentence(f"{new.slice(phrase)}: {old.text}"))


def _same_year(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    years = new.years()
    others = {word.lower for n, word in enumerate(new.words) if (n, n + 1) not in years}
    if not years or others - _YEAR_WORDS:
        return None
    year = new.slice(years[-1])
    if old.years():
        return old.replace(old.years()[-1], year)
    return sentence(f"{old.text.rstrip(' ?.!')} năm {year}")


def _same_words(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """A phrase that opens with the same two syllables or more; or of two, the second of which is the same."""
    wanted = [word.lower for word in new.words[slice(*phrase)]]
    had = [word.lower for word in old.words]
    size = len(wanted)
    for start in range(len(had) - 1):
        same = next((n for n in range(size) if had[start + n : start + n + 1] != wanted[n : n + 1]), size)
        if 2 <= same < size and _is_phrase(old, (start, start + size)):
            return old.replace((start, start + size), new.inside(phrase))
    if size == 2:
        for end in range(2, len(had) + 1):
            if had[end - 1] == wanted[1] and had[end - 2] != wanted[0] and _is_phrase(old, (end - 2, end)):
                return old.replace((end - 2, end), new.inside(phrase))
    return None


def _is_phrase(old: Phrases, stretch: Stretch) -> bool:
    words = old.words[slice(*stretch)]
    return len(words) == stretch[1] - stretch[0] and not any(w.role in ("asking", "function") for w in words)


def _same_name(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """A name, maybe with "tỉnh" or "đảng bộ" before it, for a name."""
    names = [name for name in new.names() if phrase[0] <= name[0]]
    unmarked = new.text.isascii() and old.text.isascii() and 2 <= phrase[1] - phrase[0] <= 3
    if unmarked and not names:
        names = [phrase]
    if not names or names[-1][1] != phrase[1] or names[0][0] - phrase[0] > 2:
        return None
    if not old.names():
        return None if unmarked else sentence(f"{old.text.rstrip(' ?.!')} ở {new.inside(phrase)}")
    start, end = old.names()[-1]
    heads = names[0][0] - phrase[0]
    if heads and start >= heads and all(word.role == "noun" for word in old.words[start - heads : start]):
        return old.replace((start - heads, end), new.inside(phrase))
    return old.replace((start, end), new.slice(names[0]))


def _same_counted(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    start, end = old.counted()
    if start == end:
        return None
    if start + 1 < end and old.words[start].lower in _MEASURES:  # "tấn lúa": only what is measured changes
        return old.replace((start + 1, end), new.inside(phrase))
    if phrase[1] - phrase[0] == 1:  # "nữ": narrows what is counted
        return old.replace((start, end), f"{old.slice((start, end))} {new.inside(phrase)}")
    return old.replace((start, end), new.inside(phrase))


def _same_subject(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """A phrase without a name of its own leaves the subject's name standing."""
    start, end = old.subject()
    names = [name for name in old.names() if start < name[0] and name[1] == end]
    if names and not new.names():
        end = names[0][0]
    return old.replace((start, end), new.slice(phrase)) if end > start else None


def _refer(new: Phrases, old: Phrases, before: Before) -> str | None:
    """The question with its "ông ấy", "tỉnh này", "trong đó" spelt out, where one is in it."""
    text = new.text
    if match := _PERSON.search(text):
        person = _person(match["title"].lower(), old, before)
        return _spell_out(text, match, person) if person else sentence(f"{_carry(old)}: {text}")
    for form, meant in _MEANT:
        if (match := form.search(text)) and (words := meant(match, old, before)):
            return _spell_out(text, match, words)
    return None


def _spell_out(text: str, match: re.Match[str], words: str) -> str:
    return sentence(f"{text[: match.start()]}{words}{text[match.end() :]}")


def _person(title: str, old: Phrases, before: Before) -> str | None:
    """Whom "ông ấy" means: whoever was the answer, else a person of the question, else of the passage."""
    if old.query.kind == "person" and (named := _NAME.search(before.answer)):
        name = re.sub(r"^(?:Ông|Bà|Anh|Chị|Đồng) ", "", named.group())
        return f"{title} {name}" if title in ("ông", "bà", "anh", "chị", "cô") else name
    for text in (old.text, before.passage):
        people = list(_NAMED_PERSON.finditer(text))
        fitting = [person for person in people if person["title"].lower() == title] or people
        if fitting:
            return fitting[0].group()
    return None


def _place(match: re.Match[str], old: Phrases, before: Before) -> str:
    if match["at"]:
        return f"{match['at']} {_carry(old)}"
    return before.answer if old.query.kind == "place" and before.answer else _carry(old)


def _it(match: re.Match[str], old: Phrases, before: Before) -> str:
    """ "Nó" is what the question was about; "họ" are those whom it counted."""
    counted = old.slice(old.counted()) if match["they"] else ""
    return f"{counted} {_carry(old)}" if counted else _carry(old)


_MEANT: tuple[tuple[_Form, Callable[[re.Match[str], Phrases, Before], str]], ...] = (
    (_AMONG, lambda match, old, before: _carry(old)),
    (_PLACE, _place),
    (_ARTICLE, lambda match, old, before: f"bài {before.title}" if before.title else ""),
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
        if found and (end := _phrase_end(old, found[1])) > found[1]:
            before, after = new.text[: inside[-length].start], new.text[match.end() :]
            return sentence(f"{before}{old.slice((found[0], end))}{after}")
    return None


def _ask_otherwise(new: Phrases, old: Phrases) -> str | None:
    """The last question with other asking words, where nothing else is new: "Ở đâu?", "Vì sao?"."""
    if not all(word.role in ("asking", "function") for word in new.words):
        return None
    asked = [number for number, word in enumerate(old.words) if word.role == "asking"]
    words = new.text.rstrip(" ?.!")
    if new.query.kind == "reason" or not asked:
        return sentence(f"{words} {old.topic()}")
    return old.replace((asked[0], asked[-1] + 1), words[:1].lower() + words[1:])


def _phrase_end(old: Phrases, end: int) -> int:
    while end < len(old.words):
        word = old.words[end]
        if word.role not in ("noun", "name", "modifier") and word.lower not in ("của", "số", "về"):
            break
        if old.is_predicate(end):
            break
        end += 1
    return end


def _supply(new: Phrases, old: Phrases) -> str:
    """The question with what the last one was about before it, as its subject where it has none."""
    first = new.words[0]
    lowered = new.text[:1].lower() + new.text[1:]
    if first.role == "asking" and new.query.kind == "number":
        return sentence(f"{_carry(old)} có {lowered}")
    return sentence(f"{_carry(old)}{'' if first.role == 'verb' else ':'} {lowered}")


def _carry(old: Phrases) -> str:
    """What the last question was about: its subject, if more than a date; else its name; else all of it."""
    subject, names = old.subject(), old.names()
    dated = all((n, n + 1) in old.years() or old.words[n].lower == "năm" for n in range(*subject))
    if not dated and (not names or any(subject[0] <= name[0] < subject[1] for name in names)):
        return old.slice(subject)
    return old.slice(names[-1]) if names else old.topic()
