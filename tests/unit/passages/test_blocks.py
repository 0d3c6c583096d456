"""Passages by blocks: lists with what opens them, rows under their header, questions with answers, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.passages import split_blocks
from retrieval.records import Block, BlockKind
from retrieval.settings import PassageSettings
from tests.growth import assert_linear

SENTENCE = "Xã đã làm xong mười hai cây số đường bê tông trong mùa khô vừa rồi."
OTHER = "Năm sau, xã sẽ xây thêm hai cây cầu và một trạm bơm ở cuối làng."

Made = list[tuple[BlockKind, str] | tuple[BlockKind, str, int]]


def made(*parts: tuple[BlockKind, str] | tuple[BlockKind, str, int]) -> tuple[str, tuple[Block, ...]]:
    """A text of lines, and a block for each: (kind, line) or (kind, line, level)."""
    blocks, at = [], 0
    for kind, line, *level in parts:
        blocks.append(
            Block(kind, at, at + len(line), level[0] if level else int(kind in ("heading", "item")))
        )
        at += len(line) + 1
    return "\n".join(line for _, line, *_ in parts), tuple(blocks)


def cut(*parts: tuple[BlockKind, str] | tuple[BlockKind, str, int], size: int = 480) -> list[tuple[str, ...]]:
    """(…, what stands over it, the widest first, the passage) of each passage."""
    text, blocks = made(*parts)
    found = split_blocks(text, blocks, settings=PassageSettings(max_characters=size))
    rows = []
    for span in found.spans:
        path, at = [text[span.start : span.end]], span.section
        while at >= 0:
            section = found.sections[at]
            path.insert(0, text[section.start : section.end])
            at = section.parent
        rows.append(tuple(path))
    return rows


def test_headings_stand_over_what_is_below_them_and_are_no_passages() -> None:
    assert cut(
        ("heading", "Quy định", 1),
        ("paragraph", SENTENCE),
        ("heading", "Tổ một", 2),
        ("paragraph", SENTENCE),
        ("heading", "Tổ hai", 2),
        ("paragraph", SENTENCE),
        ("heading", "Phụ lục", 1),
        ("paragraph", OTHER),
    ) == [
        ("Quy định", SENTENCE),
        ("Quy định", "Tổ một", SENTENCE),
        ("Quy định", "Tổ hai", SENTENCE),
        ("Phụ lục", OTHER),
    ]


def test_a_heading_that_is_a_sentence_with_nothing_below_is_a_passage() -> None:
    first, second = f"Điều 1. {SENTENCE}", f"Điều 2. {OTHER}"
    assert cut(("heading", first), ("heading", second)) == [(first, first), (second, second)]


def test_only_headings_are_passages_all_the_same() -> None:
    assert cut(("heading", "Nội quy"), ("heading", "Giờ mở cửa", 2)) == [("Nội quy",), ("Giờ mở cửa",)]


def test_a_list_and_what_opens_it_are_one_passage() -> None:
    items: Made = [("item", f"- Giấy tờ số {number}.") for number in range(5)]
    lead = "Hồ sơ gồm có:"
    listed = "\n".join([lead, *(item[1] for item in items)])
    assert cut(("paragraph", lead), *items, ("paragraph", SENTENCE)) == [(listed,), (SENTENCE,)]
    assert cut(("paragraph", f"{SENTENCE} {lead}"), *items) == [(SENTENCE,), (listed,)]


def test_a_list_that_does_not_fit_keeps_what_opens_it_over_the_rest() -> None:
    items = [f"{number}. {SENTENCE}" for number in range(4)]
    lead = "Hợp tác xã cam kết như sau:"
    rows = cut(("paragraph", lead), *(("item", item) for item in items), size=100)
    assert rows == [(lead, f"{lead}\n{items[0]}"), *((lead, item) for item in items[1:])]


def test_whole_sentences_below_a_heading_are_passages_of_their_own() -> None:
    assert cut(("heading", "Điều 3. Đường"), ("item", f"1. {SENTENCE}"), ("item", f"2. {OTHER}")) == [
        ("Điều 3. Đường", f"1. {SENTENCE}"),
        ("Điều 3. Đường", f"2. {OTHER}"),
    ]


def test_deeper_items_stay_with_the_one_that_opens_them() -> None:
    rows = cut(
        ("heading", "Điều 3. Đường"),
        ("item", f"1. {SENTENCE}"),
        ("item", "2. Hộ được vay vốn khi:", 1),
        ("item", "a) Mua giống;", 2),
        ("item", "b) Sửa chuồng.", 2),
    )
    assert rows[1][-1] == "2. Hộ được vay vốn khi:\na) Mua giống;\nb) Sửa chuồng."


def test_each_row_is_a_passage_under_its_header_and_caption() -> None:
    assert cut(
        ("caption", "Bảng 1. Học phí"),
        ("row", "Lớp | Tháng | Năm", 1),
        ("row", "A1 | 2.400.000 | 20.000.000", 0),
        ("row", "A2 | 2.800.000 | 24.000.000", 0),
        ("paragraph", SENTENCE),
    ) == [
        ("Bảng 1. Học phí", "Lớp | Tháng | Năm", "A1 | 2.400.000 | 20.000.000"),
        ("Bảng 1. Học phí", "Lớp | Tháng | Năm", "A2 | 2.800.000 | 24.000.000"),
        (SENTENCE,),
    ]


def test_each_line_of_a_form_is_a_passage() -> None:
    lines = ["Lệ phí: 120.000 đồng", "Nơi làm: Ban quản lý", "Tình trạng: Còn hiệu lực"]
    for kind in ("paragraph", "item"):
        rows = cut(("heading", "Cấp thẻ xe"), *((kind, line) for line in lines))  # type: ignore[arg-type]
        assert rows == [("Cấp thẻ xe", line) for line in lines]


def test_a_question_joins_its_answer_and_never_the_one_above() -> None:
    asked = ["Khi nào khai giảng?", "Ngày 5/9/2024.", "Khi nào nghỉ Tết?", "Ngày 24/1/2025."]
    together = [("\n".join(asked[:2]),), ("\n".join(asked[2:]),)]
    assert cut(*(("paragraph", line) for line in asked)) == together
    headed = cut(*((("heading", "paragraph")[place % 2], line) for place, line in enumerate(asked)))  # type: ignore[arg-type]
    assert [row[-1:] for row in headed] == together


def test_furniture_is_no_passage_and_a_papers_head_is_one_beside() -> None:
    text, blocks = made(
        ("letterhead", "ỦY BAN XÃ AN PHÚ"),
        ("letterhead", "Số: 35/QĐ-UBND"),
        ("title", "Quyết định"),
        ("furniture", "Chia sẻ bài viết này"),
        ("paragraph", SENTENCE),
        ("signature", "CHỦ TỊCH"),
        ("signature", "Phan Văn Thuận"),
    )
    found = split_blocks(text, blocks)
    assert [(text[span.start : span.end], span.beside) for span in found.spans] == [
        ("ỦY BAN XÃ AN PHÚ\nSố: 35/QĐ-UBND", True),
        (SENTENCE, False),
        ("CHỦ TỊCH\nPhan Văn Thuận", True),
    ]


def test_a_title_that_is_a_sentence_is_a_passage() -> None:
    assert cut(("title", SENTENCE), ("paragraph", OTHER)) == [(SENTENCE,), (OTHER,)]
    assert cut(("title", "Đường mới của xã"), ("paragraph", OTHER)) == [(OTHER,)]


def test_a_passage_has_the_page_on_which_it_begins() -> None:
    text = f"{SENTENCE}\n{OTHER}"
    middle = len(SENTENCE)
    blocks = (Block("paragraph", 0, middle, page=3), Block("paragraph", middle + 1, len(text), page=4))
    assert [span.page for span in split_blocks(text, blocks).spans] == [3, 4]


KINDS = st.sampled_from(
    ["heading", "paragraph", "item", "row", "caption", "footnote", "letterhead", "dateline", "signature"]
)


@given(
    st.text("ab .:?\n|", max_size=80),
    st.lists(st.tuples(KINDS, st.integers(0, 90), st.integers(0, 90), st.integers(0, 9)), max_size=8),
)
def test_every_character_is_in_a_passage_or_a_section_however_blocks_lie(
    text: str, given: list[tuple[BlockKind, int, int, int]]
) -> None:
    blocks = [Block(kind, start, end, level) for kind, start, end, level in given]
    found = split_blocks(text, blocks)
    held = set()
    for span in (*found.spans, *found.sections):
        held.update(range(span.start, span.end))
    assert all(place in held for place, character in enumerate(text) if not character.isspace())
    ends = [0, *(span.end for span in found.spans)]
    assert all(span.start >= end for span, end in zip(found.spans, ends, strict=False))
    assert all(section.parent < place for place, section in enumerate(found.sections))


@pytest.mark.parametrize(
    ("kind", "line", "deepest"),
    [("row", "Hàng {} | {}.000 đồng", 0), ("heading", "Chương {}", 50), ("item", "- Mục {}", 50)],
)
def test_the_work_grows_with_the_document(kind: BlockKind, line: str, deepest: int) -> None:
    def cut_lines(text: str) -> None:
        cut(*((kind, one, n % deepest + 1 if deepest else 0) for n, one in enumerate(text.splitlines())))

    assert_linear(cut_lines, "\n".join(line.format(n, n) for n in range(8_000)))


def test_a_heading_of_a_thousand_words_is_no_trouble() -> None:
    assert cut(("heading", "Quy định " * 1000), ("paragraph", SENTENCE))
