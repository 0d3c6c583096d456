"""Keystrokes become the syllable that was meant, and nothing else becomes one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.variants import telex, vni
from retrieval.question.keystrokes import decode
from retrieval.vietnamese.syllables import fold, is_plain_syllable, is_syllable

# Every rhyme that carries a mark of its own, each behind another onset, in tones that it may have.
SYLLABLES = (
    "đảng viên tỉnh sóc trăng đường nghiêng người được nước quốc hội không động chuyển tiếng yêu giữ giếng gì nghị"
    " quyết khuya thuở hươu rượu huỳnh quỳnh khoẻ ngoằn loắt xuân tuần thuế thuyền xoáy toàn mưa cửa mía nghĩa bưởi"
    " cuốn chuối nhuộm cặp đắt lặng mẫu nấm bậc mệt bếp lệch kênh hiệp chiều ốm tộc lợn lớp hợp bút mực gửi ý ừ ờ ổ"
).split()  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dangr", "dảng"),
        ("ddangr", "đảng"),
        ("dangrd", "đảng"),
        ("vieen", "viên"),
        ("viene", "viên"),
        ("Socs", "Sóc"),
        ("Trawng", "Trăng"),
        ("Trangw", "Trăng"),
        ("SOCS", "SÓC"),
        ("uw", "ư"),
        ("tw", "tư"),
        ("duowngf", "dường"),
        ("duwowngf", "dường"),
        ("duongwf", "dường"),
        ("baros", None),
        ("baro", "bảo"),
        ("quoocs", "quốc"),
        ("gif", "gì"),
        ("đangr", "đảng"),
        ("d9ang3", "đảng"),
        ("vie6n", "viên"),
        ("vien6", "viên"),
        ("So1c", "Sóc"),
        ("Tra8ng", "Trăng"),
        ("d9u7o7c5", "được"),
        ("d9uo75c", "được"),
    ],
)
def test_decodes_what_an_input_method_would_have_made(typed: str, meant: str | None) -> None:
    decoded = decode(typed)
    assert decoded == meant if meant is None else decoded is not None and fold(decoded) == fold(meant)


@pytest.mark.parametrize(
    "word",
    "dang vien tinh duoc đảng Sóc không Messi Paris world covid covid19 h5n1 Facebook 2018 ABC xbox Texas".split(),
)
def test_leaves_syllables_and_other_words_alone(word: str) -> None:
    assert decode(word) is None


@pytest.mark.parametrize("method", [telex, vni])
@given(syllable=st.sampled_from(SYLLABLES), seed=st.integers(0, 99), case=st.sampled_from([str, str.title]))
def test_round_trip(method, syllable, seed, case) -> None:  # type: ignore[no-untyped-def]
    written = case(syllable)
    typed = method(written, random.Random(seed))
    decoded = decode(typed or written)
    assert (
        typed is None or is_plain_syllable(typed) or (decoded is not None and fold(decoded) == fold(written))
    )


def test_syllables_of_the_round_trip_are_syllables() -> None:
    assert [word for word in SYLLABLES if not is_syllable(word)] == []


@pytest.mark.parametrize("word", "đuợc cêt ghan ngê các1 mat bos việntr sóct quuy vèt".split())
def test_spelling_rules(word: str) -> None:
    assert not is_syllable(word)
