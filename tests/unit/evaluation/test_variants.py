"""Each variant does what people do, changes nothing else, and comes out the same every time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Document
from retrieval.evaluation import variants
from retrieval.evaluation.sets import Question
from retrieval.vietnamese.syllables import strip_marks

QUESTION = "Xã Tân Lập Thượng có bao nhiêu đảng viên đã được khen?"


def draw(seed: int = 0) -> random.Random:
    return random.Random(seed)


def test_unaccented() -> None:
    assert variants.unaccented("Đảng ủy ở đâu?", draw()) == "Dang uy o dau?"
    assert variants.unaccented("Covid", draw()) is None


@pytest.mark.parametrize(
    ("syllable", "telex", "vni"),
    [
        ("đảng", {"ddangr", "ddarng"}, {"d9ang3", "d9a3ng"}),
        ("viên", {"vieen"}, {"vie6n"}),
        ("được", {"dduwowcj", "dduwowjc"}, {"d9u7o7c5", "d9u7o75c"}),
        ("Ủy", {"Uyr", "Ury"}, {"Uy3", "U3y"}),
        ("Đất", {"Ddaats", "Ddaast"}, {"D9a6t1", "D9a61t"}),
        ("ăn", {"awn"}, {"a8n"}),
    ],
)
def test_keystrokes(syllable: str, telex: set[str], vni: set[str]) -> None:
    assert {variants.telex(syllable, draw(seed)) for seed in range(30)} == telex
    assert {variants.vni(syllable, draw(seed)) for seed in range(30)} == vni


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạẤỪ ?0", max_size=40), st.integers(0, 5))
def test_keystrokes_are_plain_letters(text: str, seed: int) -> None:
    for variant in (variants.telex, variants.vni):
        typed = variant(text, draw(seed)) or text
        assert typed == strip_marks(typed)
        assert len(typed) >= len(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sóc Trăng kết nạp bao nhiêu đảng viên?", ["Sóc Trăng"]),
        ("Ở Bến Cát có gì?", ["Bến Cát"]),
        ("Ai là Phó bí thư Tỉnh ủy?", []),
        ("Sông Edgar và thành Rome nằm ở đâu?", ["Edgar", "Rome"]),
        ("UBND xã đã làm gì?", []),
        ("Khi nào Lê Lợi, Nguyễn Trãi gặp nhau?", ["Lê Lợi", "Nguyễn Trãi"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in variants.name_spans(text)] == names


@pytest.mark.parametrize("seed", range(40))
def test_a_slip_changes_one_letter_of_a_name(seed: int) -> None:
    slipped = variants.slip_in_name(QUESTION, draw(seed))
    assert slipped is not None
    assert slipped != QUESTION
    assert slipped.endswith(" có bao nhiêu đảng viên đã được khen?")
    changed = [(old, new) for old, new in zip(QUESTION.split(), slipped.split(), strict=True) if old != new]
    ((old, new),) = changed
    assert old in ("Tân", "Lập", "Thượng")
    assert old[0] == new[0]
    assert abs(len(old) - len(new)) <= 1


def test_no_name_no_slip() -> None:
    assert variants.slip_in_name("Có bao nhiêu đảng viên?", draw()) is None


def test_abbreviated_takes_the_lexicon_and_messages() -> None:
    shorten = variants.abbreviated({"ĐV": "đảng viên", "BTV": "ban thường vụ"})
    assert shorten(QUESTION, draw()) == "Xã Tân Lập Thượng có bn ĐV đã đc khen?"
    assert shorten("Ban Thường vụ ở đâu?", draw()) == "BTV ở đâu?"
    assert shorten("Cây gạo cao mấy mét?", draw()) is None


def test_a_swapped_name_is_nowhere_in_the_documents() -> None:
    held = [Document(id="d", text=" ".join(variants._VIETNAMESE_NAMES[:-1]), title="Nhà ở Gulliver")]
    swap = variants.swapped_name(held)
    lacking = variants._VIETNAMESE_NAMES[-1]
    assert swap(QUESTION, draw()) == f"Xã {lacking} có bao nhiêu đảng viên đã được khen?"
    swapped = {swap("Rome ở đâu?", draw(seed)) for seed in range(100)}
    assert len(swapped) > 5
    assert not swapped & {"Gulliver ở đâu?", "Rome ở đâu?"}
    assert swap("Có bao nhiêu đảng viên?", draw()) is None


def test_applied_repeats_exactly() -> None:
    question = Question("1", QUESTION, None, ())
    first = variants.applied(variants.slip_in_name, "slip")(question)
    assert first == variants.applied(variants.slip_in_name, "slip")(question)
