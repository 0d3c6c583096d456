"""Does trying everything once say what is wrong, and change nothing?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.channels.running import Exit
from bot.channels.telegram.check import check
from bot.channels.telegram.credentials import Credentials
from retrieval import HoidapError
from tests.integration.telegram.botapi import FakeBotApi
from tests.integration.telegram.running import settings_for
from tests.integration.telegram.shelf import Shelf

pytestmark = pytest.mark.anyio


@pytest.fixture
def api(own_api: FakeBotApi) -> FakeBotApi:
    return own_api


async def tried(api: FakeBotApi, folder: Path, **changes: Any) -> tuple[Exit, str]:
    said: list[str] = []
    credentials = Credentials(api.token, api.base_url)
    code = await check(settings_for(folder, **changes), credentials, Shelf(), say=said.append)
    return code, "\n".join(said)


async def test_all_is_well(api: FakeBotApi, tmp_path: Path) -> None:
    code, said = await tried(api, tmp_path)
    assert code is Exit.STOPPED
    for told in ("Tài liệu: 4 bài", "@hoi_dap_thu_bot", "chế độ riêng tư", "0 tin đang chờ"):
        assert told in said
    assert {name for name, _, _ in api.calls} == {"getMe", "getWebhookInfo"}


async def test_what_serving_would_change_is_told(api: FakeBotApi, tmp_path: Path) -> None:
    api.world.bot |= {"can_read_all_group_messages": True, "supports_inline_queries": False}
    api.webhook = {"url": "https://cu.example/", "last_error_message": "Connection refused"}
    _, said = await tried(api, tmp_path)
    assert "/setinline" in said
    assert "qua webhook; khi chạy sẽ đổi" in said
    assert "Connection refused" in said
    assert "chế độ riêng tư" not in said


async def test_a_refused_token(api: FakeBotApi, tmp_path: Path) -> None:
    api.revoked = True
    code, said = await tried(api, tmp_path)
    assert code is Exit.TOKEN_REFUSED
    assert "@BotFather" in said
    assert api.token not in said


async def test_telegram_out_of_reach(api: FakeBotApi, tmp_path: Path) -> None:
    await api.stop()
    code, said = await tried(api, tmp_path)
    assert code is Exit.OUT_OF_REACH
    assert "ClientConnectorError" in said


async def test_a_state_that_cant_be_used(api: FakeBotApi, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    with pytest.raises(HoidapError, match="state"):
        await tried(api, tmp_path)
