"""Does the bot keep quiet in groups until it is asked, and answer in the right topic when it is?"""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram import words
from tests.integration.telegram.botapi import Forum, Group, Person
from tests.integration.telegram.running import EXAMPLES, Running
from tests.integration.telegram.seen import marked

pytestmark = pytest.mark.anyio
QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"
NAME = "@hoi_dap_thu_bot"


@pytest.fixture
def group(bot: Running) -> Group:
    return Group(bot.api)


@pytest.fixture
def forum(bot: Running) -> Forum:
    return Forum(bot.api)


async def only_reply(group: Group, an: Person) -> dict[str, Any]:
    """The reply to a question asked now, after all that came before it; nothing else was answered."""
    asked = group.say(an, f"/hoi {QUESTION}")
    reply = await group.reply_to(asked)
    assert group.replies == [reply]
    return reply


@pytest.mark.parametrize(
    "said",
    [
        QUESTION,
        "/hoi@bot_khac_bot " + QUESTION,
        "@ai_do_khac " + QUESTION,
        "hoi_dap_thu_bot là bot gì?",
        "/help",
        "/start",
        "/khongco",
        "email@hoi_dap_thu_bot.vn có ai dùng không?",
    ],
)
async def test_talk_among_people_is_left_alone(group: Group, an: Person, said: str) -> None:
    group.say(an, said)
    await only_reply(group, an)


@pytest.mark.parametrize(
    "extra",
    [
        {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}], "caption": QUESTION},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"location": {"latitude": 10.0, "longitude": 106.0}},
        {"new_chat_members": [{"id": 5, "is_bot": False, "first_name": "X"}]},
        {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "a.pdf"}, "caption": "Đọc đi"},
        {"poll": {"id": "1", "question": QUESTION, "options": [], "total_voter_count": 0, "is_closed": False,
                  "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
                  "allows_revoting": False, "members_only": False}},
    ],
)  # fmt: skip
async def test_pictures_dice_places_and_news_are_left_alone(
    group: Group, an: Person, extra: dict[str, Any]
) -> None:
    group.say(an, None, **extra)
    await only_reply(group, an)


async def test_what_was_left_alone_is_not_written_down(group: Group, an: Person, bot: Running) -> None:
    group.say(an, "a word among friends")
    await only_reply(group, an)
    files = [path for path in bot.state.iterdir() if path.is_file()]
    assert files
    assert not any(b"among friends" in path.read_bytes() for path in files)


async def test_hoi_is_answered_with_the_question_quoted(group: Group, an: Person) -> None:
    assert marked(await only_reply(group, an), "bold") == ["7.448"]


async def test_hoi_with_the_bots_name_is_answered(group: Group, an: Person) -> None:
    reply = await group.reply_to(group.say(an, f"/hoi{NAME} {QUESTION}"))
    assert marked(reply, "bold") == ["7.448"]


async def test_hoi_in_reply_to_somebody_asks_their_question(group: Group, an: Person) -> None:
    theirs = group.say(an, QUESTION)
    asked = group.say(an, "/hoi", reply_to_message=theirs)
    assert marked(await group.reply_to(asked), "bold") == ["7.448"]


async def test_hoi_alone_asks_for_a_question(group: Group, an: Person) -> None:
    assert EXAMPLES[0] in (await group.reply_to(group.say(an, "/hoi")))["text"]


@pytest.mark.parametrize("said", [f"{NAME} {QUESTION}", f"{QUESTION} {NAME}", f"{NAME.upper()}, {QUESTION}"])
async def test_a_mention_is_answered(group: Group, an: Person, said: str) -> None:
    assert marked(await group.reply_to(group.say(an, said)), "bold") == ["7.448"]


async def test_a_mention_under_a_picture_is_answered(group: Group, an: Person) -> None:
    caption = f"{NAME} {QUESTION}"
    entities = [{"type": "mention", "offset": 0, "length": len(NAME)}]
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    asked = group.say(an, None, photo=photo, caption=caption, caption_entities=entities)
    assert marked(await group.reply_to(asked), "bold") == ["7.448"]


async def test_a_mention_without_a_question_asks_for_one(group: Group, an: Person) -> None:
    assert EXAMPLES[0] in (await group.reply_to(group.say(an, NAME)))["text"]


async def test_a_mention_that_nothing_answers_is_told_so(group: Group, an: Person) -> None:
    reply = await group.reply_to(group.say(an, f"{NAME} Cà Mau kết nạp bao nhiêu đảng viên?"))
    assert "Cà Mau" in reply["text"]


