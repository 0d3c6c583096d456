"""Do two sources that give other figures for the same thing both show, and nothing else?"""

from __future__ import annotations

import datetime

import pytest

from retrieval import Document, Hit, Passage
from retrieval.answering.disagreement import conflicting
from retrieval.answering.spans import pick_span
from tests.unit.answering.asking import understood, view_of

QUESTION = "Huyện Cù Lao có bao nhiêu hộ nuôi tôm?"


def ranks(question: str, *texts: str) -> tuple[int, ...]:
    """Ranks of the hits that disagree; each text is an article of the year 2017, 2018 …"""
    query = understood(question, *texts)
    hits, views = [], []
    for rank, text in enumerate(texts, start=1):
        document = Document(f"d{rank}", text, published=datetime.date(2016 + rank, 1, 1))
        passage = Passage(document.id, 0, len(text), text)
        views.append(view_of(text))
        highlight = pick_span(query, views[-1])
        hits.append(Hit(passage, document, 10.0 - rank, rank, highlight))
    return conflicting(query, hits, views)


def test_other_figures_are_shown_newest_first() -> None:
    first, second = "Huyện Cù Lao có 214 hộ nuôi tôm.", "Cả huyện Cù Lao hiện có 230 hộ nuôi tôm."
    assert ranks(QUESTION, first, second) == (2, 1)


@pytest.mark.parametrize(
    "other",
    [
        "Huyện Cù Lao có 214 hộ nuôi tôm.",
        "Huyện Cù Lao có trên 200 hộ nuôi tôm.",
        "Huyện Gò Nổi có 655 hộ nuôi tôm.",
        "Huyện Cù Lao có 61 hộ làm muối.",
        "Huyện Cù Lao có 30% hộ nuôi tôm.",
        "Huyện Cù Lao nuôi tôm đã lâu.",
        "Huyện Cù Lao có 12 hộ nuôi tôm bị phạt nặng vì xả thải bừa bãi ra kênh rạch.",
    ],
)
def test_what_agrees_or_speaks_of_something_else_does_not(other: str) -> None:
    assert ranks(QUESTION, "Huyện Cù Lao có 214 hộ nuôi tôm.", other) == ()


def test_places_disagree_only_where_none_is_named() -> None:
    texts = "Tỉnh Cù Lao có 659 bến đò.", "Tỉnh Gò Nổi có 655 bến đò."
    assert ranks("Tỉnh có bao nhiêu bến đò?", *texts) == (2, 1)
    assert ranks("Tỉnh Cù Lao có bao nhiêu bến đò?", *texts) == ()


def test_dates_disagree_unless_one_is_part_of_the_other() -> None:
    question = "Cầu Mới khánh thành khi nào?"
    first = "Cầu Mới khánh thành ngày 12/4/2016."
    assert ranks(question, first, "Cầu Mới khánh thành năm 2016.") == ()
    assert ranks(question, first, "Cầu Mới khánh thành ngày 5/6/2016.") == (2, 1)


def test_the_same_article_does_not_contradict_itself() -> None:
    text = "Huyện Cù Lao có 214 hộ nuôi tôm. Huyện Cù Lao có 230 hộ nuôi tôm."
    query = understood(QUESTION, text)
    document = Document("d", text)
    hits = [
        Hit(Passage("d", 0, 32, text[:32]), document, 2.0, 1, (16, 19)),
        Hit(Passage("d", 33, len(text), text[33:]), document, 1.0, 2, (16, 19)),
    ]
    assert [hit.passage.text[16:19] for hit in hits] == ["214", "230"]
    views = [view_of(hit.passage.text) for hit in hits]
    assert conflicting(query, hits, views) == ()
