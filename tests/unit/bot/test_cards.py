import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import card, citation, place_text, quote, source_lines, surroundings
from bot.reply import Quote, Surroundings, Text
from retrieval import Answer, Document, Hit, Passage, Query, SourceSummary
from tests.unit.bot.stand_in import document, hit

SENTENCES = ["Năm ấy tỉnh có lũ.", "Tỉnh kết nạp 7.448 đảng viên.", "Đó là kết quả tốt."]
DATE = datetime.date(2020, 2, 7)


def test_a_citation_keeps_to_its_lines() -> None:
    odd = hit(dataclasses.replace(document("new\nline\x1b[31m.txt", ["a"]), title="Một\ntựa"), "a")
    assert citation(odd).title == "Một tựa"
    assert citation(odd).place == "tệp new line [31m.txt"


def test_thousands_of_articles_are_counted_as_vietnamese_do() -> None:
    assert source_lines([SourceSummary("Báo A", 3000)]) == ["• Báo A: 3.000 bài"]


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"source": "Báo Đồng Khởi", "published": DATE}, "Báo Đồng Khởi · 07/02/2020"),
        ({"source": "Báo Đồng Khởi", "mentioned": DATE}, "Báo Đồng Khởi · nhắc đến ngày 07/02/2020"),
        (
            {"source": "Báo Đồng Khởi", "published": DATE, "kind": "digest"},
            "tóm tắt theo Báo Đồng Khởi · 07/02/2020",
        ),
        ({"source": "Báo Đồng Khởi"}, "Báo Đồng Khởi · không rõ ngày"),
        ({"published": DATE}, "tệp a.txt · 07/02/2020"),
        ({}, "tệp a.txt"),
        ({"author": "Lê Thị Cót"}, "Lê Thị Cót · không rõ ngày"),
        ({"source": "Báo A", "author": "Lê Thị Cót", "published": DATE}, "Báo A · 07/02/2020"),
        ({"number": "35/QĐ-UBND", "published": DATE}, "tệp a.txt · số 35/QĐ-UBND · 07/02/2020"),
        ({"kind": "digest"}, "tóm tắt (tệp a.txt)"),
        ({"kind": "digest", "author": "Lê Thị Cót"}, "tóm tắt theo bài của Lê Thị Cót · không rõ ngày"),
    ],
)
def test_source_and_date_are_shown_as_known(known: dict, place: str) -> None:
    assert place_text(dataclasses.replace(document("folder/a.txt", SENTENCES), **known)) == place


def test_the_headings_over_a_passage_and_its_page_are_cited() -> None:
    found = hit(document("a", SENTENCES, title="Quy định công ty Sao Mai"), SENTENCES[1])
    passage = dataclasses.replace(
        found.passage, section=("QUY ĐỊNH CÔNG TY SAO MAI", "Nhân viên\nchính thức"), page=3
    )
    found = dataclasses.replace(found, passage=passage)
    assert citation(found).title == "Quy định công ty Sao Mai › Nhân viên chính thức, trang 3"
    assert citation(found, shown="Nhân viên chính thức\n…").title == "Quy định công ty Sao Mai, trang 3"
    long = dataclasses.replace(found, passage=dataclasses.replace(passage, section=("dài " * 100,)))
    assert len(citation(long).title) < 140


def test_what_is_shown_with_the_passage_keeps_the_answer_emphasised() -> None:
    found = hit(document("a", SENTENCES), SENTENCES[1], emphasised="7.448")
    text = found.document.text
    for start, end in ((0, len(text)), (found.passage.start, len(text))):
        shown = quote(dataclasses.replace(found, shown=(start, end)))
        assert shown.text == text[start:end]
        assert [shown.text[slice(*span)] for span in shown.emphasis] == ["7.448"]


def test_an_answer_shows_its_passage_with_the_answer_emphasised() -> None:
    found = hit(document("a", SENTENCES, url="https://example.org/a"), SENTENCES[1], emphasised="7.448")
    reply = card(Answer("hỏi", (found,), answered=True, highlight=found.highlight))

    (quote,) = reply.blocks
    assert isinstance(quote, Quote)
    assert [quote.text[start:end] for start, end in quote.emphasis] == ["7.448"]
    assert reply.kind == "answer"
    assert {action.kind: action.value for action in reply.actions} == {
        "context": "",
        "good": "",
        "bad": "",
        "copy": "7.448",
        "open": "https://example.org/a",
    }


def test_without_an_answer_what_is_missing_is_named_and_nothing_is_emphasised() -> None:
    found = hit(document("a", SENTENCES), SENTENCES[1], emphasised="7.448")
    reply = card(Answer("hỏi", (found,), answered=False, missing=("Cà Mau",)))

    told, quote = reply.blocks
    assert isinstance(told, Text)
    assert isinstance(quote, Quote)
    assert told.text == "Tài liệu không nhắc đến “Cà Mau”. Đoạn gần nhất tìm được:"
    assert quote.nearest
    assert quote.emphasis == ()
    assert reply.kind == "nearest"
    assert reply.action("copy") is None
    assert reply.action("good") is None


