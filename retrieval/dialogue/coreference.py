"""Whom or what do "ông ấy", "tỉnh này", "trong đó" mean? A name of the last question or answer, spelt out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.dialogue.phrases import CAPITAL, Form, Phrases, sentence


@dataclass(frozen=True, slots=True)
class Before:
    """What went before: the question as understood, its answer (or empty), the first passage, its title."""

    question: str
    answer: str = ""
    passage: str = ""
    title: str = ""


AMONG = Form(r"^(?:và\s+)?trong (?:số )?(?:đó|này|ấy)\b,?")
NAME = re.compile(rf"{CAPITAL}\w+(?: {CAPITAL}\w+)+")

_PERSON = Form(
    r"\b(?:(?P<title>ông|bà|anh|chị|cô|thầy|cụ|vị|người|đồng chí) (?:ấy|này|đó|kia|(?<!người )ta)|hắn(?: ta)?)\b"
)
_PLACE = Form(
    r"\b(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|nơi|địa phương|đảng bộ|vùng|nước|chỗ) "
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
_WHO = Form(r"\blà ai\b|\bai là\b|\btên (?:là )?gì\b")
_TITLES = ("ông", "bà", "anh", "chị", "cô")
_NAMED_PERSON = re.compile(
    rf"\b(?P<title>[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Aa]nh|[Cc]hị) (?P<name>{CAPITAL}\w*(?: {CAPITAL}\w*){{1,3}})"
)


def refer(new: Phrases, old: Phrases, before: Before) -> str | None:
    """The question with what its "ông ấy", "tỉnh này", "trong đó" mean spelt out, where one is in it."""
    text = new.text
    if match := _SAID.search(text):
        return sentence(f"{match['who']} {old.topic()}")
    if match := _PERSON.search(text):
        person = _person((match["title"] or "").lower(), old, before)
        return (
            _spell_out(text, match, person)
            if person
            else sentence(f"{old.about()}: {text[:1].lower()}{text[1:]}")
        )
    for form, meant in _MEANT:
        if (match := form.search(text)) and (words := meant(match, old, before)):
            return _spell_out(text, match, words)
    return _that(new, old)


def _spell_out(text: str, match: re.Match[str], words: str) -> str:
    return sentence(f"{text[: match.start()]}{words}{text[match.end() :]}")


def _person(title: str, old: Phrases, before: Before) -> str | None:
    """Whom "ông ấy" means: whoever was the answer, else a person of the question, else of the passage."""
    if old.query.kind == "person" and (named := NAME.search(before.answer)):
        name = re.sub(r"^(?:Ông|Bà|Anh|Chị|Đồng) ", "", named.group())
        return f"{title} {name}" if title in _TITLES else name
    people = [list(_NAMED_PERSON.finditer(text)) for text in (old.text, before.passage)]
    for known in people:
        if fitting := [person for person in known if person["title"].lower() == title]:
            return fitting[0].group()
    if people[0] or not old.names():
        return next((person.group() for known in people for person in known), None)
    return old.slice(old.names()[0])


def person_identified(old: Phrases, before: Before) -> str | None:
    """Who the answer to "Bí thư là ai?" was: from there on the talk is about him."""
    named = NAME.search(before.answer) if _WHO.search(old.text) and old.query.kind == "person" else None
    return named.group() if named else None


def _place(match: re.Match[str], old: Phrases, before: Before) -> str:
    if match["at"]:
        return f"{match['at']} {old.about()}"
    return before.answer if old.query.kind == "place" and before.answer else old.about()


def _it(match: re.Match[str], old: Phrases, before: Before) -> str:
    """ "Nó" is what the question was about; "họ" are those whom it counted."""
    counted = old.slice(old.counted()) if match["they"] else ""
    return f"{counted} {old.about()}" if counted else old.about()


_MEANT: tuple[tuple[Form, Callable[[re.Match[str], Phrases, Before], str]], ...] = (
    (AMONG, lambda match, old, before: old.about()),
    (_THOSE, lambda match, old, before: f"{old.topic()}:"),
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
        if found and (end := old.phrase_end(found[1], placed=True)) > found[1]:
            before, after = new.text[: inside[-length].start], new.text[match.end() :]
            return sentence(f"{before}{old.slice((found[0], end))}{after}")
    return None
