"""Things of one kind, told apart by what stands after the word for the kind."""

from __future__ import annotations

import pytest

from retrieval import Document, Retriever

FEES = Document(
    id="fees.txt",
    title="Thu chi của hai xã",
    text="Xã Tân Khê thu phí chợ 4.000 đồng một ngày.\n\nLớp 10 học phí 90.000 đồng một tháng, đóng trước ngày 5.\n\n"
    "Đợt 1 nhận hồ sơ tại nhà văn hóa từ ngày 2 tháng 6 năm 2023.",
)


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build([FEES])


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Học phí lớp 12 là bao nhiêu?", "lớp 12"),
        ("Lớp 11 đóng học phí bao nhiêu một tháng?", "Lớp 11"),
        ("Đợt 2 nhận hồ sơ từ ngày nào?", "Đợt 2"),
        ("Xã Bình Trại thu phí chợ bao nhiêu một ngày?", "Bình Trại"),
    ],
)
def test_another_of_the_kind_is_no_answer(retriever: Retriever, question: str, missing: str) -> None:
    answer = retriever.answer(question)
    assert not answer.answered
    assert not answer.near
    assert answer.missing == (missing,)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Học phí lớp 10 là bao nhiêu?", "90.000 đồng"),
        ("Xã Tân Khê thu phí chợ bao nhiêu một ngày?", "4.000 đồng"),
        ("Đợt 1 nhận hồ sơ từ ngày nào?", "ngày 2 tháng 6 năm 2023"),
        ("Phí chợ một ngày là bao nhiêu?", "4.000 đồng"),
    ],
)
def test_the_one_that_is_asked_for_answers(retriever: Retriever, question: str, text: str) -> None:
    answer = retriever.answer(question)
    assert answer.answered
    assert answer.text is not None
    assert text in answer.text or answer.text in text


def test_another_name_in_the_same_article_is_passed_over() -> None:
    both = Document(
        id="both.txt",
        title="Giá vé hai bến tàu",
        text="Bến Rạch Sâu bán vé người lớn 30.000 đồng một lượt.\n\nBến Gò Dưa bán vé người lớn 45.000 đồng một lượt.",
    )
    answer = Retriever.build([both]).answer("Vé người lớn ở bến Gò Dưa bao nhiêu một lượt?")
    assert answer.text == "45.000 đồng"


SCHOOL = Document(
    id="school.txt",
    title="Tuyển sinh lớp 10",
    text="Điểm chuẩn của trường THPT Cù Lao Dung là 18,5 điểm. Lớp 10A2 do cô Tô Thị Nhài chủ nhiệm.\n\n"
    "Phòng B5 ở tầng 3. Vé P10 giá 8.000 đồng.\n\n"
    "Cơ sở Long Phú mở năm 2016, có 14 phòng. Cơ sở Trần Đề mở năm 2021, do thầy Lý Văn Tính phụ trách.",
)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("điểm chuẩn trường võ trường toản là bao nhiêu", "trường võ trường toản"),
        ("cơ sở kế sách mở năm nào", "cơ sở kế sách"),
        ("Ai chủ nhiệm lớp 12A2?", "12A2"),
        ("phong b7 o tang may", "phong b7"),
        ("xe vé p12 giá bao nhiêu", "vé p12"),
    ],
)
def test_a_name_in_small_letters_or_a_code_that_is_not_there_is_missing(question: str, missing: str) -> None:
    answer = Retriever.build([SCHOOL]).answer(question)
    assert not answer.answered
    assert answer.missing == (missing,)


@pytest.mark.parametrize(
    "question",
    ["điểm chuẩn trường cù lao dung là bao nhiêu", "cơ sở trần đề mở năm nào", "Ai chủ nhiệm lớp 10A2?"],
)
def test_a_name_in_small_letters_that_is_there_answers(question: str) -> None:
    assert Retriever.build([SCHOOL]).answer(question).answered


@pytest.mark.parametrize("question", ["Cơ sở Trần Đề có bao nhiêu phòng?", "Cơ sở Long Phú do ai phụ trách?"])
def test_what_is_said_of_another_of_the_kind_is_not_emphasised(question: str) -> None:
    assert Retriever.build([SCHOOL]).answer(question).text is None


def test_a_figure_that_counts_what_follows_is_no_number_of_its_kind() -> None:
    minutes = Document(
        id="minutes.txt",
        title="Họp lớp 4B",
        text="Nội dung:\n1. Cô Nhạn báo cáo tình hình lớp: 35 học sinh, học cả ngày.\n"
        "2. Bầu ban đại diện: anh Khương Trung làm trưởng ban.",
    )
    answer = Retriever.build([minutes]).answer("Ai làm trưởng ban đại diện lớp 4B?")
    assert answer.answered
    assert answer.missing == ()


HERBS = Document(
    id="herbs.txt",
    title="Vườn thuốc trạm Đông Khê",
    text="Dầu Gia Lộc giúp ấm người, lá Tỳ bà chữa ho. Cây Nhân trần mọc ở Vườn Hạ, trồng hai vụ một năm.\n\n"
    "Bệnh viện Phú Ninh nhận lá khô của vườn. Thuốc ho Tỳ bà uống sau bữa ăn, ngày hai lần.\n\n"
    "Augbivit là viên bổ, uống mỗi sáng một viên. Mạch của người khỏe đập dưới mức 100 nhịp một phút.",
)


@pytest.mark.parametrize(
    "question",
    [
        "Khi vào bệnh viện, mục tiêu của vườn là gì?",  # "viện, mục tiêu" stands on both sides of a comma
        "Người ta làm dầu chưng cất từ cây Nhân trần ra sao?",  # who writes "Nhân trần" would write a name so
        "Khi nào lá sậm hơn mức thường?",
    ],
)
def test_words_that_are_no_name_are_never_told_as_missing(question: str) -> None:
    assert Retriever.build([HERBS]).answer(question).missing == ()


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Thuốc Augbivit uống lúc nào?", ()),
        ("Thuốc Cardibrex uống lúc nào?", ("Thuốc Cardibrex",)),
        ("Viên Augbivit uống mấy viên một ngày?", ()),
    ],
)
def test_the_capital_that_opens_a_question_is_no_part_of_a_foreign_name(
    question: str, missing: tuple[str, ...]
) -> None:
    assert Retriever.build([HERBS]).answer(question).missing == missing
