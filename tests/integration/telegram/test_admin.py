"""Can an admin add and delete documents and read the counts, while others go on asking?"""

from __future__ import annotations

import threading

import pytest

from bot.channels import words as shared
from bot.channels.telegram import words
from tests.integration.telegram.botapi import Person
from tests.integration.telegram.botapi.people import button, upload
from tests.integration.telegram.running import Running
from tests.integration.telegram.seen import labels
from tests.integration.telegram.shelf import Shelf

pytestmark = pytest.mark.anyio
ARTICLE = """---
title: Làng gốm Bàu Trúc
source: Báo Ninh Thuận
published: 2022-03-04
---
Làng gốm Bàu Trúc có 400 hộ làm nghề. Nghề gốm ở đây có từ lâu đời.
"""


async def said(admin: Person, text: str, after: int) -> str:
    """The first message that holds `text`, among those from `after` on."""
    found = await admin.until(lambda: next((m for m in admin.replies[after:] if text in m["text"]), None))
    return str(found["text"])


async def test_a_file_with_the_command_below_it_is_added_and_answers(admin: Person, an: Person) -> None:
    seen = len(admin.replies)
    admin.send_file("bau-truc.md", ARTICLE.encode(), caption="/them")
    report = await said(admin, "Đã thêm 1 tài liệu", seen)
    assert "Làng gốm Bàu Trúc — Báo Ninh Thuận · 04/03/2022" in report
    assert "400" in (await an.ask("Làng gốm Bàu Trúc có bao nhiêu hộ làm nghề?"))["text"]


async def test_a_file_is_added_by_replying_to_it(admin: Person) -> None:
    seen = len(admin.replies)
    sent = admin.api.world.add_message(
        admin.chat,
        admin.user,
        document=upload(admin.api, "tra-loi.txt", "Bài để trả lời.\nCó 12 dòng chữ.".encode()),
    )
    admin.say("/them", reply_to_message=sent)
    await said(admin, "Đã thêm 1 tài liệu", seen)


async def test_what_was_added_is_there_after_a_restart(admin: Person, bot: Running) -> None:
    from retrieval import read_corpus

    seen = len(admin.replies)
    admin.send_file("con-lai.md", ARTICLE.replace("Bàu Trúc", "Còn Lại").encode(), caption="/them")
    await said(admin, "Đã thêm", seen)
    kept = list(read_corpus([bot.state.parent / "added"]))
    assert "Làng gốm Còn Lại" in [document.title for document in kept]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("rong.txt", b""),
        ("anh.png", b"\x89PNG\r\n"),
        ("hong.pdf", b"%PDF-1.4 broken"),
        ("x.docx", b"PK\x03\x04"),
    ],
)
async def test_a_file_that_cant_be_read_is_reported(
    admin: Person, shelf: Shelf, name: str, body: bytes
) -> None:
    seen, before = len(admin.replies), shelf.documents()
    admin.send_file(name, body, caption="/them")
    report = await said(admin, "Không thêm được gì", seen)
    assert words.NOT_READ in report
    assert name in report
    assert "Traceback" not in report
    assert shelf.documents() == before


async def test_a_file_over_telegrams_limit_is_refused_with_advice(admin: Person) -> None:
    seen = len(admin.replies)
    big = {**upload(admin.api, "to.pdf", b"x"), "file_size": 21_000_000}
    admin.say(None, document=big, caption="/them")
    assert "hoidap index" in await said(admin, "20 MB", seen)


async def test_a_file_that_telegram_no_longer_has_is_reported(admin: Person) -> None:
    seen = len(admin.replies)
    lost = {**upload(admin.api, "mat.txt", b"x"), "file_id": "khong-con"}
    admin.say(None, document=lost, caption="/them")
    await said(admin, "mat.txt", seen + 1)


async def test_them_alone_says_how(admin: Person) -> None:
    assert (await admin.ask("/them"))["text"] == words.HOW_TO_ADD


async def test_a_file_without_a_command_says_how(admin: Person) -> None:
    assert (await admin.reply_to(admin.send_file("a.txt", b"x")))["text"] == words.HOW_TO_ADD


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://khac.example/bai.html",
        "https://tin.example.ke-gian.example/",
        "https://ai@tin.example/",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
    ],
)
async def test_an_address_that_the_operator_did_not_allow_is_not_fetched(admin: Person, address: str) -> None:
    reply = await admin.ask(f"/them {address}")
    assert "tin.example" in reply["text"] or reply["text"] == words.HOW_TO_ADD


