"""Reasons, purposes, and what stands where the question asks."""

from __future__ import annotations

import pytest

from tests.unit.answering.asking import picked


@pytest.mark.parametrize(
    ("question", "text", "clause"),
    [
        (
            "Vì sao xưởng gốm Lái Thiêu ngừng nung lò than?",
            "Xưởng gốm Lái Thiêu ngừng nung lò than vì khói bay sang khu nhà ở.",
            "vì khói bay sang khu nhà ở",
        ),
        (
            "Tại sao đò Vĩnh Hậu nghỉ chạy?",
            "Do nước lũ lên quá cao, đò Vĩnh Hậu nghỉ chạy hai ngày.",
            "Do nước lũ lên quá cao",
        ),
        (
            "Hợp tác xã Tân Quới đào mương để làm gì?",
            "Hợp tác xã Tân Quới đào mương để rửa phèn cho ruộng lúa.",
            "để rửa phèn cho ruộng lúa",
        ),
    ],
)
def test_a_reason_or_purpose_is_emphasised(question: str, text: str, clause: str) -> None:
    assert picked(question, text) == clause


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Vì sao đò Vĩnh Hậu nghỉ chạy?", "Đò Vĩnh Hậu nghỉ chạy hai ngày."),
        ("Vì sao đò Vĩnh Hậu nghỉ chạy?", "Đò Vĩnh Hậu do Sở Giao thông quản lý nghỉ chạy hai ngày."),
        ("Vì sao đò Vĩnh Hậu nghỉ chạy?", "Chợ Vĩnh Hậu đông vì gần tết."),
        ("Vì sao đò Vĩnh Hậu nghỉ chạy?", "Đò Vĩnh Hậu nghỉ chạy để sửa bến."),
    ],
)
def test_no_reason_where_none_is_given_for_it(question: str, text: str) -> None:
    assert picked(question, text) is None


@pytest.mark.parametrize(
    ("question", "text", "clause"),
    [
        (
            "Tài liệu đầu tiên của người học việc ở Sa Huỳnh là gì?",
            "Tài liệu đầu tiên của người học việc ở Sa Huỳnh là sổ tay an toàn lò nung.",
            "sổ tay an toàn lò nung",
        ),
        (
            "Sáng thứ tư khối 7 trường Phú Lộc kiểm tra môn nào?",
            "Sáng thứ tư khối 7 trường Phú Lộc kiểm tra môn Sinh học.",
            "môn Sinh học",
        ),
    ],
)
def test_what_stands_where_the_question_asks_is_emphasised(question: str, text: str, clause: str) -> None:
    assert picked(question, text) == clause


def test_an_open_end_is_not_emphasised() -> None:
    text = "Tài liệu đầu tiên của người học việc ở Sa Huỳnh là sổ tay an toàn, sau đó mới tới nội quy của xưởng gốm."
    assert picked("Tài liệu đầu tiên của người học việc ở Sa Huỳnh là gì?", text) is None


@pytest.mark.parametrize(
    ("question", "text", "quoted"),
    [
        (
            "Tấm biển ở cổng chợ Vĩnh Hậu ghi gì?",
            "Tấm biển ở cổng chợ Vĩnh Hậu ghi “Đi nhẹ, nói khẽ, giữ trật tự”, chữ đỏ.",
            "Đi nhẹ, nói khẽ, giữ trật tự",
        ),
        (
            "Trên băng rôn Sa Huỳnh in chữ gì?",
            "Trên băng rôn Sa Huỳnh in chữ “Chung tay, góp sức”, viền vàng.",
            "Chung tay, góp sức",
        ),
    ],
)
def test_what_is_quoted_is_emphasised_to_its_end(question: str, text: str, quoted: str) -> None:
    found = picked(question, text)
    assert found is not None
    assert found.strip("“”").removeprefix("chữ “") == quoted
