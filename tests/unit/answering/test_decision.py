"""Is an answer given only where the corpus holds it, and is what is missing named?"""

from __future__ import annotations

import pytest

from retrieval import Document, Retriever
from retrieval.answering.calibration import load_calibration
from retrieval.answering.confidence_features import SUPPORT
from retrieval.answering.decision import chance

RETRIEVER = Retriever.build(
    [
        Document(
            "cu-lao",
            "Năm 2019, huyện Cù Lao có 214 hộ nuôi tôm. Nghị quyết số 05 giao huyện nuôi thêm hai loài cá.",
            title="Nghề nuôi tôm ở Cù Lao",
            source="Báo Bến Nước",
        ),
        Document("go-noi", "Huyện Gò Nổi trồng dừa. Mỗi năm huyện bán 30 tấn cơm dừa.", title="Dừa Gò Nổi"),
    ]
)


def missing(question: str) -> tuple[str, ...]:
    return RETRIEVER.answer(question).missing


@pytest.mark.parametrize(
    "question",
    [
        "Huyện Cù Lao có bao nhiêu hộ nuôi tôm?",
        "huyen cu lao co bao nhieu ho nuoi tom",
        "Năm 2019 huyện Cù Lao có bao nhiêu hộ nuôi tôm?",
        "Nghị quyết số 05 giao huyện nuôi gì?",
    ],
)
def test_nothing_is_missing_where_the_article_has_it(question: str) -> None:
    assert missing(question) == ()


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("Huyện Vàm Rạch có bao nhiêu hộ nuôi tôm?", "Vàm Rạch"),
        ("Năm 2024 huyện Cù Lao có bao nhiêu hộ nuôi tôm?", "năm 2024"),
        ("Nghị quyết số 07 giao huyện Cù Lao nuôi gì?", "số 07"),
    ],
)
def test_what_the_article_lacks_is_named_and_forbids_an_answer(question: str, lacking: str) -> None:
    answer = RETRIEVER.answer(question)
    assert lacking in answer.missing
    assert not answer.answered
    assert answer.hits


def test_a_name_that_another_article_has_is_said_to_be_elsewhere() -> None:
    answer = RETRIEVER.answer("Huyện Cù Lao và huyện Gò Nổi có bao nhiêu hộ nuôi tôm?")
    assert len(answer.missing) == 1
    assert answer.elsewhere == answer.missing
    assert RETRIEVER.answer("Huyện Vàm Rạch có bao nhiêu hộ nuôi tôm?").elsewhere == ()


@pytest.mark.parametrize(
    "question", ["Vì sao?", "bao gio", "Bao nhiêu phần trăm?", "bao nhieu %", "Tỷ lệ bao nhiêu phần trăm?"]
)
def test_what_says_nothing_to_ask_about_is_not_answered(question: str) -> None:
    text = "Xã hỏi bao giờ có nước và vì sao tỷ lệ mới bao nhiêu phần trăm hộ, 40%, có nước."
    answer = Retriever.build([Document("d", text)]).answer(question)
    assert answer.hits
    assert not answer.answered


def test_the_chance_rises_with_what_the_article_holds() -> None:
    assert set(load_calibration("calibration").weights) == set(SUPPORT)
    nothing, held = dict.fromkeys(SUPPORT, 0.0), {"score": 5.0, "rare_held": 3.0}
    assert 0.0 <= chance(nothing) < chance(nothing | held) <= 1.0
    assert chance(nothing | held | {"missing": 1.0}) < chance(nothing | held)


@pytest.mark.parametrize(
    ("question", "answered"), [("Điểm c Điều 2 nói gì?", True), ("Điểm e Điều 2 nói gì?", False)]
)
def test_a_point_that_the_article_lacks_is_declined(question: str, answered: bool) -> None:
    paper = Document(
        id="lease.txt",
        title="Hợp đồng nuôi ong",
        text="Hợp đồng nuôi ong\n\nĐiều 1. Nội dung\nBên B đặt 40 thùng ong trong vườn nhãn.\n\nĐiều 2. Tiền thuê\n"
        "a) Mỗi thùng 15.000 đồng.\nb) Trả khi hết mùa nhãn.\nc) Trả thêm hai lít mật.",
    )
    answer = Retriever.build([paper]).answer(question)
    assert answer.answered is answered
