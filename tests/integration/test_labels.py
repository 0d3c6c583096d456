"""Do labels, unmarked lists, dotted price lists and second title lines answer what is asked of them?"""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import Answer, Retriever, read_corpus

MINUTES = """BIÊN BẢN HỌP BAN QUẢN LÝ CHỢ ĐÔNG MỸ

Thời gian: 8 giờ ngày 12 tháng 7 năm 2025
Địa điểm: phòng họp tầng 2 nhà ban quản lý
Chủ tọa: ông Từ Công Hoan

1. Sửa mái chợ
Mái khu rau dột bốn chỗ, thợ sẽ sửa trong họp phiên tới.

2. Phí gửi xe
Cuộc họp chốt phí gửi xe máy 3.000 đồng một lượt, họp xong lúc 10 giờ.
"""
SHEETS = """SỔ THỦ TỤC PHƯỜNG TÂN NINH

Việc 1: Cấp thẻ thư viện
Hồ sơ gồm: đơn và hai ảnh chân dung
Nơi nộp: phòng đọc tầng 1
Kết quả: thẻ thư viện

Việc 2: Cho thuê sân bóng
Hồ sơ gồm: giấy giới thiệu của đội bóng
Nơi nộp: phòng văn hóa, cửa số 5
Kết quả: giấy cho thuê sân
"""
MENU = """THỰC ĐƠN QUÁN HẠNH NHI

MÓN NƯỚC
Bún cá rô ........ 40.000
Miến lươn ........ 48.000

MÓN KHÔ
Xôi gà xé ........ 35.000
Bánh cuốn ........ 30.000
"""
RECIPE = """Cách muối dưa cải

Nguyên liệu cho một vại nhỏ
2 kg cải bẹ
120 gam muối hạt
3 củ hành tím
1 muỗng đường

Cách làm
Cải phơi héo một nắng rồi rửa sạch, để ráo nước trước khi xếp vào vại.
"""
NOTICE = """TRƯỜNG MẦM NON HOA SEN
Thông báo về buổi dã ngoại của lớp Lá

Nhà trường đưa các cháu đi chơi công viên nước vào cuối tháng.
Kinh phí: 150.000 đồng/cháu
Thời gian: 7 giờ 30 ngày 25/4/2025
"""
DECISION = """ỦY BAN NHÂN DÂN XÃ HÒA LẠC
Số: 14/QĐ-UBND
Hòa Lạc, ngày 5 tháng 6 năm 2025

QUYẾT ĐỊNH
Về việc mở lớp dạy nghề đan lát

CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÒA LẠC

Căn cứ Luật Tổ chức chính quyền địa phương;
Xét đề nghị của Hội Nông dân xã,

QUYẾT ĐỊNH:
Điều 1. Mở một lớp dạy nghề đan lát cho 30 học viên tại nhà văn hóa xã.
Điều 2. Lớp học kéo dài 45 ngày, học phí do xã trả.
"""
CONTRACT = """HỢP ĐỒNG THUÊ KHO

Bên cho thuê: bà Nghiêm Thu Thảo
Căn cước số: 031188004455
Điều 1. Kho và giá thuê
1.1. Kho rộng 240 m2, có mái tôn.
1.2. Giá thuê 9.000.000 đồng một tháng.
Điều 2. Chấm dứt
2.1. Bên nào muốn chấm dứt phải báo trước 60 ngày.
2.2. Kho trả lại phải quét sạch.
"""
UNMARKED = """QUY ƯỚC XÓM LÒ

Điều 1. Giờ giấc

Không mở loa sau 21 giờ.

Xe ba gác chỉ vào ngõ trước 7 giờ.

Điều 2. Vệ sinh

Rác để đúng chỗ ở đầu ngõ trước 17 giờ mỗi ngày.

Nhà nào nuôi chó phải rọ mõm khi dắt ra đường.
"""


def ask(folder: Path, text: str, question: str) -> Answer:
    (folder / "van-ban.txt").write_text(text, encoding="utf-8")
    return Retriever.build(read_corpus([folder])).answer(question)


