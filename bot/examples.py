"""Which questions can be offered to somebody new? Ones whose answer is known to be found in this very corpus.

A page of frequent questions has its own. A sentence that gives a figure, or says who holds an office, is turned into
the question that it answers: Vietnamese asks in place, without moving words, so that "X có 24 chi bộ" becomes "X có bao
nhiêu chi bộ?", and "ông A, Bí thư X" becomes "Bí thư X là ai?". A question is offered only if asking it does give that
figure or name. Where none can be made, none is offered: a headline is no question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from retrieval import Answer, Document, QuestionError

_LETTERS = [chr(code) for code in range(0x41, 0x1EFA) if chr(code).isalpha() and len(chr(code).lower()) == 1]
CAPITAL = f"[{''.join(c for c in _LETTERS if c.isupper())}]"
SMALL = f"[{''.join(c for c in _LETTERS if c.islower())}]"

_SENTENCE = re.compile(r"[^.!?…\n]+(?:\.\d+[^.!?…\n]*)*")
_LINK = r"và|với|cùng|trong|ở|tại|của|được|đã|bị|là|từ|theo|cho|do|vào|thuộc|mới|gồm|đang|để|tham gia"
_FIGURE = re.compile(
    r"^(?!(?:Trong|Trước|Sau|Hiện|Tại|Ở|Song|Nhưng|Đáng|Theo|Đến|Từ|Khi|Do|Vì|Nếu)\s)"
    r"(?P<holder>(?:[^\W\d_]+\s){2,7}?)"
    r"(?P<verb>có|gồm|kết nạp|kết nạp được|phát triển được)\s"
    r"(?:(?:hơn|gần|khoảng|trên|tới)\s)?(?P<answer>\d+(?:[.,]\d+)*)\s"
    rf"(?P<noun>{SMALL}+(?:\s(?!(?:{_LINK})\b){SMALL}+){{0,4}})(?=[,.;]|$|\s(?:{_LINK})\b|\s\()"
)
"""A short subject, a verb of having, a figure, and the whole of what it counts."""
_OFFICE = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)\s(?P<answer>{CAPITAL}[^\W\d_]*(?:\s{CAPITAL}[^\W\d_]*){{1,3}}),\s"
    r"(?P<office>(?:Bí thư|Phó|Chủ tịch|Giám đốc|Tổng|Trưởng|Bộ trưởng|Thứ trưởng|Hiệu trưởng|Viện trưởng|"
    r"Chánh|Thủ tướng)"
    r"(?:\s(?!(?:và|cho|nói|khẳng|trả|phát|nhấn|đã|đang|bày|thông|chia|nhận|là)\b)[^\W\d_]+){2,9})"
    r"(?=[,.;)]|\s(?:cho biết|nói|khẳng định|trả lời|phát biểu|nhấn mạnh|thông báo|chia sẻ|nhận xét)\b)"
)
"""A person's name with the office beside it, up to the verb of saying."""
_NAME_INSIDE = re.compile(rf"\s{CAPITAL}")
_QUESTION = re.compile(rf"{CAPITAL}[^.!?…:;]{{12,78}}\?")
"""A line that is a question, as the headings of pages of frequent questions are."""
_ALONE = 5
"""Words: a shorter question, "Vé lượt thì sao?", needs what stands above it."""
_ARTICLES, _TRIES = 60, 24


def find_examples(
    documents: Iterable[Document], answer: Callable[[str], Answer], *, count: int = 3
) -> tuple[str, ...]:
    """Up to `count` questions, from as many articles as possible; none where the corpus answers none of them.

    Looks at the first articles only, and asks a few questions: under half a second on the sample.
    """
    looked_at = list(islice(documents, _ARTICLES))
    found: list[str] = []
    for question, expected in islice(_in_turn([_questions(d) for d in looked_at]), _TRIES):
        if len(found) == count:
            break
        if question not in found and _answers(answer, question, expected):
            found.append(question)
    return tuple(found)


def _answers(answer: Callable[[str], Answer], question: str, expected: str) -> bool:
    try:
        given = answer(question)
    except QuestionError:
        return False
    passage = given.hits[0].passage.text if given.hits else ""
    says_more = len(passage.strip()) > len(question) + len(question) // 2  # more than the question again
    return given.answered and (expected in (given.text or "") if expected else says_more)


def _in_turn(many: list[Iterator[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """One of each, then the second of each, so that the examples come from different articles."""
    while many:
        left = []
        for one in many:
            for question in one:
                yield question
                left.append(one)
                break
        many = left


def _questions(document: Document) -> Iterator[tuple[str, str]]:
    """(question, answer) that sentences of the article make, in their order; its own questions first."""
    for line in (document.title, *document.text.splitlines()):
        if _QUESTION.fullmatch(line.strip()) and len(line.split()) >= _ALONE:
            yield line.strip(), ""
    for sentence in _SENTENCE.finditer(document.text):
        text = sentence.group().strip()
        if made := _office(text) or _figure(text):
            yield made


def _office(sentence: str) -> tuple[str, str] | None:
    match = _OFFICE.search(sentence)
    if match is None or not _NAME_INSIDE.search(match["office"]):
        return None
    return f"{match['office']} là ai?", match["answer"]


def _figure(sentence: str) -> tuple[str, str] | None:
    match = _FIGURE.match(sentence)
    if match is None or not _NAME_INSIDE.search(match["holder"]):
        return None
    return f"{match['holder']}{match['verb']} bao nhiêu {match['noun']}?", match["answer"]
