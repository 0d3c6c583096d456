"""Which terms does a text hold, and do they stay where they stand in it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.vietnamese.tokens import Spelling, terms_of, tokenize

SPELLING = Spelling({"T.Ư": "Trung ương", "ĐV": "đảng viên"})
written = st.text(alphabet="aăđôướ ĐVTƯ.,-/&12%:\n", max_size=40)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Tổng số 12.345 người", "tổng số 12345 người"),
        ("ngày 12-4-2016", "ngày 12/4 12/4/2016 4/2016 2016"),
        ("tháng 7/2019", "tháng 7 2019 7/2019"),
        ("nhiệm kì 2015-2020", "nhiệm kì 2015 2020"),
        ("Kỷ luật, kỉ luật; hoà hòa", "kỉ luật kỉ luật hoà hoà"),
        ("KT-XH", "kt xh"),
        ("T.Ư", "t ư trung ương"),
        ("đạt 74,48%", "đạt 74,48 phần trăm"),
        ("659 ĐV", "659 đv đảng viên"),
    ],
)
def test_the_terms(text: str, terms: str) -> None:
    assert terms_of(text, SPELLING) == terms.split()


@given(written)
def test_each_token_is_made_of_what_stands_there(text: str) -> None:
    tokens = tokenize(text, SPELLING)
    assert [token.term for token in tokens] == terms_of(text, SPELLING)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    for token in tokens:
        assert token.term in terms_of(text[token.start : token.end], SPELLING)


def test_an_article_s_own_short_forms_stand_over_the_lexicon_s() -> None:
    own = Spelling({"ĐV": "đơn vị"}, base=SPELLING)
    assert terms_of("ĐV của T.Ư", own) == "đv đơn vị của t ư trung ương".split()


def test_an_article_s_own_short_forms_leave_those_of_a_lexicon_not_yet_used_alone() -> None:
    fresh = Spelling({"HTX": "hợp tác xã"})
    own = Spelling({"ĐV": "đơn vị"}, base=fresh)
    assert terms_of("ĐV của HTX", own) == ["đv", "đơn", "vị", "của", "htx", "hợp", "tác", "xã"]
