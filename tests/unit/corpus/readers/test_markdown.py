"""What do front matter and headings say, and which words of Markdown are the text?"""

from __future__ import annotations

import datetime

import pytest

from retrieval.corpus import read_bytes
from retrieval.records import Block, Document
from tests.unit.corpus.made_files import article

Problems = list[tuple[str, str]]


def read(text: str) -> tuple[Document, Problems]:
    problems: Problems = []
    [document] = read_bytes("bai.md", text.encode(), on_problem=lambda *p: problems.append(p))
    return document, problems


def test_yaml_front_matter() -> None:
    document, problems = read(
        "---\nid: bai-1\ntitle: 'Chợ nổi: phiên đầu'\nsource: Báo Sông\nmentioned: 2022-09-11\nauthor: Hà An\n"
        "kind: digest\nlayout: post\n---\n\nChợ họp ngày 1/1/2020.\n"
    )
    assert not problems
    assert document == Document(
        "bai-1",
        "Chợ họp ngày 1/1/2020.",
        "Chợ nổi: phiên đầu",
        "Báo Sông",
        mentioned=datetime.date(2022, 9, 11),
        author="Hà An",
        kind="digest",
        blocks=(Block("paragraph", 0, 22),),
    )


def test_toml_front_matter() -> None:
    document, problems = read('+++\ntitle = "Chợ nổi"\ndate = 2022-09-11\n+++\nChợ họp sớm.')
    assert not problems
    assert (document.title, document.published) == ("Chợ nổi", datetime.date(2022, 9, 11))


def test_one_bad_value_does_not_cost_the_others() -> None:
    document, problems = read("---\npublished: 2020-02-30\ntitle: Chợ\nkind: x\n---\nChợ họp sớm.")
    assert (document.title, document.published) == ("Chợ", None)
    assert [(where, reason.split(":")[0]) for where, reason in problems] == [
        ("bai.md", "published"),
        ("bai.md", "kind"),
    ]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("---\ntitle: Chợ: phiên đầu\n---\n", "dòng 2"),
        ("---\n- a\n- b\n---\n", "không phải các dòng"),
        ("+++\ntitle = \n+++\n", "phần đầu (front matter)"),
    ],
)
def test_broken_front_matter_is_named_and_no_part_of_the_text(front: str, said: str) -> None:
    document, problems = read(f"{front}Chợ họp sớm.")
    assert document.text == "Chợ họp sớm."
    [(where, reason)] = problems
    assert where == "bai.md"
    assert said in reason
    assert "\n" not in reason


def test_words_without_marks() -> None:
    document, _ = read(
        "# Chợ nổi\n\n## Phiên đầu\n\nGhe **khóm** và _bông_ [điên điển](https://x.example 'y'), `41` chiếc; 2*3*4 và a_b_c.\n\n"
        "![Ghe khóm](a.jpg)\n\n> Lời người bán.\n\n- một\n- hai\n\n<!-- ẩn -->\n---\n```\nmã\n```\n"
    )
    assert document.title == "Chợ nổi"
    assert article(document) == (
        "Phiên đầu\n\nGhe khóm và bông điên điển, 41 chiếc; 2*3*4 và a_b_c.\n\nGhe khóm\n\nLời người bán.\n\n- một\n- hai\n\nmã"
    )


def test_a_page_saved_as_markdown_is_read_as_a_page() -> None:
    document, _ = read(
        "Chợ nổi họp lại sau hai mùa vắng\n\n11/09/2022 - 05:00\n\nPhiên chợ đầu tiên của mùa nước có hơn tám mươi ghe, "
        "nhiều nhất là ghe khóm.\n\nChia sẻ bài viết\n"
    )
    assert document.title == "Chợ nổi họp lại sau hai mùa vắng"
    assert document.published == datetime.date(2022, 9, 11)
    assert "Chia sẻ" not in article(document)
    assert "Chia sẻ" in document.text


def test_marks_say_what_a_block_is() -> None:
    document, _ = read(
        "# Quy định công ty Sao Mai\n\n## Nhân viên thử việc\n\nNghỉ việc phải báo trước 3 ngày.\n\n1. Việc một\n   - Việc nhỏ\n2. Việc hai\n\n"
        "| Bậc | Lương |\n|---|---|\n| Một | 5.000.000 |\n\n### Khi nào khai giảng?\nNgày 5/9/2024.\n"
    )
    assert document.title == "Quy định công ty Sao Mai"
    assert document.published is None
    assert [
        (block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks
    ] == [
        ("title", 0, "Quy định công ty Sao Mai"),
        ("heading", 2, "Nhân viên thử việc"),
        ("paragraph", 0, "Nghỉ việc phải báo trước 3 ngày."),
        ("item", 1, "1. Việc một"),
        ("item", 2, "- Việc nhỏ"),
        ("item", 1, "2. Việc hai"),
        ("row", 1, "Bậc | Lương"),
        ("row", 0, "Một | 5.000.000"),
        ("heading", 3, "Khi nào khai giảng?"),
        ("paragraph", 0, "Ngày 5/9/2024."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- " * 200 + "sâu",
        "> " * 300 + "sâu",
        "[" * 30_000 + "sâu",
        "* " * 150 + "một\n\nhai",
        "<div>\n\n**đậm** trong khung\n\n</div>",
    ],
)
def test_no_word_is_lost_in_odd_nesting(text: str) -> None:
    document, _ = read(f"Đầu tiên.\n\n{text}\n\nCuối cùng.\n")
    for word in ("Đầu tiên.", *(w for w in ("sâu", "hai", "đậm") if w in text), "Cuối cùng."):
        assert word in document.text
