"""Do credentials, events, menus and cut messages keep to their rules?"""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.cutting import units
from bot.channels.zalo.api import Refused, TokenRefused, TooFast, Unreachable, _error
from bot.channels.zalo.credentials import BASE_URL, PROXY, TOKEN, WEBHOOK_SECRET, read_credentials
from bot.channels.zalo.events import Event, read_event
from bot.channels.zalo.menu import Menu, Offer, chosen, numbered, reasons
from bot.channels.zalo.messages import messages
from bot.channels.zalo.store import Prepared, Store
from bot.reply import Action
from retrieval import SettingsError

GOOD = "12345:abcdefghijklmnop"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, TOKEN),
        ({TOKEN: "short"}, TOKEN),
        ({TOKEN: "12345:abcdefgh ijklmnop"}, TOKEN),
        ({TOKEN: "12345:abcdefgh/ijklmnop"}, TOKEN),
        ({TOKEN: GOOD, BASE_URL: "bot.example"}, BASE_URL),
        ({TOKEN: GOOD, PROXY: "ftp://x"}, PROXY),
        ({TOKEN: GOOD, WEBHOOK_SECRET: "seven77"}, WEBHOOK_SECRET),
        ({TOKEN: GOOD, WEBHOOK_SECRET: "x" * 257}, WEBHOOK_SECRET),
    ],
)
def test_a_wrong_variable_is_named_and_its_value_is_not(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as caught:
        read_credentials(environment)
    assert all(value not in str(caught.value) for value in environment.values() if len(value) > 7)


def test_a_secret_is_drawn_where_none_is_given() -> None:
    one, other = read_credentials({TOKEN: GOOD}), read_credentials({TOKEN: GOOD})
    assert 8 <= len(one.webhook_secret) <= 256
    assert one.webhook_secret != other.webhook_secret
    assert GOOD not in repr(one)
    assert read_credentials({TOKEN: GOOD, WEBHOOK_SECRET: "12345678"}).secrets() == (GOOD, "12345678")


def message(**changes: object) -> dict[str, object]:
    told = {
        "from": {"id": "u"},
        "chat": {"id": "c", "chat_type": "PRIVATE"},
        "text": " Ai? ",
        "message_id": "m",
    }
    return {**told, **changes}


def test_an_event_is_the_same_wrapped_or_bare() -> None:
    bare = {"event_name": "message.text.received", "message": message()}
    wanted = Event("message.text.received:m", "c", "u", "Ai?")
    assert read_event(bare) == read_event({"ok": True, "result": bare}) == wanted


def test_events_with_one_number_and_other_names_are_two() -> None:
    keys = {
        read_event({"event_name": f"message.{kind}.received", "message": message()}).key  # type: ignore[union-attr]
        for kind in ("text", "image", "voice")
    }
    assert len(keys) == 3


def test_without_a_number_the_same_content_is_the_same_event() -> None:
    def key(text: str) -> str:
        found = read_event(
            {"event_name": "message.text.received", "message": message(message_id=None, text=text)}
        )
        assert found is not None
        return found.key

    assert key("một") == key("một") != key("hai")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("ok", "result", "event_name", "message", "from", "chat", "id", "text")),
                inner,
            )
        ),
    )
)
def test_nothing_that_is_posted_does_harm(received: object) -> None:
    read_event(received)


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), (" 2. ", 2), ("12)", 12), ("2018", None), ("2 xã", None), ("", None), ("0", 0)],
)
def test_only_a_bare_number_chooses(text: str, number: int | None) -> None:
    assert chosen(text) == number


def test_what_is_offered_gets_numbers_and_questions_where_they_stand() -> None:
    actions = (Action("ask", "Ai?", "Ai?"), Action("copy", "Chép", "x"), Action("next", "Đoạn sau"))
    text, offers = numbered("Bạn thử hỏi:\n• Ai?", actions)
    assert text == "Bạn thử hỏi:\n1. Ai?\n\nGõ số để chọn:\n2. Xem đoạn sau"
    assert offers == (Offer("ask", "Ai?"), Offer("next"))
    assert numbered("Xong.", ()) == ("Xong.", ())


def test_the_reasons_can_be_skipped() -> None:
    text, menu = reasons("Ai?", "k", said="Vì sao?")
    assert len(text.splitlines()) == len(menu.offers) + 1
    assert menu.offers[-1] == Offer("reason")
    assert (menu.question, menu.card) == ("Ai?", "k")


@given(st.text(st.sampled_from("ab ế😀.\n"), max_size=300), st.integers(10, 60))
def test_messages_fit_and_lose_no_word(text: str, limit: int) -> None:
    parts = messages(text, limit=limit)
    assert all(part.strip() and units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    first, second = messages("Một câu ngắn thôi. Câu thứ hai dài hơn một chút.", limit=34)
    assert (first, second) == ("Một câu ngắn thôi.", "Câu thứ hai dài hơn một chút.")


@pytest.mark.parametrize(
    ("status", "told", "kind"),
    [
        (200, {"ok": False, "error_code": 401}, TokenRefused),
        (401, {}, TokenRefused),
        (200, {"ok": False, "error_code": 429, "parameters": {"retry_after": 7}}, TooFast),
        (200, {"ok": False, "error_code": 408}, Unreachable),
        (200, {"ok": False, "error_code": 500}, Unreachable),
        (200, {}, Unreachable),
        (503, {}, Unreachable),
        (200, {"ok": False, "error_code": 400, "description": "no"}, Refused),
    ],
)
def test_the_body_says_what_went_wrong_else_the_status(status: int, told: dict, kind: type) -> None:  # type: ignore[type-arg]
    error = _error("sendMessage", httpx.Response(status), told)
    assert type(error) is kind
    assert not isinstance(error, TooFast) or error.seconds == 7


def test_what_another_version_wrote_is_let_go(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    assert store.keep_update("k", "{}")
    store.keep_prepared("k", Prepared(("a", "b"), menu=Menu((Offer("next"),))))
    store.part_sent("k")
    found = store.prepared("k")
    assert found is not None
    assert (found[0].parts, found[1]) == (("a", "b"), 1)
    store.finish("k", "p", found[0])
    assert (store.menu("p").offers, store.prepared("k"), store.waiting()) == ((Offer("next"),), None, 0)
    store.connection.execute("UPDATE menus SET body = '[1]'")
    assert store.menu("p") == Menu()
    assert store.keep_update("j", "{}")
    store.connection.execute("UPDATE inbox SET prepared = '7'")
    assert store.prepared("j") is None
    store.connection.execute("UPDATE menus SET at = 0")
    store.tidy()
    assert store.menu("p") == Menu()
    store.close()
