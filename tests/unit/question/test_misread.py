"""Questions that are easily taken for others."""

from __future__ import annotations

import pytest

from retrieval import Document, Query, Retriever

TEXT = (
    "Quả mít nặng 14 kg. Mấy anh thợ lặn vùng biển ấy tên là Tám và Út. Nhà máy có 12 cái máy và 30 người thợ."
    " Thành phố Đồng Hới, thị xã Việt Yên và thị xã Buôn Hồ cùng dự hội thao ở TP. HCM."
)
RETRIEVER = Retriever.build([Document("d", TEXT, title="Bản tin")])


def read(question: str) -> Query:
    return RETRIEVER.understand(question)


@pytest.mark.parametrize(
    "question", ["Quả mít nặng bao nhiêu kg?", "Quả mít nặng mấy kg?", "Mít 14 kg là của ai?"]
)
def test_kilograms_are_no_denial(question: str) -> None:
    assert "kg" in read(question).text
    assert "không" not in read(question).text


@pytest.mark.parametrize(
    "question", ["Mấy anh thợ lặn đó tên gì?", "Mấy người thợ ấy là ai?", "Mấy cái máy này ở đâu?"]
)
def test_some_people_are_no_number(question: str) -> None:
    assert read(question).kind != "number"


@pytest.mark.parametrize(
    "question",
    ["nha may co may cai may", "xuong do thue may nguoi", "Nhà máy có mấy cái máy?", "tong cong may cai"],
)
def test_how_many_is_a_number(question: str) -> None:
    assert read(question).kind == "number"


@pytest.mark.parametrize("end", ["z", "zậy", "vậy", "v mọi người", "vậy mọi người", "thế mọi người ơi"])
def test_what_only_ends_a_message_goes(end: str) -> None:
    assert read(f"Quả mít nặng bao nhiêu {end}?").text == "Quả mít nặng bao nhiêu?"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("thành phố đồng hới dự gì?", "đồng hới"),
        ("thị xã việt yên dự gì?", "việt yên"),
        ("thị xã buôn hồ dự gì?", "buôn hồ"),
    ],
)
def test_districts_in_small_letters_are_names(question: str, name: str) -> None:
    assert read(question).names == (name,)


def test_a_city_by_its_other_name() -> None:
    for name in ("Sài Gòn", "TP. HCM", "TP.HCM", "Thành phố Hồ Chí Minh"):
        answer = RETRIEVER.answer(f"Hội thao ở {name} có ai dự?")
        assert answer.missing == (), name


@pytest.mark.parametrize(
    "question",
    [
        "dia chi nha may can tho",
        "nha may can tuyen tho han",
        "nha may nhiet dien o dau",
        "tho may lam viec gi",
        "xe may hang nao ben",
        "may giat nao tot",
    ],
)
def test_a_machine_is_no_number_without_marks(question: str) -> None:
    assert read(question).kind != "number"


@pytest.mark.parametrize(
    ("question", "dimension"),
    [
        ("Cây mít cao bao nhiêu?", "length"),
        ("Giếng ấy sâu bao nhiêu?", "length"),
        ("Máy ấy mua hết bao nhiêu triệu?", "money"),
        ("Xây nhà tốn bao nhiêu tỷ đồng?", "money"),
    ],
)
def test_what_a_figure_is_measured_in_is_told_by_the_word_beside(question: str, dimension: str) -> None:
    asked = read(question).asked
    assert asked is not None
    assert asked.dimension == dimension


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("Năm 2030 xưởng lãi bao nhiêu?", ()),
        ("Xưởng mộc bán bao nhiêu năm 2030?", ()),
        ("nam 2030 xuong lai bao nhieu", ()),
        ("Xưởng cưa bán bao nhiêu?", ()),
        ("Năm 2030 có bao nhiêu thợ lặn?", ("thợ", "lặn")),
        ("Thợ lặn là bao nhiêu?", ("thợ", "lặn")),
    ],
)
def test_neither_a_date_nor_who_does_it_is_what_is_counted(question: str, counted: tuple[str, ...]) -> None:
    asked = read(question).asked
    assert asked is not None
    assert (tuple(term.origin.lower() for term in asked.nouns), asked.dimension) == (counted, None)


def test_a_code_of_five_figures_is_one_name() -> None:
    query = read("Tàu QN-90317 cập bến lúc mấy giờ?")
    assert query.names == ("QN-90317",)
    answer = Retriever.build([Document("d", "Tàu QN-90318 cập bến lúc 5 giờ.")]).answer(query.text)
    assert (answer.answered, answer.missing) == (False, ("QN-90317",))


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Thợ lặn làm bao nhiêu giờ 1 ngày?", "giờ"),
        ("Thợ được nghỉ bao nhiêu ngày 1 năm?", "ngày"),
        ("tho duoc nghi bao nhieu ngay 1 nam", "ngay"),
        ("Học lặn bao nhiêu tháng 1 khóa?", "tháng"),
    ],
)
def test_a_unit_of_time_before_how_long_each_is_is_no_date(question: str, unit: str) -> None:
    asked = read(question).asked
    assert asked is not None
    assert (asked.dimension, asked.unit, asked.stated) == ("time", unit, True)


@pytest.mark.parametrize(
    "question",
    [
        "Xưởng bán bao nhiêu tháng 3 năm 2030?",
        "Xưởng bán bao nhiêu tháng 7/2030?",
        "xuong ban bao nhieu nam 2030",
        "Xưởng bán bao nhiêu ngày 2/9?",
    ],
)
def test_a_date_after_how_much_is_no_unit(question: str) -> None:
    asked = read(question).asked
    assert asked is not None
    assert (asked.dimension, asked.unit, asked.stated) == (None, "", False)


@pytest.mark.parametrize("question", ["giu xe thu may nghin", "doan tich thu may chai", "ben thu may dong"])
def test_what_is_counted_makes_no_ordinal_without_marks(question: str) -> None:
    asked = read(question).asked
    assert asked is None or asked.dimension != "ordinal"


@pytest.mark.parametrize("question", ["dai hoi lan thu may", "doi dung thu may the gioi", "hom nay thu may"])
def test_an_ordinal_without_marks(question: str) -> None:
    asked = read(question).asked
    assert asked is not None
    assert asked.dimension == "ordinal"


@pytest.mark.parametrize("question", ["Lương thợ mấy triệu một tháng?", "Thuê xuồng bao nhiêu tr?"])
def test_millions_are_of_money_where_nothing_else_is_counted(question: str) -> None:
    asked = read(question).asked
    assert asked is not None
    assert asked.dimension == "money"


@pytest.mark.parametrize("question", ["giu xe thu may nghin", "ben do thu may tram", "Bến đò thu mấy nghìn?"])
def test_a_scale_after_how_many_makes_a_number(question: str) -> None:
    assert read(question).kind == "number"
