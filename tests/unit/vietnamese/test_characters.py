"""Characters that only look otherwise, or can't be seen."""

import sys
import unicodedata

import pytest

from retrieval.vietnamese.characters import as_meant, as_typed, without_unseen


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ｔｒà　Ｖｉｎｈ", "Trà Vinh"),
        ("năm ２０１９，giá １２．５００ đ／ｋｇ？", "năm 2019,giá 12.500 đ/kg?"),
        ("𝐁ế𝐧 𝐓𝐫𝐞 có 𝟏𝟐 xã", "Bến Tre có 12 xã"),
        ("ngày\u00a05\u202ftháng\u20096", "ngày 5 tháng 6"),
        ("\u2009Trà  Vinh\u00a0", "Trà Vinh"),
        ("Trà\u200bVinh", "Trà Vinh"),
        ("T\u00adrà V\u2060inh\ufeff", "Trà Vinh"),
        ("\u202dTrà\u202c \u2067Vinh\u2069", "Trà Vinh"),
        ("Tra\u0300 Vinh", "Trà Vinh"),
        ("Ｔｒａ\u0300 Vinh", "Trà Vinh"),
        ("Trà \ud800Vinh", "Trà \ufffdVinh"),
        ("\ud83d\ude00 Trà Vinh", "😀 Trà Vinh"),
        ("m² ½ № Ⅳ", "m² ½ № Ⅳ"),
        ("", ""),
        ("\u200b \u00ad", ""),
    ],
)
def test_what_was_typed(typed: str, meant: str) -> None:
    assert as_typed(typed) == meant


def test_each_character_stands_for_one() -> None:
    """Offsets hold, whatever a document has in it: only NFC changes how many there are."""
    changed = 0
    for code in range(0x80, sys.maxunicode + 1):
        character = chr(code)
        nfc = unicodedata.normalize("NFC", character)
        changed += as_meant(character) not in (character, nfc)
        assert len(as_meant(character)) == len(nfc)
        assert as_meant(as_meant(character)) == as_meant(character)
    assert changed > 1000


def test_what_cannot_be_seen_is_dropped_and_signs_stay() -> None:
    assert without_unseen("a\u200bb\u200d\x07c\td\ne") == "abc\td\ne"
