"""What a question read is let go as soon as it is answered."""

import gc

from retrieval import Document, Retriever
from retrieval.ranking.passage_view import PassageView

TEXT = (
    "Trại ong Hoa Nhãn có 45 đàn ong do bà Lý Thị Sen nuôi.\n"
    "Mỗi năm trại thu 600 lít mật vào tháng 5 và tháng 6."
)


def _views() -> int:
    return sum(isinstance(one, PassageView) for one in gc.get_objects())


def test_no_passage_waits_for_the_collector_of_cycles() -> None:
    retriever = Retriever.build([Document(id="ong", text=TEXT, title="Trại ong Hoa Nhãn")])
    gc.collect()
    gc.disable()
    try:
        hits = retriever.search("Trại ong Hoa Nhãn có bao nhiêu đàn ong?")
        answer = retriever.answer("Trại ong Hoa Nhãn thu bao nhiêu lít mật?")
        assert hits
        assert answer.hits
        assert _views() == 0
    finally:
        gc.enable()
