"""Which article a follow-up is answered from: the last one's, or any."""

from __future__ import annotations

import dataclasses

import pytest

from retrieval import Answer, Query
from retrieval.dialogue.rewrite import Whole
from retrieval.dialogue.scope import stays
from tests.unit.bot.stand_in import document, hit

LAST = document("last", ["Cầu khởi công năm 2004.", "Nạn nhân được bồi thường."])
OTHER = document("other", ["Nước chanh không giải rượu."])


def answer(
    where: str,
    confidence: float = 0.9,
    *,
    missing: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    near: bool = False,
) -> Answer:
    article = LAST if where == "last" else OTHER
    found = hit(article, article.text.split(". ")[0])
    answered = confidence > 0.2 and not missing and not near
    query = Query("?", names=names)
    return Answer(
        "?",
        (found,),
        answered=answered,
        confidence=confidence,
        missing=missing,
        near=near,
        query=query,
    )


@pytest.mark.parametrize(
    ("whole", "there", "anywhere", "stay"),
    [
        (Whole("?", "likely", ("Nạn", "nhân")), answer("last", 0.3), answer("other", 1.0), True),
        (Whole("?", "likely", ("cầu", "khởi", "công")), answer("last"), answer("other"), True),
        (Whole("?", "likely", ("chanh", "giải", "rượu")), answer("last"), answer("other"), False),
        (Whole("?", "may", ("cầu", "khởi", "công")), answer("last"), answer("last"), False),
        (Whole("?", "may", ("cầu", "khởi", "công")), answer("last"), answer("other", 0.5), True),
        (Whole("?", "may", ("cầu", "khởi", "công")), answer("last", 0.5), answer("other"), False),
        (Whole("?", asked="Huế"), answer("last", missing=("Huế",)), answer("other"), False),
        (Whole("?", asked="Vì sao?"), answer("last", 0.6), answer("other"), True),
        (Whole("?", asked="Vì sao?"), answer("last", 0.3), answer("other"), False),
        (Whole("?", asked="Khi nào?"), answer("last", 0.1), answer("last"), False),
        (Whole("?", asked="Ông Vi mấy tuổi?", refers=True), answer("last", 0.3), answer("other"), True),
        (Whole("?", asked="Ông Vi mấy tuổi?", refers=True), answer("last", 0.1), answer("other"), False),
        (Whole("?", asked="Tân Lập"), answer("last", near=True, names=("Tân Lập",)), answer("other"), False),
        (Whole("?", asked="Tân Lập"), answer("last", names=("Tân Lập",)), answer("other"), True),
        (Whole("?", asked="cuối tuần"), answer("last", near=True), answer("other"), True),
    ],
)
def test_the_last_article_answers_what_is_about_it(
    whole: Whole, there: Answer, anywhere: Answer, stay: bool
) -> None:
    assert stays(whole, there, anywhere) is stay


def test_sources_that_disagree_are_all_shown() -> None:
    anywhere = dataclasses.replace(answer("last"), conflicting=(1, 2))
    assert not stays(Whole("?", asked="2018"), answer("last"), anywhere)


def test_nothing_found_there_is_no_answer() -> None:
    assert not stays(Whole("?", "likely"), Answer("?", (), answered=False), answer("other"))
