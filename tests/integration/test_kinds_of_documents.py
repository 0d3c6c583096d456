"""From a file of the kinds that people have to what its card shows: forms, tables, official papers, short sections."""

from __future__ import annotations

import pytest

from retrieval import Answer, Retriever, read_bytes
from tests.unit.corpus.readers.test_docx import level, numbered, p, r, word

CONTACTS = """Danh bạ trạm thủy nông Cầu Chày

Trực ban: 0237 3555 101
Kho vật tư: 0237 3555 102
Trưởng trạm: ông Nghiêm Văn Độ
Địa chỉ: 18 đường Đê Tả, xã Định Bình

Trạm vừa thay hai máy bơm và sơn lại toàn bộ hàng rào quanh bể xả trong tháng trước.
"""
GARDEN = """# Trại giống Suối Vàng

### Ngày mở bán

3/2/2026

### Hạn đặt cây

15/1/2026

### Nơi nhận

Cổng phía đông của trại giống, cạnh nhà kính.
"""
DECISION = """UBND HUYỆN KRÔNG ANA
TRẠM KHUYẾN NÔNG
Số: 19/QĐ-TKN
Krông Ana, ngày 7 tháng 5 năm 2025

QUYẾT ĐỊNH
Về việc thành lập tổ theo dõi sâu bệnh

Điều 1. Thành lập tổ theo dõi gồm 8 người do bà Nay H'Đôn làm tổ trưởng.
Điều 2. Tổ báo cáo vào ngày 25 hằng tháng.

TRƯỞNG TRẠM
GIÁM ĐỐC
Đinh Tiến Lãm
"""
PRICES = (
    "Bảng giá xưởng mộc\n\nMặt hàng\tGỗ xoan\tGỗ mít\nGhế đẩu\t140.000\t210.000\nBàn học\t650.000\t900.000\n"
)
ALIGNED = """Lịch tàu đảo Hòn Chuối

Chuyến        Giờ rời bến     Cầu tàu
Hải Yến       6 giờ 20        số một
Sao Khơi      9 giờ 45        số ba
"""
DUTY = """<h1>Lịch trực nhà rông</h1><table><tr><td>Người trực</td><td>Buổi thứ sáu</td><td>Buổi chủ nhật</td></tr>
<tr><td>Y Blưm</td><td>đốt lửa</td><td>gõ chiêng</td></tr>
<tr><td>H'Linh</td><td>nấu cơm</td><td>quét sân</td></tr></table>"""


def ask(name: str, text: str, question: str) -> tuple[Answer, str]:
    """The answer, and what its first card shows."""
    answer = Retriever.build(read_bytes(name, text.encode())).answer(question)
    hit = answer.hits[0]
    start, end = hit.shown or (hit.passage.start, hit.passage.end)
    return answer, hit.document.text[start:end]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Kho vật tư trạm thủy nông Cầu Chày số điện thoại bao nhiêu?", "3555 102"),
        ("Trưởng trạm thủy nông Cầu Chày là ai?", "Nghiêm Văn Độ"),
        ("Địa chỉ trạm thủy nông Cầu Chày ở đâu?", "đường Đê Tả"),
    ],
)
def test_a_line_of_a_form_answers_before_a_sentence(question: str, expected: str) -> None:
    answer, shown = ask("danh-ba.txt", CONTACTS, question)
    assert answer.answered
    assert expected in shown


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hạn đặt cây ở trại giống Suối Vàng là ngày nào?", "15/1/2026"),
        ("Trại giống Suối Vàng mở bán ngày nào?", "3/2/2026"),
    ],
)
def test_a_date_alone_below_its_heading_is_the_answer(question: str, expected: str) -> None:
    answer, shown = ask("trai-giong.md", GARDEN, question)
    assert expected in shown
    assert answer.hits[0].document.published is None


@pytest.mark.parametrize(
    ("question", "expected", "emphasised"),
    [
        ("Ai ký quyết định thành lập tổ theo dõi sâu bệnh?", "Đinh Tiến Lãm", "Đinh Tiến Lãm"),
        ("Quyết định thành lập tổ theo dõi sâu bệnh số bao nhiêu?", "19/QĐ-TKN", "19/QĐ-TKN"),
        (
            "Quyết định thành lập tổ theo dõi sâu bệnh ban hành ngày nào?",
            "7 tháng 5",
            "ngày 7 tháng 5 năm 2025",
        ),
        ("Ai làm tổ trưởng tổ theo dõi sâu bệnh?", "Nay H'Đôn", None),
    ],
)
def test_what_a_paper_says_of_itself(question: str, expected: str, emphasised: str | None) -> None:
    answer, shown = ask("quyet-dinh.txt", DECISION, question)
    assert answer.answered
    assert expected in shown
    if emphasised:
        assert answer.text == emphasised


