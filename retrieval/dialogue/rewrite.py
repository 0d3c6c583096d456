"""Which words of the last question does the next one lean on? Makes "Còn Kiến Tường thì sao?" a full one.

Four ways of leaning, each of which Vietnamese marks:
- contrast: "còn …", "… thì sao": the new phrase takes the place of its like in the last question;
- correction: "không, ý tôi là …": the same, for what was meant instead;
- reference: "ông ấy", "tỉnh này", "trong đó": the words stand for a name of the last question or answer;
- omission: a question that names nothing, or has no subject: what the last one was about may be meant, or not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from retrieval.dialogue.coreference import AMONG, Before, refer
from retrieval.dialogue.ellipsis import ask_otherwise, supply
from retrieval.dialogue.phrases import Form, Phrases
from retrieval.dialogue.substitution import put_in_place
from retrieval.errors import QuestionError
from retrieval.vietnamese.syllables import lacks_marks


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole question. `lean`: whether the new one leans on the last: it must, it is likely to, it may.

    `asked`: the words in which something new is asked; `own`: those of them that say what about, names left out.
    `again`: nothing new is asked, only more of the same: "nói rõ hơn", "thật không?".
    """

    question: str
    lean: Literal["must", "likely", "may"] = "must"
    own: tuple[str, ...] = ()
    asked: str = ""
    again: bool = False

    @property
    def bare(self) -> bool:
        """Whether it says hardly anything itself."""
        return len(self.own) <= _ONE_WORD


_ASKS = "sao|thế nào|như thế nào|ra sao|bao nhiêu|mấy|ai|gì|khi nào|ở đâu|năm nào|ngày nào"
_LEAD = Form(
    r"^(?:(?:thế|vậy|và|à|ừ|dạ|rồi)\s+)*(?:còn|thế|vậy)\s+(?:về\s+)?"
    # "thế nào", "thế giới", "còn bao nhiêu", "còn lại": other words that begin alike
    rf"(?!(?:nào|giới|hệ|kỷ|kỉ|lực|lại|nữa|thiếu|tồn|hạn|có|{_ASKS})\b)"
)
_TAIL = Form(
    rf"\s*,?\s*\b(?P<then>thì\s+)?(?:(?:là|được|có|khoảng)\s+)?(?:{_ASKS})(?:\s+người)?"
    r"(?:\s+(?:vậy|thế|nhỉ|ạ|hả))?\s*[?.!]*$"
)
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
    r"(?:(?:ý\s+)?(?:tôi|mình|em|tớ|cháu|con)\s+(?:(?:muốn|định|đang)\s+)?(?:(?:hỏi|nói)\s+)?(?:(?:là|về)\s+)*)?"
)
"""What stands before the thing that was meant: "không, ý tôi là"."""
_NOTHING = Form(
    r"^\W*(?:còn|thế|vậy|và|ừ|ờ|à|dạ|không(?: phải)?|sai|nhầm|lộn)"
    r"(?:\s+(?:còn|thế|vậy|thì|sao|nữa|rồi|đâu|ạ))*\W*$"
)
"""Something is meant, and not said: "Còn?", "sai rồi"."""
_FINAL = Form(r"(?:\s+(?:cơ|cơ mà|mà|chứ|kia|nhé|ạ|ấy))+\s*[?.!]*$")
_FEW = 6
"""Syllables, about three words: a question of no more than these, without a name, hardly stands alone."""
_ONE_WORD = 2
"""Syllables: a question that says no more can't do without what went before."""
_LONG = 8
"""Syllables that a phrase in contrast has at most: "Ai không có nhà thì sao?" asks by itself."""
_SHORT = 5
"""Syllables of an unmarked phrase after "con", which is many words: "con truong ban to chuc"."""


def in_place(text: str) -> str | None:
    """What a contrast or a correction puts in the place of its like: "Kiến Tường" of "Còn Kiến Tường thì sao?".

    None where the message is neither. Raises QuestionError where it doesn't say what: "Còn?", "sai rồi".
    """
    if _NOTHING.search(text):
        raise QuestionError("Câu này chưa nói muốn hỏi về gì; xin hỏi rõ hơn một chút.")
    if _asks_for_more(text):
        return None
    return _contrasted(text) or _corrected(text)


def complete(new: Phrases, before: Before, *, placed: bool = False) -> Whole | None:
    """The whole question, or None where this one needs nothing of what went before.

    `placed`: `new` is what `in_place` gave.
    """
    old, whole = before.question, (0, len(new.words))
    if not old.words:
        return None
    if placed or new.names() == [whole]:  # "Kiến Tường?"
        return Whole(put_in_place(new, old), asked=new.text)
    if _asks_for_more(new.text):
        return Whole(old.text, again=True)
    if leaning := _lean(new, before):  # articles say what for by "nhằm" and "mục đích"
        question, asked = (
            _PURPOSE.sub("nhằm mục đích gì", text) for text in (leaning.question, leaning.asked)
        )
        return replace(leaning, question=question, asked=asked)
    return None


def _lean(new: Phrases, before: Before) -> Whole | None:
    old = before.question
    if whole := refer(new, before) or ask_otherwise(new, old):
        return Whole(whole, asked=new.text)
    own = new.content()
    if new.names() or new.names_a_paper():
        return Whole(supply(new, before), "likely", own, new.text) if new.lacks_subject() else None
    return Whole(supply(new, before), "likely" if len(own) <= _FEW else "may", own, new.text)


def _asks_for_more(text: str) -> bool:
    return bool(_MORE.search(text) or _SURE.search(text))


def _contrasted(question: str) -> str | None:
    """What stands between "còn" and "thì sao", where the question is of that form."""
    lead, tail = _LEAD.search(question), _TAIL.search(question)
    marked = tail is not None and bool(tail["then"])
    if lead is None and (among := AMONG.search(question)) and not _ASKING.search(question):
        lead = among  # "trong đó nữ?"
    if not marked and (lead is None or (lacks_marks(question) and (tail or len(question.split()) > _SHORT))):
        return None
    start = lead.end() if lead else 0
    return _short(question[start : tail.start() if tail and tail.start() > start else len(question)])


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
