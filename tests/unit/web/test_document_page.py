"""Does a document's page hold all of it, each stretch as what it is, and the passage marked?"""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.web.addresses import page_path
from bot.web.document_page import page
from retrieval import Block, Document

TEXT = "SỞ THUẾ\nBảng giá\nLoại | Giá\nLá | 5.000\nBúp | 9.000\n- một\n- hai\nGiá đã gồm phí.\nTrần Văn Lam"


def blocks() -> tuple[Block, ...]:
    kinds = ["letterhead", "heading", "row", "row", "row", "item", "item", "paragraph", "signature"]
    made, at = [], 0
    for kind, line in zip(kinds, TEXT.split("\n"), strict=True):
        level = 1 if line.startswith(("Loại", "Bảng")) else 0
        made.append(Block(kind, at, at + len(line), level))  # type: ignore[arg-type]
        at += len(line) + 1
    return tuple(made)


def visible(html: str) -> str:
    body = html.split('<div class="text">')[1]
    return "".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_each_kind_of_block_is_what_it_is() -> None:
    html = page(Document("a", TEXT, title="Giá chè", blocks=blocks(), number="3/TB"), None)
    assert "<th>Loại</th><th>Giá</th>" in html
    assert "<td>Búp</td><td>9.000</td>" in html
    assert html.count("<table>") == html.count("<ul>") == 1
    assert "<h2>Bảng giá</h2>" in html
    assert "đầu văn bản" in html
    assert "người ký" in html
    assert "số 3/TB" in html
    assert "<mark" not in html


def test_a_passage_over_several_blocks_is_marked_in_each_and_named_once() -> None:
    start, end = TEXT.index("5.000"), TEXT.index("9.000") + 5
    html = page(Document("a", TEXT, blocks=blocks()), (start, end))
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", html) == ["5.000", "Búp", "9.000"]
    assert html.count('id="doan"') == 1


@given(st.text(alphabet="abcươ<>&\"' \n|", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_nothing_is_lost_and_nothing_becomes_markup(text: str, start: int, end: int) -> None:
    html = page(Document("a", text), (start, end) if start < end <= len(text) else None)
    assert visible(html).startswith("".join(text.split()))
    assert set(re.findall(r"<(\w+)", html.split('<div class="text">')[1])) <= {"p", "br", "mark"}


def test_only_web_addresses_become_links() -> None:
    assert 'href="https://a.example/?b=1&amp;c"' in page(
        Document("a", "b", url="https://a.example/?b=1&c"), None
    )
    for address in ("javascript:alert(1)", "data:text/html,x", "http://[", " javascript:x"):
        assert "Bài gốc" not in page(Document("a", "b", url=address), None)


def test_an_address_names_the_document_and_the_passage() -> None:
    assert page_path("thư mục/a b?#.txt", (3, 9)) == "/d/th%C6%B0%20m%E1%BB%A5c/a%20b%3F%23.txt?p=3-9#doan"
