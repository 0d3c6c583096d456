"""Names are found without titles, offices and bodies; places however they are typed."""

from __future__ import annotations

import pytest

from tests.unit.question.shelf import ask


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Bí thư Tỉnh ủy Sóc Trăng là ai?", ("Sóc Trăng",)),
        ("Ông Phan Văn Sáu quê ở đâu?", ("Phan Văn Sáu",)),
        ("Theo ông Thức thì sao?", ("Thức",)),
        ("TX Kiến Tường có bao nhiêu ĐV?", ("Kiến Tường",)),
        ("Phường Trần Nguyên Hãn ở thành phố nào?", ("Trần Nguyên Hãn",)),
        ("Ban Thường vụ Tỉnh ủy họp ngày nào?", ()),
        ("Bộ Chính trị ra nghị quyết gì?", ()),
        ("Tỉnh ủy có bao nhiêu đảng viên?", ()),
        ("Kế hoạch số 45-KH/TU ban hành ngày nào?", ()),
        ("Nghị quyết T.Ư 4 nói gì?", ()),
        ("Cà Mau kết nạp bao nhiêu đảng viên?", ("Cà Mau",)),
        ("cà mau kết nạp bao nhiêu đảng viên", ("cà mau",)),
        ("ca mau ket nap bao nhieu dang vien", ("ca mau",)),
        ("thị xã hồng ngự có bao nhiêu đảng viên?", ("hồng ngự",)),
        ("Tp hcm có bao nhiêu quận?", ("hồ Chí Minh",)),
        ("Messi ghi bao nhiêu bàn cho Paris?", ("Messi", "Paris")),
        ("vì sao cần gìn giữ hòa bình?", ()),
        ("Theo báo Đồng Khởi, Sóc Trăng có gì?", ("Sóc Trăng",)),
        ("Ông Tam dạy môn gì?", ("Tam",)),
        ("Thầy Đoàn Thế Kỷ mất năm nào?", ("Đoàn Thế Kỷ",)),
        ("Bệnh viện Đa khoa Mộc Châu ở đâu?", ("Mộc Châu",)),
        ("Mổ ruột thừa ở Sông Trà hết bao nhiêu tiền?", ("Sông Trà",)),
        ("Thôn Cầu Ván cúp nước hôm nào?", ("Cầu Ván",)),
        ("Nhà B mấy giờ khóa cổng?", ("B",)),
        ("Máy SN-7 bảo hành bao lâu?", ("Máy SN-7",)),
        ("Hồ sơ phải lập thành văn bản. Đúng hay sai?", ()),
        ("Luật Trồng trọt quy định gì?", ()),
        ("Có cần đăng ký kiểm định CT CLC không?", ()),
    ],
)
def test_names(question: str, names: tuple[str, ...]) -> None:
    assert tuple(name.lower() for name in ask(question).names) == tuple(name.lower() for name in names)


def test_bare_words_are_a_place_only_where_the_corpus_has_nothing_else_for_them() -> None:
    assert ask("ca mau o dau").names == ("ca mau",)
    assert ask("cho noi o dau").names == ()
