"""Three answers: what is asked for, only something near it, nothing fitting."""

from __future__ import annotations

import pytest

from bot.answer_object import as_object
from bot.cards import NEAR, card
from bot.reply import Quote, Text
from retrieval import Document, Retriever

CLUB = Document(
    id="club.txt",
    title="Câu lạc bộ cờ phường Hòa Sơn",
    text="Câu lạc bộ cờ phường Hòa Sơn sinh hoạt ở nhà văn hóa tổ 4, do ông Lục Văn Phán mở ra. Hội viên mang theo bàn "
    "cờ của mình.\n\nThầy Đinh Công Tráng dạy cờ tướng. Cô Lê Thị Nhài tốt nghiệp Đại học Hà Nội năm 2012.",
)
POOL = Document(
    id="pool.txt",
    title="Hồ bơi Cầu Đá",
    text="Hồ bơi Cầu Đá nằm sau chợ, nước thay mỗi tuần. Hồ bơi Cầu Đá sâu 1,4 mét ở đầu cạn.",
)

KILN = Document(
    id="kiln.txt",
    title="Hợp đồng thuê lò gạch",
    text="Lịch thuê lò năm 2031\n\nÁp dụng từ ngày 04/03/2031\n\nĐốt lò bắt đầu lúc 5 giờ sáng.\n\n"
    "Điều 1. Lò gạch\nBên A cho thuê lò gạch có diện tích sử dụng 340 m2 sau chợ.\n\n"
    "Điều 2. Tiền thuê\nTiền thuê trả từ ngày 03 đến ngày 08 hằng tháng. Trả muộn thu thêm 12 % tiền thuê.\n\n"
    "Điều 3. Đất sét\nMuốn đốt thử phải có đất sét dẻo từ 2 tấn trở lên.\n\n"
    "Điều 4. Xe chở\nThuê xe ba gác: 70.000 đồng/chuyến.\nTrọng lượng: 85 kg.\n\nĐiều 5. An toàn\nThợ cả được vào lò khi đã nguội hẳn.",
)


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build([CLUB, POOL])


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Bao giờ trả tiền thuê?", "từ ngày 03"),
        ("Tiền thuê trả vào ngày mấy?", "từ ngày 03"),
        ("Lò gạch rộng bao nhiêu?", "340 m2"),
        ("Trả muộn bị thu thêm bao nhiêu?", "12 %"),
        ("Cần bao nhiêu đất sét?", "2 tấn"),
        ("Thuê xe ba gác bao nhiêu 1 chuyến?", "70.000 đồng"),
        ("thue xe ba gac bao nhieu mot chuyen", "70.000 đồng"),
        ("Thuê xe ba gác 1 ngày bao nhiêu?", "70.000 đồng"),
        ("Điều 4 hợp đồng quy định gì?", "Thuê xe ba gác"),
        ("Ai được vào lò?", "Thợ cả"),
        ("Xe ba gác nặng bao nhiêu?", "85 kg"),
    ],
)
def test_what_is_asked_for_is_known_in_whatever_shape_it_stands(question: str, text: str) -> None:
    answer = Retriever.build([KILN]).answer(question)
    assert answer.answered
    hit = answer.hits[0]
    assert hit.shown
    assert text in hit.document.text[slice(*hit.shown)]


@pytest.mark.parametrize(
    "question",
    [
        "Câu lạc bộ cờ phường Hòa Sơn có bao nhiêu hội viên?",
        "Hội viên câu lạc bộ cờ phường Hòa Sơn đóng bao nhiêu tiền?",
        "Hồ bơi Cầu Đá mở cửa lúc mấy giờ?",
        "Hồ bơi Cầu Đá rộng bao nhiêu mét vuông?",
    ],
)
def test_the_article_without_what_is_asked_for_is_near(retriever: Retriever, question: str) -> None:
    answer = retriever.answer(question)
    assert (answer.answered, answer.near) == (False, True)
    assert answer.text is None
    assert answer.missing == ()
    reply = card(answer)
    assert reply.kind == "nearest"
    told, shown, *_ = reply.blocks
    assert isinstance(told, Text)
    assert told.text == NEAR
    assert isinstance(shown, Quote)
    assert shown.emphasis == ()
    assert as_object(answer)["near"] is True


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hồ bơi Cầu Đá sâu bao nhiêu mét?", "1,4 mét"),
        ("Ai mở câu lạc bộ cờ phường Hòa Sơn?", "Lục Văn Phán"),
        ("Cô Nhài tốt nghiệp năm nào?", "2012"),
    ],
)
def test_what_is_asked_for_answers(retriever: Retriever, question: str, text: str) -> None:
    answer = retriever.answer(question)
    assert (answer.answered, answer.near) == (True, False)
    assert answer.text is not None
    assert text in answer.text


def test_what_costs_nothing_answers_what_it_costs() -> None:
    text = "Xe đạp gửi ở bãi chợ Cồn không thu tiền."
    answer = Retriever.build([Document("gui", text)]).answer("Gửi xe đạp ở bãi chợ Cồn bao nhiêu tiền?")
    assert (answer.answered, answer.near) == (True, False)


def test_what_is_said_of_somebody_else_does_not_answer(retriever: Retriever) -> None:
    answer = retriever.answer("Thầy Tráng tốt nghiệp năm nào?")
    assert answer.text is None
    assert not answer.answered


def test_no_article_fits(retriever: Retriever) -> None:
    answer = retriever.answer("Núi lửa phun trào ở Iceland khi nào?")
    assert (answer.answered, answer.near) == (False, False)


def test_a_day_of_the_moon_answers_on_which_day() -> None:
    text = "Đò máy nhận chở lúa.\nGọi chú Sáu hoặc thím Lụa ở bến.\nNghỉ ngày rằm và mùng một."
    retriever = Retriever.build([Document("do.txt", text, title="Đò máy Bảy Ngàn")])
    assert retriever.answer("Đò nghỉ ngày nào?").answered
    assert not retriever.answer("Đò chở lúa ngày nào?").highlight


@pytest.mark.parametrize("question", ["Dân số xã Mường Chải?", "Dân số xã Mường Chải là bao nhiêu?"])
def test_money_is_no_number_of_people(question: str) -> None:
    text = "Ủy ban nhân dân xã Mường Chải chi một số tiền 1,2 tỷ đồng làm đường. Nhân dân xã Mường Chải vui mừng."
    assert not Retriever.build([Document("d", text)]).answer(question).answered
    counted = text.replace("1,2 tỷ đồng", "vừa phải") + " Cả xã Mường Chải có 4.120 người, dân số tăng chậm."
    assert Retriever.build([Document("d", counted)]).answer(question).answered
