"""Does a passage count that says the same in other words, both ways, and with or without marks?"""

from __future__ import annotations

import pytest

from retrieval import Document, Retriever, Settings
from retrieval.analyzer import Analyzer
from retrieval.index.embedded.index import Index
from retrieval.lexicon import load_lexicon
from retrieval.question.understand import understand
from retrieval.ranking.terms import with_usual_wording
from retrieval.ranking.wording import said_otherwise

ARTICLES = [
    Document(
        "dien", "Chiều thứ ba, xóm Đông mất điện suốt 5 giờ vì cây đổ. Trẻ con ra sân hóng mát.", "Xóm Đông"
    ),
    Document("luong", "Xí nghiệp may Sao Khuê trả thù lao 9 triệu đồng một tháng cho thợ cả.", "May mặc"),
    Document(
        "hoc", "Trường Kim Ngân buộc thôi học 3 sinh viên vì thi hộ. Hai người khác bị nhắc nhở.", "Kỷ luật"
    ),
    Document("de", "Chị em được nghỉ thai sản 6 tháng, hưởng đủ lương.", "Chế độ"),
    Document("cho", "Xóm Đông có 5 cửa hàng điện máy. Nhà máy nước nằm ở xóm Tây.", "Chợ xóm Đông"),
]


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    return Retriever.build(ARTICLES)


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Xóm Đông cúp điện mấy tiếng?", "dien"),
        ("xom dong cup dien may tieng", "dien"),
        ("Nhà máy may Sao Khuê trả lương thợ cả bao nhiêu?", "luong"),
        ("Mấy sinh viên trường Kim Ngân bị đuổi học?", "hoc"),
        ("Nghỉ đẻ được mấy tháng?", "de"),
    ],
)
def test_what_is_written_otherwise_is_found_and_answers(
    retriever: Retriever, question: str, article: str
) -> None:
    answer = retriever.answer(question)
    assert answer.answered
    assert answer.hits[0].document.id == article


def test_the_other_wording_counts_for_more_than_any_other_word(retriever: Retriever) -> None:
    said, other = (retriever.search(f"Xóm Đông {word} điện mấy giờ?", limit=1)[0] for word in ("cúp", "vẽ"))
    assert said.document.id == "dien"
    assert said.score > other.score


@pytest.mark.parametrize(
    ("teachers", "is_read_as_educators"), [(0, True), (2, True), (3, False), (20, False)]
)
def test_a_phrase_is_read_as_another_that_is_the_usual_one_in_the_corpus(
    teachers: int, is_read_as_educators: bool
) -> None:
    documents = [Document(f"luat{n}", f"Nhà giáo ở trường số {n} được nghỉ hè.") for n in range(6)]
    documents += [Document(f"khach{n}", f"Đoàn thứ {n} có hai giáo viên người Lào.") for n in range(teachers)]
    analyzer = Analyzer(Settings().passages, load_lexicon())
    index = Index.create(None, settings=Settings())
    with index.writer() as writer:
        for document in documents:
            writer.add(analyzer.analyse(document))
        writer.commit()
    snapshot = index.snapshot()
    query = understand("Giáo viên được nghỉ mấy tuần?", analyzer=analyzer, vocabulary=snapshot)
    read_as = [other for said, others in with_usual_wording(query, snapshot).wording for other in others]
    assert ("nhà giáo" in read_as) == is_read_as_educators


def test_the_shipped_list_is_sound() -> None:
    wording = load_lexicon().wording
    pairs = [(word, other) for word, others in wording.items() for other in others]
    assert len(pairs) >= 300
    assert [word for word, other in pairs if word.casefold() == other.casefold()] == []
    assert [word for word, others in wording.items() if len(set(others)) < len(others)] == []
    assert [pair for pair in pairs if any(part != " ".join(part.split()) for part in pair)] == []


@pytest.mark.parametrize(
    ("text", "there"),
    [("Ông bị ngã gãy chân.", True), ("Ông về Quảng Ngãi.", False), ("Ông bị té gãy chân.", False)],
)
def test_another_wording_is_told_by_whole_words(text: str, there: bool) -> None:
    query = Retriever.build(ARTICLES).understand("Ông bị té ở đâu?")
    spans = said_otherwise(query, text)
    assert [query.text[slice(*span)] for span in spans] == (["té"] if there else [])
