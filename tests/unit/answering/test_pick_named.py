"""Names that answer: of the kind asked about, or where the question asks."""

from __future__ import annotations

import pytest

from tests.unit.answering.asking import picked


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        (
            "Bệnh nhân cấp cứu ở bệnh viện nào?",
            "Bệnh nhân được đưa vào Bệnh viện Cầu Giát cấp cứu.",
            "Bệnh viện Cầu Giát",
        ),
        ("Ngày hội diễn ra ở đâu?", "Ngày hội diễn ra tại Osaka trong ba ngày.", "Osaka"),
        ("Thầy Sơn quê ở đâu?", "Thầy Sơn quê ở Bạc Liêu, dạy môn Toán.", "Bạc Liêu"),
        ("Ca sĩ đến từ nước nào?", "Đoàn có ca sĩ đến từ Ghana.", "Ghana"),
        ("Cô Hoài dạy môn gì?", "Cô Hoài dạy môn Lịch sử ở trường huyện.", "môn Lịch sử"),
        ("Cô Hoài dạy môn gì?", "Cô Hoài dạy học ở trường huyện đã lâu.", None),
        ("Ngày hội diễn ra ở đâu?", "Ngày hội do ông Trần Văn Tám mở ra năm ngoái.", None),
        ("Bệnh nhân cấp cứu ở bệnh viện nào?", "Bệnh nhân được đưa đi cấp cứu trong đêm.", None),
    ],
)
def test_the_name_asked_for(question: str, passage: str, answer: str | None) -> None:
    assert picked(question, passage) == answer


@pytest.mark.parametrize(
    ("question", "passage", "answer"),
    [
        ("Cô Hoài tốt nghiệp năm nào?", "Cô Hoài tốt nghiệp năm 2012. Thầy Sơn tốt nghiệp năm 2009.", "2012"),
        ("Thầy Sơn tốt nghiệp năm nào?", "Thầy Sơn dạy Toán. Cô Hoài tốt nghiệp năm 2012.", None),
        ("Thầy Sơn tốt nghiệp năm nào?", "Cô Hoài dạy Hóa ở đây. Cô tốt nghiệp năm 2012.", None),
        ("Cô Hoài tốt nghiệp năm nào?", "Cô Hoài dạy Hóa ở đây. Cô tốt nghiệp năm 2012.", "2012"),
    ],
)
def test_nothing_that_is_said_of_somebody_else(question: str, passage: str, answer: str | None) -> None:
    found = picked(question, passage)
    assert (found or "").removeprefix("năm ") == (answer or "")
