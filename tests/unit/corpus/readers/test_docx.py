"""What is taken from a Word file, old fonts included, and how are other files of that name refused?"""

from __future__ import annotations

import io
import zipfile

import pytest

from retrieval.corpus import read_bytes
from retrieval.errors import UnreadableFile
from retrieval.settings import CorpusSettings, Settings
from tests.unit.corpus.made_files import article, in_tcvn3, in_vni, word_file

TITLE = "Nội quy xưởng mộc năm 2021"
RULE = "Công nhân đi muộn quá 15 phút phải báo tổ trưởng trước khi vào máy, nếu không sẽ bị nhắc nhở."
OTHER = "Mùn cưa phải được hút sạch sau mỗi ca, tuyệt đối không hút thuốc trong kho gỗ và phòng sơn."


def test_paragraphs_and_tables() -> None:
    [document] = read_bytes(
        "a.docx", word_file([TITLE, RULE], rows=[["Ca", "Giờ vào"], ["Sáng", "7 giờ 30"]])
    )
    assert document.title == TITLE
    assert article(document) == f"{RULE}\n\nCa | Giờ vào\n\nSáng | 7 giờ 30"


def test_a_merged_cell_counts_once() -> None:
    data = word_file([TITLE, RULE], rows=[["Ca", "Giờ"]])
    import docx

    document = docx.Document(io.BytesIO(data))
    table = document.tables[0]
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Gộp hai ô"
    stream = io.BytesIO()
    document.save(stream)
    [read] = read_bytes("a.docx", stream.getvalue())
    assert read.text.count("Gộp hai ô") == 1


def test_old_fonts_run_by_run() -> None:
    paragraphs = [
        TITLE,
        (in_tcvn3(RULE), ".VnTime"),
        (in_tcvn3("an toàn lao động trong xưởng"), ".VnTimeH"),
        ("khong dau 2021", ".VnArialH"),
        (in_vni("Không ai được đứng máy cưa khi chưa qua tập huấn."), "VNI-Times"),
        ("Phông mới thì giữ nguyên.", "Arial"),
    ]
    [document] = read_bytes("a.docx", word_file(paragraphs))
    assert article(document).split("\n\n") == [
        RULE,
        "AN TOÀN LAO ĐỘNG TRONG XƯỞNG",
        "KHONG DAU 2021",
        "Không ai được đứng máy cưa khi chưa qua tập huấn.",
        "Phông mới thì giữ nguyên.",
    ]


def test_an_old_font_that_is_not_named() -> None:
    [document] = read_bytes("a.docx", word_file([TITLE, in_tcvn3(RULE), in_vni(OTHER)]))
    assert article(document) == f"{RULE}\n\n{OTHER}"


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip at all", "không phải tệp Word"),
        (b"", "tệp rỗng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "tệp hỏng hoặc bị cắt"),
        (zipped(x=b"1"), "là tệp nén"),
        (zipped(**{"word/x": b"1"}), "damaged Word file"),
        (word_file([TITLE, RULE])[:-200], "tệp hỏng hoặc bị cắt"),
        (word_file([]), "no text in it"),
        (zipped(**{"word/x": bytes(30_000_000)}), "30 MB when unpacked"),
    ],
    ids=["text", "empty", "old", "another zip", "no document", "cut", "no text", "bomb"],
)
def test_refused(data: bytes, reason: str) -> None:
    settings = Settings(corpus=CorpusSettings(max_file_megabytes=1))
    with pytest.raises(UnreadableFile) as caught:
        list(read_bytes("kho.docx", data, settings=settings))
    assert str(caught.value).startswith(f"kho.docx: {reason}")
