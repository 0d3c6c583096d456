"""Is the person who answers emphasised, and no office or place?"""

from __future__ import annotations

import pytest

from retrieval.vietnamese.names import names_in
from tests.unit.answering.asking import picked


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (
            "Bí thư Thị ủy là ai?",
            "Bí thư Thị ủy - Trịnh Văn Bảo đã nhận bằng khen thay đơn vị.",
            "Trịnh Văn Bảo",
        ),
        (
            "Bí thư Bến Nước là ai?",
            "Bí thư Thị ủy Bến Nước, ông Trịnh Văn Bảo, đã nhận bằng khen thay đơn vị.",
            "ông Trịnh Văn Bảo",
        ),
        ("Ai mở cuộc họp?", "Chủ tịch xã, ông Thành, mở cuộc họp ở Bến Nước.", "ông Thành"),
        (
            "Ai là trưởng ban tổ chức?",
            "Theo ông Phùng Hữu Lộc, Trưởng ban Tổ chức Thị ủy, việc này đã xong.",
            "ông Phùng Hữu Lộc",
        ),
        (
            "Ai đến thăm?",
            "Chủ tịch xã Giàng Thị Mỷ đến thăm, hẹn dựng lại nhà trước Tết.",
            "Chủ tịch xã Giàng Thị Mỷ",
        ),
        ("Mấy cô thợ dệt đó tên gì?", "Các cô thợ dệt tên là Sáu Lụa và Bảy Gấm.", "Sáu Lụa và Bảy Gấm"),
        ("Bài viết do ai thực hiện?", "Bài viết về hội nghị ở Bến Nước do T. Liễu thực hiện.", "T. Liễu"),
        (
            "Ai phát biểu tại lễ khánh thành?",
            "Tại lễ khánh thành ở Bến Nước, bà Đinh Thị Sen phát biểu cảm ơn bà con.",
            "bà Đinh Thị Sen",
        ),
        (
            "Cầu do ai thiết kế?",
            "Cầu do kỹ sư John B. Harrow thiết kế, thợ Bến Nước dựng.",
            "kỹ sư John B. Harrow",
        ),
        (
            "Ai là người vẽ tranh?",
            "Hai người cùng làng là Lâm Quế và Đào Hạnh đã vẽ tranh trên tường.",
            "Lâm Quế và Đào Hạnh",
        ),
    ],
)
def test_names_are_emphasised(question: str, text: str, answer: str) -> None:
    assert picked(question, text) == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Ai ban hành nghị quyết?", "Nghị quyết do Tỉnh ủy ban hành."),
        ("Ai tổ chức hội thi?", "Hội thi là của Đảng ủy Các cơ quan tỉnh, mở ở Bến Nước."),
        ("Ai dự cuộc họp?", "Cuộc họp mở ở phường Trần Phú, thành phố Vĩnh Long."),
        ("Ai dựng lại nhà?", "Họ hứa dựng lại nhà trước Tết."),
        ("Trịnh Văn Bảo là ai?", "Trịnh Văn Bảo là thợ rèn ở Bến Nước."),
    ],
)
def test_offices_places_and_the_questions_own_names_are_no_answer(question: str, text: str) -> None:
    assert picked(question, text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Theo ảnh của T. Huyền chụp.", ["T. Huyền"]),
        ("Theo ông Đặng Ấn, việc đã xong.", ["Đặng Ấn"]),
        ("Khi tướng John J. Pershing tới nơi.", ["John J. Pershing"]),
        ("Ông Hugh de Puiset đến.", ["Hugh de Puiset"]),
        ("Hôm ấy gặp anh Bảy. Lan ra về.", ["Bảy", "Lan"]),
        ("UBND họp.", []),
    ],
)
def test_runs_of_capitals(text: str, names: list[str]) -> None:
    assert [text[name.start : name.end] for name in names_in(text)] == names
