"""Where does the Zalo bot get its secrets? From the environment, or from files that the environment names."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.environment import proxy_in, secret_in
from retrieval import SettingsError

TOKEN = "HOIDAP_ZALO_TOKEN"
BASE_URL = "HOIDAP_ZALO_BASE_URL"
PROXY = "HOIDAP_ZALO_PROXY"
WEBHOOK_SECRET = "HOIDAP_ZALO_WEBHOOK_SECRET"
SERVER = "https://bot-api.zaloplatforms.com"


@dataclass(frozen=True, slots=True)
class Credentials:
    """`base_url`: the server, without the token. `webhook_secret`: what Zalo sends along, 8 to 256 characters."""

    token: str = field(repr=False)
    base_url: str = SERVER
    proxy: str | None = field(default=None, repr=False)
    webhook_secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def secrets(self) -> tuple[str, ...]:
        """What must never be shown."""
        return tuple(secret for secret in (self.token, self.proxy, self.webhook_secret) if secret)


def read_credentials(environment: Mapping[str, str]) -> Credentials:
    """Raises SettingsError, which names the variable but never its value."""
    token = secret_in(environment, TOKEN)
    if not token:
        raise SettingsError(
            f"{TOKEN}: chưa đặt; hãy đặt mã bot mà Zalo Bot Manager cấp, hoặc nêu tệp chứa nó ở {TOKEN}_FILE"
        )
    if len(token) < 16 or not token.isascii() or any(c.isspace() or c in "/?#" for c in token):
        raise SettingsError(f"{TOKEN}: không phải mã bot; hãy chép đủ từ Zalo Bot Manager")
    base_url = secret_in(environment, BASE_URL) or SERVER
    if not base_url.startswith(("http://", "https://")):
        raise SettingsError(f"{BASE_URL}: không phải địa chỉ; ví dụ {SERVER}")
    proxy = proxy_in(environment, PROXY)
    kept = secret_in(environment, WEBHOOK_SECRET)
    if kept is None:
        return Credentials(token, base_url.rstrip("/"), proxy)
    if not 8 <= len(kept) <= 256 or not kept.isascii() or not kept.isprintable():
        raise SettingsError(
            f"{WEBHOOK_SECRET}: Zalo chỉ nhận 8 đến 256 ký tự ASCII in được; hãy chọn chuỗi khác"
        )
    return Credentials(token, base_url.rstrip("/"), proxy, kept)
