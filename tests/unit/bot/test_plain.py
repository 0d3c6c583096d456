from bot.plain import ASTERISKS, emphasised, one_line, printable, render, wrapped
from bot.reply import Citation, Quote, Reply, Surroundings, Text


def test_every_block_is_shown_with_its_emphasis() -> None:
    reply = Reply(
        "answer",
        (
            Text("Hiểu là: X", emphasis=((9, 10),)),
            Quote(
                "Có 24 xã.",
                Citation("Tựa", "Báo A · 01/02/2020", "https://example.org", ("Báo B",)),
                ((3, 5),),
            ),
            Surroundings("Trước. Có 24 xã.", (7, 16)),
        ),
        page=(2, 3),
    )
    assert render(reply) == (
        "Hiểu là: **X**\n\n"
        "Có **24** xã.\n  — Tựa\n  — Báo A · 01/02/2020\n  — cũng có ở: Báo B\n  — https://example.org\n\n"
        "Ngữ cảnh:\nTrước. **Có 24 xã.**\n\n"
        "(đoạn 2/3)"
    )


def test_several_spans_are_marked_in_the_order_of_the_text() -> None:
    assert emphasised("abcdef", [(4, 6), (0, 1)], ASTERISKS) == "**a**bcd**ef**"


def test_a_document_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[31mb\x07c\nd") == "a [31mb c\nd"


def test_a_file_name_stays_on_the_line_of_its_message() -> None:
    assert one_line("bài\n\x1b[31mđỏ.txt:  hỏng") == "bài [31mđỏ.txt: hỏng"


def test_bytes_that_the_system_passed_on_are_read_as_utf_8() -> None:
    assert one_line("tỉnh ủy".encode().decode("ascii", "surrogateescape")) == "tỉnh ủy"
    assert one_line("a\udcffb") == "a\N{REPLACEMENT CHARACTER}b"


def test_long_lines_break_between_words_only() -> None:
    text = "Khách sạn Mây Hồng có ba mươi hai phòng nhìn ra hồ.\n  — Khách sạn Mây Hồng › Phòng nghỉ, trang 3"
    shown = wrapped(text, 24)
    assert shown.replace("\n", " ").split() == text.split()
    assert max(map(len, shown.split("\n"))) <= 24
    assert wrapped(text, 200) == text
