"""What is taken from an HTML page: the article, and what tags or visible lines say of it?"""

from __future__ import annotations

import datetime

import pytest

from retrieval.corpus import read_bytes
from retrieval.errors import UnreadableFile
from retrieval.records import Document
from tests.unit.corpus.made_files import article, in_tcvn3, in_vni

PARAGRAPHS = (
    "Phiên chợ nổi đầu tiên của mùa nước có hơn tám mươi ghe, nhiều nhất là ghe bán khóm và bông điên điển.",
    "Người đi chợ bằng xuồng được giữ xuồng miễn phí; ai mang theo giỏ tre thì được tặng một nải chuối xiêm.",
    "Ban quản lý chợ hẹn phiên sau vào sáng chủ nhật, bắt đầu lúc năm giờ và tan trước khi nắng gắt.",
)
TITLE = "Chợ nổi họp lại sau hai mùa vắng ghe"
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
AROUND = """<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/k">Kinh tế</a></li></ul></nav>
<div class="clock">Hôm nay: Thứ Hai, 25/12/2023</div>{article}
<div class="comments"><h3>Bình luận</h3><p>Chợ họp lại thì vui quá, mong phiên nào cũng đông ghe như phiên đầu tiên này.</p></div>
<aside><h3>Đọc nhiều</h3><a href="#">Giá khóm tăng gấp đôi vì mưa kéo dài ở các huyện đầu nguồn con sông lớn</a></aside>
<footer>Giấy phép số 1. Liên hệ quảng cáo: 0900 000 000</footer>"""


def page(head: str = "", article: str = f"<article><h1>{TITLE}</h1>{BODY}</article>") -> bytes:
    markup = (
        f"<html><head><meta charset='utf-8'>{head}</head><body>{AROUND.format(article=article)}</body></html>"
    )
    return markup.encode("utf-8")


def read(data: bytes, *, url: str | None = None) -> Document:
    problems: list[tuple[str, str]] = []
    [document] = read_bytes("cho-noi.html", data, url=url, on_problem=lambda *p: problems.append(p))
    assert not problems
    return document


def test_only_the_article_is_left() -> None:
    assert article(read(page())) == "\n\n".join(PARAGRAPHS)


