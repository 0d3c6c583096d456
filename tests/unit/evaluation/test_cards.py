"""What a card shows, whether the answer stands on it, whether it is rightly emphasised."""

from __future__ import annotations

import pytest

from retrieval import Document, Hit, Passage
from retrieval.evaluation.cards import LONGEST, Verdict, emphasis, holds, shown_text

TEXT = "Chợ phiên. Chợ họp ngày 5 và ngày 10. Phiên chợ có 112 sạp, thu 3,12 triệu đồng."
DOCUMENT = Document(id="a", text=TEXT)
PASSAGE = Passage("a", 11, 37, TEXT[11:37])


def test_a_card_shows_the_passage_or_what_is_chosen_around_it() -> None:
    assert shown_text(Hit(PASSAGE, DOCUMENT, 1.0, 1)) == "Chợ họp ngày 5 và ngày 10."
    assert shown_text(Hit(PASSAGE, DOCUMENT, 1.0, 1, shown=(0, 37))) == TEXT[:37]


def test_what_is_beyond_the_card_does_not_count() -> None:
    long = Document(id="b", text="a" * LONGEST + " 12 sạp")
    assert shown_text(Hit(Passage("b", 0, len(long.text), long.text), long, 1.0, 1)) == "a" * LONGEST


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        (["112 sạp"], True),
        (["112 SẠP"], True),
        (["12 sạp"], False),
        (["12 triệu đồng"], False),
        (["3,12 triệu"], True),
        (["phiên. chợ"], True),
        (["ngày 1"], False),
        (["ngày 7", "ngày 10"], True),
        ([], False),
    ],
)
def test_an_answer_must_stand_there_as_whole_words(answers: list[str], held: bool) -> None:
    assert holds(TEXT.replace("Chợ họp", "Chợ\nhọp"), answers) is held


@pytest.mark.parametrize(
    ("emphasised", "verdict"),
    [
        ("112", "right"),
        ("112 sạp", "right"),
        ("12", "wrong"),
        ("Phiên chợ họp ở đây có 112 sạp", "wrong"),
        (None, "none"),
    ],
)
def test_emphasis_holds_the_figure_and_not_the_sentence(emphasised: str | None, verdict: Verdict) -> None:
    assert emphasis(emphasised, ["112 sạp"]) == verdict


def test_several_figures_must_all_be_emphasised() -> None:
    assert emphasis("ngày 5", ["ngày 5 và ngày 10"]) == "wrong"
    assert emphasis("ngày 5 và ngày 10", ["ngày 5 và ngày 10"]) == "right"
