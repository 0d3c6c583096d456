"""Does a private conversation read well, from the first word to the last?"""

from __future__ import annotations

import pytest

from bot.channels import words as shared
from bot.channels.telegram.richtext import LIMIT
from tests.integration.telegram.botapi import Person
from tests.integration.telegram.botapi.entities import units
from tests.integration.telegram.botapi.people import button, upload
from tests.integration.telegram.running import EXAMPLES, Running
from tests.integration.telegram.seen import buttons, labels, marked
from tests.integration.telegram.shelf import Shelf

pytestmark = pytest.mark.anyio
QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"


async def test_the_card_shows_the_answer_in_bold_with_title_source_and_date(an: Person) -> None:
    reply = await an.ask(QUESTION)
    assert marked(reply, "bold") == ["7.448"]
    assert marked(reply, "italic") == ["Sóc Trăng phát triển đảng viên"]
    assert "Báo Đồng Khởi · 07/02/2020" in reply["text"]
    assert reply["link_preview_options"] == {"is_disabled": True}


async def test_the_card_offers_pages_context_votes_copy_and_address(an: Person) -> None:
    reply = await an.ask(QUESTION)
    shown = labels(reply)
    assert [label for label in shown if "▶" in label] == ["Đoạn 2/3 ▶"]
    assert "📖 Ngữ cảnh" in shown
    assert {"👍", "👎"} <= set(shown)
    assert button(reply, "📋")["copy_text"] == {"text": "7.448"}
    assert button(reply, "🔗")["url"] == "https://baodongkhoi.vn/soc-trang.html"


async def test_a_date_that_the_text_only_mentions_and_the_file_of_an_unknown_source_are_said(
    an: Person,
) -> None:
    reply = await an.ask("Huyện Lục Ngạn có bao nhiêu ha vải?")
    assert marked(reply, "bold") == ["15.000"]
    assert "nhắc đến ngày 29/07/2019" in reply["text"]
    assert "tệp bac-giang.md" in reply["text"]
    assert not any("🔗" in label for label in labels(reply))


async def test_what_is_missing_is_named_and_near_passages_are_marked_as_such(an: Person) -> None:
    reply = await an.ask("Cà Mau kết nạp bao nhiêu đảng viên?")
    assert "Cà Mau" in reply["text"]
    assert "gần nhất" in reply["text"]
    assert marked(reply, "bold") == []
    assert "👍" not in labels(reply)


async def test_nothing_at_all_found_is_said_kindly(an: Person) -> None:
    reply = await an.ask("Xyzzy plugh hoàn toàn lạ lẫm?")
    assert reply["text"]
    assert buttons(reply) == []


async def test_start_greets_and_offers_examples_that_answer_when_pressed(an: Person) -> None:
    welcome = await an.ask("/start")
    assert [b["text"] for b in buttons(welcome)] == list(EXAMPLES)
    await an.tap(welcome, EXAMPLES[0])
    reply = await an.reply(2)
    assert marked(reply, "bold") == ["7.448"]
    assert EXAMPLES[0] in reply["text"]


async def test_help_says_how_to_ask_here_and_in_groups(an: Person) -> None:
    reply = await an.ask("/help")
    assert "/hoi" in reply["text"]
    assert "@hoi_dap_thu_bot" in reply["text"]
    assert "/them" not in reply["text"]


async def test_hoi_asks_what_stands_behind_it(an: Person) -> None:
    assert marked(await an.ask(f"/hoi {QUESTION}"), "bold") == ["7.448"]


async def test_hoi_alone_asks_for_a_question_with_an_example(an: Person) -> None:
    assert EXAMPLES[0] in (await an.ask("/hoi"))["text"]


async def test_nguon_lists_the_sources(an: Person) -> None:
    assert "Báo Đồng Khởi" in (await an.ask("/nguon"))["text"]


async def test_an_unknown_command_is_answered_kindly(an: Person) -> None:
    assert (await an.ask("/khongco gì cả"))["text"] == shared.UNKNOWN_COMMAND


async def test_an_admins_command_is_unknown_to_others(an: Person) -> None:
    assert (await an.ask("/thongke"))["text"] == shared.UNKNOWN_COMMAND


@pytest.mark.parametrize(
    "said", ["Xin chào", "cảm ơn bạn nhé", "bạn là ai", "tạm biệt", "ok", "giúp tôi với"]
)
async def test_small_talk_gets_a_short_answer_without_a_search(an: Person, bot: Running, said: str) -> None:
    before = bot.service.metrics.counted("hoidap_replies_total", "talk")
    reply = await an.ask(said)
    assert 0 < len(reply["text"]) < 600
    assert bot.service.metrics.counted("hoidap_replies_total", "talk") == before + 1


@pytest.mark.parametrize("said", ["🙂🙂🙂", "???!!!", "…", "👨‍👩‍👧‍👦🇻🇳", "\u200b"])
async def test_a_message_without_words_is_treated_kindly(an: Person, said: str) -> None:
    assert (await an.ask(said))["text"]


