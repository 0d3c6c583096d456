"""Units with a figure in them, "m2", in questions and in texts: what is asked for is an area, no length."""

import pytest

from retrieval import Document, Retriever

TEXT = "Xưởng dệt rộng {area} và cao 7 m. Bể nước của xưởng chứa {volume}. Tường rào dài 310 m."
AREA = ("m2", "m²", "mét vuông")
VOLUME = ("m3", "m³", "mét khối")


@pytest.mark.parametrize("written", range(3))
@pytest.mark.parametrize("asked", range(3))
def test_an_area_and_a_volume_are_found_however_they_are_written(written: int, asked: int) -> None:
    text = TEXT.format(area=f"860 {AREA[written]}", volume=f"45 {VOLUME[written]}")
    with Retriever.build([Document("a", text, title="Xưởng dệt Thoại Sơn")]) as retriever:
        for question, said in (
            (f"Xưởng dệt rộng bao nhiêu {AREA[asked]}?", f"860 {AREA[written]}"),
            (f"Xưởng dệt có bao nhiêu {AREA[asked]}?", f"860 {AREA[written]}"),
            (f"Bể nước chứa bao nhiêu {VOLUME[asked]}?", f"45 {VOLUME[written]}"),
            ("Tường rào dài bao nhiêu m?", "310 m"),
        ):
            answer = retriever.answer(question)
            assert answer.answered, question
            assert answer.text == said, question


def test_a_unit_alone_asks_about_nothing() -> None:
    with Retriever.build([Document("a", TEXT.format(area="860 m2", volume="45 m3"))]) as retriever:
        assert not retriever.answer("Bao nhiêu m2?").answered
