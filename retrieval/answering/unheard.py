"""Is there a thing that the question is about, and of which its best article never speaks?

"Nuôi dê được hỗ trợ bao nhiêu?": the article has all of that, but of cows; "dê" stands nowhere in it. A short question
whose other words the article holds, and which asks for a figure, a day, a person or a place of that thing, isn't
answered by what is said of another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retrieval.answering.rarity import is_one_word, typed_rarity
from retrieval.question.asked_label import words_asked
from retrieval.question.content import is_mentioned
from retrieval.ranking.wording import said_otherwise
from retrieval.records import Query, QueryTerm
from retrieval.vietnamese.name_heads import ADDRESS
from retrieval.vietnamese.syllables import fold
from retrieval.vietnamese.units import CLASSIFIERS

TELLING = 3.5
"""Rarity from which on a noun may be the thing; measured: from 3 on more right answers are lost, from 4 on fewer
questions on absent things are declined."""
ACTING = 6.0
"""That of what is tagged a verb and doesn't open the question: rare nouns are tagged so too ("ngỗng"), rare verbs are
seldom said in another wording than the article's."""
SAYING = 2.2
"""Rarity from which on a word is looked for in the article at all: "là" is not."""
MOST = 8
"""Content words of a question that the article can be held to word by word: longer ones are other people's wordings."""
_KINDS = ("number", "date", "person", "place")


def unheard_things(
    query: Query, heard: Callable[[QueryTerm], bool], text: Callable[[], str]
) -> tuple[str, ...]:
    """The one thing of the question that the article never names, as the question has it; else empty.

    `heard`: whether a term stands in the article, its title or headings; `text`: the article's, read for other wordings
    of what was not heard.
    """
    named = query.mentions.articles or query.mentions.papers
    if query.kind not in _KINDS or query.asking is None or query.lacks_marks or named:
        return ()
    content = [at for at in range(len(query.terms)) if _is_content(query, at)]
    unheard = [at for at in content if not heard(query.terms[at])] if len(content) <= MOST else []
    runs = _runs(unheard)
    if len(runs) != 1 or unheard == content or not _may_be_told(query, runs[0]):
        return ()
    first, last = query.terms[unheard[0]].start, query.terms[unheard[-1]].end
    if any(start < last and first < end for start, end in said_otherwise(query, text())):
        return ()
    return (query.text[first:last],)


def _may_be_told(query: Query, run: Sequence[int]) -> bool:
    is_thing = any(_may_be_thing(query, at) for at in run)
    return is_thing and not _touches_asking(query, run) and not _only_opens(query, run)


def _is_content(query: Query, at: int) -> bool:
    term = query.terms[at]
    if not term.is_content or not term.origin.isalpha():
        return False
    return not is_mentioned(query, term) and typed_rarity(term) >= SAYING


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Neighbouring places together."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _may_be_thing(query: Query, at: int) -> bool:
    """Whether a word may be what tells the thing asked about from others: no word of address ("bé", whoever that is to
    the one who asks), no label of what is asked for ("hạn nộp … ngày nào")."""
    term = query.terms[at]
    least = {"noun": TELLING, "verb": ACTING}.get(term.role)
    if least is None or typed_rarity(term) < least or (term.role == "verb" and at == 0):
        return False
    word, following = term.origin.lower(), query.terms[at + 1 : at + 2]
    if word in ADDRESS or word in CLASSIFIERS:
        return False
    if following and following[0].text[:1].isdigit():
        return False  # "lớp 6" is told by its number, and may be called "khối 6"
    label = [fold(other.origin) for other in query.terms[at : at + 3]]
    before = [fold(other.origin) for other in query.terms[max(0, at - 1) : at + 2]]
    return not words_asked(label, query) and words_asked(before, query) < 2


def _only_opens(query: Query, run: Sequence[int]) -> bool:
    """Whether the run is only the word for a kind that opens the question, which the article need not use: "Tiệm giặt
    mở cửa mấy giờ?", "Công thức kho cá"; of persons the office or the kinship that opens it is the thing asked about.
    """
    if query.kind == "person":
        return False
    if run[0] == 0 and query.names:
        return True  # the name tells which: "Cơ sở ấp trứng Đầm Sen"
    if len(run) > 1:
        return False
    at = run[0]
    first, second = (fold(term.origin) for term in query.terms[:2])
    return at == 0 or (at == 1 and is_one_word(first, second))


def _touches_asking(query: Query, run: Sequence[int]) -> bool:
    """Whether the run stands right at the asking words, where the answer's own words replace it: "tốn bao nhiêu",
    "lúc mấy giờ", "giá nhiêu"."""
    first, last = query.asking or (0, 0)
    return run[-1] == first - 1 or run[0] >= last
