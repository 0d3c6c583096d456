"""Are secrets taken from the environment or its files, and wrong ones told without being shown?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.telegram.credentials import BASE_URL, PROXY, TOKEN, read_credentials
from retrieval import SettingsError

GOOD = "12345:" + "AAbbCCdd" * 4


def test_all_of_them_are_read() -> None:
    found = read_credentials(
        {TOKEN: f" {GOOD}\n", BASE_URL: "http://127.0.0.1:8081/bot", PROXY: "socks5://p:1"}
    )
    assert (found.token, found.base_url, found.proxy) == (GOOD, "http://127.0.0.1:8081/bot", "socks5://p:1")
    assert found.base_file_url == "http://127.0.0.1:8081/file/bot"
    assert found.secrets() == (GOOD, "socks5://p:1")
    assert GOOD not in repr(found)


def test_a_file_that_the_environment_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"\ufeff{GOOD}\n", encoding="utf-8")
    assert read_credentials({f"{TOKEN}_FILE": str(tmp_path / "token")}).token == GOOD


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, TOKEN),
        ({TOKEN: ""}, TOKEN),
        ({TOKEN: "khong-phai-token"}, TOKEN),
        ({TOKEN: GOOD + " x"}, TOKEN),
        ({TOKEN: "bot" + GOOD}, TOKEN),
        ({f"{TOKEN}_FILE": "/khong/co"}, f"{TOKEN}_FILE"),
        ({TOKEN: GOOD, BASE_URL: "http://127.0.0.1:8081"}, BASE_URL),
        ({TOKEN: GOOD, PROXY: "127.0.0.1:1080"}, PROXY),
    ],
)
def test_a_wrong_one_is_named_but_not_shown(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as raised:
        read_credentials(environment)
    assert "AAbbCCdd" not in str(raised.value)
    assert "\n" not in str(raised.value)
