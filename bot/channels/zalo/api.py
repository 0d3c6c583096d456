"""How is Zalo's Bot API called? By POST; the body says `ok`, whatever the status. No error shows the address."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec

from bot.channels.zalo.credentials import Credentials

_UNAUTHORISED, _NOTHING_YET, _TOO_MANY = 401, 408, 429
_CONNECT_SECONDS = 10.0


class ZaloError(Exception):
    """A call that didn't succeed. The address, which holds the token, is in none of these."""


class Unreachable(ZaloError):
    """The network or Zalo itself fails: the same call may succeed later."""


class TooFast(Unreachable):
    """Zalo wants a pause of so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"a pause of {seconds:.0f} s is wanted")
        self.seconds = seconds


class Refused(ZaloError):
    """Zalo understood, and won't."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code}: {description}")
        self.code = code


class TokenRefused(Refused):
    """The token is wrong or revoked."""


class Api:
    """One bot's calls."""

    def __init__(self, credentials: Credentials, *, seconds: float) -> None:
        self._seconds = seconds
        self._client = httpx.AsyncClient(
            base_url=f"{credentials.base_url}/bot{credentials.token}/",
            proxy=credentials.proxy,
            timeout=httpx.Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds)),
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def me(self) -> dict[str, Any]:
        """The account: `account_name` and others. Raises ZaloError."""
        result = await self._call("getMe")
        return result if isinstance(result, dict) else {}

    async def updates(self, *, wait: int) -> list[Any]:
        """What came in, at most after `wait` seconds; empty where nothing did. Raises ZaloError."""
        try:
            result = await self._call("getUpdates", timeout=wait, seconds=wait + self._seconds)
        except Refused as refused:
            if refused.code == _NOTHING_YET:
                return []
            raise
        return result if isinstance(result, list) else [result] if result else []

    async def send(self, chat: str, text: str) -> None:
        """Raises ZaloError."""
        await self._call("sendMessage", chat_id=chat, text=text)

    async def show_typing(self, chat: str) -> None:
        """Raises ZaloError."""
        await self._call("sendChatAction", chat_id=chat, action="typing")

    async def set_webhook(self, url: str, secret: str) -> None:
        """Raises ZaloError."""
        await self._call("setWebhook", url=url, secret_token=secret)

    async def delete_webhook(self) -> None:
        """Raises ZaloError."""
        await self._call("deleteWebhook")

    async def _call(self, method: str, *, seconds: float | None = None, **parameters: Any) -> Any:
        wait = (
            httpx.USE_CLIENT_DEFAULT if seconds is None else httpx.Timeout(seconds, connect=_CONNECT_SECONDS)
        )
        try:
            response = await self._client.post(method, json=parameters, timeout=wait)
        except (
            httpx.HTTPError
        ) as error:  # from None: what httpx raises holds the request, its address included
            raise Unreachable(f"{method}: {type(error).__name__}") from None
        try:
            told = msgspec.json.decode(response.content)
        except msgspec.DecodeError:
            told = {}
        if not isinstance(told, dict):
            told = {}
        if told.get("ok") is True and response.is_success:
            return told.get("result")
        raise _error(method, response, told)


def _error(method: str, response: httpx.Response, told: dict[str, Any]) -> ZaloError:
    """What a failed call means: by the code in the body, else by the status."""
    code = told.get("error_code")
    if not isinstance(code, int):
        # An answer without `ok` and with status 200 is none of Zalo's: a gateway's page, half a body.
        code = 502 if response.is_success else response.status_code
    description = f"{method}: {str(told.get('description') or response.reason_phrase)[:200]}"
    if code == _UNAUTHORISED:
        return TokenRefused(code, description)
    if code == _TOO_MANY:
        return TooFast(_pause(told, response))
    if code >= 500 or (code == _NOTHING_YET and method != "getUpdates"):
        return Unreachable(f"{code}: {description}")
    return Refused(code, description)


def _pause(told: dict[str, Any], response: httpx.Response) -> float:
    """Seconds, where the answer says how many; else one."""
    parameters = told.get("parameters")
    named = parameters.get("retry_after") if isinstance(parameters, dict) else None
    try:
        return min(max(float(named or response.headers.get("Retry-After", 1)), 0.1), 300.0)
    except (TypeError, ValueError):
        return 1.0
