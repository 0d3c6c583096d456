"""Which words of the last question does the next one lean on? Makes "Còn Kiến Tường thì sao?" a full one.

Three ways of leaning, each of which Vietnamese marks:
- contrast: "còn …", "… thì sao": the new phrase takes the place of its like in the last question;
- reference: "ông ấy", "tỉnh này", "trong đó": the words stand for a name of the last question or answer;
- omission: a question that names nothing, or has no subject: what the last one was about may be meant, or not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from retrieval.dialogue.coreference import AMONG, NAME, Before, person_identified, refer
from retrieval.dialogue.phrases import PREPOSITIONS, Form, Phrases, bare, sentence
from retrieval.dialogue.substitution import put_in_place
from retrieval.errors import QuestionError
from retrieval.records import Query


@dataclass(frozen=True, slots=True)
class Expanded:
    """The whole question. `lean`: whether the new one leans on the last: it must, it is likely to, it may.

    `asked`: the words in which something new is asked; `own`: those of them that say what about, names left out.
    """

    question: str
    lean: Literal["must", "likely", "may"] = "must"
    own: tuple[str, ...] = ()
    asked: str = ""

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
_FEW = 6
"""Syllables, about three words: a question of no more than these, without a name, hardly stands alone."""
_ONE_WORD = 2
"""Syllables: a question that says no more can't do without what went before."""
_LONG = 8
"""Syllables that a phrase in contrast has at most: "Ai không có nhà thì sao?" asks by itself."""
_SHORT = 5
"""Syllables of an unmarked phrase after "con", which is many words: "con truong ban to chuc"."""


class FollowUp:
    """Completes questions; `understand` is the library's."""

    def __init__(self, understand: Callable[[str], Query]) -> None:
        self._understand = understand

    def expand(self, question: str, before: Before) -> Expanded | None:
        """The whole question, or None where this one needs nothing of what went before."""
        names = NAME.findall(f"{before.title}\n{before.passage}")
        try:
            old = Phrases(self._understand(before.question), known_names=names)
            if contrasted := _contrasted(question):
                return Expanded(put_in_place(Phrases(self._understand(contrasted)), old), asked=contrasted)
            new = Phrases(self._understand(_PURPOSE.sub("nhằm mục đích gì", question)))
        except QuestionError:
            return None
        return _complete(new, old, before) if new.words and old.words else None


def _contrasted(question: str) -> str | None:
    """What stands between "còn" and "thì sao", where the question is of that form."""
    lead, tail = _LEAD.search(question), _TAIL.search(question)
    marked = tail is not None and bool(tail["then"])
    if lead is None and (among := AMONG.search(question)) and not _ASKING.search(question):
        lead = among  # "trong đó nữ?"
    if not marked and (lead is None or (question.isascii() and (tail or len(question.split()) > _SHORT))):
        return None
    start = lead.end() if lead else 0
    end = tail.start() if tail and tail.start() > start else len(question)
    phrase = question[start:end].strip(" ?.!,")
    return phrase if 0 < len(phrase.split()) <= _LONG else None


def _complete(new: Phrases, old: Phrases, before: Before) -> Expanded | None:
    if new.names() == [(0, len(new.words))]:  # "Kiến Tường?"
        return Expanded(put_in_place(new, old), asked=new.text)
    if _MORE.search(new.text):
        return Expanded(sentence(f"{old.topic()}: {new.inside((0, len(new.words)))}"), asked=old.text)
    if whole := refer(new, old, before) or _ask_otherwise(new, old):
        return Expanded(whole, asked=new.text)
    own = new.content()
    if new.names() or new.names_a_paper():
        return Expanded(_supply(new, old, before), "likely", own, new.text) if new.lacks_subject() else None
    return Expanded(_supply(new, old, before), "likely" if len(own) <= _FEW else "may", own, new.text)


def _ask_otherwise(new: Phrases, old: Phrases) -> str | None:
    """The last question with other asking words, where nothing else is new: "Ở đâu?", "Vì sao?"."""
    adjunct = new.words[0].lower in (*PREPOSITIONS, "nhằm") and not new.content()
    if not adjunct and not all(word.role in ("asking", "function") for word in new.words):
        return None
    asked = [number for number, word in enumerate(old.words) if word.role == "asking"]
    words = new.text.rstrip(" ?.!")
    words = words[:1].lower() + words[1:]
    first = bare(new.words[0].lower)
    if first in ("nguyen", "ly", "li"):
        return sentence(f"{old.topic()}: {words}")
    if first in ("vi", "tai", "sao"):
        return sentence(f"{words} {old.topic()}")
    if asked and old.query.kind == new.query.kind:
        return old.replace((asked[0], asked[-1] + 1), words)
    return sentence(f"{old.topic()} {words}")


def _supply(new: Phrases, old: Phrases, before: Before) -> str:
    """The question with what the last one was about before it, as its subject where it has none."""
    first = new.words[0]
    about = (new.lacks_subject() and person_identified(old, before)) or old.about()
    lowered = new.text[:1].lower() + new.text[1:]
    if first.role == "asking" and new.query.kind == "number":
        return sentence(f"{about} có {lowered}")
    if (
        first.role == "asking" and new.lacks_subject()
    ):  # "vì sao bị thu hồi": the subject goes before the verb
        verb = next(word for word in new.words if word.role != "asking")
        return sentence(f"{new.text[: verb.start]}{about} {new.text[verb.start :]}")
    return sentence(f"{about}{'' if first.role == 'verb' else ':'} {lowered}")
