"""Follow-ups on other things than the sample speaks of: the rules are Vietnamese, not the corpus's."""

from __future__ import annotations

import pytest

from retrieval import Document, Retriever
from retrieval.dialogue.coreference import Before
from retrieval.dialogue.rewrite import FollowUp

SCHOOLS = Before("Hà Nội có bao nhiêu trường học?", "2.800", "Hà Nội có 2.800 trường học.", "Giáo dục Hà Nội")
PROFIT = Before("Vinamilk lãi bao nhiêu năm 2019?", "10.000 tỷ", "Vinamilk lãi 10.000 tỷ năm 2019.")
HEAD = Before(
    "Ai là giám đốc Bệnh viện Thử Nghiệm?",
    "Ông Lê Văn Mẫu",
    "Ông Lê Văn Mẫu, giám đốc Bệnh viện Thử Nghiệm, nhận hoa.",
)
BRIDGE = Before("Cầu Cần Thơ dài bao nhiêu mét?", "2.750", "Cầu Cần Thơ dài 2.750 mét.")
HARVEST = Before(
    "Huyện Mỏ Cày thu hoạch bao nhiêu tấn lúa?", "1.200", "Huyện Mỏ Cày thu hoạch 1.200 tấn lúa."
)

PUPILS = Before("Quận có bao nhiêu học sinh cấp một thuộc diện khó khăn?", "90", "Quận có 90 học sinh.")
LESSONS = Before("Xã cử bao nhiêu người học nghề may?", "30", "Xã cử 30 người học nghề may.")


@pytest.fixture(scope="module")
def follow_up() -> FollowUp:
    return FollowUp(Retriever.build([Document("a", "Một câu để có gì mà hỏi.")]).understand)


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (SCHOOLS, "Còn Đà Nẵng?", "Đà Nẵng có bao nhiêu trường học?"),
        (SCHOOLS, "Còn Đà Nẵng thì sao?", "Đà Nẵng có bao nhiêu trường học?"),
        (SCHOOLS, "Thế Đà Nẵng thì có bao nhiêu?", "Đà Nẵng có bao nhiêu trường học?"),
        (SCHOOLS, "Đà Nẵng?", "Đà Nẵng có bao nhiêu trường học?"),
        (SCHOOLS, "Còn bệnh viện?", "Hà Nội có bao nhiêu bệnh viện?"),
        (SCHOOLS, "Còn Đà Nẵng có bao nhiêu bệnh viện?", "Đà Nẵng có bao nhiêu bệnh viện?"),
        (HARVEST, "Còn ngô?", "Huyện Mỏ Cày thu hoạch bao nhiêu tấn ngô?"),
        (HARVEST, "Còn huyện Ba Tri?", "Huyện Ba Tri thu hoạch bao nhiêu tấn lúa?"),
        (PROFIT, "Thế năm 2020 thì sao?", "Vinamilk lãi bao nhiêu năm 2020?"),
        (SCHOOLS, "Còn năm 2020?", "Hà Nội có bao nhiêu trường học năm 2020?"),
        (SCHOOLS, "Trong đó công lập?", "Hà Nội có bao nhiêu công lập?"),
        (SCHOOLS, "Ở ngoại thành thì bao nhiêu?", "Hà Nội có bao nhiêu trường học ở ngoại thành?"),
        (PUPILS, "Còn học sinh cấp hai?", "Quận có bao nhiêu học sinh cấp hai thuộc diện khó khăn?"),
        (LESSONS, "Còn học bơi?", "Xã cử bao nhiêu người học bơi?"),
        (HEAD, "Còn phó giám đốc?", "Ai là phó giám đốc Bệnh viện Thử Nghiệm?"),
    ],
)
def test_a_contrast_takes_the_place_of_its_like(
    follow_up: FollowUp, before: Before, question: str, whole: str
) -> None:
    expanded = follow_up.expand(question, before)
    assert expanded is not None
    assert (expanded.question, expanded.lean) == (whole, "must")


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (SCHOOLS, "Trong đó có bao nhiêu trường công lập?", "Hà Nội có bao nhiêu trường công lập?"),
        (SCHOOLS, "Thành phố này có bao nhiêu quận?", "Hà Nội có bao nhiêu quận?"),
        (SCHOOLS, "Ở đó có bao nhiêu quận?", "Ở Hà Nội có bao nhiêu quận?"),
        (HEAD, "Ông ấy bao nhiêu tuổi?", "Ông Lê Văn Mẫu bao nhiêu tuổi?"),
        (HEAD, "Người này quê ở đâu?", "Lê Văn Mẫu quê ở đâu?"),
        (HEAD, "Bệnh viện đó có bao nhiêu giường?", "Bệnh viện Thử Nghiệm có bao nhiêu giường?"),
        (BRIDGE, "Nó khánh thành năm nào?", "Cầu Cần Thơ khánh thành năm nào?"),
        (BRIDGE, "Cầu này khánh thành năm nào?", "Cầu Cần Thơ khánh thành năm nào?"),
        (SCHOOLS, "Ai viết bài này?", "Ai viết bài Giáo dục Hà Nội?"),
        (BRIDGE, "Vì sao?", "Vì sao cầu Cần Thơ dài?"),
        (BRIDGE, "Để làm gì?", "Cầu Cần Thơ dài nhằm mục đích gì?"),
        (SCHOOLS, "Trong đó bao nhiêu trường công lập?", "Hà Nội bao nhiêu trường công lập?"),
        (PROFIT, "Ai nói vậy?", "Ai nói Vinamilk lãi năm 2019?"),
        (SCHOOLS, "Cụ thể hơn", "Hà Nội có trường học: cụ thể hơn?"),
    ],
)
def test_a_reference_is_spelt_out(follow_up: FollowUp, before: Before, question: str, whole: str) -> None:
    expanded = follow_up.expand(question, before)
    assert expanded is not None
    assert expanded.question.lower() == whole.lower()
    assert expanded.lean == "must"


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (BRIDGE, "Rộng bao nhiêu mét?", "Cầu Cần Thơ rộng bao nhiêu mét?"),
        (SCHOOLS, "Bao nhiêu học sinh?", "Hà Nội có bao nhiêu học sinh?"),
        (HARVEST, "Bán được bao nhiêu tấn?", "Huyện Mỏ Cày bán được bao nhiêu tấn?"),
    ],
)
def test_an_omitted_subject_may_be_the_last_one(
    follow_up: FollowUp, before: Before, question: str, whole: str
) -> None:
    expanded = follow_up.expand(question, before)
    assert expanded is not None
    assert expanded.question.replace(":", "") == whole
    assert expanded.lean == "likely"


