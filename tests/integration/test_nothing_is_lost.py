"""Does all of a person's own text stay, searched, whatever its headings are called and wherever a date stands?"""

from __future__ import annotations

import pytest

from retrieval import Document, Retriever, read_bytes
from tests.unit.corpus.made_files import word_file
from tests.unit.corpus.made_pdf import lines_down, pdf_of

HEADINGS = (
    "Đối tác", "Nổi bật", "Bình luận", "Tin khác", "Thống kê truy cập", "Ý kiến bạn đọc", "Đáng chú ý", "Bài viết khác",
    "Có thể bạn quan tâm", "Sự kiện nổi bật", "Mới cập nhật", "Được quan tâm", "Chia sẻ", "Liên hệ", "Xem thêm", "Tin liên quan",
)  # fmt: skip
PARAGRAPH = (
    "Công ty Gỗ Bách Tùng đóng bàn ghế, giường tủ và cửa gỗ cho các gia đình trong tỉnh từ mười lăm năm nay. Xưởng chính rộng "
    "hai nghìn mét vuông, có sáu mươi thợ, mỗi tháng giao chừng tám trăm món hàng. Gỗ được sấy bằng hơi nước trong mười hai ngày."
)
AFTER = (
    "Công ty cung cấp bàn ghế cho 14 khách sạn ở Nha Trang.",
    "Giám đốc công ty là bà Tôn Nữ Diệu Hiền, người mở xưởng đầu tiên.",
)


def document_of(name: str, lines: list[str]) -> Document:
    data = word_file(lines) if name.endswith(".docx") else "\n\n".join(lines).encode()
    [document] = read_bytes(name, data)
    return document


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.md"])
def test_headings_that_pages_have_too_cut_nothing(name: str, heading: str) -> None:
    lines = ["Hồ sơ công ty Gỗ Bách Tùng", PARAGRAPH, heading, *AFTER]
    document = document_of(name, lines)
    assert document.title == lines[0]
    assert "".join(document.text.split()) == "".join("".join(lines).split())
    assert all(block.kind != "furniture" for block in document.blocks)


@pytest.mark.parametrize("heading", HEADINGS[:12])
@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.md"])
def test_what_stands_below_such_a_heading_is_found(name: str, heading: str) -> None:
    document = document_of(name, ["Hồ sơ công ty Gỗ Bách Tùng", PARAGRAPH, heading, *AFTER])
    answer = Retriever.build([document]).answer("Giám đốc công ty Gỗ Bách Tùng là ai?")
    assert answer.answered
    assert "Tôn Nữ Diệu Hiền" in answer.hits[0].passage.text


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.md"])
def test_several_such_headings_cut_nothing(name: str) -> None:
    lines = [
        "Sổ tay nhân viên",
        "Cập nhật: 01/03/2024",
        PARAGRAPH,
        "Bình luận",
        PARAGRAPH,
        "Đối tác",
        *AFTER,
        "Tin khác",
        PARAGRAPH,
    ]
    document = document_of(name, lines)
    assert all(block.kind != "furniture" for block in document.blocks)


ANSWERS = (
    ("Khi nào khai giảng?", "Ngày 5/9/2024."),
    ("Khi nào nghỉ Tết?", "Ngày 24/1/2025."),
    ("Hạn nộp hồ sơ", "30/6/2024"),
    ("Thời gian", "8:00, 15/6/2024"),
    ("Ai là hiệu trưởng?", "Cô Đặng Thu Hiền."),
)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_date_that_answers_is_text(count: int, between: str) -> None:
    lines = [
        "Câu hỏi thường gặp về trường tiểu học Kim Ngân",
        *(line for pair in ANSWERS[:count] for line in pair),
    ]
    [document] = read_bytes("hoi.txt", between.join(lines).encode())
    assert document.published is None
    assert document.title == lines[0]
    assert document.author is None
    shown = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert [text for _, text in shown] == lines
    assert {kind for kind, text in shown if text in dict(ANSWERS).values()} == {"paragraph"}


