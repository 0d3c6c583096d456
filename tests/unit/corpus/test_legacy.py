"""Do texts for old Vietnamese fonts come back whole, and do texts in other languages stay as they are?"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.corpus.legacy import TCVN3, from_tcvn3, from_vni, repair
from tests.unit.corpus.made_files import in_tcvn3, in_vni

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
    assert from_vni(in_vni(text)) == text


@given(st.text(alphabet=LETTERS + " ", max_size=40))
def test_tcvn3_round_trip_of_small_letters(text: str) -> None:
    assert from_tcvn3(in_tcvn3(f"x {text}")) == f"x {text}"


@given(st.text(alphabet=LETTERS.upper() + " ", max_size=40))
def test_tcvn3_round_trip_in_a_font_of_capitals(text: str) -> None:
    assert from_tcvn3(in_tcvn3(text.lower()), capitals=True) == text


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
