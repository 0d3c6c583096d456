"""Whose is a name: a person's, a place's, a body's? Each value with the ways of writing it."""

from __future__ import annotations

import pytest

from retrieval.vietnamese.names import kind_of, names_in


def read(text: str) -> dict[str, tuple[str, str]]:
    """Name -> (kind, head)."""
    return {text[name.start : name.end]: (name.kind, name.head) for name in names_in(text)}


@pytest.mark.parametrize(
    ("text", "name", "kind", "head"),
    [
        ("Hôm qua bà Kim Ngân ra chợ.", "Kim Ngân", "person", "bà"),
        ("Theo đ/c Lương Sáu, xã còn nghèo.", "Lương Sáu", "person", "đ/c"),
        ("Hôm qua cháu Bống đi học.", "Bống", "person", "cháu"),
        ("Bà Kim Ngân ra chợ.", "Kim Ngân", "person", "bà"),
        ("Lúc ấy Bà Kim Ngân ra chợ.", "Bà Kim Ngân", "person", "bà"),
        ("Hôm qua uỷ viên Lò Sáng đến.", "Lò Sáng", "person", "ủy viên"),
        ("Hôm qua Phó Chủ tịch Lò Sáng đến.", "Lò Sáng", "person", "phó chủ tịch"),
        ("Đề tài của PGS.TS. Lò Sáng.", "TS. Lò Sáng", "person", "pgs"),
        ("Hôm qua Đoàn Thị Mận đến.", "Đoàn Thị Mận", "person", ""),
        ("Nhà ở Hồ Văn Út.", "Hồ Văn Út", "person", ""),
        ("Nhà ở thôn Nà Lịn.", "Nà Lịn", "place", "làng"),
        ("Nhà ở TP. Sông Công.", "TP. Sông Công", "place", "thành phố"),
        ("Nhà ở Q. Sông Công.", "Q. Sông Công", "place", "quận"),
        ("Hàng sang Nhật Bản.", "Nhật Bản", "place", ""),
        ("Nhà ở Nà Lịn.", "Nà Lịn", "place", ""),
        ("Hôm qua công ty Sao Băng họp.", "Sao Băng", "organisation", "công ty"),
        ("Hôm qua Toà án Sông Công họp.", "Sông Công", "organisation", "tòa án"),
        ("Hôm qua Bí thư đoàn họp.", "Bí", "office", "bí thư"),
        ("Hôm qua Nghệ nhân Ưu tú đến.", "Ưu", "", "nghệ nhân"),
        ("Ai xem phim Gió Chướng?", "Gió Chướng", "thing", "phim"),
        ("Hôm qua chủ tịch xã Lò Thị Sen đến.", "Lò Thị Sen", "person", "chủ tịch"),
        ("Hôm qua bí thư đoàn xã Vàng A Sình đến.", "Vàng A Sình", "person", "bí thư"),
        ("Hôm qua chủ tịch xã Sơn Tân đến.", "Sơn Tân", "place", "xã"),
        ("Hôm qua mở Siêu Thị Mới Xanh.", "Siêu Thị Mới Xanh", "", ""),
        ("Mưa xuống Rừng Già.", "Rừng Già", "", ""),
    ],
)
def test_the_word_before_says_whose_a_name_is(text: str, name: str, kind: str, head: str) -> None:
    assert read(text)[name] == (kind, head)


def test_a_name_is_told_without_the_head_that_opens_it() -> None:
    *_, name = names_in("Lúc ấy Bà Kim Ngân ra chợ.")
    assert name.own == ("Kim", "Ngân")
    assert name.head_start == name.start


def test_the_kind_of_one_name_is_told_by_its_place() -> None:
    text = "Cô Hoài dạy ở trường Hoài Đức."
    assert kind_of(text, text.index("Hoài"), text.index("Hoài") + 4) == "person"
    assert kind_of(text, text.index("Hoài Đức"), text.index("Đức") + 3) == "organisation"


def test_a_sentence_ends_a_name_that_a_short_form_does_not() -> None:
    text = "Cô Đào Thị Mận dạy môn Sử. Thầy Vương Bá Lộc ở Q. Ba, TP. HCM, gọi Ng. Văn An."
    found = [text[name.start : name.end] for name in names_in(text)]
    assert "Vương Bá Lộc" in found
    assert not any("Sử" in one and "Lộc" in one for one in found)
    assert {"Q. Ba", "TP. HCM"} <= set(found)
    assert "Ng. Văn An" in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Năm 2020 V. Putin thăm nước ta.", "V. Putin"),
        ("Hôm 5/3/2020 V. Lê đến.", "V. Lê"),
        ("Ngày 25 W. Bush rời đi.", "W. Bush"),
        ("Sách có 40 V. Hugo viết.", "V. Hugo"),
    ],
)
def test_an_initial_after_a_date_is_no_unit(text: str, name: str) -> None:
    assert name in read(text)


@pytest.mark.parametrize(
    "text", ["Giữ dưới 28 độ C. Mở nắp rồi dùng.", "Cắm điện 220 V. Máy chạy êm.", "Nóng 37°C. Bò sẽ mệt."]
)
def test_a_unit_is_no_initial(text: str) -> None:
    assert not any("." in word for name in names_in(text) for word in name.words)