async def test_adding_a_large_file_keeps_nobody_waiting(admin: Person, an: Person, shelf: Shelf) -> None:
    shelf.writing_gate = threading.Event()
    try:
        seen = len(admin.replies)
        admin.send_file("cham.md", ARTICLE.replace("Bàu Trúc", "Chậm").encode(), caption="/them")
        await said(admin, words.ADDING.format(name="cham.md"), seen)
        assert "7.448" in (await an.ask("Sóc Trăng kết nạp bao nhiêu đảng viên?"))["text"]
        assert "7.448" in (await admin.ask("Sóc Trăng kết nạp bao nhiêu đảng viên?"))["text"]
        shelf.writing_gate.set()
        await said(admin, "Đã thêm 1 tài liệu", seen)
    finally:
        shelf.writing_gate = None


async def test_deleting_asks_first_and_then_deletes(
    admin: Person, an: Person, shelf: Shelf, bot: Running
) -> None:
    seen = len(admin.replies)
    admin.send_file("xoa-toi.md", ARTICLE.replace("Bàu Trúc", "Xoá Tôi").encode(), caption="/them")
    await said(admin, "Đã thêm", seen)
    asked = await admin.ask("/xoa lang gom xoa toi")
    assert labels(asked) == [words.DELETE_YES, words.DELETE_NO]
    await admin.tap(asked, words.DELETE_YES)
    await admin.until(lambda: "Đã xoá" in admin.chat.messages[asked["message_id"]]["text"])
    assert "Làng gốm Xoá Tôi" not in [document.title for document in shelf.documents()]
    assert not any("Xoá Tôi" in path.read_text() for path in (bot.state.parent / "added").iterdir())
    assert (await admin.tap(asked, words.DELETE_YES))["text"] in ("", words.OLD_BUTTON)


async def test_deleting_can_be_thought_better_of(admin: Person, shelf: Shelf) -> None:
    asked = await admin.ask("/xoa bac-giang.md")
    await admin.tap(asked, words.DELETE_NO)
    await admin.until(lambda: "Đã giữ lại" in admin.chat.messages[asked["message_id"]]["text"])
    assert "bac-giang.md" in [document.id for document in shelf.documents()]


async def test_several_matches_are_offered_and_asked_about_once_more(admin: Person, shelf: Shelf) -> None:
    asked = await admin.ask("/xoa trong")
    before = len(shelf.documents())
    assert len(labels(asked)) == 2
    assert words.DELETE_YES not in labels(asked)
    seen = len(admin.replies)
    await admin.tap(asked, "Bắc Giang")
    sure = await admin.until(
        lambda: next((m for m in admin.replies[seen:] if words.DELETE_YES in labels(m)), None)
    )
    assert len(shelf.documents()) == before
    await admin.tap(sure, words.DELETE_NO)


async def test_only_an_admin_presses_the_delete_button(admin: Person, an: Person, shelf: Shelf) -> None:
    asked = await admin.ask("/xoa bac-giang.md")
    data = button(asked, words.DELETE_YES)["callback_data"]
    assert (await admin.press_data(an.user, asked, data))["text"] == words.OLD_BUTTON
    assert "bac-giang.md" in [document.id for document in shelf.documents()]


async def test_xoa_alone_says_how_and_an_unknown_one_is_said_to_be(admin: Person) -> None:
    assert (await admin.ask("/xoa"))["text"] == words.HOW_TO_DELETE
    assert "khongco" in (await admin.ask("/xoa khongco"))["text"]


async def test_thongke_shows_days_missed_questions_and_votes(admin: Person, an: Person) -> None:
    for _ in range(3):
        await an.ask("Cà Mau kết nạp bao nhiêu đảng viên?")
    card = await an.ask("Sóc Trăng kết nạp bao nhiêu đảng viên?")
    await an.tap(card, "👍")
    shown = (await admin.ask("/thongke"))["text"]
    assert shared.STATISTICS_DAYS in shown
    assert "Cà Mau kết nạp bao nhiêu đảng viên? (3×" in shown
    assert "👍" in shown


async def test_taidulieu_sends_a_table(admin: Person, an: Person) -> None:
    await an.ask("Cà Mau trồng gì?")
    seen = len(admin.replies)
    admin.say("/taidulieu")
    sent = await admin.until(lambda: next((m for m in admin.replies[seen:] if "document" in m), None))
    name, body = admin.api.world.files[sent["document"]["file_id"]]
    assert name == "hoidap.csv"
    assert body.decode("utf-8-sig").splitlines()[0] == "what,day,amount,question,reason"
    assert "Cà Mau trồng gì?" in body.decode("utf-8-sig")


async def test_help_lists_the_admins_commands_to_admins(admin: Person) -> None:
    assert "/them" in (await admin.ask("/help"))["text"]


async def test_commands_are_published_per_scope_in_vietnamese(bot: Running) -> None:
    await_scopes = bot.api.world.commands
    private = next(c for scope, c in await_scopes.items() if "all_private_chats" in scope)
    groups = next(c for scope, c in await_scopes.items() if "all_group_chats" in scope)
    assert [c["command"] for c in private] == ["hoi", "nguon", "moi", "help", "start"]
    assert "them" not in [c["command"] for c in groups]
    assert private[0]["description"] == words.COMMANDS["hoi"]
