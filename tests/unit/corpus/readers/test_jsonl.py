"""One article a line: what is kept exactly, and what is said of a line that can't be read?"""

from __future__ import annotations

import datetime
import gzip
import json
import unicodedata

import pytest

from retrieval.corpus import read_bytes
from retrieval.errors import UnreadableFile
from retrieval.records import Block, Document
from retrieval.settings import CorpusSettings, Settings

Problems = list[tuple[str, str]]


def read(
    data: bytes, *, name: str = "kho.jsonl", settings: Settings | None = None
) -> tuple[list[Document], Problems]:
    problems: Problems = []
    documents = list(read_bytes(name, data, settings=settings, on_problem=lambda *p: problems.append(p)))
    return documents, problems


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def test_every_field() -> None:
    [document], problems = read(
        line(
            id="n1",
            title="Tin",
            text="Nước về ngõ.",
            source="BDK",
            published="07/02/2020",
            url="https://x.example/1",
        )
    )
    assert not problems
    assert document == Document(
        "n1", "Nước về ngõ.", "Tin", "BDK", datetime.date(2020, 2, 7), url="https://x.example/1"
    )


def test_the_text_is_exact() -> None:
    text = "Trang chủ\n\n  Chia sẻ  bài viết\t\nHết.\n"
    assert read(line(text=text))[0][0].text == text


def test_a_document_written_down_is_read_back_with_its_structure() -> None:
    composed = "Nội quy\nCửa mở lúc 6 giờ."
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, composed)
        cut = text.index("\n")
        blocks = (Block("heading", 0, cut, 1), Block("paragraph", cut + 1, len(text), page=2))
        given = Document("n1", text, "Tin", number="12/NQ", blocks=blocks, meta={"phòng": 3})
        [document], problems = read(json.dumps(given.to_dict()).encode())
        assert not problems
        assert document == Document(
            "n1",
            composed,
            "Tin",
            number="12/NQ",
            blocks=(Block("heading", 0, 7, 1), Block("paragraph", 8, len(composed), page=2)),
            meta={"phòng": 3},
        )


@pytest.mark.parametrize(
    "blocks",
    [
        5,
        [{"kind": "khung", "start": 0, "end": 2}],
        [{"kind": "heading", "start": 0, "end": 99}],
        [{"kind": "heading", "start": -1, "end": 2}],
        [{"kind": "item", "start": 4, "end": 6}, {"kind": "item", "start": 0, "end": 2}],
    ],
)
def test_a_structure_that_does_not_fit_is_told_and_left(blocks: object) -> None:
    [document], problems = read(line(text="Nước về ngõ.", blocks=blocks))
    assert document.blocks == ()
    assert [where for where, _ in problems] == ["kho.jsonl:1"]
    assert problems[0][1].startswith('"blocks": ')


def test_ids_and_dates_where_none_are_given() -> None:
    documents, _ = read(line(text="Không có gì.") + b"\n" + line(id=7, text="Mở ngày 5/3/2020."))
    assert [document.id for document in documents] == ["kho.jsonl#1", "7"]
    assert documents[1].mentioned == datetime.date(2020, 3, 5)


def test_a_broken_line_is_named_and_the_rest_goes_on() -> None:
    data = (
        line(text="một")
        + b"{broken\n"
        + b"[1]\n"
        + line(title="x")
        + line(text=" ")
        + line(text="hai", published="?")
    )
    documents, problems = read(data)
    assert [document.text for document in documents] == ["một", "hai"]
    assert [where for where, _ in problems] == [f"kho.jsonl:{n}" for n in (2, 3, 4, 5, 6)]
    assert problems[0][1].startswith("không phải JSON")
    assert problems[4][1].startswith("published: '?' không phải ngày")


def test_bytes_that_are_not_utf8() -> None:
    documents, problems = read(line(text="một") + b'{"text": "\xff\xfe"}\n')
    assert len(documents) == 1
    assert problems[0][0] == "kho.jsonl:2"


def test_a_byte_order_mark() -> None:
    assert read(b"\xef\xbb\xbf" + line(text="một"))[0][0].text == "một"


def test_gzip_with_either_name() -> None:
    data = gzip.compress(line(text="một") + line(text="hai"))
    assert [d.id for d in read(data, name="kho.jsonl.gz")[0]] == ["kho.jsonl.gz#1", "kho.jsonl.gz#2"]
    assert len(read(data)[0]) == 2


def test_a_line_beyond_the_limit_is_skipped() -> None:
    settings = Settings(corpus=CorpusSettings(max_line_characters=100))
    documents, problems = read(line(text="a" * 5000) + line(text="hai"), settings=settings)
    assert [document.text for document in documents] == ["hai"]
    assert problems[0][0] == "kho.jsonl:1"
    assert "max_line_characters (100)" in problems[0][1]


def test_a_large_file_is_no_trouble() -> None:
    settings = Settings(corpus=CorpusSettings(max_file_megabytes=1))
    documents, problems = read(line(text="a" * 600_000) * 3, settings=settings)
    assert (len(documents), problems) == (3, [])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("kho.jsonl", b"", "không có bài nào trong tệp"),
        ("kho.jsonl", b"\n\n", "không có bài nào trong tệp"),
        ("kho.jsonl.gz", gzip.compress(line(text="một") * 500, mtime=0)[:40], "dữ liệu gzip hỏng"),
    ],
)
def test_refused(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read(data, name=name)


def test_what_the_writer_wants_to_find_again() -> None:
    documents, problems = read(
        line(text="một", number="35/QĐ-UBND", meta={"shelf": 4, "tags": ["a"]}) + line(text="hai", meta=3)
    )
    assert (documents[0].number, documents[0].meta) == ("35/QĐ-UBND", {"shelf": 4, "tags": ["a"]})
    assert documents[1].meta == {}
    assert problems == [("kho.jsonl:2", "meta: phải là một bảng có tên khóa")]
