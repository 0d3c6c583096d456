"""What becomes a passage of its own, what joins a neighbour, and how long it may grow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.passages import split_passages, split_sentences
from retrieval.settings import PassageSettings

LONG = "Xã đã làm xong mười hai cây số đường bê tông trong mùa khô vừa rồi."
OTHER = "Năm sau, xã sẽ xây thêm hai cây cầu và một trạm bơm ở cuối làng."


def passages(text: str, settings: PassageSettings | None = None) -> list[str]:
    return [text[start:end] for start, end in split_passages(text, settings=settings)]


def test_a_full_sentence_stands_alone() -> None:
    assert passages(f"{LONG} {OTHER}") == [LONG, OTHER]


def test_a_heading_joins_the_paragraph_it_heads() -> None:
    text = f"{LONG}\n\nNhững việc sắp tới\n\n{OTHER}"
    assert passages(text) == [LONG, f"Những việc sắp tới\n\n{OTHER}"]


def test_a_long_heading_joins_too_but_not_an_item_of_a_list() -> None:
    heading = "Kiện toàn tổ chức và nâng cao năng lực của hợp tác xã"
    assert passages(f"{heading}\n{OTHER}") == [f"{heading}\n{OTHER}"]
    items = [f"Bản sao giấy khai sinh có chứng thực của xã, loại {number}" for number in range(3)]
    assert passages("\n".join(items)) == items


def test_a_question_joins_the_answer_below_it() -> None:
    question = "- Thưa bà, hợp tác xã đã làm gì để giữ được nguồn nước sạch cho cả làng?"
    assert passages(f"{question}\n- {LONG} {OTHER}") == [f"{question}\n- {LONG}", OTHER]


def test_what_opens_a_list_joins_its_first_item() -> None:
    assert passages(f"{LONG} Ban quản trị gồm:\n1. Bà Lê Thị Cót, chủ nhiệm hợp tác xã") == [
        LONG,
        "Ban quản trị gồm:\n1. Bà Lê Thị Cót, chủ nhiệm hợp tác xã",
    ]


OPENING = "2. Hộ được vay vốn của hợp tác xã trong các trường hợp sau đây:"
ITEMS = [
    "a) Mua giống, phân bón, thức ăn cho vụ sau;",
    "b) Sửa chuồng trại bị bão làm hư hỏng nặng;",
    "c) Cho con đi học nghề ở trường của tỉnh.",
]


def test_a_list_between_semicolons_is_one_sentence_with_what_opens_it() -> None:
    listed = "\n".join([OPENING, *ITEMS])
    assert passages(f"1. {LONG}\n{listed}\n3. {OTHER}") == [f"1. {LONG}", listed, f"3. {OTHER}"]


def test_a_list_too_long_for_one_passage_breaks_between_its_items() -> None:
    parts = passages("\n".join([OPENING, *ITEMS]), PassageSettings(max_characters=160))
    assert parts == [f"{OPENING}\n{ITEMS[0]}\n{ITEMS[1]}", ITEMS[2]]


def test_items_without_any_punctuation_join_their_own_kind_only() -> None:
    bullets = "- Giấy khai sinh có chứng thực của xã\n- Giấy ra viện nếu con đang chữa bệnh ở tỉnh"
    heading = "2. Nơi nhận hồ sơ và thời gian trả kết quả cho bà con"
    assert passages(f"{LONG}\n{bullets}\n{heading}\n{OTHER}") == [LONG, bullets, f"{heading}\n{OTHER}"]


def test_a_line_after_a_semicolon_goes_on() -> None:
    text = f"{ITEMS[0]}\ntrừ khi hộ ấy còn nợ hợp tác xã từ vụ trước."
    assert passages(text) == [text]


def test_a_colon_before_what_is_no_list_ends_a_passage_as_before() -> None:
    saying = "Bà chủ nhiệm hợp tác xã nói với bà con trong buổi họp đầu năm ở nhà văn hóa thôn:"
    assert passages(f"{saying}\n“{LONG}”") == [saying, f"“{LONG}”"]


def test_an_articles_heading_joins_what_it_heads_however_long_it_is() -> None:
    heading = (
        "Điều 7. Điều kiện, thủ tục và thời hạn xét cho vay vốn đối với hộ nghèo, hộ cận nghèo của hợp tác xã"
    )
    assert passages(f"{heading}\n{LONG}") == [f"{heading}\n{LONG}"]
    assert passages("\n".join([heading, OPENING, *ITEMS])) == ["\n".join([heading, OPENING, *ITEMS])]
    chapter = "Chương II\nQUYỀN VÀ NGHĨA VỤ CỦA HỘ VAY VỐN"
    assert passages(f"{chapter}\n{heading}\n{LONG}") == [f"{chapter}\n{heading}\n{LONG}"]


def test_a_short_line_before_an_articles_heading_stays_in_its_own_article() -> None:
    articles = [f"Điều {number}. Mức phạt\n1. {LONG}\n2. Phạt {number}00.000 đồng." for number in (7, 8)]
    parts = passages("\n".join(articles))
    assert "2. Phạt 700.000 đồng." in parts
    assert parts[-2:] == [f"Điều 8. Mức phạt\n1. {LONG}", "2. Phạt 800.000 đồng."]


def test_a_fragment_joins_the_sentence_before_it_in_its_paragraph() -> None:
    assert passages(f"{LONG} Ảnh: T. Huyền\n{OTHER}") == [f"{LONG} Ảnh: T. Huyền", OTHER]


def test_a_short_sentence_that_points_back_joins_what_it_points_at() -> None:
    pointing = "Đây là con đường dài nhất mà xã tự làm."
    assert passages(f"{LONG} {pointing} {OTHER}") == [f"{LONG} {pointing}", OTHER]
    assert passages(f"{LONG}\n{pointing} {OTHER}") == [LONG, pointing, OTHER]
    naming = "Đông đảo bà con trong làng ra xem lễ khánh thành."
    assert passages(f"{LONG} {naming}") == [LONG, naming]


def test_a_fragment_that_opens_a_paragraph_joins_what_follows() -> None:
    assert passages(f"{OTHER}\nVâng. {LONG}") == [OTHER, f"Vâng. {LONG}"]


def test_a_last_fragment_with_nothing_after_it_is_kept() -> None:
    assert passages(f"{LONG}\nHương Lan") == [LONG, "Hương Lan"]


def test_cells_of_a_table_gather() -> None:
    assert passages("Đội\nTrận\nĐiểm\nSông Lam\n22\n41\nHải Phòng\n22\n38") == [
        "Đội\nTrận\nĐiểm\nSông Lam\n22\n41\nHải Phòng",
        "22\n38",
    ]


def test_at_most_so_many_sentences() -> None:
    text = "Vâng. Dạ. Thưa. Ừ. Không. Có. Được."
    settings = PassageSettings(max_sentences=2)
    assert [len(split_sentences(passage)) for passage in passages(text, settings)] == [2, 2, 2, 1]


def test_never_joined_beyond_the_length() -> None:
    settings = PassageSettings(max_characters=70)
    assert passages(f"Những việc sắp tới\n{OTHER}", settings) == ["Những việc sắp tới", OTHER]


def test_a_run_without_full_stop_is_cut_at_commas() -> None:
    text = "một hai ba bốn, " * 3000
    parts = passages(text)
    assert max(map(len, parts)) <= 480
    assert all(part.endswith(",") for part in parts)


def test_a_run_without_any_space_is_cut_all_the_same() -> None:
    assert max(map(len, passages("a" * 50_000))) <= 480


def test_a_longish_sentence_is_left_whole() -> None:
    text = "Tỉnh giao việc cho các xã, " * 30 + "hết."
    assert 480 < len(text) <= 960
    assert passages(text) == [text]


@given(
    st.text(alphabet="aĐ. ,;\n?…”(1T", max_size=300),
    st.integers(min_value=1, max_value=4),
    st.integers(min_value=1, max_value=40),
)
def test_spans_are_apart_in_order_and_leave_nothing_out(text: str, sentences: int, characters: int) -> None:
    spans = split_passages(text, settings=PassageSettings(max_sentences=sentences, max_characters=characters))
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert end - start <= 2 * characters
        at = end
    assert not text[at:].strip()
