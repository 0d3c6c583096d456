"""Are passages that say the same grouped, and others never?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.diversity import grouped

CAPTION = "Lãnh đạo huyện trao quà cho các hộ nghèo ở ấp Bãi Xan sáng nay."


def test_the_same_caption_is_shown_once() -> None:
    again = "Lãnh đạo huyện trao quà cho những hộ nghèo ở ấp Bãi Xan sáng nay."
    assert grouped([CAPTION, "Chợ họp vào sáng thứ bảy.", again], limit=5) == [[0, 2], [1]]


def test_other_figures_names_and_denials_say_something_else() -> None:
    texts = [
        "Năm nay huyện trao 120 suất quà cho hộ nghèo ở các ấp ven sông.",
        "Năm nay huyện trao 150 suất quà cho hộ nghèo ở các ấp ven sông.",
        "Năm nay huyện không trao 120 suất quà cho hộ nghèo ở các ấp ven sông.",
        "Năm nay huyện Ba Tri trao 120 suất quà cho hộ nghèo ở các ấp ven sông.",
    ]
    assert grouped(texts, limit=10) == [[0], [1], [2], [3]]


def test_reading_stops_when_there_are_enough() -> None:
    texts = iter(["Một con thuyền.", "Hai cây cầu.", "Ba bến đò.", "Bốn ngôi chùa."])
    assert grouped(texts, limit=2) == [[0], [1]]
    assert "Bốn ngôi chùa." in list(texts)


@given(st.lists(st.text(alphabet="ab chợ sông 12 ", min_size=1, max_size=30), max_size=8))
def test_every_place_is_in_one_group(texts: list[str]) -> None:
    groups = grouped(texts, limit=len(texts) + 1)
    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
