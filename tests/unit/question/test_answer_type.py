"""What is asked for, with and without marks."""

from __future__ import annotations

import pytest

from retrieval.records import AnswerKind
from tests.unit.question.shelf import ask

KINDS: list[tuple[str, AnswerKind]] = [
    ("Có bao nhiêu học sinh?", "number"),
    ("Ốc hương nhiêu một đĩa?", "number"),
    ("Tỉ lệ học sinh giỏi là bao nhiêu?", "number"),
    ("Lớp có mấy học sinh?", "number"),
    ("Trận đấu diễn ra khi nào?", "date"),
    ("Trường xây năm nào?", "date"),
    ("Bí thư Tỉnh ủy là ai?", "person"),
    ("Bức tranh do ai vẽ?", "person"),
    ("Cuộc thi do ai tổ chức?", "organisation"),
    ("Nhà văn nào viết cuốn sách này?", "person"),
    ("Cầu thủ trẻ nào ghi bàn?", "person"),
    ("Đối tượng nào được khen?", "other"),
    ("Cơ quan nào ban hành?", "organisation"),
    ("Chợ nổi ở đâu?", "place"),
    ("Chợ nổi thuộc tỉnh nào?", "place"),
    ("Vì sao trời mưa?", "reason"),
    ("Nguyên nhân gây lũ là gì?", "reason"),
    ("Trồng cây để làm gì?", "reason"),
    ("Trồng cây như thế nào?", "manner"),
    ("Sửa bằng cách nào?", "manner"),
    ("Lạm phát là gì?", "definition"),
    ("Ông Phan Văn Sáu là ai?", "definition"),
    ("Ông Phan Văn Sáu giữ chức vụ gì?", "definition"),
    ("Trời có mưa không?", "yes_no"),
    ("Có xã nào chưa có đường không?", "yes_no"),
    ("Trường đã xây xong chưa?", "yes_no"),
    ("Những loài cây nào quý?", "list"),
    ("Đội gồm những ai?", "list"),
    ("Kể tên các loài cây quý", "list"),
    ("Đại hội lần thứ mấy?", "other"),
    ("nguyên nhân gây lũ", "reason"),
    ("Sao lúa mùa này hay đổ?", "reason"),
    ("Sao Hỏa có mấy mặt trăng?", "number"),
    ("Sao nào sáng nhất?", "other"),
    ("Thế nào là hộ nghèo?", "definition"),
    ("Bón phân thế nào là vừa?", "manner"),
    ("Hộ nghèo được hiểu như thế nào?", "definition"),
    ("Người bị cúm có biểu hiện gì?", "list"),
    ("Triệu chứng bệnh cúm là gì?", "list"),
    ("Điều kiện để được vay vốn là gì?", "list"),
    ("Vay vốn cần giấy tờ gì?", "list"),
    ("Nghĩa vụ của bên vay là gì?", "list"),
    ("Nghĩa vụ quân sự là gì?", "definition"),
    ("triệu chứng bệnh cúm", "list"),
    ("mức phạt vượt đèn đỏ", "number"),
    ("Bằng đại học loại gì được nhận?", "other"),
    ("Khi nào phải mổ?", "other"),
    ("Khi nào trường được xây?", "date"),
    ("Mỗi kì cô chủ nhiệm họp lớp mấy lần?", "number"),
    ("Em học lớp mấy?", "other"),
    ("Chợ mở cửa lúc mấy giờ?", "date"),
    ("Thuốc phải uống trong mấy giờ?", "number"),
    ("Được làm thêm mấy giờ một tuần?", "number"),
]


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_kind(question: str, kind: AnswerKind) -> None:
    assert ask(question).kind == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("co bao nhieu dang vien", "number"),
        ("o soc trang co may dang vien", "number"),
        ("may bay roi o dau", "place"),
        ("chi bo hop khi nao", "date"),
        ("ai la bi thu", "person"),
        ("vi sao bi ky luat", "reason"),
        ("Năm 2017 kỉ luat bao nhieu dang viên", "number"),
    ],
)
def test_kind_without_marks(question: str, kind: AnswerKind) -> None:
    assert ask(question).kind == kind


@pytest.mark.parametrize(
    ("question", "nouns", "unit"),
    [
        ("Có bao nhiêu đảng viên nữ ở Sóc Trăng?", "đảng viên nữ", ""),
        ("Sóc Trăng có bao nhiêu tổ chức cơ sở đảng?", "tổ chức cơ sở đảng", ""),
        ("Đạt bao nhiêu phần trăm kế hoạch?", "kế hoạch", "phần trăm"),
        ("Tỷ lệ đảng viên nữ là bao nhiêu?", "đảng viên nữ", "phần trăm"),
        ("Số đảng viên là bao nhiêu?", "đảng viên", ""),
        ("Cầu dài bao nhiêu mét?", "mét", "mét"),
        ("Ông ấy bao nhiêu tuổi?", "tuổi", "tuổi"),
    ],
)
def test_what_is_counted(question: str, nouns: str, unit: str) -> None:
    query = ask(question)
    assert (" ".join(query.nouns), query.unit) == (nouns, unit)


@pytest.mark.parametrize(
    ("statement", "tag"),
    [
        ("Người thuê nhà trả tiền vào đầu tháng,", "đúng hay sai?"),
        ("Chợ họp mỗi tuần hai phiên", "phải không?"),
        ("Xã viên được chia lãi hằng năm,", "có đúng không?"),
    ],
)
def test_a_statement_is_asked_about_by_the_words_that_close_it(statement: str, tag: str) -> None:
    query = ask(f"{statement} {tag}")
    assert query.kind == "yes_no"
    assert query.asking == (len(statement.split()), len(query.terms))
