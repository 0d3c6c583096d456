from __future__ import annotations

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.embedded import AnalysedDocument
from retrieval.index.embedded.prepare import (
    content_hash,
    pack_document,
    prepare,
    restore,
    unpack_document,
    unpack_terms,
)
from retrieval.records import Document
from tests.unit.index.embedded.made import LUA, TET, analyse

WORDS = st.text("abcđêôưỳ0123456789", min_size=1, max_size=5)
LINES = st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=5).map("\n".join)
DATES = st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))
DOCUMENTS = st.builds(
    Document,
    id=st.text(max_size=20),
    text=LINES,
    title=st.lists(WORDS, max_size=4).map(" ".join),
    source=st.none() | st.text(max_size=10),
    published=DATES,
    mentioned=DATES,
    url=st.none() | st.text(max_size=10),
    author=st.none() | st.text(max_size=10),
    kind=st.sampled_from(["article", "digest"]),
)


@given(DOCUMENTS)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    packed = pack_document(document)
    assert unpack_document(packed) == document
    assert unpack_document(memoryview(packed), text=False).text == ""


@given(DOCUMENTS)
def test_what_was_written_restores_what_was_prepared(document: Document) -> None:
    prepared = prepare(analyse(document))
    assert restore(document, unpack_terms(1, prepared.terms), prepared.words) == prepared


def test_joins_terms_and_pairs_of_each_passage() -> None:
    prepared = prepare(analyse(LUA))
    assert prepared.accented[2] == "cửa hàng mở thêm cửa_hàng hàng_mở mở_thêm"
    assert prepared.plain[2] == "cua hang mo them cua_hang hang_mo mo_them"
    assert prepared.article_accented.startswith("Mùa lúa nông dân")
    assert (prepared.passage_terms, prepared.article_terms) == (15, 17)


def test_equal_content_has_an_equal_hash() -> None:
    assert content_hash(TET) == prepare(analyse(TET)).content
    assert content_hash(TET) != content_hash(LUA)


def test_refuses_arrays_that_do_not_fit() -> None:
    broken = AnalysedDocument(TET, np.zeros((1, 2), np.uint32), np.array([0, 9], np.uint32), ("a",), ("a",))
    with pytest.raises(ValueError, match="tet: "):
        prepare(broken)
