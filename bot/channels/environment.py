"""How does a secret come in? In a variable of the environment, or in a file that `NAME_FILE` names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from retrieval import SettingsError


def secret_in(environment: Mapping[str, str], name: str) -> str | None:
    """The value, or None where neither says anything. Raises SettingsError, which never shows the value."""
    named = environment.get(f"{name}_FILE", "").strip()
    if environment.get(name, "").strip():
        return environment[name].strip()
    if not named:
        return None
    try:
        return Path(named).read_text(encoding="utf-8-sig").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{name}_FILE: không đọc được {named}; hãy kiểm tra đường dẫn và quyền đọc"
        ) from error


def proxy_in(environment: Mapping[str, str], name: str) -> str | None:
    """The proxy's address. Raises SettingsError where it is none."""
    proxy = secret_in(environment, name)
    if proxy and not proxy.startswith(("http://", "https://", "socks5://", "socks5h://")):
        raise SettingsError(f"{name}: không phải địa chỉ proxy; ví dụ socks5://127.0.0.1:1080")
    return proxy