@pytest.mark.parametrize("tag", ["h2", "h3", "p"])
def test_a_date_below_a_heading_of_a_page_is_text(tag: str) -> None:
    body = "".join(f"<{tag}>{question}</{tag}><p>{answer}</p>" for question, answer in ANSWERS)
    [document] = read_bytes(
        "hoi.html", f"<html><body><h1>Câu hỏi thường gặp</h1>{body}</body></html>".encode()
    )
    assert document.published is None
    kept = {document.text[b.start : b.end]: b.kind for b in document.blocks}
    for _, answer in ANSWERS:
        assert kept[answer] == "paragraph"


FAQ = (
    ("Bao giờ nhận hồ sơ?", "Ngày 12/5/2025."),
    ("Bao giờ có kết quả?", "Ngày 30/6/2025."),
    ("Hạn đóng lệ phí", "9/7/2025"),
    ("Buổi họp đầu tiên", "7:30, 15/8/2025"),
    ("Ai phụ trách lớp?", "Thầy Khổng Văn Đạo."),
)
FAQ_TITLE = "Hỏi đáp về lớp năng khiếu Bến Nghè"


def faq(name: str) -> Document:
    kind = name.rsplit(".", 1)[1]
    lines = [FAQ_TITLE, *(line for pair in FAQ for line in pair)]
    if kind == "docx":
        data = word_file(lines)
    elif kind == "pdf":
        data = pdf_of([lines_down(lines, leading=20)])
    elif kind == "html":
        body = "".join(f"<h2>{question}</h2><p>{answer}</p>" for question, answer in FAQ)
        data = f"<html><body><h1>{FAQ_TITLE}</h1>{body}</body></html>".encode()
    elif kind == "md":
        data = "\n\n".join([f"# {FAQ_TITLE}", *(f"### {q}\n\n{a}" for q, a in FAQ)]).encode()
    else:
        data = ("\r\n" if name.startswith("crlf") else "\n").join(lines).encode()
    [document] = read_bytes(name, data)
    return document


@pytest.mark.parametrize("name", ["a.txt", "crlf.txt", "a.docx", "a.html", "a.md", "a.pdf"])
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Bao giờ lớp năng khiếu Bến Nghè nhận hồ sơ?", "12/5/2025"),
        ("Bao giờ có kết quả lớp năng khiếu?", "30/6/2025"),
        ("Hạn đóng lệ phí lớp năng khiếu là khi nào?", "9/7/2025"),
        ("Buổi họp đầu tiên diễn ra khi nào?", "15/8/2025"),
        ("Ai phụ trách lớp năng khiếu?", "Khổng Văn Đạo"),
    ],
)
def test_each_question_gets_its_own_date(name: str, question: str, expected: str) -> None:
    """And no question stands in one passage with the answer above it."""
    document = faq(name)
    assert (document.title, document.published) == (FAQ_TITLE, None)
    answer = Retriever.build([document]).answer(question)
    assert answer.answered
    shown = answer.hits[0].passage.text
    assert [said for _, said in FAQ if said in shown] == [said for _, said in FAQ if expected in said]
    for hit in answer.hits:
        held = [n for n, pair in enumerate(FAQ) if any(line in hit.passage.text for line in pair)]
        assert len(held) <= 1


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_date_below_a_label_that_stands_alone(between: str) -> None:
    lines = [
        "Giải cờ vua làng Vạn Phúc",
        "Hạn ghi tên:",
        "2/4/2026",
        "Ngày đấu:",
        "11/4/2026",
        "Nơi đấu:",
        "Đình làng",
    ]
    [document] = read_bytes("co.txt", between.join(lines).encode())
    assert [block.kind for block in document.blocks] == ["title", *["heading", "paragraph"] * 3]
    for question, expected in (
        ("Ngày đấu giải cờ vua là ngày nào?", "11/4/2026"),
        ("Hạn ghi tên là ngày nào?", "2/4/2026"),
    ):
        answer = Retriever.build([document]).answer(question)
        assert answer.text == expected


def test_what_people_say_by_turns_heads_nothing() -> None:
    lines = [
        "Chuyện ở bến",
        "Ông lái hỏi:",
        "“Khách đi đâu?”",
        "Cô hàng đáp:",
        "“Cháu sang chợ.”",
        "Đò rời bến.",
    ]
    [document] = read_bytes("chuyen.txt", "\n".join(lines).encode())
    kinds = {document.text[block.start : block.end]: block.kind for block in document.blocks}
    assert "heading" not in {kinds[line] for line in lines[1:5] if line in kinds}
