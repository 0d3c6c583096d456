"""Is the amount that answers emphasised, whole and alone?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answering.spans import pick_span
from tests.unit.answering.asking import picked, understood, view_of


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Xã trồng được bao nhiêu cây?", "Năm ngoái xã trồng được 7.448 cây dọc bờ kênh.", "7.448 cây"),
        (
            "Huyện kết nạp bao nhiêu đảng viên?",
            "Toàn huyện kết nạp 1.206 đảng viên, bằng 74,48% chỉ tiêu.",
            "1.206",
        ),
        ("Chợ có mấy dãy hàng?", "Chợ mới có ba dãy hàng và 12 sạp cá.", "ba dãy hàng"),
        (
            "Có bao nhiêu xã viên?",
            "Tổng số xã viên của hợp tác xã là 980, trong đó có 310 xã viên nữ.",
            "980",
        ),
        (
            "Có bao nhiêu xã viên nữ?",
            "Tổng số xã viên của hợp tác xã là 980, trong đó có 310 xã viên nữ.",
            "310",
        ),
        ("Có bao nhiêu hộ nuôi tôm?", "Trong xã có 14 hộ nuôi tôm, thuê 61 lao động.", "14 hộ nuôi tôm"),
        (
            "Làng có khoảng bao nhiêu người?",
            "Làng có trên 54 ngàn người, phần lớn làm muối.",
            "trên 54 ngàn người",
        ),
        (
            "Lò gốm nung trong bao lâu?",
            "Mỗi mẻ gốm nung trong lò 3 đến 4 ngày rồi để nguội 2 tuần.",
            "3 đến 4 ngày",
        ),
        ("Trẻ em uống mỗi lần bao nhiêu?", "Trẻ em: mỗi lần 7 ml, ngày 3 lần.", "7 ml"),
        ("Trẻ em uống mỗi ngày bao nhiêu?", "Trẻ em: mỗi ngày 7 ml. Chai 20.000 đồng.", "7 ml"),
        ("Mai tưới mỗi buổi bao nhiêu?", "Cây mai: mỗi buổi tưới 2 lít, chậu 200.000 đồng.", "2 lít"),
        ("Gửi xe một tháng bao nhiêu?", "Gửi xe: 120.000 đồng một tháng, xe dưới 50 kg.", "120.000 đồng"),
        ("Mỗi ngày rửa vết bỏng mấy lần?", "Rửa vết bỏng mỗi ngày 4 lần, không băng kín.", "4 lần"),
        (
            "Bao nhiêu hộ không góp tiền?",
            "Kết quả: 52 góp tiền, 7 không góp tiền, 3 đi vắng.",
            "7",
        ),
        (
            "Thuê ghe một buổi bao nhiêu?",
            "Thuê ghe ở bến nào?\nỞ bến Vàm, 160.000 đồng một buổi, có người chèo.",
            "160.000 đồng",
        ),
        ("Cầu dài bao nhiêu mét?", "Cầu rộng 12 m, có 6 nhịp và dài 1.135 mét.", "1.135 mét"),
        ("Vé tàu giá bao nhiêu?", "Chuyến tàu chạy 2 giờ, giá vé 150.000 đồng.", "150.000 đồng"),
        ("Bà Sáu bao nhiêu tuổi?", "Bà Sáu, 67 tuổi, bán hàng ở đây 30 năm.", "67 tuổi"),
        ("Hội diễn năm nay là lần thứ mấy?", "Hội diễn năm nay là lần thứ chín, có 20 đội.", "lần thứ chín"),
        ("Tỉ lệ hộ dùng nước sạch là bao nhiêu?", "Có 2.150 hộ dùng nước sạch, chiếm 91,5%.", "91,5%"),
    ],
)
def test_amounts_are_emphasised_with_their_unit(question: str, text: str, answer: str) -> None:
    assert picked(question, text) == answer


LIST = "Năm 2016 có 183 hộ vay vốn; năm 2017 có 155 hộ vay vốn; năm 2018 chỉ còn 135 hộ vay vốn."


@pytest.mark.parametrize(("year", "answer"), [(2016, "183"), (2017, "155"), (2018, "135")])
def test_in_a_list_the_year_asked_for_decides(year: int, answer: str) -> None:
    found = picked(f"Năm {year} có bao nhiêu hộ vay vốn?", LIST)
    assert found is not None
    assert found.startswith(answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Hội có bao nhiêu hội viên?", "1.985"),
        ("Hội có bao nhiêu hội viên nữ?", "882"),
        ("Hoi co bao nhieu hoi vien nu?", "882"),
    ],
)
def test_what_narrows_the_count_decides(question: str, answer: str) -> None:
    text = "Toàn hội có 1.985 hội viên, trong đó hội viên nữ là 882 người."
    found = picked(question, text)
    assert found is not None
    assert found.startswith(answer)


def test_a_figure_of_no_known_year_does_not_answer_for_a_year() -> None:
    text = "Toàn xã có 1.985 hộ, trong đó 882 hộ nuôi tôm."
    query = understood("Năm 2015 toàn xã có bao nhiêu hộ?", text)
    assert pick_span(query, view_of(text), year=2019) is None
    assert pick_span(query, view_of(text), year=2015) is not None


def test_a_count_of_women_is_not_answered_by_one_of_all() -> None:
    text = "Trong năm liền, hội có 279 hội viên làm tốt việc."
    assert picked("Hội có bao nhiêu hội viên?", text) == "279"
    assert picked("Hội có bao nhiêu hội viên nữ?", text) is None


def test_a_figure_stated_after_another_is_not_said_of_its_noun() -> None:
    text = "Thị xã có 24 tổ chức cơ sở, trong đó 20 đảng bộ, còn lại là 4 chi bộ cơ sở."
    assert picked("Thị xã có bao nhiêu đảng bộ?", text) == "20 đảng bộ"
    assert picked("Thị xã có bao nhiêu chi bộ cơ sở?", text) == "4 chi bộ cơ sở"
    assert picked("Thị xã có bao nhiêu tổ chức cơ sở?", text) == "24 tổ chức cơ sở"
    assert picked("Thị xã có bao nhiêu đảng bộ cơ sở?", text) is None


FARM = "Bão số 4 ở xã Hòa Vang làm 12 nhà sập, 85 nhà tốc mái và 3 cầu gãy."
POOL = "Vé chiếc: người lớn 30.000 đồng, trẻ cao dưới 1,2 m 15.000 đồng. Vé năm người lớn 900.000 đồng, trẻ em 500.000 đồng."
LEAVE = "Trai bao ăn ca sáng được nghỉ 20 phút, thợ lò được nghỉ 45 phút, đều tính lương."


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Bão số 4 ở Hòa Vang làm bao nhiêu nhà tốc mái?", FARM, "85 nhà tốc mái"),
        ("Bão số 4 ở Hòa Vang làm mấy cầu gãy?", FARM, "3 cầu gãy"),
        ("Bão số 4 ở Hòa Vang làm bao nhiêu nhà sập?", FARM, "12 nhà sập"),
        ("Vé chiếc của trẻ bao nhiêu?", POOL, "15.000 đồng"),
        ("Vé năm trẻ em bao nhiêu?", POOL, "500.000 đồng"),
        ("Vé năm người lớn bao nhiêu?", POOL, "900.000 đồng"),
        ("Thợ lò được nghỉ mấy phút?", LEAVE, "45 phút"),
        (
            "Xưa làng có bao nhiêu khung cửi?",
            "Xưa làng có 60 khung cửi; nay còn 9 khung cửi.",
            "60 khung cửi",
        ),
        (
            "Nay còn bao nhiêu khung cửi?",
            "Xưa làng có 60 khung cửi; nay còn 9 khung cửi.",
            "9 khung cửi",
        ),
    ],
)
def test_of_several_in_a_sentence_each_has_its_own_words(question: str, text: str, answer: str) -> None:
    assert picked(question, text) == answer


def test_the_unit_asked_for_decides() -> None:
    text = "Cứ 4 giờ chạy máy, thợ phải cho máy nghỉ ít nhất 20 phút."
    assert picked("Máy chạy mấy tiếng thì phải nghỉ?", text) == "4 giờ"
    assert picked("Máy phải nghỉ mấy phút?", text) == "ít nhất 20 phút"


def test_a_small_bare_figure_is_no_price() -> None:
    assert picked("Lương thợ may bao nhiêu?", "Thợ may: 6 người, làm ở xưởng 2.") is None


def test_an_area_says_how_wide_a_place_is() -> None:
    assert picked("Căn phòng rộng bao nhiêu?", "Căn phòng số 7 có diện tích 34 m2, 2 cửa sổ.") == "34 m2"


def test_a_denial_decides() -> None:
    text = "Trong số các tổ, trên 80% hoàn thành nhiệm vụ, còn dưới 1,5% không hoàn thành."
    assert picked("Bao nhiêu phần trăm số tổ không hoàn thành nhiệm vụ?", text) == "dưới 1,5%"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hợp tác xã có bao nhiêu xã viên?", "Hợp tác xã được lập năm 1978 ở ven sông."),
        ("Có bao nhiêu xã viên?", "Xã viên làm theo Kế hoạch số 23-KH/TU và Điều 5."),
        ("Bao nhiêu phần trăm xã viên dự họp?", "Có 214 xã viên dự họp vào ngày 12/3/2019."),
        ("Thị xã có bao nhiêu đảng viên?", "Thị xã có 24 tổ chức cơ sở Đảng, gồm 20 đảng bộ."),
        ("Có bao nhiêu đảng viên?", "Có 16 đảng bộ, chiếm 40% số cơ sở."),
        ("Dân số huyện Mường Chải là bao nhiêu?", "Huyện Mường Chải chi 420 triệu đồng giúp người dân."),
        ("Dân số huyện Mường Chải?", "Huyện Mường Chải chi 420 triệu đồng giúp người dân."),
    ],
)
def test_years_papers_and_other_units_are_no_counts(question: str, text: str) -> None:
    assert picked(question, text) is None


@settings(max_examples=40, deadline=None)
@given(number=st.integers(min_value=2, max_value=99_999), before=st.sampled_from(["", "khoảng ", "hơn "]))
def test_any_figure_before_what_is_counted_is_found(number: int, before: str) -> None:
    figure = f"{number:,}".replace(",", ".")
    text = f"Vụ này hợp tác xã bán {before}{figure} chiếc nón lá cho khách."
    span = pick_span(QUERY, view_of(text))
    assert span is not None
    assert text[slice(*span)].startswith(before + figure)


QUERY = understood("Hợp tác xã bán bao nhiêu chiếc nón lá?", "Vụ này hợp tác xã bán chiếc nón lá cho khách.")