@pytest.mark.parametrize(
    "said",
    [
        "<b>Sóc Trăng</b> kết nạp <script>alert(1)</script> bao nhiêu đảng viên?",
        "Sóc Trăng & <a href='x'>kết nạp</a> &lt;bao nhiêu&gt; đảng viên?",
        "Sóc Trăng kết nạp bao nhiêu đảng viên?\x00\x01\x1b[31m\x7f\u202e",
        "Sóc Trăng\n\n\nkết nạp\t\tbao nhiêu đảng viên?",
        "'; DROP TABLE inbox; -- Sóc Trăng kết nạp đảng viên",
        "So\u0301c Tra\u0306ng ke\u0302\u0301t na\u0323p bao nhie\u0302u đa\u0309ng vie\u0302n?",
    ],
)
async def test_hostile_questions_are_answered_like_any_other(an: Person, said: str) -> None:
    assert "7.448" in (await an.ask(said))["text"]


@pytest.mark.parametrize("said", ["x" * 4096, "đảng viên " * 409, "😀" * 2048, "<" * 4096])
async def test_a_question_of_the_greatest_length_is_declined_kindly(an: Person, said: str) -> None:
    reply = await an.ask(said)
    assert 0 < units(reply["text"]) < 400


async def test_signs_of_markup_in_articles_are_shown_as_they_are(an: Person) -> None:
    reply = await an.ask("Biểu thức viết bằng ký hiệu nào trong toán?")
    assert "Ký hiệu <b>trong</b> toán & tin" in reply["text"]
    assert "Báo <Tin>" in reply["text"]
    assert button(reply, "🔗")["url"] == "https://tin.example/ky-hieu?a=1&b=2"


async def test_a_passage_too_long_for_a_message_comes_in_several_with_the_buttons_below(an: Person) -> None:
    asked = an.say("Chuyện con đường dài qua làng kết thúc ở đâu?")
    first = await an.reply_to(asked)
    whole = await an.until(lambda: an.replies[-1] if "Báo Dài" in an.replies[-1]["text"] else None)
    assert len(an.replies) > 1
    assert units(first["text"]) <= LIMIT
    assert buttons(first) == []
    assert buttons(whole)


async def test_a_follow_up_page_is_reached_by_word_too(an: Person) -> None:
    await an.ask(QUESTION)
    assert "nhiều cách làm hay" in (await an.ask("tiếp"))["text"]


async def test_moi_forgets_what_was_asked(an: Person) -> None:
    await an.ask(QUESTION)
    assert (await an.ask("/moi"))["text"] == shared.FORGOTTEN
    assert "chưa hỏi" in (await an.ask("tiếp"))["text"]


async def test_two_people_have_two_conversations(an: Person, bot: Running) -> None:
    binh = Person(bot.api, "Bình")
    await an.ask(QUESTION)
    assert "chưa hỏi" in (await binh.ask("tiếp"))["text"]


async def test_questions_of_one_person_are_answered_in_order(an: Person) -> None:
    asked = [
        an.say(q) for q in (QUESTION, "Xin chào", "Huyện Lục Ngạn có bao nhiêu ha vải?", "Vải chín khi nào?")
    ]
    await an.reply(4)
    assert [r["reply_to_message"]["message_id"] for r in an.replies] == [m["message_id"] for m in asked]


async def test_a_sticker_a_picture_and_a_voice_get_a_kind_word(an: Person) -> None:
    file = {"file_id": "f1", "file_unique_id": "f1"}
    sticker = {**file, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
    for extra in (
        {"sticker": sticker},
        {"photo": [{**file, "width": 1, "height": 1}]},
        {"voice": {**file, "duration": 1}},
    ):
        reply = await an.reply_to(an.say(None, **extra))
        assert reply["text"] == shared.ONLY_TEXT


async def test_a_file_from_somebody_else_than_an_admin_adds_nothing(an: Person, shelf: Shelf) -> None:
    before = list(shelf.documents())
    reply = await an.reply_to(an.send_file("a.txt", "Một bài.".encode()))
    assert reply["text"] == shared.ONLY_TEXT
    assert shelf.documents() == before


async def test_a_pictures_caption_is_a_question(an: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    reply = await an.reply_to(an.say(None, photo=photo, caption=QUESTION))
    assert marked(reply, "bold") == ["7.448"]


async def test_an_album_is_answered_by_its_caption_only(an: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    an.say(None, photo=photo, media_group_id="g")
    captioned = an.say(None, photo=photo, media_group_id="g", caption=QUESTION)
    await an.reply_to(captioned)
    assert len(an.replies) == 1


async def test_news_in_the_chat_gets_no_answer(an: Person) -> None:
    an.say(None, pinned_message=None, new_chat_title="x")
    reply = await an.ask(QUESTION)
    assert an.replies == [reply]


async def test_a_question_deleted_meanwhile_is_answered_all_the_same(an: Person) -> None:
    asked = an.say(QUESTION)
    del an.chat.messages[asked["message_id"]]
    reply = await an.reply()
    assert "reply_to_message" not in reply
    assert marked(reply, "bold") == ["7.448"]


async def test_a_fault_of_the_search_gives_an_apology_and_no_traceback(an: Person) -> None:
    reply = await an.ask("Câu hỏi hỏng?")
    assert reply["text"] == shared.FAILED
    assert marked(await an.ask(QUESTION), "bold") == ["7.448"]


async def test_a_forwarded_file_is_no_reason_to_fall(an: Person, bot: Running) -> None:
    reply = await an.reply_to(an.say(None, document=upload(bot.api, "x.bin", b"\x00")))
    assert reply["text"] == shared.ONLY_TEXT
