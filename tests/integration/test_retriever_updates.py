"""Update by update or built anew: the same articles give the same hits with the same scores."""

import random
from pathlib import Path

import pytest

from retrieval import Document, Retriever

PLACES = ("Tân Hòa", "Núi Cao", "Đồng Xanh", "Bến Đá", "Suối Mơ", "Gò Cát")
WORKS = ("trồng rừng", "làm đường", "xây trường", "đào kênh", "bắc cầu", "mở chợ")
QUESTIONS = (
    "Tân Hòa trồng rừng bao nhiêu héc-ta?",
    "Ai chỉ đạo xây trường ở Núi Cao?",
    "Vì sao Suối Mơ đào kênh?",
    "bac cau o Go Cat khi nao",
)


def article(number: int, version: int) -> Document:
    chance = random.Random(1000 * number + version)
    place, work = chance.choice(PLACES), chance.choice(WORKS)
    sentences = [
        f"Xã {place} {work} từ năm {chance.randint(2010, 2024)}.",
        f"Tổng cộng {chance.randint(2, 900)} héc-ta đất ở {chance.choice(PLACES)} được {chance.choice(WORKS)}.",
        f"Vì mưa lũ kéo dài, xã {place} phải dừng {chance.choice(WORKS)} {chance.randint(2, 60)} ngày.",
        f"Người dân góp {chance.randint(100, 9000)} ngày công để {work}, theo lời trưởng thôn số {number}.",
    ]
    chance.shuffle(sentences)
    return Document(id=f"bai-{number}", title=f"{place} {work}, bài {number}", text=" ".join(sentences))


def found(retriever: Retriever, question: str) -> dict[tuple[str, int], float]:
    return {(hit.document.id, hit.passage.start): hit.score for hit in retriever.search(question, limit=10)}


@pytest.mark.parametrize("seed", range(3))
def test_any_history_gives_the_hits_of_a_fresh_build(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    present = {number: article(number, 0) for number in range(40)}
    retriever = Retriever.build(present.values(), path=tmp_path / "index")
    for version in range(1, 31):
        number = chance.randrange(60)
        if number in present and chance.random() < 0.4:
            del present[number]
            assert retriever.remove([f"bai-{number}"]) == 1
        else:
            present[number] = article(number, version)
            retriever.add([present[number]])
    fresh = Retriever.build(present.values())
    reopened = Retriever.open(tmp_path / "index")
    for question in QUESTIONS:
        expected = found(fresh, question)
        assert expected
        for updated in (retriever, reopened):
            hits = found(updated, question)
            assert sorted(hits.values()) == pytest.approx(sorted(expected.values()), abs=1e-6)
            assert _surely_in(hits) == _surely_in(expected)


def _surely_in(hits: dict[tuple[str, int], float]) -> set[tuple[str, int]]:
    """Without those that tie with the last: which of them still come among the first is chance."""
    last = min(hits.values())
    return {place for place, score in hits.items() if score > last + 1e-6}
