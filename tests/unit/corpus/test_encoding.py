"""Is a text read right in each encoding, and are bytes that are no text refused in one line?"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.corpus.encoding import decode
from retrieval.corpus.legacy.tables import VISCII, VPS
from retrieval.errors import UnreadableFile
from tests.unit.corpus.made_files import in_table, in_tcvn3, in_vni

TEXT = """Nhà máy nước mở vòi công cộng ở mười hai ngõ nhỏ

Mỗi vòi có bể chứa nửa khối, bơm đầy lúc bốn giờ sáng. Ai cũng lấy được hai thùng một ngày, không phải trả tiền.
Đội thợ ghé kiểm tra đường ống vào chiều thứ năm hằng tuần."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_windows_1258(text: str) -> bytes:
    """Letters with their circumflex, breve or horn, the tone after them, as Windows types them."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
        out.append(base + "".join(p for p in parts if p in _TONES))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode(encoding: str, form: str) -> None:
    data = unicodedata.normalize(form, TEXT).encode(encoding)
    assert decode(data, where="a.txt") == TEXT


@pytest.mark.parametrize(
    "data",
    [
        in_windows_1258(TEXT),
        in_tcvn3(TEXT).encode("latin-1"),
        in_vni(TEXT).encode("latin-1"),
        in_table(TEXT, VISCII),
        in_table(TEXT, VPS),
    ],
    ids=["windows-1258", "tcvn3", "vni", "viscii", "vps"],
)
def test_one_byte_vietnamese(data: bytes) -> None:
    assert decode(data, where="a.txt") == TEXT


def test_western_text() -> None:
    french = "Déjà l'été; les élèves de l'école française célèbrent la fête. " * 3
    assert decode(french.encode("cp1252"), where="a.txt") == french


def test_a_cut_download_is_read() -> None:
    text = TEXT * 20
    data = text.encode("utf-8")
    cut = data[:-1] if data[-1] >= 0x80 else (text + "ở").encode("utf-8")[:-1]
    assert decode(cut, where="a.txt").startswith(TEXT)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "rỗng"),
        (b" \r\n\t ", "rỗng"),
        (bytes(range(256)) * 8, "nhị phân"),
        ("これは日本語の文章です。文字化けします。".encode("shift_jis") * 5, "bảng mã"),
        ("Это русский текст, который не прочитать.".encode("koi8-r") * 5, "bảng mã"),
        (b"\xff\xfea", "bị hỏng"),
    ],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as caught:
        decode(data, where="kho/a.txt")
    assert str(caught.value).startswith("kho/a.txt: ")
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data, where="a.txt")
    except UnreadableFile:
        return
    assert unicodedata.is_normalized("NFC", text)
