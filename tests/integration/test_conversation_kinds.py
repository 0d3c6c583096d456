"""Conversations of the kinds that people have, over several articles that say alike: who is meant, and whose figure?"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from retrieval import Document, Retriever, Turn


def article(key: str, title: str, *lines: str) -> Document:
    return Document(key, "\n\n".join(lines), title=title)


ARTICLES = [
    article(
        "may-hong",
        "Khách sạn Mây Hồng",
        "Khách sạn Mây Hồng do bà Ngô Thị Thắm quản lý.",
        "Số phòng: 42 phòng, khai trương ngày 2/9/2011.",
        "Giá phòng từ 480.000 đồng một đêm, cuối tuần 560.000 đồng.",
    ),
    article(
        "bien-ngoc",
        "Khách sạn Biển Ngọc",
        "Khách sạn Biển Ngọc do ông Phan Đình Trác quản lý.",
        "Số phòng: 88 phòng, khai trương ngày 30/4/2016.",
        "Giá phòng từ 720.000 đồng một đêm, cuối tuần 890.000 đồng.",
    ),
    article(
        "ben-binh-an",
        "Bến xe Bình An",
        "Bến xe Bình An mỗi ngày có 64 chuyến, chuyến đầu lúc 4 giờ 30. Trưởng bến là ông Hồ Bá Khiêm.",
        "Bến cách bến xe Tân Lập 9 km. Xe ghép khách chạy giữa hai bến mỗi giờ một chuyến.",
    ),
    article(
        "ben-tan-lap",
        "Bến xe Tân Lập",
        "Bến xe Tân Lập mỗi ngày có 37 chuyến, chuyến đầu lúc 5 giờ. Trưởng bến là bà Cao Thị Nhuần.",
        "Khách đi Bình An đứng ở cửa số 3. Người có thẻ tháng trả 14.000 đồng, không thẻ trả 22.000 đồng.",
    ),
    article(
        "gieng",
        "Cái giếng đầu làng",
        "Hôm ấy thằng Chỉn rơi xuống giếng. Ông Vàng Sào Páo nghe tiếng kêu mới chạy ra.",
        "Chỉn mới chín tuổi. Cái giếng sâu mười bốn mét, đào từ năm 1962.",
        "Ông Páo thả dây thừng xuống kéo nó lên. Ông ấy nay đã bảy mươi tư tuổi.",
    ),
    article(
        "lop-nhac",
        "Lớp nhạc Sao Khuê",
        "Lớp sáng do thầy Đàm Văn Tự dạy, lớp tối do cô Viên Thị Lý dạy.",
        "Lớp P1 có học phí 900.000 đồng một tháng. Lớp P2 có học phí 1.150.000 đồng một tháng.",
        "Trung tâm nghỉ thứ hai. Muốn học thử thì gọi 0900 555 771.",
    ),
]

TALKS: list[Sequence[tuple[str, str, str]]] = [
    [
        ("Ai quản lý khách sạn Mây Hồng?", "may-hong", "Ngô Thị Thắm"),
        ("Thế giá phòng?", "may-hong", "480.000"),
        ("Còn cuối tuần?", "may-hong", "560.000"),
        ("Số phòng thì sao?", "may-hong", "42 phòng"),
        ("Khai trương khi nào?", "may-hong", "2/9/2011"),
        ("không, ý tôi là Biển Ngọc", "bien-ngoc", "30/4/2016"),
        ("Bao nhiêu phòng?", "bien-ngoc", "88 phòng"),
    ],
    [
        ("Bến xe Tân Lập mỗi ngày có bao nhiêu chuyến?", "ben-tan-lap", "37 chuyến"),
        ("Còn bến xe Bình An có bao nhiêu chuyến?", "ben-binh-an", "64 chuyến"),
        ("Trưởng bến là ai?", "ben-binh-an", "Hồ Bá Khiêm"),
        ("Thế Tân Lập?", "ben-tan-lap", "Cao Thị Nhuần"),
    ],
    [
        ("Ở bến xe Tân Lập, không thẻ trả bao nhiêu?", "ben-tan-lap", "22.000"),
        ("Nếu có thẻ thì sao?", "ben-tan-lap", "14.000"),
    ],
    [
        ("Ai rơi xuống giếng?", "gieng", "thằng Chỉn"),
        ("Cậu ấy mấy tuổi?", "gieng", "chín tuổi"),
        ("Ai kéo nó lên?", "gieng", "Ông Páo"),
        ("Ông ấy bao nhiêu tuổi?", "gieng", "bảy mươi tư"),
        ("Giếng này sâu bao nhiêu?", "gieng", "mười bốn mét"),
    ],
    [
        ("Ai dạy lớp sáng ở Sao Khuê?", "lop-nhac", "Đàm Văn Tự"),
        ("Thế lớp tối?", "lop-nhac", "Viên Thị Lý"),
        ("Học phí lớp P1 bao nhiêu?", "lop-nhac", "900.000"),
        ("Còn P2?", "lop-nhac", "1.150.000"),
        ("Vậy muốn học thử thì gọi số nào?", "lop-nhac", "0900 555 771"),
    ],
    [
        ("ben xe tan lap moi ngay co bao nhieu chuyen", "ben-tan-lap", "37 chuyến"),
        ("con binh an thi sao", "ben-binh-an", "64 chuyến"),
        ("chuyen dau luc may gio", "ben-binh-an", "4 giờ 30"),
    ],
]


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build(ARTICLES)


def card(turn: Turn) -> str:
    assert turn.answer is not None
    hit = turn.answer.hits[0]
    start, end = hit.shown or (hit.passage.start, hit.passage.end)
    return hit.document.text[start:end]


@pytest.mark.parametrize("talk", TALKS, ids=[talk[0][0] for talk in TALKS])
def test_each_turn_shows_what_it_asks(retriever: Retriever, talk: Sequence[tuple[str, str, str]]) -> None:
    conversation = retriever.converse()
    for message, document, words in talk:
        turn = conversation.ask(message)
        assert turn.shown, message
        assert (turn.shown.document_id, words in card(turn)) == (document, True), turn.understood
