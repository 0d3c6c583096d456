"""Does what is kept outlive restarts, upgrades and strange files, and go when its time is over?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.database import DATABASE
from bot.channels.kept import keep, read_turns
from bot.channels.statistics import lines, read_summary
from bot.channels.tally import Tally
from bot.channels.telegram import schema
from bot.channels.telegram.store import Card, Store, new_key
from bot.reply import Reply, Text
from retrieval import HoidapError, Turn

TURN = Turn("Ai?", "Ai là bí thư?")
TALK = keep((TURN,))


def test_a_conversation_is_read_back_as_it_was(tmp_path: Path) -> None:
    first = Store.open(tmp_path)
    first.keep_conversation("1:0:1", TALK)
    first.close()
    second = Store.open(tmp_path)
    assert second.conversation("1:0:1") == TALK
    assert second.conversation("2:0:2") == ()
    second.forget_conversation("1:0:1")
    assert second.conversation("1:0:1") == ()
    second.close()


def test_a_conversation_that_another_version_wrote_is_forgotten(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.connection.execute("INSERT INTO conversations VALUES ('1', '{\"turns\": [{\"x\": 1}]}', 1)")
    store.connection.execute("INSERT INTO cards VALUES ('k', 1, 1, 1, '[]', 1)")
    assert read_turns(store.conversation("1")) == ()
    assert store.card("k", chat=1) is None
    store.close()


def test_a_conversation_of_the_first_version_goes_on(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    old = (
        '{"turns":[{"question":"Ai?","understood":"Ai là bí thư?","answered":true,"answer":"Ông Mẫu","passage":"Ông Mẫu, bí thư",'
        '"title":"","documents":["a"],"number":0,"place":3,"following":null}]}'
    )
    store.connection.execute("INSERT INTO conversations VALUES ('1', ?, 1)", (old,))
    (turn,) = read_turns(store.conversation("1"))
    assert (turn.question, turn.understood, turn.query) == ("Ai?", "Ai là bí thư?", None)
    store.close()


def test_a_card_is_found_by_its_key_in_its_chat_and_by_its_question(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    key, card = new_key(), Card("1:0:1", turn=TALK[-1], asks=("a",), extra=(8,))
    store.keep_card(card, key=key, chat=1, asked=6, shown=7)
    kept = store.card(key, chat=1)
    assert kept is not None
    assert (kept.card, kept.turn) == (card, TURN)
    assert store.card_for(6, chat=1) == kept
    assert store.card(key, chat=2) is None
    assert store.card_for(6, chat=2) is None
    store.close()


def test_an_update_is_kept_once_and_gone_when_it_is_answered(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    assert store.keep_update(5, "{}")
    assert not store.keep_update(5, "{}")
    assert store.unfinished_updates() == [(5, "{}")]
    store.finish_update(5)
    assert store.waiting() == 0
    assert not store.keep_update(5, "{}")
    store.close()


def test_what_is_past_its_time_goes(tmp_path: Path) -> None:
    store = Store.open(tmp_path, keep_days=1)
    store.keep_conversation("old", TALK)
    store.keep_conversation("new", TALK)
    key = store.keep_link("Ai?")
    store.keep_update(1, "{}")
    store.connection.execute("UPDATE conversations SET at = at - 90000 WHERE place = 'old'")
    store.connection.execute("UPDATE seen SET at = at - 300000")
    store.tidy()
    assert store.conversation("old") == ()
    assert store.conversation("new") == TALK
    assert store.link(key) == "Ai?"
    assert store.keep_update(1, "{}")
    store.close()


def test_the_first_layout_becomes_todays_and_keeps_what_is_in_it(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.executescript(schema.MIGRATIONS[0] + "PRAGMA user_version = 1;")
    connection.execute("INSERT INTO counts VALUES ('2026-01-02', 'answered', 3)")
    connection.commit()
    connection.close()
    assert read_summary(tmp_path, setting="telegram.state").days[0].answered == 3
    store = Store.open(tmp_path)
    assert store.link(store.keep_link("Ai?")) == "Ai?"
    assert store.connection.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)
    store.close()


def test_a_migration_that_fails_leaves_the_layout_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(tmp_path).close()
    monkeypatch.setattr(
        Store, "layouts", (*schema.MIGRATIONS, "CREATE TABLE half (x); CREATE TABLE seen (x);")
    )
    with pytest.raises(HoidapError, match="không dùng được"):
        Store.open(tmp_path)
    monkeypatch.undo()
    store = Store.open(tmp_path)
    assert store.connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").fetchone() == (
        0,
    )
    store.close()


def test_a_newer_layout_is_refused_with_what_to_do(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.connection.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(HoidapError, match="phiên bản hoidap mới hơn"):
        Store.open(tmp_path)


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database at all" * 100)
    with pytest.raises(HoidapError, match=DATABASE):
        Store.open(tmp_path)


def test_with_nothing_kept_words_are_in_memory_only(tmp_path: Path) -> None:
    first = Store.open(tmp_path)
    first.keep_conversation("1", TALK)
    first.close()
    second = Store.open(tmp_path, keep_days=0)
    assert second.conversation("1") == ()
    second.keep_conversation("1", TALK)
    assert second.conversation("1") == TALK
    second.tidy()
    second.close()
    third = Store.open(tmp_path)
    assert third.conversation("1") == ()
    third.close()


def test_only_its_owner_can_read_the_database(tmp_path: Path) -> None:
    Store.open(tmp_path / "state").close()
    assert (tmp_path / "state" / DATABASE).stat().st_mode & 0o077 == 0


@pytest.fixture
def tally(tmp_path: Path) -> Iterator[Tally]:
    store = Store.open(tmp_path)
    yield Tally(store.connection)
    store.close()


def declined(question: str) -> Reply:
    return Reply("nearest", (Text("x"),), question=question)


def test_questions_are_counted_by_what_they_got(tally: Tally) -> None:
    for kind in ("answer", "answer", "nearest", "nothing", "unclear", "talk"):
        tally.count(Reply(kind, (Text("x"),), question="Ai?"))  # type: ignore[arg-type]
    (day,) = tally.summary().days
    assert (day.questions, day.answered, day.declined) == (4, 2, 2)


def test_questions_that_found_nothing_are_gathered_however_they_are_typed(tally: Tally) -> None:
    for question in ("Cà Mau ở đâu?", "cà mau  ở đâu", "Ai?"):
        tally.count(declined(question))
    assert [(m.question, m.amount) for m in tally.summary().missed] == [("Cà Mau ở đâu?", 2), ("Ai?", 1)]


def test_the_last_vote_of_a_person_holds_and_nobody_is_named(tally: Tally, tmp_path: Path) -> None:
    tally.vote("card", 123456789, good=True)
    tally.vote("card", 123456789, good=False, reason="Thông tin cũ", question="Ai?")
    summary = tally.summary()
    assert (summary.good, summary.bad) == (0, 1)
    assert summary.complaints == (("Thông tin cũ", "Ai?"),)
    assert not any(b"123456789" in path.read_bytes() for path in tmp_path.iterdir())


def test_wording_is_kept_only_where_the_operator_wants_it(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    tally = Tally(store.connection, keep_wording=False)
    tally.count(declined("Ai?"))
    tally.vote("card", 1, good=False, question="Ai?")
    assert tally.summary().missed == ()
    assert tally.summary().complaints == (("", ""),)
    store.close()


def test_a_cell_that_a_spreadsheet_would_compute_is_made_harmless(tally: Tally) -> None:
    tally.count(declined("=HYPERLINK(1)"))
    assert "'=HYPERLINK(1)" in tally.table()


def test_only_the_most_asked_of_very_many_questions_are_kept(tally: Tally) -> None:
    for number in range(5_003):
        tally.count(declined(f"Câu {number}?"))
    tally.count(declined("Câu 3?"))
    tally.tidy()
    assert tally.summary(limit=6_000).missed[0].question == "Câu 3?"
    assert len(tally.summary(limit=6_000).missed) == 5_000


def test_statistics_read_well(tally: Tally) -> None:
    assert lines(tally.summary()) == ["Chưa có câu hỏi nào."]
    tally.count(declined("Ai?"))
    tally.vote("card", 1, good=True)
    days, missed, feedback = lines(tally.summary())
    assert days.endswith(": 1 (0 / 1)")
    assert "1. Ai? (1×" in missed
    assert feedback == "Góp ý: 1 👍, 0 👎"


def test_no_counts_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(HoidapError, match=r"telegram\.state"):
        read_summary(tmp_path, setting="telegram.state")
