import dataclasses

import pytest

from bot.examples import find_examples
from tests.unit.bot.stand_in import StandIn, document, hit

TOWN = document(
    "town",
    ["Thị xã Kiến Tường có 24 tổ chức cơ sở đảng, trong đó có 20 đảng bộ.", "Năm 2015 có 3 phường."],
    title="Thị xã Kiến Tường sau bảy năm",
)
PERSON = document("person", ["Ông Trần Văn Mẫu, Chủ tịch xã Tân Thử, nói về lúa."])
PLAIN = document("plain", ["Trời mưa suốt tuần.", "Mọi người ở nhà."], title="Một tuần mưa ở vùng cao")


def test_a_figure_and_an_office_become_questions_that_give_them_back() -> None:
    asked = {
        "Thị xã Kiến Tường có bao nhiêu tổ chức cơ sở đảng?": [
            hit(TOWN, "Thị xã Kiến Tường có 24 tổ chức cơ sở đảng", emphasised="24")
        ],
        "Chủ tịch xã Tân Thử là ai?": [hit(PERSON, PERSON.text, emphasised="Trần Văn Mẫu")],
    }
    assert find_examples([TOWN, PERSON], StandIn(asked).answer, count=2) == tuple(asked)


def test_a_question_that_does_not_give_its_answer_back_is_not_offered() -> None:
    asked = {"Chủ tịch xã Tân Thử là ai?": [hit(PERSON, PERSON.text, emphasised="lúa")]}
    assert find_examples([PERSON], StandIn(asked).answer) == ()


def test_articles_take_turns() -> None:
    two = document("two", ["Xã Tân Thử có 12 ấp văn hóa.", "Xã Tân Thử có 30 tổ hợp tác."])
    asked = {
        "Xã Tân Thử có bao nhiêu ấp văn hóa?": [hit(two, two.text, emphasised="12")],
        "Chủ tịch xã Tân Thử là ai?": [hit(PERSON, PERSON.text, emphasised="Trần Văn Mẫu")],
        "Xã Tân Thử có bao nhiêu tổ hợp tác?": [hit(two, two.text, emphasised="30")],
    }
    assert find_examples([two, PERSON], StandIn(asked).answer) == tuple(asked)


def test_a_headline_is_no_question() -> None:
    headline = {"Một tuần mưa ở vùng cao": [hit(PLAIN, "Trời mưa suốt tuần.")]}
    assert find_examples([PLAIN], StandIn(headline).answer) == ()


FREQUENT = document(
    "frequent",
    [
        "Câu hỏi thường gặp",
        "Lớp bơi học vào buổi nào?",
        "Lớp bơi học chiều thứ ba và chiều thứ năm, từ 17 giờ đến 18 giờ 30.",
    ],
)
FREQUENT = dataclasses.replace(FREQUENT, text=FREQUENT.text.replace("? ", "?\n").replace("gặp ", "gặp\n"))
ASKED = "Lớp bơi học vào buổi nào?"


@pytest.mark.parametrize(
    ("passage", "offered"),
    [("Lớp bơi học chiều thứ ba và chiều thứ năm, từ 17 giờ đến 18 giờ 30.", (ASKED,)), (ASKED, ())],
)
def test_a_page_of_questions_offers_its_own_where_they_are_answered(
    passage: str, offered: tuple[str, ...]
) -> None:
    assert find_examples([FREQUENT], StandIn({ASKED: [hit(FREQUENT, passage)]}).answer) == offered


def test_an_empty_corpus_offers_nothing() -> None:
    assert find_examples([], StandIn({}).answer) == ()
