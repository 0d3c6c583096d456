"""Several documents' terms, read at once, against each document's own arrays."""

import numpy as np
import pytest

from retrieval.collection import AnalysedDocument, term_id
from retrieval.records import Document
from retrieval.term_arrays import DocumentTerms, TermArrays, pack_terms
from tests.unit.ranking.corpora import ANALYZER

TEXTS = (
    "Thư viện Cây Bàng mở cửa lúc 8 giờ. Thẻ đọc làm tại quầy số 2.",
    "",
    "Điều 1. Phạm vi\nQuy chế này áp dụng cho mọi bạn đọc.\n\nĐiều 2. Giờ mở cửa\nTừ 8 giờ đến 17 giờ, trừ ngày lễ.\n",
    "Một câu thôi.",
)


def packed(key: int, text: str) -> np.ndarray:
    analysed: AnalysedDocument = ANALYZER.analyse(Document(f"bài {key}", text, title=f"Bài số {key}"))
    accented, plain = (
        np.array([term_id(term) for term in terms], np.uint32)
        for terms in (analysed.accented, analysed.plain)
    )
    return np.frombuffer(pack_terms(analysed, accented, plain), np.uint32)


VALUES = {key: packed(key, text) for key, text in enumerate(TEXTS, start=7)}


def test_packed_arrays_are_those_of_the_analysis() -> None:
    for key, text in enumerate(TEXTS, start=7):
        analysed = ANALYZER.analyse(Document(f"bài {key}", text, title=f"Bài số {key}"))
        terms = DocumentTerms(key, VALUES[key])
        assert terms.spans.tolist() == analysed.spans.tolist()
        assert terms.starts.tolist() == analysed.starts.tolist()
        assert terms.accented.tolist() == [term_id(term) for term in analysed.accented]
        assert terms.plain.tolist() == [term_id(term) for term in analysed.plain]
        for name in ("spans", "kinds", "parents", "over", "starts", "pages", "beside"):
            assert getattr(terms.sections, name).tolist() == getattr(analysed.sections, name).tolist(), name


def test_outlines_are_each_documents_own_laid_end_to_end() -> None:
    arrays = TermArrays.joined(VALUES)
    outlines = arrays.outlines()
    documents = list(arrays.values())
    divided = [each for each in documents if len(each.sections.spans)]
    assert divided
    assert len(divided) < len(documents)
    assert outlines.starts.tolist() == [start for each in documents for start in each.starts.tolist()]
    assert outlines.over.tolist() == [over for each in divided for over in each.sections.over.tolist()]
    assert outlines.parents.tolist() == [
        place for each in divided for place in each.sections.parents.tolist()
    ]
    assert outlines.section_starts.tolist() == [
        at for each in divided for at in each.sections.starts.tolist()
    ]
    for plain in (False, True):
        own = [(each.plain if plain else each.accented).tolist() for each in documents]
        assert arrays.stream(plain=plain).tolist() == [term for terms in own for term in terms]


def test_documents_without_passages_and_those_too_many_are_left_out() -> None:
    arrays = TermArrays.joined(VALUES)
    assert tuple(arrays.at_most(10_000)) == (7, 9, 10)
    first = len(arrays[7].accented)
    assert tuple(arrays.at_most(first)) == (7,)
    assert tuple(arrays.at_most(1)) == (7,), "the first is always read"
    assert tuple(TermArrays.joined({}).at_most(10)) == ()


def test_the_first_ones_are_kept_and_stand_by_their_keys() -> None:
    arrays = TermArrays.joined({key: VALUES[key] for key in (10, 7, 9)})
    assert tuple(arrays.at_most(10_000)) == (7, 9, 10)
    assert tuple(arrays.at_most(len(arrays[10].accented) + len(arrays[7].accented))) == (7, 10)
    assert tuple(arrays.at_most(1)) == (10,)


def test_a_key_that_is_not_there_is_no_key() -> None:
    arrays = TermArrays.joined(VALUES)
    assert 7 in arrays
    assert 3 not in arrays
    with pytest.raises(KeyError):
        arrays[3]
