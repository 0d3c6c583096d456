"""Which lines are one paragraph, broken to fit a width, and which stand for themselves?"""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from retrieval.corpus.lines import clean, join_lines, split_lines

WRAPPED = [
    "Đội thợ ghé kiểm tra đường ống vào chiều thứ năm hằng tuần và ghi",
    "lại áp lực nước ở từng ngõ. Những ngõ yếu nước được thay ống lớn",
    "Hòa Phát loại ba mươi tư, bảo hành mười năm.",
]


def join_wrapped(block: list[str]) -> list[str]:
    """The paragraphs of lines between which no blank one stands, each on one line."""
    return [line.text for line in split_lines("\n".join(block))]


def test_a_wrapped_paragraph_is_joined() -> None:
    assert join_wrapped(WRAPPED) == [" ".join(WRAPPED)]


def test_verses_lists_and_headings_stay() -> None:
    for block in (
        ["Cầu tre lắc lẻo nhịp xa", "Mẹ ru con ngủ qua ba nhịp cầu"],
        [WRAPPED[0], "- Một việc khác hẳn, không nối với dòng trên"],
        [WRAPPED[0], "2. Việc thứ hai trong danh sách những việc phải làm"],
        [
            "ĐIỀU KHOẢN CHUNG VỀ VIỆC DÙNG NƯỚC TRONG KHU PHỐ VÀ CÁC NGÕ",
            "Mỗi nhà một đồng hồ, đặt ngoài cổng.",
        ],
        ["Tiêu đề ngắn", "Đội thợ ghé kiểm tra đường ống vào chiều thứ năm hằng tuần."],
    ):
        assert join_wrapped(block) == block


def test_blank_lines_are_kept_as_one() -> None:
    text = "Một dòng.\n\n\n\nHai dòng.\nBa dòng."
    assert join_lines(split_lines(text))[0] == "Một dòng.\n\nHai dòng.\nBa dòng."


def test_what_can_not_be_seen_goes() -> None:
    assert clean("\ufeffđảng\u200b viên\u00a0mới\r\nhai\u00ad dòng") == "đảng viên mới\nhai dòng"


@given(st.text())
def test_clean_is_done_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.lists(st.text(alphabet="ab AB.,-", min_size=1)))
def test_joining_keeps_every_word(block: list[str]) -> None:
    assert " ".join(join_wrapped(block)).split() == " ".join(block).split()
