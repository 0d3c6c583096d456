"""What may this request do? By its token, by where it comes from, and by the operator's choice."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Literal

from starlette.datastructures import Headers
from starlette.requests import Request

from bot.web.problems import Problem
from bot.web.tokens import Scope, Tokens

COOKIE = "hoidap"
"""Keeps the token of a person who typed it in on the page."""
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_ASKED = {"WWW-Authenticate": 'Bearer realm="hoidap"'}


@dataclass(frozen=True, slots=True)
class Access:
    """`scope`: None where nothing is allowed. `client`: whose pace it counts for. `local`: from this machine."""

    scope: Scope | None
    client: str
    token: Literal["none", "malformed", "wrong", "known"] = "none"
    local: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """Decides by token and origin. `alone`: the service listens on loopback and has no public address."""

    tokens: Tokens
    reading: Literal["local", "token", "everybody"]
    alone: bool

    def access(self, headers: Headers, address: str) -> Access:
        """What a request with these headers, from this address, may do."""
        local = self.alone and not any(name in headers for name in _FORWARDED)
        token = _token(headers)
        known = self.tokens.scope_of(token) if token else None
        if known:
            return Access(known[1], known[0], "known", local)
        opened = self.reading == "everybody" or (self.reading == "local" and local)
        given: Literal["none", "malformed", "wrong"] = "wrong" if token else "malformed"
        return Access("read" if opened else None, address, "none" if token is None else given, local)


async def reader(request: Request) -> Access:
    """The access of a request that may read. Raises Problem."""
    access: Access = request.scope["state"]["access"]
    if access.scope is None:
        raise _refused(access)
    return access


async def admin(request: Request) -> Access:
    """The access of a request that may change the corpus: by a token, on loopback too. Raises Problem."""
    access: Access = request.scope["state"]["access"]
    if access.scope == "admin":
        return access
    if access.token == "known":
        raise Problem(403, "mã này chỉ được đọc; tạo mã khác bằng: hoidap token new --scope admin")
    raise _refused(access)


def _refused(access: Access) -> Problem:
    why = {
        "none": "cần mã truy cập: gửi kèm Authorization: Bearer MÃ",
        "malformed": "Authorization phải có dạng: Bearer MÃ",
        "wrong": "mã truy cập sai hoặc đã bị thu hồi",
    }[access.token]
    return Problem(401, why, headers=_ASKED, code=1001 if access.token != "wrong" else 1002)


def _token(headers: Headers) -> str | None:
    """The bearer token, else the one that the page keeps. None: there is none."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme:
        return token.strip() if scheme.lower() == "bearer" else ""
    try:
        kept = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return kept.value if kept else None
