"""Does it all hold together with the library itself behind the bot?"""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import Document, Retriever
from tests.integration.telegram.botapi import FakeBotApi, Person
from tests.integration.telegram.running import running, settings_for
from tests.integration.telegram.seen import marked

pytestmark = pytest.mark.anyio
ARTICLES = (
    Document(
        id="soc-trang.md",
        title="Sóc Trăng phát triển đảng viên",
        text="Từ năm 2016 đến nay, Sóc Trăng kết nạp 7.448 đảng viên. Nhiều chi bộ có cách làm hay.",
        source="Báo Thử",
    ),
    Document(
        id="tra-vinh.md",
        title="Trà Vinh phát triển đảng viên",
        text="Cùng thời gian đó, Trà Vinh kết nạp 3.215 đảng viên. Các chi bộ ở ấp được củng cố.",
        source="Báo Thử",
    ),
)


@pytest.fixture
def api(own_api: FakeBotApi) -> FakeBotApi:
    return own_api


async def test_a_follow_up_leans_on_what_went_before_or_is_asked_by_itself(
    api: FakeBotApi, tmp_path: Path
) -> None:
    an = Person(api)
    async with running(api, settings_for(tmp_path), corpus=Retriever.build(ARTICLES)):
        assert marked(await an.ask("soc trang ket nap bao nhieu dang vien"), "bold") == ["7.448"]
        followed = await an.ask("Còn Trà Vinh thì sao?")
        assert "Hiểu là:" in followed["text"]
        assert "3.215" in marked(followed, "bold")
        await an.tap(followed, "Hỏi riêng")
        await an.until(lambda: "Hiểu là:" not in an.chat.messages[followed["message_id"]]["text"])
        assert len(an.replies) == 2


async def test_an_added_document_answers_and_a_removed_one_no_longer(api: FakeBotApi, tmp_path: Path) -> None:
    an, admin = Person(api), Person(api, identifier=77)
    async with running(
        api, settings_for(tmp_path), corpus=Retriever.build(ARTICLES[:1]), added=tmp_path / "added"
    ):
        question = "Trà Vinh kết nạp bao nhiêu đảng viên?"
        assert "3.215" not in (await an.ask(question))["text"]
        admin.send_file("tra-vinh.txt", ARTICLES[1].text.encode(), caption="/them")
        await admin.until(lambda: any("Đã thêm 1" in m["text"] for m in admin.replies))
        assert "3.215" in (await an.ask(question))["text"]
        asked = await admin.ask("/xoa tra-vinh.txt")
        await admin.tap(asked, "Xoá")
        await admin.until(lambda: "Đã xoá" in admin.chat.messages[asked["message_id"]]["text"])
        assert "3.215" not in (await an.ask(question))["text"]
