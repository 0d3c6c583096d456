"""Which words of the last question does the next one lean on? Makes "Còn Kiến Tường thì sao?" a full one.

Four ways of leaning, each of which Vietnamese marks:
- contrast: "còn …", "… thì sao": the new phrase takes the place of its like in the last question;
- correction: "không, ý tôi là …": the same, for what was meant instead;
- reference: "ông ấy", "tỉnh này", "trong đó": the words stand for a name of the last question or answer;
- omission: a question that names nothing, or has no subject: what the last one was about may be meant, or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.dialogue.coreference import AMONG, Before, refer
from retrieval.dialogue.ellipsis import ask_otherwise, supply
from retrieval.dialogue.forms import Form
from retrieval.dialogue.phrases import Phrases, sentence
from retrieval.dialogue.substitution import put_in_place
from retrieval.errors import QuestionError
from retrieval.records import CONTENT
from retrieval.vietnamese.function_words import PARTICLES, SELF
from retrieval.vietnamese.letters import CAPITAL, SMALL
from retrieval.vietnamese.syllables import lacks_marks


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole question. `lean`: whether the new one leans on the last: it must, it is likely to, it may.

    `asked`: the words in which something new is asked; `own`: those of them that say what about, names left out.
    `about`: what the last question was about, where that was supplied.
    `refers`: by "ông ấy", "tiệm này". `again`: only more of the same is asked: "nói rõ hơn", "thật không?".
    """

    question: str
    lean: Literal["must", "likely", "may"] = "must"
    own: tuple[str, ...] = ()
    asked: str = ""
    about: str = ""
    refers: bool = False
    again: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it says hardly anything itself."""
        return len(self.own) <= _ONE_WORD


_ME, _POLITE = "|".join(SELF), "|".join(PARTICLES)
_ASKS = "sao|thế nào|như thế nào|ra sao|bao nhiêu|mấy|ai|gì|khi nào|ở đâu|năm nào|ngày nào"
_LEAD = Form(
    r"^(?:(?:thế|vậy|và|à|ừ|dạ|rồi)\s+)*(?:còn|thế|vậy)\s+(?:về\s+)?"
    # "thế nào", "thế giới", "còn bao nhiêu", "vậy phải làm gì": no other thing is named
    rf"(?!(?:nào|giới|hệ|kỷ|kỉ|lực|lại|nữa|thiếu|tồn|hạn|có|phải|nên|cần|được|{_ASKS})\b)"
)
_TAIL = Form(
    rf"\s*,?\s*\b(?P<then>thì\s+)?(?:(?:là|được|có|khoảng)\s+)?(?:{_ASKS})(?:\s+người)?"
    rf"(?:\s+(?:{_POLITE}))?\s*[?.!]*$"
)
_SAYS_MORE = re.compile(rf"(?:{CAPITAL}|\d)\S*\s+(?:\S+\s+)*?{SMALL}+\s*$")
"""A name with something said of it, which asks by itself when or where: "còn chùa Linh Sơn xây năm nào?"."""
_COUNTS = Form(r"\b(?:bao nhiêu|mấy)\b")
"""How many, which may be of what the last question counted: "còn Bạc Liêu kết nạp bao nhiêu?"."""
_TOPIC = Form(rf"^(?:còn|thế|vậy)\s+(?P<of>\S.*?\S)\s+thì\s+(?P<asks>(?=.*\b(?:{_ASKS}|nào)\b).*?)\s*[?.!]*$")
"""Something else, and what is asked about it: "thế hỗ trợ mai táng thì ai làm?"."""
_PURPOSE = Form(r"\b(?:để làm gì|để làm chi|nhằm gì|với mục đích gì)\b")
_ASKING = Form(rf"\b(?:{_ASKS}|nào)\b")
_MORE = Form(
    r"^(?:(?:nói|kể|giải thích|cho biết)\s+)?(?:cụ thể|chi tiết|rõ|kỹ|thêm)(?:\s+(?:hơn|thêm|nữa))*"
    r"(?:\s+(?:là|ra)\s+(?:gì|sao|thế nào|như thế nào))?(?:\s+(?:đi|nhé|ạ|được không))*\s*[?.!]*$"
)
_SURE = Form(
    r"^(?:có\s+)?(?:thật|chắc|đúng)(?:\s+(?:là|sự|chắn|vậy|thế|như vậy|rồi))*\s+(?:không|chứ|chưa|hả|à|sao)\s*[?.!]*$"
)
_CORRECTED = Form(
    r"^(?:(?:không(?: phải)?|nhầm|sai|lộn|à|ơ|ờ)\b[\s,.:]*)*(?:(?:rồi|vậy|thế|đâu|ạ)\b[\s,.:]*)*"
    rf"(?:(?:ý\s+)?(?:{_ME}|con)\s+(?:(?:muốn|định|đang)\s+)?(?:(?:hỏi|nói)\s+)?(?:(?:là|về)\s+)*)?"
)
"""What stands before the thing that was meant: "không, ý tôi là"."""
_NOTHING = Form(
    r"^\W*(?!ở đâu)(?:còn|thế|vậy|và|ừ|ờ|à|dạ|không(?: phải)?|sai|nhầm|lộn)"
    r"(?:\s+(?:còn|thế|vậy|thì|sao|nữa|rồi|đâu|ạ))*\W*$"
)
"""Something is meant, and not said: "Còn?", "sai rồi"; "o dau vay" asks where."""
_FINAL = Form(r"(?:\s+(?:cơ|cơ mà|mà|chứ|kia|nhé|ạ|ấy))+\s*[?.!]*$")
_FEW = 6
"""Syllables, about three words: a question of no more than these, without a name, hardly stands alone."""
_ONE_WORD = 2
"""Syllables: a question that says no more can't do without what went before."""
_LONG = 8
"""Syllables that a phrase in contrast has at most: "Ai không có nhà thì sao?" asks by itself."""
_PHRASE = 4
"""Syllables that a thing has which is named instead of the last one."""
_SHORT = 5
"""Syllables of an unmarked phrase after "con", which is many words: "con truong ban to chuc"."""


