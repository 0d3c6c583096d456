from __future__ import annotations

import datetime
import os
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest

from retrieval.index.embedded import Filter, Index, StoredSnapshot
from retrieval.index.protocol import Wanted
from retrieval.records import Document, QueryTerm
from tests.unit.index.embedded.made import LUA, MUA, TET, TET_AGAIN, best_passages, put


def ids(snapshot: StoredSnapshot, *terms: QueryTerm, where: Filter | None = None) -> list[tuple[str, int]]:
    found = best_passages(snapshot, *terms, limit=10, where=where)
    documents = snapshot.documents(key for key, _ in found)
    return [(documents[key].id, number) for key, number in found]


def test_finds_passages_by_terms_pairs_and_plain_terms(index: Index) -> None:
    put(index, TET, LUA, MUA)
    snapshot = index.snapshot()
    assert ids(snapshot, QueryTerm("lúa")) == [("lua", 0), ("lua", 1)]
    assert ids(snapshot, QueryTerm("hoa_mai")) == [("tet", 1)]
    assert ids(snapshot, QueryTerm("lua", plain=True)) == [("lua", 0), ("lua", 1)]
    assert ids(snapshot, QueryTerm("gia_lua", plain=True)) == [("lua", 1)]
    assert ids(snapshot, QueryTerm("lua")) == []
    assert ids(snapshot) == []


ALIKE = Document("alike", "đang gặt\nđảng viên dang tay\nđảng uỷ\ndang dở\nmột đảng viên\nđăng ký, đang chờ")


def test_counts_a_term_without_marks_in_all_its_forms(index: Index) -> None:
    put(index, ALIKE, TET)
    snapshot = index.snapshot()
    assert [snapshot.passage_df(form, plain=False) for form in ("đang", "đảng", "dang", "đăng")] == [
        2,
        3,
        2,
        1,
    ]
    assert snapshot.passage_df("dang", plain=True) == 6
    assert snapshot.article_df("dang", plain=True) == 1
    assert snapshot.passage_df("dang_vien", plain=True) == 2
    assert snapshot.passage_df("vien_dang", plain=True) == 1
    assert snapshot.passage_df("đang", plain=True) == snapshot.passage_df("dan", plain=True) == 0


def test_finds_a_term_without_marks_as_if_all_were_one(index: Index) -> None:
    """A passage scores the same whichever form it has: a rare one tells no more than the others."""
    texts = ("đang bay", "đảng bay", "đang ăn", "đang đi", "ở nhà", "ở xa")
    put(index, *(Document(str(at), text) for at, text in enumerate(texts)))
    term = QueryTerm("dang", plain=True)
    search = index.snapshot()._passages
    found = search.best([term], limit=10, where=None)
    assert sorted(key for _, (key, _) in found) == [1, 2, 3, 4]
    assert [score for score, _ in found] == pytest.approx([found[0][0]] * 4, rel=1e-5)
    bay = search.best([term, QueryTerm("bay")], limit=2, where=None)
    assert bay[0][0] == pytest.approx(bay[1][0], rel=1e-5)
    assert {key for _, (key, _) in bay} == {1, 2}


def test_counts_of_forms_follow_removals(index: Index) -> None:
    put(index, ALIKE, replace(ALIKE, id="other", text="đãng trí\nkhông đảng phái"))
    put(index, remove=["alike"])
    snapshot = index.snapshot()
    assert snapshot.passage_df("dang", plain=True) == 2
    assert snapshot.article_df("dang", plain=True) == 1
    assert ids(snapshot, QueryTerm("dang", plain=True)) == [("other", 0), ("other", 1)]


def test_a_removed_pair_in_forms_that_are_not_looked_for_counts_nothing(index: Index) -> None:
    """Of "dang" there are more forms than are tried in pairs; the rarest stood in what was removed."""
    forms = "dang đang đáng đàng đảng đãng đạng dáng dàng dảng dãng dạng đăng đắng".split()
    put(index, *(Document(f"{form} {n}", f"{form} đi {n}") for form in forms for n in (1, 2)))
    put(index, Document("rare", "đằng đẵng ba năm"))
    put(index, remove=["rare"])
    snapshot = index.snapshot()
    assert snapshot.passage_df("dang", plain=True) == 2 * len(forms)
    assert snapshot.passage_df("dang_dang", plain=True) == 0


def test_pairs_do_not_cross_passages(index: Index) -> None:
    put(index, TET)
    assert ids(index.snapshot(), QueryTerm("20_hoa")) == []


def test_weights_decide_the_order(index: Index) -> None:
    put(index, LUA, MUA)
    heavy, light = QueryTerm("mưa"), QueryTerm("gặt", weight=0.1)
    assert [one for one, _ in ids(index.snapshot(), heavy, light)] == ["mua", "lua"]
    assert [
        one for one, _ in ids(index.snapshot(), replace(heavy, weight=0.1), replace(light, weight=1.0))
    ] == [
        "lua",
        "mua",
    ]