@pytest.mark.parametrize("question", ["Ai đăng ký máy bơm ở xưởng mộc?", "Ai ký quyết định xây cầu Ái Tử?"])
def test_who_signed_another_paper_is_not_told(question: str) -> None:
    answer, _ = ask("quyet-dinh.txt", DECISION, question)
    assert not answer.answered or answer.text != "Đinh Tiến Lãm"


@pytest.mark.parametrize(
    ("name", "text", "question", "expected"),
    [
        ("gia.txt", PRICES, "Bàn học gỗ mít giá bao nhiêu?", ("Gỗ mít", "Bàn học", "900.000")),
        ("gia.txt", PRICES, "Ghế đẩu gỗ xoan giá bao nhiêu?", ("Gỗ xoan", "Ghế đẩu", "140.000")),
        ("tau.txt", ALIGNED, "Tàu Sao Khơi rời bến lúc mấy giờ?", ("Giờ rời bến", "9 giờ 45")),
        ("truc.html", DUTY, "H'Linh làm gì buổi chủ nhật?", ("Buổi chủ nhật", "quét sân")),
    ],
)
def test_a_row_is_shown_below_the_names_of_its_columns(
    name: str, text: str, question: str, expected: tuple[str, ...]
) -> None:
    _, shown = ask(name, text, question)
    for words in expected:
        assert words in shown


FAIR = """Thông tin hội vật làng Sình

Địa điểm
Sới đất trước đình

Thời gian
8:00, 21/2/2026

Giải nhất
Một con nghé đực
"""
CREW = """## Đội chèo thuyền rồng

* Lê Khả Ái cầm lái
* Tô Văn Đò giữ nhịp trống

## Đồ phải sắm

* Mười hai mái chèo
* Một trống da
"""
CAMP = """Đi suối Mơ

Người đi suối cần mang theo
1. Dép có quai
2. Túi chống nước
3. Khăn khô

Xe đón ở cổng chợ lúc sáu giờ.
"""


@pytest.mark.parametrize(
    ("name", "text", "question", "expected"),
    [
        ("hoi.txt", FAIR, "Giải nhất hội vật làng Sình được gì?", ("nghé đực",)),
        ("hoi.txt", FAIR, "Hội vật làng Sình diễn ra khi nào?", ("21/2/2026",)),
        ("doi.md", CREW, "Đội chèo thuyền rồng có những ai?", ("Lê Khả Ái", "Tô Văn Đò")),
        ("doi.md", CREW, "Đồ phải sắm gồm gì?", ("mái chèo", "trống da")),
        (
            "suoi.txt",
            CAMP,
            "Người đi suối Mơ cần mang theo gì?",
            ("Dép có quai", "Túi chống nước", "Khăn khô"),
        ),
    ],
)
def test_short_sections_and_lists_without_a_colon(
    name: str, text: str, question: str, expected: tuple[str, ...]
) -> None:
    _, shown = ask(name, text, question)
    for words in expected:
        assert words in shown


HAMLET = """HƯƠNG ƯỚC XÓM NÚI NÙNG

Điều 1. Việc làng
1. Giỗ không quá ba mâm.
2. Tắt loa trước 21 giờ.

Điều 2. Phạt
1. Ai phạm khoản 2 Điều 1 nộp 150.000 đồng.
2. Ai phạm khoản 1 Điều 1 bị nhắc trước xóm.
"""


def test_a_short_clause_within_its_article() -> None:
    answer, shown = ask("huong-uoc.txt", HAMLET, "Khoản 2 Điều 1 quy định gì?")
    assert answer.answered
    assert "21 giờ" in shown
    assert not ask("huong-uoc.txt", HAMLET, "Khoản 7 Điều 1 quy định gì?")[0].answered


