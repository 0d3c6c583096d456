"""Are only those served whom the operator wants, at the pace that is set, and pages taken only from named hosts?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from bot.channels import words as shared
from bot.channels.telegram import words
from retrieval.settings import FetchSettings
from tests.integration.telegram.botapi import FakeBotApi, Group, Person
from tests.integration.telegram.running import ADMIN, running, settings_for
from tests.integration.telegram.shelf import Shelf

pytestmark = pytest.mark.anyio
QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"
SENTENCES = (
    "Cầu Rạch Miễu dài 8.331 m, bắc qua sông Tiền, nối thành phố Mỹ Tho với huyện Châu Thành của tỉnh Bến Tre.",
    "Trước khi có cầu, người dân hai bờ phải đợi phà hàng giờ, nhất là vào những ngày lễ và dịp cuối năm.",
    "Công trình được nhiều kỹ sư trong nước tham gia từ khâu thiết kế, thi công cho tới khi đưa vào sử dụng.",
    "Nhờ cây cầu, trái cây của các nhà vườn đến chợ đầu mối nhanh hơn, và du khách về miệt vườn cũng đông hơn.",
)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
PAGE = (
    "<html><head><title>Cầu Rạch Miễu</title></head>"
    f"<body><article><h1>Cầu Rạch Miễu</h1>{PARAGRAPHS}</article></body></html>"
)


@pytest.fixture
def api(own_api: FakeBotApi) -> FakeBotApi:
    return own_api


async def test_who_is_not_invited_is_told_in_private_and_ignored_in_groups(
    api: FakeBotApi, tmp_path: Path
) -> None:
    invited, stranger = Person(api), Person(api)
    group = Group(api)
    settings = settings_for(tmp_path, allow_users=(invited.identifier,))
    async with running(api, settings):
        assert (await stranger.ask(QUESTION))["text"] == shared.NOT_ALLOWED
        group.say(stranger, f"/hoi {QUESTION}")
        assert "7.448" in (await group.reply_to(group.say(invited, f"/hoi {QUESTION}")))["text"]
        assert len(group.replies) == 1
        card = await invited.ask(QUESTION)
        assert (await invited.press(stranger.user, card, "▶"))["text"] == shared.NOT_ALLOWED
        assert (await stranger.inline(QUESTION))["results"] == []


async def test_a_group_that_is_not_invited_is_ignored(api: FakeBotApi, tmp_path: Path) -> None:
    an, invited, other = Person(api), Group(api), Group(api)
    async with running(api, settings_for(tmp_path, allow_groups=(invited.identifier,))):
        other.say(an, f"/hoi {QUESTION}")
        await invited.reply_to(invited.say(an, f"/hoi {QUESTION}"))
        assert other.replies == []


async def test_who_asks_too_fast_is_told_once(api: FakeBotApi, tmp_path: Path) -> None:
    an, binh = Person(api), Person(api)
    async with running(api, settings_for(tmp_path, questions_per_minute=2)):
        asked = [an.say(QUESTION) for _ in range(5)]
        warning = await an.reply_to(asked[2])
        assert "7.448" in (await binh.ask(QUESTION))["text"]
        assert "giây" in warning["text"]
        await an.ask("/moi")
        assert len(an.replies) == 4


@pytest.fixture
async def page_host() -> AsyncIterator[str]:
    """Where one page is, and one that is gone."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        body = PAGE.format(
            "<p>Cầu Rạch Miễu dài 8.331 m. Cầu nối hai tỉnh Tiền Giang và Bến Tre.</p>" * 2
        ).encode()
        status = b"200 OK" if b"/cau" in head else b"404 Not Found"
        fields = b"Content-Type: text/html; charset=utf-8\r\nConnection: close\r\nContent-Length: %d" % len(
            body
        )
        writer.write(b"HTTP/1.1 " + status + b"\r\n" + fields + b"\r\n\r\n" + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_an_admin_adds_a_page_by_its_address(api: FakeBotApi, tmp_path: Path, page_host: str) -> None:
    admin, shelf = Person(api, identifier=ADMIN), Shelf()
    settings = msgspec.structs.replace(
        settings_for(tmp_path, allow_addresses=("127.0.0.1",)),
        fetch=FetchSettings(allow_private=True, delay_seconds=0.0),
    )
    async with running(api, settings, corpus=shelf, added=tmp_path / "added"):
        asked = admin.say(f"/them {page_host}/cau")
        await admin.until(lambda: any("Đã thêm 1" in m["text"] for m in admin.replies))
        assert "8.331" in (await admin.ask("Cầu Rạch Miễu dài bao nhiêu?"))["text"]
        assert f"{page_host}/cau" in [document.url for document in shelf.documents()]
        admin.say(f"/them {page_host}/mat")
        await admin.until(lambda: any("404" in m["text"] for m in admin.replies))
    assert asked["message_id"] in admin.chat.messages


async def test_without_allowed_hosts_the_admin_is_told_where_to_name_them(
    api: FakeBotApi, tmp_path: Path
) -> None:
    admin = Person(api, identifier=ADMIN)
    async with running(api, settings_for(tmp_path)):
        assert (await admin.ask("/them https://tin.example/a"))["text"] == words.NO_ADDRESSES
