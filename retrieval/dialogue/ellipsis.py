"""What is left out of "Vì sao?" or "Rộng bao nhiêu mét?"? What the last question was about, as its subject or topic."""

from __future__ import annotations

from retrieval.dialogue.coreference import Before, person_identified
from retrieval.dialogue.phrases import Phrases, sentence
from retrieval.records import CONTENT
from retrieval.vietnamese.function_words import PREPOSITIONS
from retrieval.vietnamese.syllables import plain

_TOGETHER = ("và", "với", "hay", "hoặc", "hay là")


def ask_otherwise(new: Phrases, old: Phrases) -> str | None:
    """The last question with other asking words, where nothing else is new: "Ở đâu?", "Vì sao?"."""
    adjunct = new.words[0].lower in (*PREPOSITIONS, "nhằm") and not new.content()
    if not adjunct and any(word.role in CONTENT for word in new.words):
        return None
    asked = [number for number, word in enumerate(old.words) if word.role == "asking"]
    words = new.text.rstrip(" ?.!")
    words = words[:1].lower() + words[1:]
    first = plain(new.words[0].lower)
    if first in ("nguyen", "ly", "li", "muc", "y"):
        return sentence(f"{old.topic()}: {words}")
    if first in ("vi", "tai", "sao"):
        return sentence(f"{words} {old.topic()}")
    if asked and old.query.kind == new.query.kind:
        return old.replace((asked[0], asked[-1] + 1), words)
    return sentence(f"{old.topic()} {words}")


def supply(new: Phrases, before: Before) -> tuple[str, str]:
    """The question with what the last one was about before it, as its subject where it has none; and what that is."""
    old, first = before.question, new.words[0]
    if full := _in_full(new, old):
        return sentence(f"{full}{new.text[first.end :]}"), full
    about = (new.lacks_subject() and person_identified(before)) or _choice(new, old) or old.about()
    lowered = new.text[:1].lower() + new.text[1:]
    if first.role == "asking" and new.counted()[1]:
        whole = f"{about} có {lowered}"
    elif first.role == "asking" and new.lacks_subject():  # "vì sao bị thu hồi": it goes before the verb
        verb = next(word for word in new.words if word.role != "asking")
        whole = f"{new.text[: verb.start]}{about} {new.text[verb.start :]}"
    else:
        whole = f"{about}{'' if first.role == 'verb' else ':'} {lowered}"
    return sentence(whole), about


def _in_full(new: Phrases, old: Phrases) -> str:
    """The thing of which the new question says only what it is: "trường Đông Khê" of "Trường có mấy lớp?"."""
    lone_noun = new.words[0].role == "noun" and (
        len(new.words) > 1 and new.words[1].role not in ("noun", "modifier", "name", "asking")
    )
    at = old.find([new.words[0].lower], start=1) if lone_noun and not new.names() else None
    name = next((name for name in old.names() if at and name[0] == at[1]), None)
    return old.slice((at[0], name[1])) if at and name else ""


def _choice(new: Phrases, old: Phrases) -> str:
    """All that the last question spoke of, where "lớp nào" asks which of its several."""
    which = next((n for n, word in enumerate(new.words) if n and word.role == "asking"), 0)
    among = old.find([new.words[which - 1].lower]) if which else None
    several = any(word.lower in _TOGETHER for word in old.words)
    return old.topic() if among and several else ""