def test_nothing_found_is_said_without_a_passage() -> None:
    reply = card(Answer("hỏi", (), answered=False))
    assert reply.kind == "nothing"
    assert [type(block) for block in reply.blocks] == [Text]
    assert reply.actions == ()


def test_sources_that_disagree_are_all_shown_newest_first_and_said_to() -> None:
    older = document("older", ["Tỉnh có 10 xã."], source="Cũ", published=datetime.date(2015, 1, 1))
    newer = document("newer", ["Tỉnh có 12 xã."], source="Mới", published=datetime.date(2021, 1, 1))
    hits = (
        hit(older, "Tỉnh có 10 xã.", rank=1, emphasised="10"),
        hit(newer, "Tỉnh có 12 xã.", rank=2, emphasised="12"),
    )
    reply = card(Answer("hỏi", hits, answered=True, highlight=hits[0].highlight, conflicting=(2, 1)))

    told, first, second = reply.blocks
    assert isinstance(told, Text)
    assert "khác nhau" in told.text
    assert isinstance(first, Quote)
    assert isinstance(second, Quote)
    assert [first.citation.place, second.citation.place] == ["Mới · 01/01/2021", "Cũ · 01/01/2015"]
    assert [quote.text[slice(*quote.emphasis[0])] for quote in (first, second)] == ["12", "10"]


def test_pages_are_counted_and_turned_within_bounds() -> None:
    article = document("a", SENTENCES)
    hits = tuple(hit(article, sentence, rank=rank) for rank, sentence in enumerate(SENTENCES, 1))
    answer = Answer("hỏi", hits, answered=True)

    pages = [card(answer, number) for number in range(3)]
    assert [page.page for page in pages] == [(1, 3), (2, 3), (3, 3)]
    offered = [{action.kind for action in page.actions} & {"next", "previous"} for page in pages]
    assert offered == [{"next"}, {"next", "previous"}, {"previous"}]


def test_what_was_carried_over_is_said_and_can_be_undone() -> None:
    found = hit(document("a", SENTENCES), SENTENCES[1])
    reply = card(Answer("Kiến Tường kết nạp bao nhiêu?", (found,), answered=True), asked="Còn Kiến Tường?")

    told = reply.blocks[0]
    assert isinstance(told, Text)
    assert told.text == "Hiểu là: Kiến Tường kết nạp bao nhiêu?"
    assert [told.text[start:end] for start, end in told.emphasis] == ["Kiến Tường kết nạp bao nhiêu?"]
    alone = reply.action("ask_alone")
    assert alone is not None
    assert alone.value == "Còn Kiến Tường?"


def test_surroundings_are_whole_sentences_around_the_passage() -> None:
    found = hit(document("a", SENTENCES), SENTENCES[1])
    assert surroundings(found, characters=30).text == SENTENCES[1]
    assert surroundings(found, characters=1000).text == " ".join(SENTENCES)


@given(
    before=st.text(alphabet="ab .\n", max_size=80),
    passage=st.text(alphabet="cd. ", min_size=1, max_size=40).filter(lambda text: text == text.strip()),
    after=st.text(alphabet="ab .\n", max_size=80),
    characters=st.integers(1, 200),
)
def test_surroundings_always_hold_the_passage(before: str, passage: str, after: str, characters: int) -> None:
    article = Document("a", before + passage + after)
    start, end = len(before), len(before) + len(passage)
    shown: Surroundings = surroundings(
        Hit(Passage("a", start, end, passage), article, 1.0, 1), characters=characters
    )
    assert shown.text[slice(*shown.passage)] == passage
    assert shown.text in article.text
    assert len(shown.text) <= max(characters, len(passage))


def test_sources_are_listed_with_their_dates() -> None:
    lines = source_lines(
        [
            SourceSummary("Báo A", 3, datetime.date(2019, 1, 2), DATE),
            SourceSummary("Báo B", 1, DATE, DATE),
            SourceSummary(None, 2),
        ]
    )
    assert lines == [
        "• Báo A: 3 bài, từ 02/01/2019 đến 07/02/2020",
        "• Báo B: 1 bài, 07/02/2020",
        "• không rõ nguồn: 2 bài",
    ]


def test_a_slip_put_right_is_said() -> None:
    query = Query("Bến Tre có gì?", corrections=(("Bến Trê", "Bến Tre"),))
    shown = card(Answer(question=query.text, hits=(), answered=False, query=query))
    assert any("Hiểu là: Bến Tre có gì?" in block.text for block in shown.blocks if isinstance(block, Text))


def test_a_name_that_other_articles_hold_is_not_said_to_be_nowhere() -> None:
    answer = Answer(question="Kiến Tường?", hits=(), answered=False, missing=("Kiến Tường",))
    here, elsewhere = card(answer), card(dataclasses.replace(answer, elsewhere=("Kiến Tường",)))
    assert "không nhắc đến “Kiến Tường”" in str(here.blocks)
    assert "không nhắc đến" not in str(elsewhere.blocks)
    assert "“Kiến Tường”" in str(elsewhere.blocks)
