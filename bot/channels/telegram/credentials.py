"""Where does the bot get its secrets? From the environment, or from files that the environment names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.environment import proxy_in, secret_in
from retrieval import SettingsError

TOKEN = "HOIDAP_TELEGRAM_TOKEN"
BASE_URL = "HOIDAP_TELEGRAM_BASE_URL"
PROXY = "HOIDAP_TELEGRAM_PROXY"
WEBHOOK_SECRET = "HOIDAP_TELEGRAM_WEBHOOK_SECRET"


@dataclass(frozen=True, slots=True)
class Credentials:
    """`base_url` ends in "/bot", as python-telegram-bot takes it; None: Telegram's own server."""

    token: str = field(repr=False)
    base_url: str | None = None
    proxy: str | None = field(default=None, repr=False)
    webhook_secret: str | None = field(default=None, repr=False)

    @property
    def base_file_url(self) -> str | None:
        """Where files are, on the same server."""
        return f"{self.base_url.removesuffix('/bot')}/file/bot" if self.base_url else None

    def secrets(self) -> tuple[str, ...]:
        """What must never be shown."""
        return tuple(secret for secret in (self.token, self.proxy, self.webhook_secret) if secret)


def read_credentials(environment: Mapping[str, str]) -> Credentials:
    """Raises SettingsError, which names the variable but never its value."""
    token = secret_in(environment, TOKEN)
    if not token:
        raise SettingsError(
            f"{TOKEN}: chưa đặt; hãy đặt mã bot mà @BotFather cấp, hoặc nêu tệp chứa nó ở {TOKEN}_FILE"
        )
    number, colon, secret = token.partition(":")
    if not (colon and number.isdigit() and secret) or any(c.isspace() or c == "/" for c in token):
        raise SettingsError(f"{TOKEN}: không phải mã bot; hãy chép đủ từ @BotFather (số, dấu hai chấm, chữ)")
    base_url = secret_in(environment, BASE_URL)
    if base_url and not (base_url.startswith(("http://", "https://")) and base_url.endswith("/bot")):
        raise SettingsError(
            f'{BASE_URL}: không phải địa chỉ kết thúc bằng "/bot"; ví dụ http://127.0.0.1:8081/bot'
        )
    proxy = proxy_in(environment, PROXY)
    return Credentials(token, base_url, proxy, secret_in(environment, WEBHOOK_SECRET))