async def test_a_command_that_names_the_bot_is_answered(group: Group, an: Person) -> None:
    assert "/hoi" in (await group.reply_to(group.say(an, f"/help{NAME}")))["text"]


async def test_a_reply_to_the_bot_goes_on_with_the_conversation(group: Group, an: Person) -> None:
    card = await only_reply(group, an)
    asked = group.say(an, "Huyện Lục Ngạn có bao nhiêu ha vải?", reply_to_message=card)
    assert marked(await group.reply_to(asked), "bold") == ["15.000"]


@pytest.mark.parametrize("said", ["haha hay quá", "Trời ơi lạ nhỉ anh em?", "cảm ơn", "🙂"])
async def test_a_reply_that_may_be_meant_for_others_is_left_alone(
    group: Group, an: Person, said: str
) -> None:
    card = await only_reply(group, an)
    group.say(an, said, reply_to_message=card)
    await group.reply_to(group.say(an, f"/hoi {QUESTION}"))
    assert len(group.replies) == 2


async def test_a_sticker_in_reply_to_the_bot_is_left_alone(group: Group, an: Person) -> None:
    card = await only_reply(group, an)
    file = {"file_id": "s", "file_unique_id": "s"}
    sticker = {**file, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
    group.say(an, None, sticker=sticker, reply_to_message=card)
    await group.reply_to(group.say(an, f"/hoi {QUESTION}"))
    assert len(group.replies) == 2


async def test_other_bots_and_the_bots_own_inline_results_are_left_alone(
    group: Group, an: Person, bot: Running
) -> None:
    other = {"id": 999, "is_bot": True, "first_name": "Khác", "username": "khac_bot"}
    group.post(other, f"/hoi {QUESTION}")
    group.say(an, f"{NAME} {QUESTION}", via_bot=bot.api.world.bot)
    group.say(an, f"{NAME} {QUESTION}", is_automatic_forward=True)
    await only_reply(group, an)


async def test_an_anonymous_administrator_is_answered(group: Group) -> None:
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    asked = group.post(nobody, f"/hoi {QUESTION}", sender_chat=group.chat.about)
    assert marked(await group.reply_to(asked), "bold") == ["7.448"]


async def test_an_answer_stays_in_its_topic(forum: Forum, an: Person) -> None:
    first, second = forum.open_topic(an, "Một"), forum.open_topic(an, "Hai")
    in_first = forum.say_in(first, an, f"/hoi {QUESTION}")
    in_second = forum.say_in(second, an, f"{NAME} {QUESTION}")
    general = forum.say(an, f"/hoi {QUESTION}")
    assert (await forum.reply_to(in_first))["message_thread_id"] == first["message_id"]
    assert (await forum.reply_to(in_second))["message_thread_id"] == second["message_id"]
    assert "message_thread_id" not in await forum.reply_to(general)


async def test_topics_are_separate_conversations(forum: Forum, an: Person) -> None:
    first, second = forum.open_topic(an, "Một"), forum.open_topic(an, "Hai")
    await forum.reply_to(forum.say_in(first, an, f"/hoi {QUESTION}"))
    reply = await forum.reply_to(forum.say_in(second, an, "/hoi tiếp"))
    assert "chưa hỏi" in reply["text"]


async def test_talk_in_a_topic_that_the_bot_opened_is_left_alone(
    forum: Forum, an: Person, bot: Running
) -> None:
    topic = forum.open_topic(an, "Của bot")
    topic["from"] = bot.api.world.bot
    forum.say_in(topic, an, QUESTION)
    asked = forum.say_in(topic, an, f"/hoi {QUESTION}")
    reply = await forum.reply_to(asked)
    assert [m for m in forum.replies if "forum_topic_created" not in m] == [reply]


async def test_pressing_next_in_a_topic_edits_in_place(forum: Forum, an: Person) -> None:
    topic = forum.open_topic(an, "Một")
    card = await forum.reply_to(forum.say_in(topic, an, f"/hoi {QUESTION}"))
    await forum.press(an.user, card, "▶")
    await forum.until(lambda: "nhiều cách làm hay" in forum.chat.messages[card["message_id"]]["text"])
    assert forum.chat.messages[card["message_id"]]["message_thread_id"] == topic["message_id"]


async def test_admins_commands_are_for_the_private_chat(group: Group, admin: Person) -> None:
    reply = await group.reply_to(group.say(admin, f"/thongke{NAME}"))
    assert reply["text"] == words.ONLY_PRIVATE_ADMIN


async def test_others_cant_tell_that_admins_commands_exist(group: Group, an: Person) -> None:
    group.say(an, f"/thongke{NAME}")
    await only_reply(group, an)