def shown(answer: Answer) -> str:
    hit = answer.hits[0]
    start, end = hit.shown or (hit.passage.start, hit.passage.end)
    return hit.document.text[start:end]


@pytest.mark.parametrize(
    ("text", "question", "words"),
    [
        (MINUTES, "Họp ban quản lý chợ Đông Mỹ diễn ra ở đâu?", "phòng họp tầng 2"),
        (MINUTES, "Họp ban quản lý chợ Đông Mỹ ngày nào?", "12 tháng 7 năm 2025"),
        (SHEETS, "Cho thuê sân bóng nộp ở đâu?", "cửa số 5"),
        (SHEETS, "Thủ tục cho thuê sân bóng cần giấy tờ gì?", "giấy giới thiệu"),
        (MENU, "Miến lươn bao nhiêu tiền?", "48.000"),
        (MENU, "Xôi gà xé giá bao nhiêu?", "35.000"),
        (RECIPE, "Muối dưa cải cần bao nhiêu muối hạt?", "120 gam"),
        (NOTICE, "Tiền đi dã ngoại bao nhiêu một cháu?", "150.000"),
        (NOTICE, "Lớp Lá đi dã ngoại lúc nào?", "25/4/2025"),
        (CONTRACT, "Khoản 2.1 quy định gì?", "60 ngày"),
        (DECISION, "Quyết định 14 cho bao nhiêu học viên học đan lát?", "30 học viên"),
    ],
)
def test_labels_and_lists_answer(tmp_path: Path, text: str, question: str, words: str) -> None:
    answer = ask(tmp_path, text, question)
    assert answer.answered
    assert words in shown(answer)


def test_a_clause_without_a_number_is_found_by_its_place(tmp_path: Path) -> None:
    answer = ask(tmp_path, UNMARKED, "Khoản 2 Điều 2 quy ước xóm Lò quy định gì?")
    assert "Nhà nào nuôi chó" in answer.hits[0].passage.text
    assert not ask(tmp_path, UNMARKED, "Khoản 5 Điều 1 quy ước xóm Lò quy định gì?").answered


def test_a_division_is_found_though_its_heading_is_only_numbered(tmp_path: Path) -> None:
    text = (
        "Nội quy bến đò\nI. Giờ chạy\nĐò chạy từ 5 giờ đến 19 giờ.\n"
        "II. Hàng hóa\nKhông chở xăng dầu.\nKhông chở súc vật quá 50 kg.\n"
    )
    answer = ask(tmp_path, text, "Mục II nội quy bến đò quy định gì?")
    assert answer.answered
    assert "Không chở xăng dầu." in shown(answer)
    assert not ask(tmp_path, text, "Mục IV nội quy bến đò quy định gì?").answered


def test_who_decides_and_that_it_is_decided_head_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "van-ban.txt").write_text(DECISION, encoding="utf-8")
    [document] = read_corpus([tmp_path])
    kinds = {document.text[block.start : block.end]: (block.kind, block.level) for block in document.blocks}
    assert kinds["CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÒA LẠC"][0] == "letterhead"
    assert kinds["QUYẾT ĐỊNH:"][0] == "letterhead"
    assert kinds["Điều 2."][0] == "heading"


def test_a_label_opens_a_line_of_its_own_in_a_wrapped_text(tmp_path: Path) -> None:
    text = (
        "Hai bên lập giấy này ngày 2 tháng 3 năm\n2025 tại trụ sở xã, trước mặt ông trưởng\nthôn và hai người làm chứng gồm có:\n"
        "BÊN BÁN (Bên A): bà Nghiêm Thị Thúy Ái\nCăn cước số: 036188000123\nBÊN MUA (Bên B): ông Giang Hữu Lộc\n"
    )
    (tmp_path / "giay.txt").write_text(text, encoding="utf-8")
    [document] = read_corpus([tmp_path])
    lines = {document.text[block.start : block.end] for block in document.blocks}
    assert "Căn cước số: 036188000123" in lines