def test_finds_articles_by_title_and_text(index: Index) -> None:
    put(index, TET, LUA, MUA)
    snapshot = index.snapshot()
    keys, _ = snapshot.find(Wanted([QueryTerm("Tết"), QueryTerm("đào")], 5), Wanted([], 0), None)
    assert [document.id for document in snapshot.documents(keys).values()] == ["tet"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Filter(source="báo mẫu"), {"tet", "lua"}),
        (Filter(source="bao mau", since=datetime.date(2021, 1, 1)), {"lua"}),
        (Filter(since=datetime.date(2020, 1, 20), until=datetime.date(2020, 1, 20)), {"tet"}),
        (Filter(until=datetime.date(2030, 1, 1)), {"tet", "lua", "mua"}),
        (Filter(source="không có"), set()),
        (Filter(), {"tet", "lua", "mua", "no-date"}),
    ],
)
def test_filters_by_folded_source_and_dates(index: Index, where: Filter, expected: set[str]) -> None:
    put(index, TET, LUA, MUA, replace(MUA, id="no-date", text="mở cửa muộn", mentioned=None))
    found = ids(index.snapshot(), QueryTerm("mở"), QueryTerm("mưa"), where=where)
    assert {one for one, _ in found} == expected


def test_counts_terms_and_lengths(index: Index) -> None:
    put(index, TET, LUA)
    snapshot = index.snapshot()
    assert snapshot.stats.articles == 2
    assert snapshot.stats.passages == 5
    assert snapshot.stats.avg_passage_len == pytest.approx((6 + 10 + 5 + 6 + 4) / 5)
    assert snapshot.stats.avg_article_len == pytest.approx((18 + 17) / 2)
    assert snapshot.passage_df("hoa", plain=False) == 2
    assert snapshot.article_df("hoa", plain=False) == 1
    assert snapshot.passage_df("mo", plain=True) == 2
    assert snapshot.passage_df("mở_cửa", plain=False) == 1
    assert snapshot.article_df("Chợ", plain=False) == 1


def test_counts_are_right_after_removal(index: Index) -> None:
    put(index, TET, LUA, MUA)
    put(index, remove=["tet"])
    snapshot = index.snapshot()
    assert snapshot.stats.articles == 2
    assert snapshot.passage_df("hoa", plain=False) == 0
    assert snapshot.passage_df("hoa_mai", plain=False) == 0
    assert snapshot.passage_df("mở", plain=False) == 1
    assert snapshot.article_df("cua", plain=True) == 1
    assert [one for one, _ in ids(snapshot, QueryTerm("mở"))] == ["lua"]


def test_removed_documents_do_not_take_places(index: Index) -> None:
    many = [
        replace(TET, id=f"{number}", text=f"hoa hoa hoa từ{number} riêng{number}") for number in range(20)
    ]
    put(index, *many, LUA)
    put(index, replace(LUA, text="chỉ một bông hoa nở giữa đồng"), remove=[one.id for one in many])
    assert [one for one, _ in ids(index.snapshot(), QueryTerm("hoa"))] == ["lua"]


def test_gives_terms_and_spans_as_they_were(index: Index) -> None:
    put(index, LUA)
    snapshot = index.snapshot()
    (key,) = snapshot.keys()
    terms = snapshot.terms_of([key])[key]
    assert [LUA.text[start:end] for start, end in terms.spans] == LUA.text.split("\n")
    assert terms.starts.tolist() == [2, 7, 13, 17]
    assert terms.accented[:3].tolist() == [crc32(word.encode()) for word in ("Mùa", "lúa", "nông")]
    assert terms.plain[:3].tolist() == [crc32(word.encode()) for word in ("mua", "lua", "nong")]
    assert len(terms.accented) == len(terms.plain) == 17


def test_a_snapshot_does_not_change(index: Index) -> None:
    put(index, TET)
    before = index.snapshot()
    put(index, LUA, remove=["tet"])
    assert [document.id for document in before.all_documents()] == ["tet"]
    assert [document.id for document in index.snapshot().all_documents()] == ["lua"]
    assert before.passage_df("hoa", plain=False) == 2


def test_another_reader_sees_a_commit(tmp_path: Path) -> None:
    writing = Index.create(tmp_path)
    reading = Index.open(tmp_path)
    assert reading.snapshot().stats.articles == 0
    put(writing, TET)
    reading.refresh()
    assert reading.snapshot().stats.articles == 1


def test_names_joined_documents_without_their_text(index: Index) -> None:
    put(index, TET, TET_AGAIN)
    snapshot = index.snapshot()
    (key,) = snapshot.keys()
    assert snapshot.documents([key])[key] == TET
    assert snapshot.also([key]) == {key: (replace(TET_AGAIN, text=""),)}
    assert [document.id for document in snapshot.all_documents()] == ["tet", "tet-again"]


def test_lists_sources(index: Index) -> None:
    put(index, TET, replace(LUA, source="Báo Mẫu"), MUA)
    found = [(one.source, one.documents, one.first, one.last) for one in index.snapshot().sources()]
    assert found == [
        ("Báo Mẫu", 2, TET.published, LUA.published),
        (None, 1, MUA.mentioned, MUA.mentioned),
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need leave there")
def test_a_file_that_goes_while_the_engine_is_opened_harms_nothing(tmp_path: Path) -> None:
    """A writer in another process merges files away at any moment: a link to nothing is such a one."""
    index = Index.create(tmp_path / "index")
    put(index, TET)
    (tmp_path / "index/0001/passages" / f"{'0' * 32}.idx").symlink_to(tmp_path / "gone")
    index.refresh()
    assert ids(index.snapshot(), QueryTerm("hoa_mai")) == [("tet", 1)]
