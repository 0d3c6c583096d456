"""Do links, buttons, addresses, pace and metrics keep to their rules?"""

from __future__ import annotations

import asyncio
import datetime
import re
from typing import Any

import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.channels.health import address
from bot.channels.metrics import Metrics
from bot.channels.telegram import keyboard
from bot.channels.telegram.links import question_of, start_parameter
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.polling import readable
from bot.reply import Action, Reply
from retrieval import SettingsError

ALPHABET = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@given(st.text(st.sampled_from("abcđăưếổ"), min_size=1, max_size=80))
def test_a_question_comes_back_from_its_link(question: str) -> None:
    kept: dict[str, str] = {}

    def keep(text: str) -> str:
        kept["Abc-_9"] = text
        return "Abc-_9"

    parameter = start_parameter(question, keep)
    assert ALPHABET.match(parameter)
    assert question_of(parameter, kept.get) == question


@given(st.text(max_size=70))
def test_any_start_parameter_is_taken_without_harm(text: str) -> None:
    found = question_of(text, {}.get)
    assert found is None or found.strip()


@given(
    st.sampled_from(("next", "context", "ask", "reason")), st.from_regex(r"[A-Za-z0-9_-]{12}", fullmatch=True)
)
def test_a_buttons_data_is_read_back_and_fits(press: keyboard.Press, key: str) -> None:
    data = keyboard.button("Có", press, key, "1")["callback_data"]
    assert len(data.encode()) <= 64
    assert keyboard.read(data) == keyboard.Pressed(press, key, "1")


@given(st.text(max_size=64))
def test_forged_data_is_nothing_or_well_formed(data: str) -> None:
    pressed = keyboard.read(data)
    assert pressed is None or ALPHABET.match(pressed.key)


def test_what_telegram_would_refuse_is_not_offered() -> None:
    refused = ("javascript:alert(1)", "https://localhost/", "https://x y.vn/", "http://[bad", "")
    actions = [Action("open", "Mở", value) for value in refused] + [Action("copy", "Chép", "x" * 300)]
    for action in actions:
        assert keyboard.keyboard(Reply("answer", (), (action,)), "key") is None


def test_a_label_is_cut_at_a_word() -> None:
    assert keyboard.shortened("một hai ba bốn", 9) == "một hai…"
    assert keyboard.shortened("ngắn", 9) == "ngắn"


@pytest.mark.parametrize(
    "text", ["", "8088", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", ":80"]
)
def test_a_wrong_address_names_its_setting(text: str) -> None:
    with pytest.raises(SettingsError, match="health_listen"):
        address(text, setting="telegram.health_listen")


def test_an_address_is_host_and_port() -> None:
    assert address("127.0.0.1:8088", setting="x") == ("127.0.0.1", 8088)
    assert address("[::1]:80", setting="x") == ("::1", 80)


def test_only_the_bad_update_of_a_batch_is_emptied() -> None:
    good = b'{"update_id": 2, "inline_query": null}'
    body = b'{"ok": true, "result": [{"update_id": 1, "message": {"x": 1}}, ' + good + b"]}"
    assert readable(body) == b'{"ok": true, "result": [{"update_id": 1}, ' + good + b"]}"
    assert readable(b'{"ok": true, "result": true}') == b'{"ok": true, "result": true}'


@pytest.mark.anyio
async def test_a_hint_that_telegram_wants_later_is_not_repeated() -> None:
    async def refuse(*_: Any, **__: Any) -> bool:
        raise RetryAfter(datetime.timedelta(seconds=30))

    waits: list[None] = []
    pacing = Pacing(0, on_wait=lambda: waits.append(None))
    with pytest.raises(RetryAfter):
        await pacing.process_request(refuse, (), {}, "sendChatAction", {"chat_id": 1}, None)
    assert len(waits) == 1


@pytest.mark.anyio
async def test_a_burst_goes_at_once_and_the_rest_is_spread() -> None:
    sent: list[float] = []
    loop = asyncio.get_running_loop()

    async def send(*_: Any, **__: Any) -> bool:
        sent.append(loop.time())
        return True

    pacing = Pacing(20)
    await pacing.initialize()
    calls = [pacing.process_request(send, (), {}, "sendMessage", {"chat_id": n}, None) for n in range(30)]
    await asyncio.gather(*calls)
    await pacing.shutdown()
    assert len(sent) == 30
    assert sent[-1] - sent[0] >= 0.4


@pytest.mark.anyio
async def test_of_a_message_just_sent_no_echo_is_read() -> None:
    chat = {"id": 5, "type": "private"}
    echo = {"message_id": 6, "date": 0, "chat": chat, "text": "Vé bao nhiêu?"}
    answers: dict[str, Any] = {
        "sendMessage": {
            "message_id": 7,
            "date": 0,
            "chat": chat,
            "text": "Vé 5.000 đồng",
            "reply_to_message": echo,
        },
        "sendChatAction": True,
        "getChat": {"id": 5, "type": "private", "text": "a chat has none"},
    }

    async def ask(endpoint: str) -> Any:
        return answers[endpoint]

    pacing = Pacing(0)
    given = {
        name: await pacing.process_request(ask, (name,), {}, name, {"chat_id": 5}, None) for name in answers
    }
    assert given == {**answers, "sendMessage": {"message_id": 7, "date": 0, "chat": chat}}
    sent = telegram.Message.de_json(given["sendMessage"], None)  # type: ignore[arg-type]
    assert sent.message_id == 7


def test_metrics_are_in_prometheus_form() -> None:
    metrics = Metrics("Telegram")
    metrics.count("hoidap_updates_total")
    metrics.count("hoidap_replies_total", "answer")
    for seconds in (0.02, 0.3, 99.0):
        metrics.observe("hoidap_reply_seconds", seconds)
    page = metrics.page(hoidap_inbox=2)
    for line in (
        "# TYPE hoidap_reply_seconds histogram",
        'hoidap_reply_seconds_bucket{le="0.025"} 1.0',
        'hoidap_reply_seconds_bucket{le="+Inf"} 3.0',
        "hoidap_reply_seconds_count 3.0",
        'hoidap_replies_total{kind="answer"} 1.0',
        "hoidap_updates_total 1.0",
        "hoidap_inbox 2.0",
    ):
        assert line in page.splitlines()
    assert "_created" not in page
    assert (metrics.counted("hoidap_replies_total", "answer"), metrics.counted("hoidap_waits_total")) == (
        1,
        0,
    )
