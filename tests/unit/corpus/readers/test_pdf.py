"""What is taken from a PDF, and how are those without text refused?"""

from __future__ import annotations

import datetime

import pytest

from retrieval.corpus import read_bytes
from retrieval.errors import UnreadableFile
from tests.unit.corpus.made_files import in_tcvn3, pdf_file

PAGES = [
    [
        "Sổ tay khu phố",
        "Lịch súc rửa đường ống nước",
        "Ngày đăng: 05/03/2020",
        "Để súc rửa đường ống chính, nhà máy sẽ ngừng cấp nước trên toàn khu phố từ 22 giờ",
        "ngày thứ ba đến 4 giờ sáng hôm sau. Bà con nên trữ nước đủ dùng cho nấu nướng và",
        "tắm giặt trong sáu giờ.",
        "Trang 1",
    ],
    [
        "Sổ tay khu phố",
        "Sau khi có nước lại, xin xả bỏ nước đục trong chừng năm phút đầu. Nếu quá 5 giờ mà",
        "vòi vẫn khô, hãy gọi trực ban của nhà máy.",
        "Trang 2",
    ],
    ["Sổ tay khu phố", "Xin cảm ơn bà con đã thông cảm với nhà máy trong đợt súc rửa đường ống này.", "3/3"],
]
TEXT = """Để súc rửa đường ống chính, nhà máy sẽ ngừng cấp nước trên toàn khu phố từ 22 giờ ngày thứ ba đến 4 giờ sáng \
hôm sau. Bà con nên trữ nước đủ dùng cho nấu nướng và tắm giặt trong sáu giờ.
Sau khi có nước lại, xin xả bỏ nước đục trong chừng năm phút đầu. Nếu quá 5 giờ mà vòi vẫn khô, hãy gọi trực ban \
của nhà máy.
Xin cảm ơn bà con đã thông cảm với nhà máy trong đợt súc rửa đường ống này."""


def test_paragraphs_without_running_heads_and_page_numbers() -> None:
    [document] = read_bytes("lich.pdf", pdf_file(PAGES))
    assert document.text == TEXT
    assert document.title == "Lịch súc rửa đường ống nước"
    assert document.published == datetime.date(2020, 3, 5)


def test_an_old_font() -> None:
    [document] = read_bytes("lich.pdf", pdf_file([[in_tcvn3(line) for line in page] for page in PAGES]))
    assert document.text == TEXT


def test_an_empty_password_opens() -> None:
    [document] = read_bytes("lich.pdf", pdf_file(PAGES, password=""))
    assert document.text == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_file(PAGES, password="x"), "encrypted; save it without a password, or leave it out"),
        (pdf_file([[], []]), "no text in it (a scan?); run OCR first, or leave it out"),
        (pdf_file([["Trang 1"], ["Trang 2"]]), "no text in it (a scan?)"),
        (b"%PDF-1.4\nrubbish\n%%EOF", "not a readable PDF"),
        (pdf_file(PAGES)[:700], "not a readable PDF"),
        ("không phải PDF".encode(), "not a readable PDF"),
        (b"", "not a readable PDF"),
    ],
    ids=["encrypted", "scan", "numbered scan", "rubbish", "cut", "text", "empty"],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        list(read_bytes("kho.pdf", data))
    assert str(caught.value).startswith(f"kho.pdf: {reason}")
    assert "\n" not in str(caught.value)
