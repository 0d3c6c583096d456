from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.crash import WORDS, apply, changes
from benchmarks.crash import analyse as analyse_made_up
from retrieval.errors import IndexLocked
from retrieval.index.embedded import Index, StoredSnapshot
from retrieval.records import Document, QueryTerm
from tests.unit.index.embedded.made import LUA, MUA, TET, TET_AGAIN, analyse, best_passages, put


def test_the_same_id_replaces(index: Index) -> None:
    put(index, TET)
    put(index, replace(TET, text="hoa hết rồi"))
    assert [document.text for document in index.snapshot().all_documents()] == ["hoa hết rồi"]
    assert index.snapshot().passage_df("mai", plain=False) == 0


def test_the_same_id_twice_in_one_commit_keeps_the_last(index: Index) -> None:
    put(index, TET, replace(TET, text="hoa hết rồi"))
    assert index.snapshot().stats.passages == 1
    assert index.snapshot().passage_df("hoa", plain=False) == 1


def test_tells_how_many_were_removed(index: Index) -> None:
    put(index, TET, LUA)
    with index.writer() as writer:
        assert writer.remove(["tet", "nobody", "tet"]) == 1
        writer.commit()
    assert index.snapshot().stats.articles == 1


def test_what_is_not_committed_is_dropped(index: Index) -> None:
    def interrupted() -> None:
        with index.writer() as writer:
            writer.add(analyse(LUA))
            writer.remove(["tet"])
            raise KeyboardInterrupt

    put(index, TET)
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    put(index, MUA)
    assert {document.id for document in index.snapshot().all_documents()} == {"tet", "mua"}
    assert index.snapshot().passage_df("lúa", plain=False) == 0


def test_a_commit_without_changes_is_none(index: Index) -> None:
    put(index, TET)
    before = index.snapshot().generation
    put(index)
    assert index.snapshot().generation == before


def test_one_writer_at_a_time(index: Index) -> None:
    with index.writer(), pytest.raises(IndexLocked), index.writer():
        pass


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    first = Index.create(tmp_path)
    second = Index.open(tmp_path)
    message = r"tiến trình \d+ trên máy .*, từ \d{4}-"
    with first.writer(), pytest.raises(IndexLocked, match=message), second.writer():
        pass
    with Index.open(tmp_path).writer():
        pass


def test_the_oldest_of_near_duplicates_is_found(index: Index) -> None:
    put(index, TET_AGAIN)
    put(index, TET)
    assert [document.id for document in index.snapshot().documents(index.snapshot().keys()).values()] == [
        "tet"
    ]
    put(index, remove=["tet"])
    snapshot = index.snapshot()
    assert [document.id for document in snapshot.documents(snapshot.keys()).values()] == ["tet-again"]
    assert snapshot.also(snapshot.keys()) == {}
    assert snapshot.passage_df("mai", plain=False) == 1


def test_other_numbers_are_another_story(index: Index) -> None:
    put(index, TET, replace(TET_AGAIN, text=TET.text.replace("20", "21")))
    assert index.snapshot().stats.articles == 2


def _view(snapshot: StoredSnapshot, words: list[str]) -> object:
    keys = snapshot.keys()
    also, documents, terms = snapshot.also(keys), snapshot.documents(keys), snapshot.terms_of(keys)
    shown = {
        documents[key].id: (
            documents[key],
            tuple(one.id for one in also.get(key, ())),
            terms[key].accented.tobytes(),
            terms[key].spans.tobytes(),
        )
        for key in keys
    }
    counts = [
        (snapshot.passage_df(word, plain=plain), snapshot.article_df(word, plain=plain))
        for word in words
        for plain in (False, True)
    ]
    found = [
        {(documents[key].id, number) for key, number in best_passages(snapshot, QueryTerm(word), limit=5000)}
        for word in words
    ]
    return snapshot.stats, shown, counts, found, snapshot.sources()


@pytest.mark.parametrize("seed", [1, 2])
def test_update_by_update_equals_a_fresh_build(seed: int) -> None:
    """1,000 additions, changes and removals, then the same documents at once in another order."""
    updated, state, done = Index.create(), dict[str, Document](), 0
    for added, removed in changes(seed):
        with updated.writer() as writer:
            for document in added:
                writer.add(analyse_made_up(document))
            writer.remove(removed)
            writer.commit()
        state = apply(state, added, removed)
        done += len(added) + len(removed)
        if done >= 1000:
            break
    fresh, documents = Index.create(), list(state.values())
    random.Random(seed).shuffle(documents)
    with fresh.writer() as writer:
        for document in documents:
            writer.add(analyse_made_up(document))
        writer.commit()
    assert updated.snapshot().stats.articles < len(state)  # some were joined
    assert _view(updated.snapshot(), WORDS[:60]) == _view(fresh.snapshot(), WORDS[:60])
