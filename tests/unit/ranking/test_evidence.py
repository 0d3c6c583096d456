"""What evidence do passages of one document get, whose sections say alike?"""

from retrieval.question.understand import understand
from retrieval.ranking.evidence import FEATURES
from retrieval.ranking.ranker import collect, rank
from retrieval.records import Document
from retrieval.settings import RankingSettings
from tests.unit.ranking.corpora import ANALYZER, snapshot

RULES = Document(
    id="noi-quy",
    title="Nội quy xưởng Bình Tâm",
    text="Thợ học việc\nĐược nghỉ phép 4 ngày mỗi năm, báo trước với tổ trưởng.\n"
    "Thợ chính\nĐược nghỉ phép 13 ngày mỗi năm, báo trước với tổ trưởng.\n"
    "Thợ thời vụ\nĐược nghỉ phép 2 ngày mỗi năm, báo trước với tổ trưởng.\n",
)


def evidence(question: str, *documents: Document) -> list[dict[str, float]]:
    """That of each passage, in the order of the text."""
    commit = snapshot(*documents)
    query = understand(question, analyzer=ANALYZER, vocabulary=commit)
    ranking = collect(query, commit, analyzer=ANALYZER, settings=RankingSettings())
    assert ranking is not None
    rows = sorted(
        zip(ranking.passages, ranking.evidence.tolist(), strict=True), key=lambda row: row[0].passage.start
    )
    return [dict(zip(FEATURES, values, strict=True)) for _, values in rows]


def test_the_heading_that_the_question_says_speaks_for_what_stands_below() -> None:
    learning, skilled, seasonal = evidence("Thợ thời vụ được nghỉ phép mấy ngày?", RULES)
    assert seasonal["section_fits"] > max(learning["section_fits"], skilled["section_fits"])
    assert seasonal["cover_section"] > max(learning["cover_section"], skilled["cover_section"])


def test_of_sections_that_say_alike_the_one_asked_for_comes_first() -> None:
    commit = snapshot(RULES)
    for section, days in (("Thợ học việc", "4 ngày"), ("Thợ chính", "13 ngày"), ("Thợ thời vụ", "2 ngày")):
        query = understand(f"{section} được nghỉ phép mấy ngày?", analyzer=ANALYZER, vocabulary=commit)
        ranking = rank(query, commit, analyzer=ANALYZER, settings=RankingSettings())
        assert ranking is not None
        assert days in ranking.passages[0].passage.text


def test_pairs_of_the_question_in_a_row_count_for_the_article() -> None:
    whole = Document(id="whole", text="Người nuôi cá lồng trên sông phải xin giấy phép của phường.")
    torn = Document(id="torn", text="Phường cho người xin phép, phải có giấy. Trên sông nuôi lồng cá.")
    first, second = (
        evidence("Người nuôi cá lồng trên sông phải xin phép ai?", document)[0] for document in (whole, torn)
    )
    assert first["article_run"] > second["article_run"]
    assert first["cover_article_pairs"] > second["cover_article_pairs"]


def test_a_year_that_is_asked_for_fits_better_than_a_day_or_none() -> None:
    text = "Ngôi chùa Đông Sơn được dựng năm 1712 trên đồi cao. Ngôi chùa Đông Sơn mở hội vào mùa xuân cho khách."
    built, feast = evidence("Ngôi chùa Đông Sơn được dựng năm nào?", Document(id="chua", text=text))
    assert built["date_grain"] == 1.0
    assert feast["date_grain"] < built["date_grain"]
