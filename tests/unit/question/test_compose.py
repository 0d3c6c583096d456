"""A question made of words of others: what was read of them is kept, and not read again."""

from __future__ import annotations

import pytest

from retrieval import Document, QuestionError, Retriever
from retrieval.question import input as reading

ARTICLES = [
    *(
        Document(f"a{n}", f"Làng nghề Cổ Đam có {n} lò rèn. Làng nghề Phú Vinh có 25 lò rèn.")
        for n in range(9)
    ),
    Document("b", "Ông Trịnh Văn Bô ở thành phố Đà Lạt trồng hoa."),
]


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build(ARTICLES)


@pytest.mark.parametrize(
    ("read", "whole"),
    [
        (["Phú Vinh", "Làng nghề Cổ Đam có bao nhiêu lò rèn?"], "Làng nghề Phú Vinh có bao nhiêu lò rèn?"),
        (["phu vinh", "lang nghe co dam co bao nhieu lo ren"], "lang nghe phu vinh co bao nhieu lo ren"),
        (["năm 2021", "Cổ Đam có mấy lò rèn năm 2019?"], "Cổ Đam có mấy lò rèn năm 2021?"),
        (["lớp A2", "Học phí lớp A1 là bao nhiêu?"], "Học phí lớp A2 là bao nhiêu?"),
        (["Ông ấy ở đâu?", "Ai trồng hoa?"], "Ông Trịnh Văn Bô ở đâu?"),
    ],
)
def test_it_asks_what_it_would_ask_if_it_were_typed(
    retriever: Retriever, read: list[str], whole: str
) -> None:
    composed = retriever.compose(whole, [retriever.understand(one) for one in read])
    typed = retriever.understand(whole)
    for asks in ("text", "kind", "asking", "names", "name_spans", "years", "lacks_marks", "mentions"):
        assert getattr(composed, asks) == getattr(typed, asks), asks
    assert [(t.text, t.plain, t.start) for t in composed.terms] == [
        (t.text, t.plain, t.start) for t in typed.terms
    ]


def test_nothing_is_decoded_or_put_right_again(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    read = [retriever.understand(one) for one in ("Cổ Đam", "Làng nghề Phú Vnih có mấy lò rèn?")]
    assert read[1].corrections == (("Phú Vnih", "Phú Vinh"),)
    for stage in ("decode", "spell_out", "correct_names", "restore_marks"):
        monkeypatch.setattr(reading, stage, None)
    kept = retriever.compose("Làng nghề Cổ Đam ở Phú Vinh có mấy lò rèn?", read)
    assert kept.names == ("Cổ Đam", "Phú Vinh")
    assert kept.corrections == (("Phú Vnih", "Phú Vinh"),)
    assert retriever.compose("Làng nghề Cổ Đam có mấy lò rèn?", read).corrections == ()


def test_a_query_says_which_marks_its_words_should_have(retriever: Retriever) -> None:
    assert retriever.understand("lang nghe co bao nhieu lo ren").marked == "làng nghề có bao nhiêu lò rèn"
    assert retriever.understand("Làng nghề có mấy lò rèn?").marked == ""


def test_nothing_to_look_for_is_refused(retriever: Retriever) -> None:
    with pytest.raises(QuestionError):
        retriever.compose("?", [])
