"""At which grain is a date asked for?"""

import pytest

from retrieval.question.asked_date import asked_grain
from retrieval.question.understand import understand
from tests.unit.ranking.corpora import ANALYZER, snapshot


@pytest.mark.parametrize(
    ("question", "grain"),
    [
        ("Cầu Ven Sông khánh thành năm nào?", "year"),
        ("cau Ven Song khanh thanh nam nao", "year"),
        ("Hội chợ khai mạc ngày nào?", "day"),
        ("Trường đón học sinh vào tháng mấy?", "month"),
        ("Chùa được dựng vào thế kỷ nào?", "century"),
        ("Khi nào thông xe đường Ven Sông?", "any"),
        ("Bao giờ thông xe đường Ven Sông?", "any"),
        ("bao gio thong xe duong Ven Song", "any"),
        ("Ông Lê Quang Đạo làm gì trong năm 2021?", "any"),
    ],
)
def test_the_word_beside_the_asking_one_says_the_grain(question: str, grain: str) -> None:
    assert asked_grain(understand(question, analyzer=ANALYZER, vocabulary=snapshot())) == grain
