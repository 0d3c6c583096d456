"""What is shown with a passage that answers?"""

from __future__ import annotations

from retrieval import Document, Retriever
from retrieval.evaluation.cards import shown_text

RULES = (
    "Nội quy bể bơi Sao Biển\n\nGiá vé\nVé sáng: 30.000 đồng\nVé chiều: 45.000 đồng\nVé tối: 60.000 đồng\n\n"
    "Người bơi cần mang theo:\n- mũ bơi\n- kính bơi\n- khăn tắm\n\nBể nghỉ ngày mồng một Tết."
)
STEPS = (
    "Cách mượn sách\n\nCác bước mượn\nĐiền phiếu ở quầy.\nĐưa phiếu cho cô thủ thư.\nNhận sách ở cửa số 2."
)


def test_a_list_with_what_opens_it_is_whole_by_itself() -> None:
    [hit, *_] = Retriever.build([Document("bơi", RULES)]).answer("Đi bơi cần mang theo những gì?").hits
    assert shown_text(hit).startswith("Người bơi cần mang theo:")
    assert all(thing in shown_text(hit) for thing in ("mũ bơi", "kính bơi", "khăn tắm"))


def test_steps_below_a_heading_are_shown_together() -> None:
    [hit, *_] = Retriever.build([Document("sách", STEPS)]).answer("Mượn sách gồm các bước nào?").hits
    assert all(step in shown_text(hit) for step in ("Điền phiếu", "Đưa phiếu", "Nhận sách"))
