import pytest

from bot.smalltalk import classify, without_greeting


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Xin chào", "greeting"),
        ("chào bạn ạ!", "greeting"),
        ("hello 👋", "greeting"),
        ("Bot ơi", "greeting"),
        ("Cảm ơn bạn nhiều nhé", "thanks"),
        ("cam on", "thanks"),
        ("Tạm biệt!", "farewell"),
        ("Bạn là ai?", "identity"),
        ("ban ten la gi", "identity"),
        ("Bạn có thể làm được gì?", "help"),
        ("giúp tôi với", "help"),
        ("tiếp", "next"),
        ("TIẾP THEO", "next"),
        ("còn nữa không?", "next"),
        ("đoạn trước", "previous"),
        ("ngữ cảnh", "context"),
        ("ok", "filler"),
        ("hahaha", "filler"),
        ("thôi", "filler"),
        ("đúng rồi", "filler"),
        ("sai rồi", "wrong"),
        ("khong phai", "wrong"),
        ("không đúng đâu ạ", "wrong"),
        ("   \n", "empty"),
        ("", "empty"),
        ("?!…", "no_words"),
        ("😀👍🏽", "no_words"),
        ("How many members were there?", "foreign"),
        ("党员有多少人", "foreign"),
        ("Сколько членов партии?", "foreign"),
        ("a" * 501, "too_long"),
    ],
)
def test_what_is_no_question_is_told_apart(message: str, kind: str) -> None:
    assert classify(message, max_characters=500) == kind


@pytest.mark.parametrize(
    "question",
    [
        "Sóc Trăng kết nạp bao nhiêu đảng viên?",
        "soc trang ket nap bao nhieu dang vien",
        "ai là bí thư",
        "Bạn đọc gửi thư về đâu?",
        "Tiếp công dân ngày nào?",
        "Chào mừng Đại hội, tỉnh làm gì?",
        "Cảm ơn ai?",
        "Manchester United",
        "đảng viên nữ",
        "2018",
        "Google là gì?",
        "dangr vieen soc trang",
    ],
)
def test_questions_and_key_words_are_searched(question: str) -> None:
    assert classify(question, max_characters=500) == "question"


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("Xin chào, Sóc Trăng kết nạp bao nhiêu đảng viên?", "Sóc Trăng kết nạp bao nhiêu đảng viên?"),
        ("Chào bạn! Ai là bí thư?", "Ai là bí thư?"),
        ("Chào các bạn, cho mình hỏi ai là bí thư?", "ai là bí thư?"),
        ("Cho tôi hỏi: bí thư là ai", "bí thư là ai"),
        ("cho hỏi", "cho hỏi"),
        ("Hỏi thăm ai?", "Hỏi thăm ai?"),
        ("Chỉ thị 05 là gì?", "Chỉ thị 05 là gì?"),
        ("Chào mừng đại hội bằng việc gì?", "Chào mừng đại hội bằng việc gì?"),
        ("Chào mừng đại hội, tỉnh tổ chức việc gì?", "Chào mừng đại hội, tỉnh tổ chức việc gì?"),
    ],
)
def test_a_greeting_before_the_question_is_dropped(typed: str, question: str) -> None:
    assert without_greeting(typed) == question
