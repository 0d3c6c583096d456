"""Words are tagged as `underthesea.pos_tag` tags them."""

import random

import pytest
from underthesea import pos_tag

from retrieval.question import tagging

SENTENCES = [
    "Bí thư Huyện ủy Tân Biên là ai?",
    "Năm 2016, cả tỉnh có bao nhiêu đảng viên mới được kết nạp?",
    "Vì sao",
    "x",
    "Ông Lê Văn A (56 tuổi) - trưởng ấp - nói gì về dự án 3,5 tỷ đồng?",
    "  hai   khoảng trắng , dấu phẩy lạc lõng",
    "gia ve vao cong la bao nhieu tien mot nguoi",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_tags_are_those_of_the_library(text: str) -> None:
    expected = [(word, tag) for word, tag in pos_tag(text) if word in text]
    assert [(text[start:end], tag) for start, end, tag in tagging.tagged(text)] == expected


def test_words_in_any_order_are_tagged_alike() -> None:
    words = " ".join(SENTENCES).split()
    for seed in range(30):
        text = " ".join(random.Random(seed).sample(words, 14))
        assert [tag for *_, tag in tagging.tagged(text)] == [
            tag for word, tag in pos_tag(text) if word in text
        ]


def test_another_underthesea_is_asked_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "_TAGS", ("no such model",))
    tagging._tagger.cache_clear()
    assert tagging.tagged("Vì sao")[-1][2] == pos_tag("Vì sao")[-1][1]
    monkeypatch.undo()
    tagging._tagger.cache_clear()