@pytest.mark.parametrize(
    "question",
    [
        "Huế có bao nhiêu lăng tẩm?",
        "Trường Đại học Cần Thơ thành lập năm nào?",
        "Nghị định số 15 quy định gì?",
        "Ai là tổng thống Pháp?",
        "Thế giới có bao nhiêu quốc gia thuộc Liên Hợp Quốc?",
    ],
)
def test_a_question_that_names_its_own_matter_stands_alone(follow_up: FollowUp, question: str) -> None:
    assert follow_up.expand(question, SCHOOLS) is None


@pytest.mark.parametrize(
    "question",
    [
        "Thế nào là trường học đạt chuẩn quốc gia theo quy định hiện hành?",
        "Còn bao nhiêu trường học chưa có sân chơi dành cho học sinh?",
        "Còn lại bao nhiêu phòng học phải xây dựng trong kế hoạch này?",
        "Học sinh không có hộ khẩu thường trú ở phường thì sao?",
        "Người ta trồng những loại cây gì trong sân trường học vùng cao?",
        "Sau đó ngành giáo dục tổ chức những lớp bồi dưỡng giáo viên nào?",
    ],
)
def test_words_that_only_look_like_leaning_decide_nothing(follow_up: FollowUp, question: str) -> None:
    expanded = follow_up.expand(question, SCHOOLS)
    assert expanded is None or expanded.lean != "must"


def test_a_follow_up_without_marks_is_understood(follow_up: FollowUp) -> None:
    before = Before("ha noi co bao nhieu truong hoc", "2.800", SCHOOLS.passage, SCHOOLS.title)
    expanded = follow_up.expand("con da nang thi sao", before)
    assert expanded is not None
    assert expanded.question == "Da nang co bao nhieu truong hoc?"