def in_place(text: str) -> str | None:
    """What a contrast or a correction puts in the place of its like: "Kiến Tường" of "Còn Kiến Tường thì sao?".

    None where the message is neither. Raises QuestionError where it doesn't say what: "Còn?", "sai rồi".
    """
    if _NOTHING.search(text):
        raise QuestionError("Câu này chưa nói muốn hỏi về gì; xin hỏi rõ hơn một chút.")
    if _asks_for_more(text) or _other_topic(text):
        return None
    return _contrasted(text) or _corrected(text)


def complete(new: Phrases, before: Before, *, placed: bool = False) -> Whole | None:
    """The whole question, or None where this one needs nothing of what went before.

    `placed`: `new` is what `in_place` gave.
    """
    old, own = before.question, new.content()
    if not old.words:
        return None
    if placed and new.names() and any(word.role == "asking" for word in new.words):
        return Whole(sentence(new.text), "may", own, new.text)  # "còn Kiến Tường có bao nhiêu …"
    if placed or new.names() == [(0, len(new.words))]:  # "Kiến Tường?"
        return Whole(put_in_place(new, before), asked=new.text)
    if _asks_for_more(new.text):
        return Whole(old.text, again=True)
    leaning = _lean(new, before, own)
    return leaning and replace(leaning, question=_by_aim(leaning.question), asked=_by_aim(leaning.asked))


def _by_aim(text: str) -> str:
    """Articles say what for by "nhằm" and "mục đích"."""
    return _PURPOSE.sub("nhằm mục đích gì", text)


def _lean(new: Phrases, before: Before, own: tuple[str, ...]) -> Whole | None:
    old = before.question
    if topic := _other_topic(new.text):
        return Whole(sentence(f"{topic['of']} {topic['asks']}"), "likely", own, new.text)
    if whole := refer(new, before):
        return Whole(whole, asked=new.text, refers=True)
    if whole := ask_otherwise(new, old):
        return Whole(whole, asked=new.text)
    if _is_phrase(new):
        return Whole(put_in_place(new, before), "likely", own, new.text)
    named = bool(new.names() or new.names_a_paper())
    if named and not new.lacks_subject():
        return None
    question, about = supply(new, before)
    return Whole(question, "likely" if named or len(own) <= _FEW else "may", own, new.text, about)


def _is_phrase(new: Phrases) -> bool:
    """Whether it only names a thing, of which what was asked is meant: "Nhân viên kho?"; a heading asks itself."""
    roles = {word.role for word in new.words}
    return len(new.words) <= _PHRASE and roles <= CONTENT and not new.is_heading()


def _asks_for_more(text: str) -> bool:
    return bool(_MORE.search(text) or _SURE.search(text))


def _other_topic(text: str) -> re.Match[str] | None:
    """Something else, and what is asked about it; not where "thì có bao nhiêu?" asks what was asked before."""
    tail = _TAIL.search(text)
    return None if tail and tail["then"] else _TOPIC.search(text)


def _contrasted(question: str) -> str | None:
    """What stands between "còn" and "thì sao", where the question is of that form."""
    lead, tail = _LEAD.search(question), _TAIL.search(question)
    marked = tail is not None and bool(tail["then"])
    if lead is None and (among := AMONG.search(question)) and not _ASKING.search(question):
        lead = among  # "trong đó nữ?"
    if not marked and (lead is None or (lacks_marks(question) and (tail or len(question.split()) > _SHORT))):
        return None
    start = lead.end() if lead else 0
    end = tail.start() if tail and tail.start() > start else len(question)
    if tail and not marked and _SAYS_MORE.search(question, start, end) and not _COUNTS.search(tail.group()):
        end = len(question)
    return _short(question[start:end])


def _corrected(question: str) -> str | None:
    """What was meant instead, after "không, ý tôi là"."""
    lead = _CORRECTED.search(question)
    if lead is None or (len(lead.group().split()) < 2 and not lead.group().rstrip().endswith(",")):
        return None  # "Không khí", "Sai phạm": one word opens many a question
    tail = _FINAL.search(question)
    return _short(
        question[lead.end() : tail.start() if tail and tail.start() > lead.end() else len(question)]
    )


def _short(phrase: str) -> str | None:
    phrase = phrase.strip(" ?.!,")
    return phrase if 0 < len(phrase.split()) <= _LONG else None
