"""Is a document of any shape read whole, each character in one block, and asked as fast as its size allows?"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from retrieval import Block, Document, Retriever, read_bytes, read_corpus
from tests.growth import assert_linear
from tests.unit.corpus.made_files import word_file
from tests.unit.corpus.made_office import (
    book_file,
    excel_file,
    open_document,
    powerpoint_file,
    rtf_file,
    slides_file,
    word97_file,
)
from tests.unit.corpus.made_pdf import lines_down, pdf_of

ROOT = Path(__file__).parents[2]
GOODS = [f"Lô {n} nặng {n + 1} kg." for n in range(60)]
LONG = "Điều lệ bến " * 420


def in_blocks(document: Document) -> None:
    """Blocks stand in order, none over another, and hold all that isn't white space."""
    at = 0
    for block in document.blocks:
        assert not document.text[at : block.start].strip()
        assert at <= block.start < block.end
        at = block.end
    assert not document.text[at:].strip()


def paragraphs_of(lines: Sequence[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


def sheet_of(lines: Sequence[str]) -> str:
    """Two columns, some lines with a second cell."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = (
        f"<table:table-row>{cell.format(line)}{cell.format(n) if n % 3 else ''}</table:table-row>"
        for n, line in enumerate(lines)
    )
    return f'<table:table table:name="Kho">{"".join(rows)}</table:table>'


def slides_of(lines: Sequence[str]) -> str:
    frames = "".join(
        f"<draw:frame><draw:text-box><text:p>{line}</text:p></draw:text-box></draw:frame>" for line in lines
    )
    return f'<draw:page xmlns:draw="urn:d">{frames}</draw:page>'


def page_in_one_file(lines: Sequence[str]) -> bytes:
    page = f"<html><body><h1>Sổ kho</h1>{paragraphs_of(lines)}</body></html>".encode()
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + base64.encodebytes(page)
        + b"\r\n--x--\r\n"
    )


MADE: dict[str, Callable[[Sequence[str]], bytes]] = {
    "a.txt": lambda lines: "\n".join(lines).encode(),
    "a.md": lambda lines: "\n\n".join(lines).encode(),
    "a.html": lambda lines: f"<html><body><h1>Sổ kho</h1>{paragraphs_of(lines)}</body></html>".encode(),
    "a.docx": word_file,
    "a.doc": word97_file,
    "a.odt": lambda lines: open_document(paragraphs_of(lines, "text:p")),
    "a.rtf": lambda lines: rtf_file("\\par ".join(lines)),
    "a.pptx": lambda lines: slides_file([(lines[0], lines[1:])]),
    "a.ppt": lambda lines: powerpoint_file([lines]),
    "a.epub": lambda lines: book_file([paragraphs_of(lines)]),
    "a.pdf": lambda lines: pdf_of([lines_down(lines, leading=20)]),
    "a.xlsx": lambda lines: excel_file(
        [[line, float(n)] if n % 3 else [line] for n, line in enumerate(lines)]
    ),
    "a.ods": lambda lines: open_document(sheet_of(lines), kind="spreadsheet"),
    "a.odp": lambda lines: open_document(slides_of(lines), kind="presentation"),
    "a.mht": page_in_one_file,
}
KINDS = (
    "QUY ĐỊNH CHUNG", "Điều 4. Giờ mở kho", "1. Kho mở lúc 6 giờ;", "b) đóng lúc 18 giờ.", "- gạch đầu dòng", "Lệ phí: 5.000 đồng",
    "Ai giữ chìa khóa?", "Ông Lục Văn Bể.", "Nổi bật", "Tin khác", "12/3/2024", "Nơi nhận: như trên", "Cộng: 14 bao", "Hồ sơ gồm:",
    "Kho nằm cạnh bến đò, có hai cửa và một lối đi nhỏ ra bờ sông, ban đêm có người trông.", "Trang 3", "Chia sẻ", "III. Kết luận",
)  # fmt: skip


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("seed", range(6))
def test_all_that_a_file_says_is_in_one_block(name: str, seed: int) -> None:
    chosen = random.Random(f"{name} {seed}").sample(KINDS, 12)
    [document] = read_bytes(name, MADE[name](chosen))
    in_blocks(document)
    squeezed = "".join(document.text.split())
    missing = [line for line in chosen if "".join(line.split()).lstrip("-") not in squeezed]
    assert not missing or missing == [document.title]


def test_all_of_the_texts_at_hand_is_in_one_block() -> None:
    folders = [ROOT / "seeds", ROOT / "tests" / "quality" / "texts", ROOT / "docs", ROOT / "README.vi.md"]
    seen = 0
    for document in read_corpus(folders, on_problem=lambda _path, _problem: None):
        in_blocks(document)
        seen += 1
    assert seen > 50


SHAPES = {
    "a heading of 5,000 characters": ("a.md", f"# {LONG}\n\n" + "\n\n".join(GOODS)),
    "one of them in a page": ("a.html", f"<html><body><h1>{LONG}</h1>{paragraphs_of(GOODS)}</body></html>"),
    "nesting of 50": ("a.md", "\n".join(f"{'  ' * n}- {line}" for n, line in enumerate(GOODS[:50]))),
    "nesting in a page": (
        "a.html",
        f"<html><body>{''.join(f'<ul><li>{line}' for line in GOODS[:50])}</body></html>",
    ),
    "a list without what opens it": ("a.md", "\n".join(f"- {line}" for line in GOODS)),
    "broken numbers": ("a.txt", "\n".join(f"{n * 7 % 13}. {line}" for n, line in enumerate(GOODS))),
    "articles out of order": (
        "a.txt",
        "\n".join(f"Điều {n * 5 % 11}. Việc {n}\n{line}" for n, line in enumerate(GOODS)),
    ),
    "levels that jump": (
        "a.md",
        "\n\n".join(f"{'#' * (1 + n * 4 % 6)} Kệ {n}\n\n{GOODS[n]}" for n in range(50)),
    ),
    "a page that is never closed": ("a.html", f"<html><body><h2>Kho<table><tr><td>{'<tr><td>'.join(GOODS)}"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_bad_shape_is_read_whole_and_answers(shape: str) -> None:
    name, text = SHAPES[shape]
    [document] = read_bytes(name, text.encode())
    in_blocks(document)
    assert all(line in document.text for line in GOODS[:50])
    answer = Retriever.build([document]).answer("Lô 37 nặng bao nhiêu kg?")
    first = answer.hits[0]
    assert first.shown
    assert "Lô 37 nặng 38 kg." in document.text[slice(*first.shown)]


def test_a_document_that_is_only_headings_is_read_and_never_answers() -> None:
    [document] = read_bytes("a.md", "\n\n".join(f"## Giờ mở kệ {n}" for n in range(300)).encode())
    in_blocks(document)
    assert document.text.count("Giờ mở kệ") == 300
    assert not Retriever.build([document]).answer("Kệ 37 mở lúc mấy giờ?").answered


def asked(name: str, text: str) -> Document:
    [document] = read_bytes(name, text.encode())
    Retriever.build([document]).answer("Lô 37 nặng bao nhiêu kg?")
    return document


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "\n\n".join(f"## Kệ {n}\n\nLô {n} nặng {n + 1} kg." for n in range(2_500))),
        ("a.md", "| Lô | Nặng |\n|---|---|\n" + "\n".join(f"| Lô {n} | {n + 1} kg |" for n in range(6_000))),
        ("a.txt", "Lô | Nặng\n" + "\n".join(f"Lô {n} | {n + 1} kg" for n in range(6_000))),
    ],
    ids=["headings", "rows of Markdown", "rows of plain text"],
)
def test_reading_indexing_and_asking_grow_with_the_document(name: str, text: str) -> None:
    assert_linear(lambda part: asked(name, part), text)


@pytest.mark.parametrize(
    "blocks",
    [
        [Block("heading", 0, 30, 1), Block("paragraph", 10, 60), Block("item", 5, 20)],
        [Block("row", 11, 30), Block("heading", 3, 3, 1)],
        [Block("paragraph", 0, 12), Block("paragraph", 0, 12)],
        [Block("item", 70, 90), Block("heading", 0, 12, 60)],
    ],
    ids=["over one another", "gaps and an empty one", "twice", "out of order"],
)
def test_blocks_that_a_program_hands_over_wrong_are_put_right(blocks: list[Block]) -> None:
    text = "Sổ kho bến\nLô 37 nặng 38 kg.\n\nLô 38 nặng 41 kg.\nChìa khóa treo ở phòng trực, cửa bên trái."
    retriever = Retriever.build([Document(id="kho", text=text, title="Sổ kho bến", blocks=tuple(blocks))])
    kept = retriever.document("kho")
    assert kept is not None
    assert kept.text == text
    in_blocks(kept)
    answer = retriever.answer("Chìa khóa treo ở đâu?")
    assert "phòng trực" in answer.hits[0].passage.text
