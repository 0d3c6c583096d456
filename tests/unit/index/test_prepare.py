from __future__ import annotations

import datetime
import json
import struct
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.collection import Sections
from retrieval.errors import CorpusError
from retrieval.index.embedded import AnalysedDocument
from retrieval.index.prepare import (
    NOTHING,
    content_hash,
    pack_document,
    plain_terms,
    prepare,
    restore,
    unpack_document,
    unpack_terms,
)
from retrieval.records import Block, BlockKind, Document
from retrieval.vietnamese.syllables import plain
from tests.unit.index.embedded.made import LUA, TET, analyse

WORDS = st.text("abcđêôưỳ0123456789#@", min_size=1, max_size=5)
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
    number=st.none() | st.text(max_size=10),
    blocks=st.lists(
        st.builds(
            Block,
            kind=st.sampled_from(get_args(BlockKind)),
            start=st.integers(0, 10_000_000),
            end=st.integers(0, 10_000_000),
            level=st.integers(0, 255),
            page=st.none() | st.integers(1, 70_000),
        ),
        max_size=5,
    ).map(tuple),
    meta=st.dictionaries(
        st.text(max_size=5), st.none() | st.integers(-9, 9) | st.text(max_size=5), max_size=3
    ),
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
    assert plain_terms(prepared.accented[2]) == "cua hang mo them cua_hang hang_mo mo_them"
    assert prepared.article.startswith("Mùa lúa nông dân")
    assert (prepared.passage_terms, prepared.article_terms) == (15, 17)


def test_tells_each_term_that_has_marks_once() -> None:
    prepared = prepare(analyse(Document("a", "gặt lúa 20 kg lúa\nđể bán lúa", title="lua")))
    assert prepared.marked == "gặt lúa để bán"


@given(DOCUMENTS)
def test_marks_go_from_pairs_as_from_terms(document: Document) -> None:
    analysed = analyse(document)
    bare = replace(analysed, accented=tuple(map(plain, analysed.accented)))
    assert list(map(plain_terms, prepare(analysed).accented)) == prepare(bare).accented


def test_each_passage_has_the_terms_of_all_headings_over_it() -> None:
    text = "@ đầu\nmở\n# Chương một\n# Điều một\ncửa"
    prepared = prepare(analyse(Document("luat", text)))
    assert prepared.section == [NOTHING, NOTHING, "# Chương một # Điều một"]
    terms = unpack_terms(1, prepared.terms)
    assert [terms.sections.path(number) for number in range(3)] == [[], [], [0, 1]]
    assert (terms.sections.pages.tolist(), terms.sections.beside.tolist()) == ([2, 0, 0], [1, 0, 0])


def test_reads_a_document_that_was_written_before_it_had_a_number() -> None:
    fields = ["a", "Mùa lúa", "Báo Mẫu", "2020-01-20", None, None, None, "article"]
    metadata = json.dumps(fields).encode()
    packed = struct.pack("<I", len(metadata)) + metadata + "chữ".encode()
    assert unpack_document(packed) == Document(
        "a", "chữ", "Mùa lúa", "Báo Mẫu", published=datetime.date(2020, 1, 20)
    )


def test_names_the_document_whose_meta_json_cannot_write() -> None:
    with pytest.raises(CorpusError, match="a: its `meta`"):
        pack_document(Document("a", "chữ", meta={"key": object()}))


def test_equal_content_has_an_equal_hash() -> None:
    assert content_hash(TET) == prepare(analyse(TET)).content
    assert content_hash(TET) != content_hash(LUA)


def test_refuses_arrays_that_do_not_fit() -> None:
    broken = AnalysedDocument(
        TET, np.zeros((1, 2), np.uint32), np.array([0, 9], np.uint32), Sections.none(1, 9), ("a",)
    )
    with pytest.raises(ValueError, match="tet: "):
        prepare(broken)
