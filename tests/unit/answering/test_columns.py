"""A row's cell that answers is the one whose header the question says."""

from __future__ import annotations

import pytest

from retrieval import Document, Retriever

FARES = Document(
    id="ve.md",
    title="Giá vé đò",
    text="Giá vé đò\nTuyến | Giá vé (nghìn đồng) | Số chuyến | Chở được\nGò Sậy | 15 | 12 | 40\nBến Lức | 22 | 9 | 60",
)
LAUNDRY = Document(
    id="giat.md",
    title="Bảng giá giặt",
    text="Bảng giá giặt\nLoại | Giặt thường | Giặt gấp\nChăn | 18.000 đồng/kg | 27.000 đồng/kg\nRèm | 21.000 đồng/kg | 30.000 đồng/kg",
)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Giá vé tuyến Bến Lức bao nhiêu?", "22"),
        ("Tuyến Gò Sậy có bao nhiêu chuyến?", "12"),
        ("Tuyến Gò Sậy chở được bao nhiêu người?", "40"),
        ("Giặt gấp chăn bao nhiêu tiền một ký?", "27.000 đồng"),
        ("Giặt thường một cái chăn hết bao nhiêu?", "18.000 đồng"),
    ],
)
def test_the_column_asked_about_answers(question: str, figure: str) -> None:
    hit = Retriever.build([FARES, LAUNDRY]).answer(question).hits[0]
    assert hit.passage.text[slice(*hit.highlight or (0, 0))] == figure


TIMES = Document(
    id="do.md",
    title="Lịch đò dọc",
    text="Lịch đò dọc\nChuyến | Rời bến Đình | Rời bến Miễu\nSớm | 4:40 | 5:25\nMuộn | 17:10 | 18:05",
)
GAMES = Document(
    id="bang.md",
    title="Bảng điểm giải cờ",
    text="Bảng điểm giải cờ\nĐội | Ván | Điểm\nTrạm bơm | 6 | 11\nLò rèn | 6 | 9",
)
LESSONS = Document(
    id="tkb.md",
    title="Thời khóa biểu lớp nấu ăn",
    text="Thời khóa biểu lớp nấu ăn\nTiết | Thứ Ba | Thứ Sáu\n1 | Cắt tỉa | Nấu súp\n2 | Làm bánh | Muối dưa",
)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Chuyến muộn rời bến Miễu lúc mấy giờ?", "18:05"),
        ("Chuyến sớm rời bến Đình mấy giờ?", "4:40"),
        ("Đội Lò rèn được bao nhiêu điểm?", "9"),
        ("Thứ Sáu tiết 2 học gì?", "Muối dưa"),
        ("Tiết 1 thứ Ba học môn gì?", "Cắt tỉa"),
    ],
)
def test_a_cell_that_holds_no_amount_answers_too(question: str, words: str) -> None:
    hit = Retriever.build([TIMES, GAMES, LESSONS]).answer(question).hits[0]
    assert hit.passage.text[slice(*hit.highlight or (0, 0))] == words


def test_a_cell_that_names_somebody_answers_who() -> None:
    watch = Document(
        id="truc.md",
        title="Lịch trực đê",
        text="Lịch trực đê\nNgày | Ca sáng | Ca tối\nMồng Một | Lãnh Văn Tề | Khúc Thị Vân\nMồng Hai | Khúc Thị Vân | Lãnh Văn Tề",
    )
    hit = Retriever.build([watch]).answer("Ai trực ca tối mồng Hai?").hits[0]
    assert hit.passage.text[slice(*hit.highlight or (0, 0))] == "Lãnh Văn Tề"
