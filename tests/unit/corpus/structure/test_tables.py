"""Are columns that tabs and spaces part told from prose, letterheads and lists?"""

from __future__ import annotations

import pytest

from retrieval.corpus.structure.tables import part_cells


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Món\tNhỏ\tLớn\nChè\t8\t12", "Món | Nhỏ | Lớn\nChè | 8 | 12"),
        ("Món\t\tNhỏ\t\tLớn\nChè\t\t8\t\t12", "Món | Nhỏ | Lớn\nChè | 8 | 12"),
        ("Món\tNhỏ\tLớn\nChè\t\t12", "Món | Nhỏ | Lớn\nChè |  | 12"),
        ("Món      Nhỏ    Lớn\nChè      8      12", "Món | Nhỏ | Lớn\nChè | 8 | 12"),
        ("Món      Nhỏ    Lớn\nXôi             12", "Món | Nhỏ | Lớn\nXôi |  | 12"),
        ("Chè\t8\nXôi\t9\nKem\t7", "Chè | 8\nXôi | 9\nKem | 7"),
    ],
)
def test_columns_are_parted(text: str, expected: str) -> None:
    assert part_cells(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Một câu văn thường, không có cột nào.",
        "Chè\t8\nMột dòng văn",
        "Tên người nhận:\tÔng Mịch\nNgày giao:\t5/6",
        "SỞ Y TẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTRẠM XÁ\tĐộc lập - Tự do - Hạnh phúc\nSố: 3/TB\tNgày 4",
        "Chữ   rời\nrạc lệch cột hẳn   đi\nvà   nữa",
        "\tThụt đầu dòng.\n\tThụt đầu dòng nữa.\n\tVà nữa.",
    ],
)
def test_what_is_no_table_stays(text: str) -> None:
    assert part_cells(text) == text