def test_json_ld() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "x"}, {"@type": "NewsArticle",
    "headline": "Chợ nổi họp lại", "datePublished": "2022-09-11T05:00:00+07:00", "dateModified": "2022-09-12",
    "author": [{"@type": "Person", "name": "Hà An"}], "publisher": {"@type": "Organization", "name": "Báo Miền Sông"}}]}</script>
    <script type="application/ld+json">{broken</script>"""
    document = read(page(head))
    assert document.title == "Chợ nổi họp lại"
    assert document.source == "Báo Miền Sông"
    assert document.published == datetime.date(2022, 9, 11)
    assert document.author == "Hà An"


@pytest.mark.parametrize(
    ("head", "article", "published"),
    [
        ('<meta property="article:published_time" content="2022-09-11T05:00:00+07:00">', None, "2022-09-11"),
        ('<meta name="pubdate" content="11/09/2022">', None, "2022-09-11"),
        ('<link rel="canonical" href="https://bao.example/2022/09/11/cho-noi.html">', None, "2022-09-11"),
        (
            "",
            f'<article><h1>{TITLE}</h1><time datetime="2022-09-11">hôm qua</time>{BODY}</article>',
            "2022-09-11",
        ),
        (
            "",
            f"<h1>{TITLE}</h1><div>Chủ nhật, 11/09/2022, 05:00 (GMT+7)</div><div>{BODY}</div>",
            "2022-09-11",
        ),
        (
            "",
            f"<h1>{TITLE}</h1><span itemprop='datePublished' content='2022-09-11'></span><div>{BODY}</div>",
            "2022-09-11",
        ),
        ('<meta property="article:modified_time" content="2022-09-12">', None, "2022-09-12"),
    ],
)
def test_where_the_date_stands(head: str, article: str | None, published: str) -> None:
    document = read(page(head, article) if article else page(head))
    assert document.published == datetime.date.fromisoformat(published)


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ('<meta property="article:published_time" content="2024-03-11T18:30:00Z">', "12/03/2024 01:30"),
        ('<meta property="article:published_time" content="2024-03-11T18:30:00Z">', ""),
        ('<meta property="article:published_time" content="2024-03-12T01:30:00+07:00">', ""),
        ('<meta name="pubdate" content="3/12/2024 8:15:00 AM">', "12/03/2024"),
        ('<meta name="pubdate" content="3/12/2024">', "12/03/2024 08:15"),
        ("", "12/03/24"),
        ("", "12 Thg 3, 2024"),
    ],
)
def test_which_day_a_stamp_means(head: str, shown: str) -> None:
    article = f"<article><h1>{TITLE}</h1><div>{shown}</div>{BODY}</article>"
    assert read(page(head, article)).published == datetime.date(2024, 3, 12)


def outline(document: Document) -> list[tuple[str, int, str]]:
    return [
        (block.kind, block.level, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind != "furniture"
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h1>Giờ mở cửa</h1><p>Sáng 7 giờ, chiều 13 giờ.</p>", "Sáng 7 giờ, chiều 13 giờ."),
        ("<h1>Thông báo</h1><ul><li>Nghỉ lễ ba ngày</li><li>Trực cổng hai ca</li></ul>", "Trực cổng hai ca"),
        ("<h1>Bảng giá</h1><table><tr><th>Món</th><th>Giá</th></tr><tr><td>Phở</td><td>40.000</td></tr></table>", "Phở | 40.000"),
        (f"<h1>{TITLE}</h1>{BODY}<table><tr><td><p>Ghe</p></td><td><p>41</p></td></tr></table>", "Ghe | 41"),
        (f"<h1>{TITLE}</h1>{BODY}<table><tr><td><div>Xuồng</div></td><td><div>9</div></td></tr></table>", "Xuồng | 9"),
        ("<h1>Từ điển</h1><dl><dt>Lẩu mắm</dt><dd>Món nước nấu từ mắm cá linh.</dd></dl>", "Món nước nấu từ mắm cá linh."),
        ("<h1>Hỏi đáp</h1><details><summary>Có chỗ gửi xe không?</summary>Có, ở sân sau.</details>", "Có, ở sân sau."),
        ("<h1>Hỏi đáp</h1><button>Mấy giờ mở?</button><div style='display:none'>Bảy giờ sáng.</div>", "Bảy giờ sáng."),
        ("<h1>Hỏi đáp</h1><div><button>Mấy giờ mở?</button></div><div hidden>Bảy giờ sáng.</div>", "Bảy giờ sáng."),
        ("<h1>Hỏi đáp</h1><h3>Mấy giờ mở?</h3><div style='display: none'><p>Bảy giờ sáng.</p></div>", "Bảy giờ sáng."),
        ("<h1>Hỏi đáp</h1><div>Mấy giờ mở?</div><div style='display:none'>Bảy giờ sáng.</div>", "Bảy giờ sáng."),
        ("<h1>Hỏi đáp</h1><p><b>Mấy giờ mở?</b></p><p hidden>Chủ nhật nghỉ.</p><p hidden>Bảy giờ sáng.</p>", "Bảy giờ sáng."),
        ("<h1>Hỏi đáp</h1><a href='#a2'>Mấy giờ mở?</a><!-- mở --><div id='a2' hidden>Bảy giờ sáng.</div>", "Bảy giờ sáng."),
        ("<h1>Quán bún</h1><dl><dt>Giờ mở cửa</dt><dd style='display:none'>Bảy giờ sáng.</dd></dl>", "Bảy giờ sáng."),
        ("<h1>Quán bún</h1><a href='javascript:void(0)'>Giờ mở cửa</a><div hidden>Bảy giờ sáng.</div>", "Giờ mở cửa"),
        ("<h1>Quán bún</h1><ul><li><a href='#t1'>Giờ</a></li></ul><div role='tabpanel' id='t1' hidden><p>Bảy giờ sáng.</p></div>", "Bảy giờ sáng."),
    ],
)  # fmt: skip
def test_pages_without_running_text_are_read(body: str, said: str) -> None:
    document = read(f"<html><body>{body}</body></html>".encode())
    assert said in [text for _, _, text in outline(document)]
    assert "Mấy giờ mở?" not in body or "Mấy giờ mở?" in document.text


@pytest.mark.parametrize(
    "before",
    ["", "<p>Quán nghỉ chủ nhật.</p>", "<a href='/gia'>Giá món</a>", "<div hidden>Đang tải. Chờ nhé?</div>"],
)
def test_what_nothing_shows_stays_hidden(before: str) -> None:
    body = (
        f"<h1>Quán bún bò</h1><p>Bảy giờ sáng quán mở cửa.</p>{before}<div hidden>Trình duyệt quá cũ.</div>"
    )
    document = read(f"<html><body>{body}</body></html>".encode())
    assert "Bảy giờ sáng" in document.text
    assert "Trình duyệt" not in document.text


def test_tags_say_what_a_block_is() -> None:
    body = f"""<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><h2>Giá vé</h2><ul><li>Người lớn: 20.000 đồng<ul><li>Cuối tuần thêm 5.000</li></ul></li>
    <li>Trẻ em: miễn phí</li></ul><h3>Bảng giờ</h3><table><tr><th>Ngày</th><th>Giờ</th></tr><tr><td>Thứ bảy</td><td>5:00</td></tr></table>
    <p>{PARAGRAPHS[1]}</p>"""
    document = read(f"<html><body>{body}</body></html>".encode())
    assert [(kind, level) for kind, level, _ in outline(document)] == [
        ("title", 0), ("paragraph", 0), ("heading", 2), ("item", 1), ("item", 2), ("item", 1), ("heading", 3), ("row", 1), ("row", 0),
        ("paragraph", 0),
    ]  # fmt: skip


def test_nothing_that_can_be_seen_is_lost() -> None:
    document = read(page())
    for words in (
        "Trang chủ",
        "Kinh tế",
        "Hôm nay: Thứ Hai",
        "mong phiên nào cũng đông",
        "Giá khóm tăng",
        "Giấy phép số 1",
    ):
        assert words in document.text
        [block] = [b for b in document.blocks if words in document.text[b.start : b.end]]
        assert block.kind == "furniture"


def test_the_pages_clock_is_not_the_date() -> None:
    assert read(page()).published is None


def test_where_the_publisher_stands() -> None:
    assert read(page('<meta property="og:site_name" content="Báo Miền Sông">')).source == "Báo Miền Sông"
    titled = read(page(f"<title>{TITLE} - Báo Miền Sông</title>"))
    assert (titled.title, titled.source) == (TITLE, "Báo Miền Sông")
    assert read(page(f"<title>{TITLE}</title>")).source is None


def test_a_publisher_in_the_text_is_not_the_pages() -> None:
    told = BODY + "<p>Theo phóng viên Báo Xa Lạ có mặt từ sớm, phiên chợ đông hơn hẳn mọi năm trước đó.</p>"
    assert read(page(article=f"<article><h1>{TITLE}</h1>{told}</article>")).source is None


def test_a_portal_that_calls_every_page_by_its_own_name() -> None:
    document = read(page("<title>Cổng thông tin điện tử huyện Ba Vì</title>"))
    assert (document.title, document.source) == (TITLE, "Cổng thông tin điện tử huyện Ba Vì")


def test_a_page_laid_out_with_tables() -> None:
    rows = "".join(f"<tr><td>{p}</td></tr>" for p in PARAGRAPHS)
    document = read(
        page(article=f"<table><tr><td>{TITLE}</td></tr><tr><td>Cập nhật: 11/09/2022</td></tr>{rows}</table>")
    )
    assert document.title == TITLE
    assert document.published == datetime.date(2022, 9, 11)
    assert article(document) == "\n\n".join(PARAGRAPHS)


def test_a_caption_is_kept_and_a_row_of_data_is_one_line() -> None:
    article = f"""<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><figure><img src="a.jpg"><figcaption>Ghe khóm cập bến.
    Ảnh: Hà An</figcaption></figure><p>{PARAGRAPHS[1]}</p><table><tr><th>Ghe</th><th>Số lượng</th></tr>
    <tr><td>Khóm</td><td>41</td></tr></table><p>{PARAGRAPHS[2]}</p></article>"""
    text = read(page(article=article)).text
    assert "Ghe khóm cập bến. Ảnh: Hà An" in text
    assert "Khóm | 41" in text


def test_the_address_of_a_fetched_page_is_its_id() -> None:
    document = read(page(), url="https://bao.example/cho-noi-20220911.html")
    assert document.id == document.url == "https://bao.example/cho-noi-20220911.html"
    assert document.published == datetime.date(2022, 9, 11)


@pytest.mark.parametrize("write", [in_tcvn3, in_vni])
@pytest.mark.parametrize("entities", [False, True])
def test_old_fonts(write, entities: bool) -> None:  # type: ignore[no-untyped-def]
    text = "".join(f"<p><font face='.VnTime'>{write(p)}</font></p>" for p in PARAGRAPHS)
    markup = f"<html><head><title>x</title></head><body><h1>{write(TITLE)}</h1>{text}</body></html>"
    data = markup.encode("ascii", errors="xmlcharrefreplace") if entities else markup.encode("latin-1")
    document = read(data)
    assert article(document) == "\n\n".join(PARAGRAPHS)
    assert document.title == TITLE


def test_deep_nesting_is_no_trouble() -> None:
    depth = 3000
    nested = f"<article><h1>{TITLE}</h1>{BODY}</article>" + "<div>" * depth + "</div>" * depth
    assert PARAGRAPHS[0] in read(page(article=nested)).text


@pytest.mark.parametrize(
    "body", ["", "<ul><li>Trang chủ</li><li>Liên hệ</li></ul>", "<script>alert(1)</script>"]
)
def test_a_page_without_an_article(body: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^trang\.html: không có bài nào trong trang"):
        list(read_bytes("trang.html", f"<html><body>{body}</body></html>".encode()))
