"""Which numbers does Word show before paragraphs, and are they found in a .docx and in an old .doc?"""

from __future__ import annotations

import re
import struct

import pytest

from retrieval.corpus import read_bytes
from retrieval.corpus.readers.list_numbers import Level, Numbering
from tests.unit.corpus.made_office import open_document, rtf_file, word97_file, zipped

LEVELS = {
    0: Level("Chương %1", "upperRoman"),
    1: Level("Điều %2.", restart=0),
    2: Level("%3."),
    3: Level("%4)", "lowerLetter"),
    4: Level("%1.%3.%5", legal=True),
}
TEXTS = [("Quy định chung", 0), ("Ai được gửi xe", 1), ("Người trong xóm", 2), ("có thẻ", 3), ("chưa có thẻ", 3),
         ("Khách", 2), ("Mức phí", 1), ("Xe máy nộp năm nghìn đồng", 2), ("Xử lý", 0), ("Làm mất thẻ", 1)]  # fmt: skip
SHOWN = ["Chương I", "Điều 1.", "1.", "a)", "b)", "2.", "Điều 2.", "1.", "Chương II", "Điều 3."]


def test_levels() -> None:
    """Articles go on over chapters, since their level never begins anew; the other levels do below each new one."""
    numbering = Numbering({7: LEVELS}, {1: 7}, {})
    assert [numbering.label(1, level)[0] for _, level in TEXTS] == SHOWN
    assert numbering.label(1, 2) == ("1.", None)
    assert numbering.label(1, 4) == ("2.1.1", None)


@pytest.mark.parametrize(
    ("shape", "shown"),
    [("decimal", "28"), ("decimalZero", "28"), ("lowerRoman", "xxviii"), ("upperLetter", "BB"), ("none", ""), ("ordinal", "28")],
)  # fmt: skip
def test_shapes(shape: str, shown: str) -> None:
    numbering = Numbering({0: {0: Level("%1", shape, 28)}}, {5: 0}, {})
    assert numbering.label(5, 0)[0] == shown


def test_a_list_that_begins_anew_or_is_unknown() -> None:
    numbering = Numbering({0: {0: Level("%1.")}}, {1: 0, 2: 0, 3: 0}, {(2, 0): 1})
    assert [numbering.label(list_, 0)[0] for list_ in (1, 1, 2, 2, 3)] == ["1.", "2.", "1.", "2.", "3."]
    assert numbering.label(9, 0) == numbering.label(None, 0) == numbering.label(1, 5) == ("", None)


def lines(name: str, data: bytes) -> list[str]:
    [document] = read_bytes(name, data)
    return [document.text[b.start : b.end] for b in document.blocks]


def test_word() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{level.shape}"/><w:lvlText w:val="{level.text}"/>'
        + ("" if level.restart is None else f'<w:lvlRestart w:val="{level.restart}"/>')
        + "</w:lvl>"
        for n, level in LEVELS.items()
    )
    other = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Phụ lục %1"/></w:lvl></w:lvlOverride>'
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for text, level in TEXTS
    )
    body += '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>Mẫu thẻ</w:t></w:r></w:p>'
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f'<w:numbering {names}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Khung"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="4"><w:styleLink w:val="Khung"/>{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="4"/>{other}</w:num></w:numbering>',
        "[Content_Types].xml": "<x/>",
    }
    expected = [f"{number} {text}" for number, (text, _) in zip(SHOWN, TEXTS, strict=True)]
    assert lines("a.docx", zipped(parts)) == [*expected, "Phụ lục 1 Mẫu thẻ"]


