"""A thing that no label names, while labels that begin alike name others: "ca đêm" beside "Ca sáng", "Ca chiều"."""

from __future__ import annotations

import pytest

from retrieval import Document, Retriever

STALL = Document(
    id="stall.md",
    title="Sổ tay xưởng mắm Cửa Lân",
    text="Giờ làm\n- Ca sáng: 5 giờ đến 13 giờ\n- Ca chiều: 13 giờ đến 21 giờ\n\nPhụ trách\n- Phó quản đốc kho: ông Lã Văn Tể"
    "\n- Phó quản đốc xe: bà Cù Thị Nghĩa\n\nGiá bán\nLoại | Chai nhỏ | Can lớn\nMắm cá cơm | 45.000 đồng | 210.000 đồng\n"
    "Mắm tôm chua | 60.000 đồng | 280.000 đồng\n\nCho thuê\nThuê ô tô chở mắm: 300.000 đồng một chuyến\n"
    "Thuê chum sành: 20.000 đồng một tháng",
)


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build([STALL])


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Ca đêm làm từ mấy giờ?", "Ca đêm"),
        ("Phó quản đốc nhân sự là ai?", "Phó quản đốc nhân sự"),
        ("Thuê xuồng một chuyến bao nhiêu?", "Thuê xuồng"),
        ("Mắm ruốc chai nhỏ bao nhiêu tiền?", "Mắm ruốc"),
    ],
)
def test_one_that_no_label_names_is_missing(retriever: Retriever, question: str, missing: str) -> None:
    answer = retriever.answer(question)
    assert not answer.answered
    assert answer.missing == (missing,)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Ca chiều phải làm đến mấy giờ?", "21 giờ"),
        ("Phó quản đốc xe là ai?", "Cù Thị Nghĩa"),
        ("Mắm cá cơm can lớn giá bao nhiêu?", "210.000 đồng"),
        ("Thuê xe hơi chở mắm bao nhiêu một chuyến?", "300.000 đồng"),
        ("Thuê chum sành mất bao nhiêu một tháng?", "20.000 đồng"),
    ],
)
def test_what_a_label_names_or_says_in_other_words_answers(
    retriever: Retriever, question: str, text: str
) -> None:
    answer = retriever.answer(question)
    assert (answer.answered, answer.missing) == (True, ())
    hit = answer.hits[0]
    assert hit.shown
    assert text in hit.document.text[slice(*hit.shown)]


def test_the_opening_of_a_clause_is_no_label() -> None:
    yields = Document(
        id="yield.txt",
        title="Sổ ghi ruộng muối",
        text="Độ mặn được đo bằng phao (loại 2020). Nước vào ruộng lúc sáng sớm.\nĐộ mặn được ghi hằng ngày: sổ ở nhà kho.",
    )
    answer = Retriever.build([yields]).answer("Độ mặn được đo dựa trên cái gì?")
    assert answer.missing == ()


def test_of_a_named_thing_only_what_is_asked_of_it_is_missing() -> None:
    bridge = Document("cau", "Cầu Bến Ráng dài 145 mét, khởi công năm 2021, do đội cầu số 4 làm.")
    answer = Retriever.build([bridge]).answer("Cầu Bến Ráng khánh thành năm nào?")
    assert (answer.answered, answer.missing) == (False, ("khánh thành",))


@pytest.mark.parametrize("question", ["Quán Bếp Lửa mở cửa lúc mấy giờ?", "quan bep lua mo cua luc may gio"])
def test_a_word_that_only_links_makes_no_other_label(question: str) -> None:
    inn = Document("quan", "Quán Bếp Lửa mở cửa từ 9 giờ đến 22 giờ, nghỉ thứ hai.", title="Quán Bếp Lửa")
    answer = Retriever.build([inn]).answer(question)
    assert (answer.answered, answer.missing) == (True, ())


PRICES = Document(
    id="gia.txt",
    title="Bảng giá trại giống Vàm Đỏ",
    text="Giá bán: cá rô 18.000 đồng, cá lóc 26.000 đồng, cá tra 15.000 đồng.\n\n"
    "Tiền cọc thùng: 200.000 đồng\nTiền vận chuyển: 90.000 đồng một chuyến\n\n"
    "Mã | Tên | Giá\nP1 | Phân cá loại 20 kg | 45.000\nP2 | Phân cá loại 50 kg | 98.000",
)


@pytest.mark.parametrize(
    "question",
    [
        "Giá cá ê-rô bao nhiêu?",
        "Giá cá chình bao nhiêu?",
        "Tiền đồng phục bao nhiêu?",
        "Phân cá loại 70 kg bao nhiêu tiền?",
    ],
)
def test_what_an_enumeration_or_cells_name_others_of_is_missing(question: str) -> None:
    assert not Retriever.build([PRICES]).answer(question).answered


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Giá cá lóc bao nhiêu?", "26.000 đồng"),
        ("Tiền vận chuyển một chuyến bao nhiêu?", "90.000 đồng"),
        ("Phân cá loại 50 kg bao nhiêu tiền?", "98.000"),
    ],
)
def test_what_they_do_name_answers(question: str, text: str) -> None:
    answer = Retriever.build([PRICES]).answer(question)
    assert answer.answered
    hit = answer.hits[0]
    assert hit.shown
    assert text in hit.document.text[slice(*hit.shown)]
