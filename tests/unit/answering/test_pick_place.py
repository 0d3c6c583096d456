"""Is the place of the class asked for emphasised?"""

from __future__ import annotations

import pytest

from tests.unit.answering.asking import picked

TEXT = "Lãnh đạo sở kiểm tra chợ ở phường Bến Nước, TP Vĩnh Xuân, tỉnh Cửu Giang."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Lãnh đạo sở kiểm tra chợ ở phường nào?", "phường Bến Nước"),
        ("Lãnh đạo sở kiểm tra chợ ở thành phố nào?", "TP Vĩnh Xuân"),
        ("Phường Bến Nước thuộc tỉnh nào?", "tỉnh Cửu Giang"),
        ("Lãnh đạo sở kiểm tra chợ ở huyện nào?", None),
        ("Chợ đóng cửa vì sao?", None),
    ],
)
def test_places_are_emphasised_with_their_class(question: str, answer: str | None) -> None:
    assert picked(question, TEXT) == answer


def test_where_asks_for_any_class() -> None:
    text = "Bến đò Cũ thuộc huyện Gò Nổi."
    assert picked("Bến đò Cũ ở đâu?", text) == "huyện Gò Nổi"


def test_an_office_that_begins_like_a_class_is_no_place() -> None:
    text = "Ban Thường vụ Tỉnh ủy Vĩnh Xuân mở hội nghị thi hành Điều lệ."
    assert picked("Hội nghị thi hành Điều lệ mở ở tỉnh nào?", text) is None


def test_where_is_what_stands_there_though_no_class_says_so() -> None:
    text = "Ông Lành sửa nón lá, sống ở cuối xóm Chài. Bà con quý ông."
    assert picked("Ông Lành sửa nón sống ở đâu?", text) == "ở cuối xóm Chài"
