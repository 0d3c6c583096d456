"""Is a figure in the unit asked for told from another figure?"""

from __future__ import annotations

import pytest

from retrieval.ranking.units import unit_found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Thời hạn trả lời đơn là bao lâu?", "Đơn được trả lời trong 15 ngày.", 1.0),
        ("Thời hạn trả lời đơn là bao lâu?", "Mỗi người nộp 2 đơn ở phòng 15.", -1.0),
        ("Mức phạt khi đổ rác xuống kênh?", "Ai đổ rác xuống kênh bị phạt 500.000 đồng.", 1.0),
        ("Mức phạt khi đổ rác xuống kênh?", "Ai đổ rác xuống kênh bị phạt theo Điều 7.", -1.0),
        ("Tỷ lệ hộ nghèo là bao nhiêu?", "Hộ nghèo còn 3,5 %.", 1.0),
        ("Tỷ lệ hộ nghèo là bao nhiêu?", "Xã còn 35 hộ nghèo.", -1.0),
        ("Xã có bao nhiêu hộ nghèo?", "Xã còn 35 hộ nghèo.", 0.0),
    ],
)
def test_the_unit_asked_for_is_looked_for(question: str, text: str, found: float) -> None:
    assert unit_found(question.lower(), text) == found
