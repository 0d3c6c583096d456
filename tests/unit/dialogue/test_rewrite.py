"""Follow-ups on other things than the sample speaks of: the rules are Vietnamese, not the corpus's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from retrieval import Document, QuestionError, Retriever
from retrieval.dialogue.coreference import Before, names_of
from retrieval.dialogue.phrases import Phrases
from retrieval.dialogue.rewrite import Whole, complete, in_place

Asked = tuple[str, str, Document]
"""The last question, its answer, the article that was shown."""


def asked(question: str, answer: str, text: str, title: str = "") -> Asked:
    return question, answer, Document("shown", text, title=title)


SCHOOLS = asked("Hà Nội có bao nhiêu trường học?", "2.800", "Hà Nội có 2.800 trường học.", "Giáo dục Hà Nội")
PROFIT = asked("Vinamilk lãi bao nhiêu năm 2019?", "10.000 tỷ", "Vinamilk lãi 10.000 tỷ năm 2019.")
HEAD = asked(
    "Ai là giám đốc Bệnh viện Thử Nghiệm?",
    "Ông Lê Văn Mẫu",
    "Ông Lê Văn Mẫu, giám đốc Bệnh viện Thử Nghiệm, nhận hoa.",
)
BRIDGE = asked("Cầu Cần Thơ dài bao nhiêu mét?", "2.750", "Cầu Cần Thơ dài 2.750 mét.")
HARVEST = asked("Huyện Mỏ Cày thu hoạch bao nhiêu tấn lúa?", "1.200", "Huyện Mỏ Cày thu hoạch 1.200 tấn lúa.")
PUPILS = asked("Quận có bao nhiêu học sinh cấp một thuộc diện khó khăn?", "90", "Quận có 90 học sinh.")
LESSONS = asked("Xã cử bao nhiêu người học nghề may?", "30", "Xã cử 30 người học nghề may.")
HOTEL = asked(
    "Ai quản lý khách sạn Mây Hồng?",
    "Bà Ngô Thị Thắm",
    "Bà Ngô Thị Thắm quản lý khách sạn Mây Hồng.",
    "Khách sạn Mây Hồng",
)
FLOOD = asked("Trận lũ ở xã Nậm Bó làm bao nhiêu người chết?", "5", "Trận lũ ở xã Nậm Bó làm 5 người chết.")
COURSE = asked("Học phí lớp A1 bao nhiêu?", "2.400.000", "Lớp A1 có học phí 2.400.000 đồng.")
ROUTE = asked("Giá vé tuyến SB-07 bao nhiêu?", "7.000", "Tuyến SB-07 có giá vé 7.000 đồng.")
PLAN = asked(
    "Kế hoạch số 23-KH/TU ban hành ngày nào?", "7-12-2016", "Kế hoạch số 23-KH/TU ban hành ngày 7-12-2016."
)
DECISION = asked(
    "Quyết định 35/QĐ-UBND có hiệu lực ngày nào?",
    "4/3/2024",
    "Quyết định 35/QĐ-UBND có hiệu lực ngày 4/3/2024.",
)
PAPER = asked("Theo báo Lao Động, tỉnh có bao nhiêu chi bộ?", "12", "Tỉnh có 12 chi bộ.")
YEAR = asked("Chuyện gì xảy ra năm 1954?", "", "Năm 1954, bộ đội tiếp quản Thủ đô.")
WEAVER = asked(
    "Xưởng dệt ở thị trấn Quỳnh Nhai của ai?",
    "",
    "Chị Lò Thị Pành mở xưởng dệt ở thị trấn Quỳnh Nhai. Ông Quàng Văn Hặc bảo lãnh cho chị. Chị Pành quê ở Mường Giôn.",
    "Chị Lò Thị Pành mở xưởng dệt",
)
GUARANTOR = asked("Ai bảo lãnh cho chị Pành?", "Ông Quàng Văn Hặc", WEAVER[2].text, WEAVER[2].title)
SMALL = asked("cà mau có bao nhiêu trường học", "", "Một câu.")
SMALL_IN = asked("trường học ở cà mau có bao nhiêu lớp", "", "Một câu.")
UNMARKED = asked("ha noi co bao nhieu truong hoc", "2.800", SCHOOLS[2].text, SCHOOLS[2].title)
PRINCIPAL = asked("Hiệu trưởng trường Vạn Hội là ai?", "", "Cô Vi là hiệu trưởng trường Vạn Hội.")
INJECTION = asked("Trạm y tế Đồng Hới tiêm sởi thứ mấy?", "thứ ba", "Trạm y tế Đồng Hới tiêm sởi thứ ba.")
COMPARED = asked("So sánh học phí lớp A1 và lớp B1", "", "Lớp A1 có học phí 2.400.000 đồng.")
TICKET = asked("Vé đò Cồn Sẻ ngày thường giá bao nhiêu?", "12.000", "Vé đò Cồn Sẻ ngày thường 12.000 đồng.")
CLASS = asked("Ai dạy lớp sáng ở trung tâm Hoa Mai?", "Cô Vi", "Cô Vi dạy lớp sáng.")
FASTING = asked("Trước khi mổ phải nhịn ăn bao lâu?", "8 giờ", "Trước khi mổ nhịn ăn 8 giờ.")
CHECK_UP = asked("Khám mắt không thẻ mất bao nhiêu tiền?", "90.000", "Khám mắt không thẻ 90.000 đồng.")
SORTED = asked("Sản phẩm đạt được thưởng bao nhiêu?", "50.000", "Sản phẩm đạt được thưởng 50.000 đồng.")
LORRY = asked("Xe tải dưới 5 tấn qua phà trả bao nhiêu?", "40.000", "Xe tải dưới 5 tấn 40.000 đồng.")
SORTING = asked("Cấp lại sổ hộ nghèo cần giấy tờ gì?", "đơn", "Cấp lại sổ hộ nghèo cần đơn.")
STALL = asked("Quầy rau chợ Bến Ngự thuê bao nhiêu một tháng?", "2 triệu", "Quầy rau 2 triệu đồng.")
DRIVERS = asked("Lái xe ở Hải Vân nghỉ mấy ngày một năm?", "15", "Lái xe nghỉ 15 ngày, thợ máy 12 ngày.")
TEAM = asked("Đội 1 hợp tác xã Tân Hòa có bao nhiêu hộ?", "20", "Đội 1 có 20 hộ, đội 3 có 31 hộ.")
STORM = asked(
    "Bão ở Hòa Vang làm bao nhiêu nhà sập?",
    "12 nhà",
    "Bão ở xã Hòa Vang làm 12 nhà sập, 85 nhà tốc mái và 3 cầu gãy.",
)
POOL = asked(
    "Vé chiếc người lớn ở hồ Bạch Đằng bao nhiêu?",
    "30.000 đồng",
    "Hồ Bạch Đằng bán vé chiếc: người lớn 30.000 đồng, trẻ em 15.000 đồng. Gửi đồ 5.000 đồng.",
)
RESCUE = asked(
    "Ai dắt bé Mỷ qua suối?",
    "",
    "Ông Sùng kể: thằng Vừ dắt bé Mỷ qua suối. Ông Sùng cho nó con dao.",
    "Qua suối",
)
CLERK = asked(
    "Số điện thoại kế toán xã Tam Lộc?",
    "0900",
    "Trần Quốc Bảo | Kế toán | 12 | 0900 555 120",
    "DANH BẠ XÃ TAM LỘC",
)


@pytest.fixture(scope="module")
def follow_up() -> Callable[[str, Asked], Whole | None]:
    understand = Retriever.build([Document("a", "Một câu để có gì mà hỏi.")]).understand

    def completed(question: str, before: Asked) -> Whole | None:
        last, answer, article = before
        known = [one.name for one in names_of(f"{article.title}. {article.text}")]
        old = Phrases(understand(last), known_names=known)
        shown = Before(old, answer, article, 0, len(article.text))
        phrase = in_place(question)
        return complete(
            Phrases(understand(phrase or question), known_names=known), shown, placed=bool(phrase)
        )

    return completed


FOLLOW_UPS = {
    ("contrast", "must"): [
        (SCHOOLS, "Còn Đà Nẵng?", "Đà Nẵng có bao nhiêu trường học?"),
        (SCHOOLS, "Còn Đà Nẵng thì sao?", "Đà Nẵng có bao nhiêu trường học?"),
        (SCHOOLS, "Thế Đà Nẵng thì có bao nhiêu?", "Đà Nẵng có bao nhiêu trường học?"),
        (SCHOOLS, "Đà Nẵng?", "Đà Nẵng có bao nhiêu trường học?"),
        (SCHOOLS, "Còn bệnh viện?", "Hà Nội có bao nhiêu bệnh viện?"),
        (HARVEST, "Còn ngô?", "Huyện Mỏ Cày thu hoạch bao nhiêu tấn ngô?"),
        (HARVEST, "Còn huyện Ba Tri?", "Huyện Ba Tri thu hoạch bao nhiêu tấn lúa?"),
        (PROFIT, "Thế năm 2020 thì sao?", "Vinamilk lãi bao nhiêu năm 2020?"),
        (SCHOOLS, "Còn năm 2020?", "Hà Nội có bao nhiêu trường học năm 2020?"),
        (SCHOOLS, "Trong đó công lập?", "Hà Nội có bao nhiêu công lập?"),
        (SCHOOLS, "Ở ngoại thành thì bao nhiêu?", "Hà Nội có bao nhiêu trường học ở ngoại thành?"),
        (PUPILS, "Còn học sinh cấp hai?", "Quận có bao nhiêu học sinh cấp hai thuộc diện khó khăn?"),
        (LESSONS, "Còn học bơi?", "Xã cử bao nhiêu người học bơi?"),
        (HEAD, "Còn phó giám đốc?", "Ai là phó giám đốc Bệnh viện Thử Nghiệm?"),
        (SMALL, "còn bạc liêu?", "Bạc liêu có bao nhiêu trường học?"),
        (SMALL_IN, "thế bạc liêu thì sao", "Trường học ở bạc liêu có bao nhiêu lớp?"),
        (UNMARKED, "con da nang thi sao", "Da nang co bao nhieu truong hoc?"),
        (INJECTION, "Còn viêm gan B?", "Viêm gan B Đồng Hới tiêm sởi thứ mấy?"),
        (STORM, "Tốc mái thì sao?", "Bão ở Hòa Vang làm bao nhiêu tốc mái?"),
        (STORM, "Còn cầu gãy?", "Bão ở Hòa Vang làm bao nhiêu cầu gãy?"),
        (POOL, "Trẻ em thì sao?", "Vé chiếc trẻ em ở hồ Bạch Đằng bao nhiêu?"),
        (POOL, "Còn gửi đồ?", "Gửi đồ ở hồ Bạch Đằng bao nhiêu?"),
        (STALL, "Cửa hàng góc thì sao?", "Cửa hàng góc chợ Bến Ngự thuê bao nhiêu một tháng?"),
    ],
    ("reference", "must"): [
        (SCHOOLS, "Trong đó có bao nhiêu trường công lập?", "Hà Nội có bao nhiêu trường công lập?"),
        (SCHOOLS, "Thành phố này có bao nhiêu quận?", "Hà Nội có bao nhiêu quận?"),
        (SCHOOLS, "Ở đó có bao nhiêu quận?", "Ở Hà Nội có bao nhiêu quận?"),
        (HEAD, "Ông ấy bao nhiêu tuổi?", "Ông Lê Văn Mẫu bao nhiêu tuổi?"),
        (HEAD, "Người này quê ở đâu?", "Ông Lê Văn Mẫu quê ở đâu?"),
        (HEAD, "Bệnh viện đó có bao nhiêu giường?", "Bệnh viện Thử Nghiệm có bao nhiêu giường?"),
        (BRIDGE, "Nó khánh thành năm nào?", "Cầu Cần Thơ khánh thành năm nào?"),
        (BRIDGE, "Cầu này khánh thành năm nào?", "Cầu Cần Thơ khánh thành năm nào?"),
        (SCHOOLS, "Ai viết bài này?", "Ai viết bài Giáo dục Hà Nội?"),
        (BRIDGE, "Vì sao?", "Vì sao cầu Cần Thơ dài?"),
        (BRIDGE, "Để làm gì?", "Cầu Cần Thơ dài nhằm mục đích gì?"),
        (SCHOOLS, "Trong đó bao nhiêu trường công lập?", "Hà Nội bao nhiêu trường công lập?"),
        (PROFIT, "Ai nói vậy?", "Ai nói Vinamilk lãi năm 2019?"),
        (TICKET, "Bến này mở cửa lúc mấy giờ?", "Bến Cồn Sẻ mở cửa lúc mấy giờ?"),
    ],
    ("omission", "likely"): [
        (BRIDGE, "Rộng bao nhiêu mét?", "Cầu Cần Thơ: rộng bao nhiêu mét?"),
        (SCHOOLS, "Bao nhiêu học sinh?", "Hà Nội có bao nhiêu học sinh?"),
        (HARVEST, "Bán được bao nhiêu tấn?", "Huyện Mỏ Cày bán được bao nhiêu tấn?"),
        (SORTING, "Bao lâu thì xong?", "Cấp lại sổ hộ nghèo: bao lâu thì xong?"),
        (PRINCIPAL, "Trường có mấy lớp?", "Trường Vạn Hội có mấy lớp?"),
        (COMPARED, "Lớp nào rẻ nhất?", "So sánh học phí lớp A1 và lớp B1: lớp nào rẻ nhất?"),
    ],
    ("correction", "must"): [
        (HOTEL, "không, ý tôi là Biển Ngọc", "Ai quản lý khách sạn Biển Ngọc?"),
        (HOTEL, "à nhầm, khách sạn Biển Ngọc cơ", "Ai quản lý khách sạn Biển Ngọc?"),
        (HOTEL, "ý mình là khách sạn Biển Ngọc", "Ai quản lý khách sạn Biển Ngọc?"),
        (SCHOOLS, "Không phải, tôi hỏi Đà Nẵng cơ mà", "Đà Nẵng có bao nhiêu trường học?"),
        (SCHOOLS, "nhầm rồi, năm 2020", "Hà Nội có bao nhiêu trường học năm 2020?"),
        (COURSE, "à không, lớp B2", "Học phí lớp B2 bao nhiêu?"),
    ],
    ("heading", "must"): [
        (HOTEL, "Thế giá phòng?", "Giá phòng của khách sạn Mây Hồng?"),
        (HOTEL, "Số phòng thì sao?", "Số phòng của khách sạn Mây Hồng?"),
        (HOTEL, "Còn địa chỉ?", "Địa chỉ của khách sạn Mây Hồng?"),
        (FLOOD, "Còn số người mất tích thì sao?", "Số người mất tích của trận lũ ở xã Nậm Bó?"),
        (BRIDGE, "Thế kinh phí?", "Kinh phí của cầu Cần Thơ?"),
    ],
    ("whole or not at all", "must"): [
        (PLAN, "Còn Sóc Trăng?", "Kế hoạch số 23-KH/TU ban hành ngày nào ở Sóc Trăng?"),
        (DECISION, "Còn Đà Nẵng?", "Quyết định 35/QĐ-UBND có hiệu lực ngày nào ở Đà Nẵng?"),
        (COURSE, "Còn B2?", "Học phí lớp B2 bao nhiêu?"),
        (COURSE, "Lớp A2 thì sao?", "Học phí lớp A2 bao nhiêu?"),
        (ROUTE, "Còn SB-12?", "Giá vé tuyến SB-12 bao nhiêu?"),
        (PAPER, "Còn Sóc Trăng?", "Theo báo Lao Động, tỉnh Sóc Trăng có bao nhiêu chi bộ?"),
        (YEAR, "Còn năm 1010?", "Chuyện gì xảy ra năm 1010?"),
        (YEAR, "Thế 1945?", "Chuyện gì xảy ra năm 1945?"),
        (PROFIT, "Năm 1802 thì sao?", "Vinamilk lãi bao nhiêu năm 1802?"),
    ],
    ("pronoun", "must"): [
        (WEAVER, "Ai bảo lãnh cho bà ấy?", "Ai bảo lãnh cho bà Lò Thị Pành?"),
        (GUARANTOR, "Chị ấy quê ở đâu?", "Chị Lò Thị Pành quê ở đâu?"),
        (GUARANTOR, "co ay que o dau", "Cô Lò Thị Pành que o dau?"),
        (GUARANTOR, "Ông ấy bao nhiêu tuổi?", "Ông Quàng Văn Hặc bao nhiêu tuổi?"),
        (GUARANTOR, "Người này quê ở đâu?", "Ông Quàng Văn Hặc quê ở đâu?"),
        (HOTEL, "Bà ấy bao nhiêu tuổi?", "Bà Ngô Thị Thắm bao nhiêu tuổi?"),
        (RESCUE, "Cậu ấy mấy tuổi?", "Cậu Vừ mấy tuổi?"),
        (CLERK, "Anh ấy ngồi phòng nào?", "Anh Trần Quốc Bảo ngồi phòng nào?"),
    ],
    ("when and whether", "must"): [
        (TICKET, "Còn cuối tuần?", "Vé đò Cồn Sẻ cuối tuần giá bao nhiêu?"),
        (TICKET, "Ngày lễ thì sao?", "Vé đò Cồn Sẻ ngày lễ giá bao nhiêu?"),
        (BRIDGE, "Còn mùa lũ?", "Cầu Cần Thơ dài bao nhiêu mét mùa lũ?"),
        (CLASS, "Thế lớp tối?", "Ai dạy lớp tối ở trung tâm Hoa Mai?"),
        (FASTING, "Còn nhịn uống?", "Trước khi mổ phải nhịn uống bao lâu?"),
        (CHECK_UP, "Có thẻ thì sao?", "Khám mắt có thẻ mất bao nhiêu tiền?"),
        (CHECK_UP, "Nếu có thẻ thì sao?", "Khám mắt có thẻ mất bao nhiêu tiền?"),
        (CHECK_UP, "Nếu đi buổi tối thì sao?", "Khám mắt không thẻ mất bao nhiêu tiền nếu đi buổi tối?"),
        (SORTED, "Không đạt thì sao?", "Sản phẩm không đạt được thưởng bao nhiêu?"),
        (LORRY, "Từ 5 tấn thì bao nhiêu?", "Xe tải từ 5 tấn qua phà trả bao nhiêu?"),
    ],
    ("only a thing", "likely"): [
        (DRIVERS, "Thợ máy?", "Thợ máy ở Hải Vân nghỉ mấy ngày một năm?"),
        (TEAM, "Đội 3?", "Đội 3 hợp tác xã Tân Hòa có bao nhiêu hộ?"),
    ],
    ("another topic", "likely"): [
        (DRIVERS, "Thế mượn xe thì hỏi ai?", "Mượn xe hỏi ai?"),
        (SCHOOLS, "Vậy sửa trường thì cần bao nhiêu tiền?", "Sửa trường cần bao nhiêu tiền?"),
    ],
}
"""(what the message leans by, how sure that is) -> (before, message, the whole question)."""


@pytest.mark.parametrize(
    ("lean", "before", "message", "whole"),
    [
        pytest.param(lean, *row, id=f"{kind}: {row[1]}")
        for (kind, lean), rows in FOLLOW_UPS.items()
        for row in rows
    ],
)
def test_a_follow_up_is_made_whole(
    follow_up: Callable[[str, Asked], Whole | None], lean: str, before: Asked, message: str, whole: str
) -> None:
    found = follow_up(message, before)
    assert found is not None
    assert (found.question, found.lean) == (whole, lean)


@pytest.mark.parametrize(
    "question",
    [
        "Huế có bao nhiêu lăng tẩm?",
        "Trường Đại học Cần Thơ thành lập năm nào?",
        "Nghị định số 15 quy định gì?",
        "Ai là tổng thống Pháp?",
        "Thế giới có bao nhiêu quốc gia thuộc Liên Hợp Quốc?",
    ],
)
def test_a_question_that_names_its_own_matter_stands_alone(
    follow_up: Callable[[str, Asked], Whole | None], question: str
) -> None:
    assert follow_up(question, SCHOOLS) is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Còn trường Bến Tre mở năm nào?", "trường Bến Tre mở năm nào"),
        ("Còn lớp 6A học ở đâu?", "lớp 6A học ở đâu"),
        ("Còn Bến Tre năm nào?", "Bến Tre"),
        ("o dau vay", None),
        ("Còn Bến Tre xây được bao nhiêu?", "Bến Tre xây"),
    ],
)
def test_what_is_said_of_another_thing_asks_by_itself_but_for_how_many(text: str, phrase: str | None) -> None:
    assert in_place(text) == phrase


@pytest.mark.parametrize(
    "question",
    [
        "Thế nào là trường học đạt chuẩn quốc gia theo quy định hiện hành?",
        "Còn bao nhiêu trường học chưa có sân chơi dành cho học sinh?",
        "Còn lại bao nhiêu phòng học phải xây dựng trong kế hoạch này?",
        "Học sinh không có hộ khẩu thường trú ở phường thì sao?",
        "Người ta trồng những loại cây gì trong sân trường học vùng cao?",
        "Sau đó ngành giáo dục tổ chức những lớp bồi dưỡng giáo viên nào?",
    ],
)
def test_words_that_only_look_like_leaning_decide_nothing(
    follow_up: Callable[[str, Asked], Whole | None], question: str
) -> None:
    expanded = follow_up(question, SCHOOLS)
    assert expanded is None or expanded.lean != "must"


@pytest.mark.parametrize(
    "question", ["nói rõ hơn", "chi tiết hơn đi", "thật không?", "có đúng vậy không?", "chắc không"]
)
def test_more_of_the_same_adds_nothing_to_the_question(
    follow_up: Callable[[str, Asked], Whole | None], question: str
) -> None:
    assert follow_up(question, SCHOOLS) == Whole(SCHOOLS[0], again=True)


@pytest.mark.parametrize("question", ["Còn ?", "sai rồi", "Thế thì sao?", "không phải", "nhầm rồi"])
def test_what_says_nothing_is_asked_back(
    follow_up: Callable[[str, Asked], Whole | None], question: str
) -> None:
    with pytest.raises(QuestionError):
        follow_up(question, SCHOOLS)
