"""Where a question that asks on about a passage is answered: in its article, nearby, by the question's own words."""

from __future__ import annotations

import pytest

from retrieval import Document, Following, Retriever

SENTENCES = (
    "Cầu Hoa Sen dài 300 mét, nối hai bờ con sông chảy qua giữa thị trấn cũ.",
    "Thợ từ ba xã quanh vùng xây cầu Hoa Sen trong hai năm, kể cả những tháng mưa.",
    "Lan can được sơn đỏ ngay từ đầu, sau nhiều mùa nắng đã ngả sang màu gạch non.",
    "Gỗ lát mặt cầu mua từ Lào, chở về bằng xe tải qua cửa khẩu trong một mùa khô.",
    "Người đi bộ và xe đạp qua cầu Hoa Sen không phải trả tiền, xe tải thì có.",
    "Đèn trên cầu sáng cả đêm, nhờ những tấm pin đặt trên mái nhà của trạm gác.",
)
BRIDGE = Document("bridge", "\n\n".join(SENTENCES), title="Cầu Hoa Sen")
OTHERS = [
    Document(
        "boat", "Thuyền được sơn xanh ở xưởng. Gỗ đóng thuyền mua từ rừng Cà Mau.", title="Xưởng thuyền"
    ),
    Document("house", "Nhà rông được sơn nâu. Mái lợp tranh.", title="Nhà rông"),
]


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build([BRIDGE, *OTHERS])


def test_only_that_article_is_searched(retriever: Retriever) -> None:
    hits = retriever.answer("Gỗ mua từ đâu?", following=Following("boat", 0)).hits
    assert {hit.document.id for hit in hits} == {"boat"}


def test_own_words_decide_within_the_article(retriever: Retriever) -> None:
    question, own = "Cầu Hoa Sen dài: gỗ lát mua từ đâu?", "gỗ lát mua từ đâu?"
    first = retriever.answer(question, following=Following("bridge", 0, own)).hits[0]
    assert "Gỗ lát mặt cầu" in first.passage.text


@pytest.mark.parametrize("number", [0, 1, 4, 5])
def test_without_words_of_its_own_the_passage_shown_comes_before_far_ones(
    retriever: Retriever, number: int
) -> None:
    hits = retriever.answer("Thế nào?", limit=10, following=Following("bridge", number)).hits
    places = [hit.passage.number for hit in hits]
    far = [place for place in places if abs(place - number) > 3]
    assert all(places.index(number) < places.index(place) for place in far)


def test_a_document_that_is_gone_is_not_followed(retriever: Retriever) -> None:
    question = "Nhà rông được sơn gì?"
    assert retriever.answer(question, following=Following("gone", 0)) == retriever.answer(question)