def level_97(level: Level) -> bytes:
    shapes = {"decimal": 0, "upperRoman": 1, "lowerLetter": 4}
    flags = (0x08 if level.restart is not None else 0) | (0x04 if level.legal else 0)
    text = re.sub(r"%(\d)", lambda place: chr(int(place[1]) - 1), level.text)
    head = struct.pack(
        "<iBB9sBIIBBBB", level.start, shapes[level.shape], flags, b"", 0, 0, 0, 0, 0, level.restart or 0, 0
    )
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def test_word_97() -> None:
    levels = [LEVELS.get(n, Level("")) for n in range(9)]
    kinds = struct.pack("<Hi22sBB", 1, 99, b"", 0, 0) + b"".join(map(level_97, levels))
    uses = struct.pack("<IiIIBBBBI", 1, 99, 0, 0, 0, 0, 0, 0, 0xFFFFFFFF)
    data = word97_file(
        [text for text, _ in TEXTS], lists=(kinds, uses), numbered=[(1, level) for _, level in TEXTS]
    )
    assert lines("a.doc", data) == [
        f"{number} {text}" for number, (text, _) in zip(SHOWN, TEXTS, strict=True)
    ]
    broken = word97_file(["Quy định chung", "Mức phí"], lists=(kinds[:40], uses), numbered=[(1, 0), (7, 3)])
    assert lines("a.doc", broken) == ["Quy định chung", "Mức phí"]


def test_rtf() -> None:
    data = rtf_file(
        r"Nội quy nhà xe\par{\listtext\pard\plain Điều 1.\tab}Ai được gửi xe\par{\pntext 2)\tab}Khách\par"
    )
    assert lines("a.rtf", data) == ["Nội quy nhà xe", "Điều 1. Ai được gửi xe", "2) Khách"]


OUTLINE = (
    '<text:outline-style style:name="O"><text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Phần "/>'
    '<text:outline-level-style text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/></text:outline-style>'
)
LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" loext:num-list-format="Điều %1%." style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="a"/></text:list-style>'
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/></text:list-style>'
)


def item(inside: str, more: str = "") -> str:
    return f"<text:list-item{more}>{inside}</text:list-item>"


def test_open_document() -> None:
    """A list goes on behind a paragraph where it says so; a level that only leads to the next one isn't counted."""
    one = item("<text:p>Ai được mượn thuyền</text:p><text:p>Kể cả khách.</text:p>")
    inner = item(
        f"<text:list>{item('<text:p>người lớn</text:p>')}{item('<text:p>trẻ em</text:p>')}</text:list>"
    )
    body = (
        f'<text:list xml:id="l1" text:style-name="L">{one}{item("<text:p>Lệ phí</text:p>")}</text:list><text:p>Chú ý áo phao.</text:p>'
        f'<text:list text:continue-list="l1" text:style-name="L">{inner}{item("<text:p>Phạt</text:p>")}</text:list>'
        f'<text:list text:continue-numbering="true" text:style-name="L">{item("<text:p>Thi hành</text:p>")}</text:list>'
        f'<text:list text:style-name="L">{item("<text:p>Phụ lục</text:p>")}'
        + item("<text:p>Mẫu đơn</text:p>", ' text:start-value="7"')
        + f'</text:list><text:list text:style-name="B">{item("<text:p>Đèn pin</text:p>")}</text:list>'
    )
    assert lines("a.odt", open_document(body, styles=LIST)) == [
        "Điều 1. Ai được mượn thuyền", "Kể cả khách.", "Điều 2. Lệ phí", "Chú ý áo phao.", "a) người lớn", "b) trẻ em",
        "Điều 3. Phạt", "Điều 4. Thi hành", "Điều 1. Phụ lục", "Điều 7. Mẫu đơn", "Đèn pin",
    ]  # fmt: skip


def test_numbered_headings_of_open_document() -> None:
    body = "".join(
        f'<text:h text:outline-level="{level}"{more}>{text}</text:h><text:p>Nội dung của phần này.</text:p>'
        for text, level, more in (
            ("Bến", 1, ""), ("Giờ", 2, ""), ("Giá", 2, ""), ("Lời kết", 1, ' text:is-list-header="true"'), ("Thuyền", 1, ""),
        )
    )  # fmt: skip
    shown = lines("a.odt", open_document(body, styles=OUTLINE))
    assert shown[::2] == ["Phần I Bến", "I.1. Giờ", "I.2. Giá", "Lời kết", "Phần II Thuyền"]
