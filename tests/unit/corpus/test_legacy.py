"""Do texts for old Vietnamese fonts come back whole, and do texts in other languages stay as they are?"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.corpus.legacy import TCVN3, Run, repair, repair_runs
from retrieval.corpus.legacy.casing import raise_case
from retrieval.corpus.legacy.tables import VISCII, VPS, tcvn3, vni, western
from tests.growth import assert_linear
from tests.unit.corpus.made_files import in_table, in_tcvn3, in_vni

TEXT = """Hợp tác xã bưởi da xanh mở thêm hai kho lạnh

Kho lạnh mới chứa được sáu mươi tấn, đủ cho vụ thu hoạch tháng chín. Ông chủ nhiệm nói: “Nhờ kho lạnh, bưởi giữ
được hai tháng mà vỏ vẫn xanh, ruột vẫn mọng nước.”
Ưu điểm nữa là xã viên không còn bị ép giá. Ý kiến của bà con được ghi lại đầy đủ; kỹ thuật và mỹ thuật đều khá.
ỦY BAN NHÂN DÂN XÃ TÂN PHÚ ĐÔNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Đó là vụ được mùa nhất. Ở đây ai cũng vui. Ổi, ớt và ẩm thực miền vườn."""
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
SENTENCES = [line for line in TEXT.split("\n") if len(line) > 60]


def test_every_letter_has_its_code() -> None:
    assert set(TCVN3.values()) == set(LETTERS[1:]) - set("eiouy") | set("ĂÂÊÔƠƯĐ")
    assert len(set(TCVN3.values())) == len(TCVN3)


def test_tcvn3_comes_back_whole() -> None:
    assert repair(in_tcvn3(TEXT)) == TEXT


def test_vni_comes_back_whole() -> None:
    assert repair(in_vni(TEXT)) == TEXT


@given(st.text(alphabet=LETTERS + LETTERS.upper() + " ", max_size=40))
def test_vni_round_trip(text: str) -> None:
    assert vni(in_vni(text)) == text


@given(st.text(alphabet=LETTERS + " ", max_size=40))
def test_tcvn3_round_trip_of_small_letters(text: str) -> None:
    assert raise_case(tcvn3(in_tcvn3(f"x {text}"))) == f"x {text}"


@given(st.text(alphabet=LETTERS.upper() + " ", max_size=40))
def test_tcvn3_round_trip_in_a_font_of_capitals(text: str) -> None:
    assert tcvn3(in_tcvn3(text.lower())).upper() == text


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("write", [in_tcvn3, in_vni])
def test_a_sentence_alone_is_told(sentence: str, write) -> None:  # type: ignore[no-untyped-def]
    assert repair(write(sentence)) == sentence


def test_a_heading_in_an_old_font_inside_a_unicode_text() -> None:
    heading = "Quy định về giờ làm việc của xưởng mộc"
    assert repair(f"{TEXT}\n{in_tcvn3(heading)}\n{TEXT}") == f"{TEXT}\n{heading}\n{TEXT}"


def test_double_encoded_utf8() -> None:
    once = "Đảng viên ở xã được học nghề trồng nấm rơm".replace("Đ", "đ")
    twice = once.encode("utf-8").decode("cp1252", errors="ignore")
    assert repair("đảng ủy xã".encode().decode("latin-1").encode("latin-1").decode("utf-8")) == "đảng ủy xã"
    assert repair(twice) == once or "\x81" in once.encode("utf-8").decode("latin-1")


def test_eth_for_d() -> None:
    assert repair("Ðảng ủy xã, ðường làng") == "Đảng ủy xã, đường làng"
    assert repair("Það er gott að búa á Íslandi") == "Það er gott að búa á Íslandi"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Déjà, l'été arrivait; les élèves célébraient la fête à l'école, naïfs garçons, où être, forêt, hôpital.",
        "El niño pequeño comió piñas y bebió café en la montaña; mañana será otro día.",
        "Größe, Straße, Übung, schön, für, müssen, können, Mädchen, Bäume.",
        "Não há coração sem ação; São Paulo, avô, avó, lição, três, você.",
        "Åse kjøpte rødgrød på Ærø; fløde, brød, smør, æbler.",
        "Học phí: £ 6.500/năm, § 12, 20 °C, ½ ly, © 2020, ® ™, «trích», 5 × 3",
        "Café ở Đắk Lắk, Müller và Gödel, piñata, São Tomé, Øresund, Škoda",
        "plain ASCII text, nothing else",
        "",
    ],
)
def test_other_texts_stay(text: str) -> None:
    assert repair(text) == text


@given(st.text())
def test_never_fails_and_keeps_ascii(text: str) -> None:
    repaired = repair(unicodedata.normalize("NFC", text))
    assert repaired.count("\n") == unicodedata.normalize("NFC", text).count("\n")


def in_viscii(text: str) -> str:
    return western(in_table(text, VISCII))


def in_vps(text: str) -> str:
    return western(in_table(text, VPS))


@pytest.mark.parametrize("write", [in_viscii, in_vps], ids=["viscii", "vps"])
def test_other_encodings_come_back_whole(write) -> None:  # type: ignore[no-untyped-def]
    text = TEXT.replace("“", '"').replace("”", '"')  # their codes are letters here
    assert repair(write(text)) == text


TABLE = """Danh mục thiết bị của trạm bơm nước xã Hòa Lợi, có kèm ghi chú về đơn vị và số lượng từng thứ.
Số
Phụ tùng
Cáp
Có
chỗ
Bể
Ống nhựa"""


@pytest.mark.parametrize("write", [in_tcvn3, in_vni, in_viscii])
def test_short_lines_go_with_the_nearest_that_is_sure(write) -> None:  # type: ignore[no-untyped-def]
    """Letters of "Sè" and "chó" are Vietnamese by themselves."""
    assert repair(write(TABLE)) == TABLE


@pytest.mark.parametrize("write", [in_tcvn3, in_vni])
def test_a_table_of_short_lines_only(write) -> None:  # type: ignore[no-untyped-def]
    text = "Số TT\nTên vật tư\nĐơn giá\nThành tiền\nGhi chú\nBột đá\nVôi"
    assert repair(write(text)) == text


def test_two_encodings_in_one_text() -> None:
    first = "Kế hoạch trồng rừng phòng hộ ven biển được các huyện thực hiện từ tháng năm."
    second = "Giống cây do trạm khuyến lâm cấp, mỗi hộ nhận hai nghìn cây phi lao."
    text = f"{in_tcvn3(first)}\n{in_tcvn3('Tổng số')}\n{in_vni(second)}\n{in_vni('Chiếc')}\n{in_vni('Cộng')}"
    assert repair(text) == f"{first}\nTổng số\n{second}\nChiếc\nCộng"


def test_words_without_a_vowel_say_nothing() -> None:
    text = "QUYẾT ĐỊNH VỀ GIÁ ĐẤT Ở CỦA UBND TỈNH\nQĐ 12/QĐ-UB\nNĐ-CP CỦA CP\nĐKKD, ĐH, CĐ"
    assert repair(in_vni(text)) == text


def test_signs_that_pdfs_give_for_two_codes() -> None:
    text = "Phương án được các xã lưu giữ, đã báo cáo lên trên từ trước."
    written = in_tcvn3(text).replace("\u00ad", "\u2212").replace("·", "\u2219")
    assert "\u2212" in written
    assert "\u2219" in written
    assert repair(written) == text


def test_the_soft_hyphen_is_a_letter() -> None:
    assert repair(in_tcvn3("Mười người thợ được thưởng")) == "Mười người thợ được thưởng"


def test_marks_after_i_in_vni() -> None:
    text = "Quy trình này do Bộ Tài chính hướng dẫn các tỉnh thực hiện."
    assert repair(in_vni(text).replace("ì", "iø").replace("í", "iù")) == text


@pytest.mark.parametrize(
    "text",
    [
        "Kích thước 3 × 4 × 5 m, sai số ± 5 µm, hạt 2 µm và 7 µm.",
        "Vé tháng 900¥, vé ngày 80¥, vé lượt 7¥.",
        "Tích a · b · c · d lớn hơn −5 và nhỏ hơn − 2.",
        "Chữ số ¼, ½, ¾ ly bột; 20 °C; «ghi chú»; § 3 và § 4.",
        "Nhóm gồm Zoë, Noël, Chloë và Raphaël ở phố Phùng Hưng.",
    ],
)
def test_signs_units_and_names_stay(text: str) -> None:
    assert repair(text) == text
    assert repair(f"{TEXT}\n{text}\n{TEXT}") == f"{TEXT}\n{text}\n{TEXT}"


def test_signs_stay_in_an_old_text_too() -> None:
    text = "Tấm lợp cỡ 2 × 3, nặng 5 µm giấy, mua của hãng Windows® năm trước"
    signs = in_tcvn3(text.replace("×", "\x01").replace("µ", "\x02").replace("®", "\x03"))
    written = signs.replace("\x01", "×").replace("\x02", "µ").replace("\x03", "®")
    assert repair(written) == text


def test_foreign_words_in_an_old_text() -> None:
    text = "Ông François và bà Thérèse sang thăm trại giống của tỉnh, được tiếp đón nồng hậu."
    kept = in_tcvn3(text.replace("François", "\x01").replace("Thérèse", "\x02"))
    assert repair(kept.replace("\x01", "François").replace("\x02", "Thérèse")) == text


def test_an_old_font_is_believed_where_its_words_agree() -> None:
    paragraphs = [
        [Run("Sổ: "), Run(in_tcvn3("Số"), ".VnTime")],
        [Run(in_tcvn3("Phụ lục bảng kê"), ".VnTime")],
    ]
    assert repair_runs(paragraphs) == ["Sổ: Số", "Phụ lục bảng kê"]


def test_the_name_of_a_font_may_lie() -> None:
    """Unicode typed over an old document keeps its old font's name."""
    lines = ["Cộng hòa xã hội", "Điều lệ hội đồng hương", "bà", "ba con bò", "chó"]
    assert repair_runs([[Run(line, ".VnTime")] for line in lines]) == lines


def test_a_font_of_capitals() -> None:
    assert repair_runs([[Run(in_tcvn3("nghị quyết số hai"), ".VnTimeH")]]) == ["NGHỊ QUYẾT SỐ HAI"]


@pytest.mark.parametrize("unit", ["\n", "c¸c x· ", "Ñ.. ", '"." ', "§", "a·", "CñA Bộ ", "iù", "François "])
def test_the_work_grows_with_the_text(unit: str) -> None:
    assert_linear(lambda text: repair(f"{text}®Þnh c¸c x·"), unit * (100_000 // len(unit)))