def test_verses_are_no_list(tmp_path: Path) -> None:
    text = (
        "Bài vè con cua\n\nCon cua tám cẳng\nHai càng to đùng\nBò ngang ngoài ruộng\nĐi đứng lung tung\n\n"
        "Ai ơi nhớ lấy\nChớ bắt cua con\nĐể mùa nước nổi\nĐồng ta vẫn còn\n"
    )
    (tmp_path / "ve.txt").write_text(text, encoding="utf-8")
    [document] = read_corpus([tmp_path])
    assert "item" not in {block.kind for block in document.blocks}


QUARRY = """Mỏ đá Thung Lau báo giá
Đá một hai - 240.000đ/m3
Đá mi sàng - 180.000đ/m3
Đá hộc - 150.000đ/m3
Chủ mỏ: ông Lường Văn Tắng, 0912 000 118
"""
LINES = """# Lịch tàu đảo Ba Mùn

| Chuyến | Rời cảng Cái Rồng | Đến đảo |
|---|---|---|
| 1 | 6:15 | 7:40 |
| 2 | 13:30 | 14:55 |
"""
STEPS = """SỔ TAY TRẠM KIỂM LÂM

KHI THẤY CHÁY RỪNG
Gọi ngay số máy trực của trạm.
Không một mình vào dập lửa.
Đứng ở đầu gió chờ đội chữa cháy.

LIÊN LẠC
Trạm trưởng: anh Nùng Seo Páo
"""


@pytest.mark.parametrize(
    ("text", "question", "words"),
    [
        (QUARRY, "Đá mi sàng bao nhiêu một khối?", "180.000"),
        (QUARRY, "Chủ mỏ đá Thung Lau là ai?", "Lường Văn Tắng"),
        (STEPS, "Thấy cháy rừng phải làm gì?", "Gọi ngay số máy trực"),
        (STEPS, "Thấy cháy rừng phải làm gì?", "chờ đội chữa cháy"),
    ],
)
def test_priced_lines_and_steps_answer(tmp_path: Path, text: str, question: str, words: str) -> None:
    answer = ask(tmp_path, text, question)
    assert answer.answered
    assert words in shown(answer)


def test_a_row_that_a_table_lacks_is_not_answered_by_another(tmp_path: Path) -> None:
    (tmp_path / "lich.md").write_text(LINES, encoding="utf-8")
    retriever = Retriever.build(read_corpus([tmp_path]))
    assert "13:30" in shown(retriever.answer("Chuyến 2 rời cảng lúc mấy giờ?"))
    assert not retriever.answer("Chuyến 5 rời cảng lúc mấy giờ?").answered


def test_a_paper_in_html_is_read_as_one(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Quyết định</title></head><body><table><tr><td>UBND HUYỆN BẮC HÀ<br>TRẠM THÚ Y</td>"
        "<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</td></tr>"
        "<tr><td>Số: 31/QĐ-TTY</td><td>Bắc Hà, ngày 9 tháng 2 năm 2025</td></tr></table><p>QUYẾT ĐỊNH</p>"
        "<p>Về việc lập tổ tiêm phòng trâu bò</p><p>TRƯỞNG TRẠM THÚ Y</p><p>Căn cứ Luật Thú y;</p><p>QUYẾT ĐỊNH:</p>"
        "<p>Điều 1. Lập tổ tiêm phòng gồm 6 người do anh Sùng A Chớ làm tổ trưởng.</p>"
        "<p>Điều 2. Tổ tiêm xong trước ngày 30 tháng 3 năm 2025.</p><p>GIÁM ĐỐC</p><p>Vàng Thị Dợ</p></body></html>"
    )
    (tmp_path / "qd.html").write_text(page, encoding="utf-8")
    [document] = read_corpus([tmp_path])
    assert document.number == "31/QĐ-TTY"
    answer = Retriever.build([document]).answer("Ai ký quyết định lập tổ tiêm phòng trâu bò?")
    assert "Vàng Thị Dợ" in shown(answer)