def test_articles_that_word_numbers_are_asked_by_number() -> None:
    levels = level(0, "decimal", "Điều %1.") + level(1, "decimal", "%2.")
    numbering = f'<w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
    said = [("Việc làng", 0), ("Giỗ không quá ba mâm.", 1), ("Đám cưới không quá hai ngày.", 1), ("Giờ giấc", 0),
            ("Tắt loa trước 21 giờ.", 1), ("Cổng làng đóng lúc 23 giờ.", 1), ("Phạt", 0), ("Ai phạm khoản 2 Điều 2 nộp 150.000 đồng.", 1)]  # fmt: skip
    body = p(r("HƯƠNG ƯỚC XÓM NÚI NÙNG")) + "".join(numbered(text, depth) for text, depth in said)
    retriever = Retriever.build(read_bytes("huong-uoc.docx", word(body, numbering=numbering)))
    for question, expected in (
        ("Điều 2 hương ước quy định gì?", "Điều 2. Giờ giấc"),
        ("Khoản 2 Điều 2 quy định gì?", "23 giờ"),
        ("Khoản 1 Điều 1 quy định gì?", "ba mâm"),
    ):
        answer = retriever.answer(question)
        start, end = answer.hits[0].shown or (answer.hits[0].passage.start, answer.hits[0].passage.end)
        assert answer.answered, question
        assert expected in answer.hits[0].document.text[start:end]
    assert not retriever.answer("Điều 8 quy định gì?").answered


PERMIT = """ỦY BAN NHÂN DÂN
XÃ ĐỒNG SUỐI
Số: 72/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đồng Suối, ngày 6 tháng 5 năm 2024

QUYẾT ĐỊNH
Về việc lập đội tuần tra đê

Điều 1. Lập đội tuần tra đê gồm 12 người do ông Vi Văn Tấn làm đội trưởng.
Điều 2. Đội được cấp hai thuyền máy và sáu áo phao.
Điều 3. Quyết định này có hiệu lực kể từ ngày ký.

CHỦ TỊCH
Lò Thị Mây
"""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Quyết định 72/QĐ-UBND quy định gì?", "Lập đội tuần tra đê gồm 12 người"),
        ("Quyết định số 72 nói về việc gì?", "Lập đội tuần tra đê gồm 12 người"),
        ("Quyết định 72 do cơ quan nào ban hành?", "XÃ ĐỒNG SUỐI"),
        ("Quyết định 72/QĐ-UBND của cơ quan nào?", "XÃ ĐỒNG SUỐI"),
        ("Ai ký quyết định lập đội tuần tra đê?", "Lò Thị Mây"),
        ("Quyết định lập đội tuần tra đê số bao nhiêu?", "72/QĐ-UBND"),
    ],
)
def test_a_papers_head_comes_first_only_where_it_is_asked_for(question: str, answer: str) -> None:
    retriever = Retriever.build(read_bytes("quyet-dinh.txt", PERMIT.encode()))
    first = retriever.answer(question).hits[0]
    start, end = first.shown or (first.passage.start, first.passage.end)
    assert answer in first.document.text[start:end]


DECIDED = """<html><body><table><tr><td><p>ỦY BAN NHÂN DÂN</p><p>XÃ BẢN PHỐ</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
<p>Độc lập - Tự do - Hạnh phúc</p></td></tr><tr><td>Số: 58/QĐ-UBND</td><td>Bản Phố, ngày 14 tháng 8 năm 2023</td></tr></table>
<p>QUYẾT ĐỊNH</p><p>Về việc hỗ trợ hộ nuôi cá lồng bị lũ cuốn</p><p>CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BẢN PHỐ</p>
<p>Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;</p><p>Xét đề nghị của công chức Địa chính,</p>
<p>QUYẾT ĐỊNH:</p><p>Điều 1. Hỗ trợ mỗi hộ nuôi cá lồng bị lũ cuốn 3.500.000 đồng từ quỹ phòng chống thiên tai.</p>
<p>Điều 2. Ông Lương Văn Bun lập danh sách hộ được hỗ trợ.</p><table><tr><td><p>Nơi nhận:</p><p>- Như Điều 2;</p></td>
<td><p>KT. CHỦ TỊCH</p><p>PHÓ CHỦ TỊCH</p><p>Vi Thị Khăm</p></td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Ai ký quyết định hỗ trợ hộ nuôi cá lồng?", "Vi Thị Khăm"),
        ("Quyết định 58/QĐ-UBND ban hành ngày nào?", "ngày 14 tháng 8 năm 2023"),
        ("Quyết định 58/QĐ-UBND của cơ quan nào?", "XÃ BẢN PHỐ"),
        ("Quyết định 58/QĐ-UBND quy định về gì?", "3.500.000 đồng"),
    ],
)
def test_a_paper_saved_as_a_page(question: str, answer: str) -> None:
    """What a paper orders comes before the grounds on which it does."""
    [document] = read_bytes("quyet-dinh.html", DECIDED.encode())
    assert (document.number, document.author) == ("58/QĐ-UBND", "Vi Thị Khăm")
    first = Retriever.build([document]).answer(question).hits[0]
    start, end = first.shown or (first.passage.start, first.passage.end)
    assert answer in document.text[start:end]
