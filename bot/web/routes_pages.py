"""Which pages are there for people? The chat, a document as it was read, the widget, and where a token is typed in."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.web.access import COOKIE, Access, reader
from bot.web.document_page import frame, page
from bot.web.problems import Problem
from bot.web.service import Service, service_of

router = APIRouter(include_in_schema=False)
Serving = Annotated[Service, Depends(service_of)]
_TYPES = {
    "chat.html": "text/html; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "talk.css": "text/css; charset=utf-8",
    "talk.js": "text/javascript; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "widget.css": "text/css; charset=utf-8",
    "widget.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_FRESH = {"Cache-Control": "no-cache"}
_PASSAGE = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_YEAR = 365 * 24 * 3600


@cache
def _asset(name: str) -> bytes:
    return (files("bot.web") / "static" / name).read_bytes()


def _file(name: str) -> Response:
    return Response(_asset(name), media_type=_TYPES[name], headers=_FRESH)


@router.get("/")
async def chat() -> Response:
    """The chat; it asks for a token itself where one is needed."""
    return _file("chat.html")


@router.get("/widget.js")
async def widget() -> Response:
    """What another site's page loads."""
    return _file("widget.js")


@router.get("/static/{name}")
async def static(name: str) -> Response:
    """Scripts, styles and the icon."""
    if name not in _TYPES:
        raise Problem(404, "không có tệp này")
    return _file(name)


@router.get("/d/{id:path}")
async def document(
    id: str,  # noqa: A002
    request: Request,
    service: Serving,
    p: Annotated[str, Query(max_length=30)] = "",
) -> Response:
    """A document as it was read; `p`: the passage to mark, "120-180" in characters."""
    try:
        await reader(request)
        found = await service.document(id)
    except Problem as problem:
        if problem.status == 401:
            return _asks_for_token(request.url.path, wrong=False)
        told = f"<h1>{problem.status}</h1><p>{_TOLD.get(problem.status, _TOLD[503])}</p>"
        return HTMLResponse(frame("Không mở được", told), problem.status)
    span = _PASSAGE.fullmatch(p)
    marked = (int(span[1]), int(span[2])) if span else None
    if marked and not 0 <= marked[0] < marked[1] <= len(found.text):
        marked = None
    return HTMLResponse(page(found, marked))


_TOLD = {
    404: "Không có bài này trong tài liệu, hoặc bài đã được gỡ.",
    429: "Bạn mở nhanh quá. Mời bạn đợi một chút rồi thử lại.",
    503: "Hệ thống đang bận. Mời bạn thử lại sau ít phút.",
}


@router.get("/login")
async def ask_for_token() -> Response:
    """Where a person types a token in."""
    return _asks_for_token("/", wrong=False, status=200)


@router.post("/login")
async def keep_token(request: Request, service: Serving) -> Response:
    """Keeps a right token in a cookie that no script can read and no other site can send."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Problem(415, "hãy gửi mẫu ở GET /login")
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    token, back = form.get("token", [""])[0].strip(), form.get("back", ["/"])[0]
    access: Access = request.scope["state"]["access"]
    service.take_turn(access)
    if service.door.tokens.scope_of(token) is None:
        return _asks_for_token(back, wrong=True)
    answer = RedirectResponse(back if _is_own(back) else "/", 303)
    answer.set_cookie(
        COOKIE, token, max_age=_YEAR, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return answer


def _is_own(path: str) -> bool:
    """A path of this service: "//elsewhere" and addresses lead away."""
    return path == "/" or re.fullmatch(r"/d/[^\x00-\x1f\\]*", path) is not None


def _asks_for_token(back: str, *, wrong: bool, status: int = 401) -> Response:
    from html import escape

    told = '<p role="alert" class="wrong">Mã này không đúng hoặc đã bị thu hồi.</p>' if wrong else ""
    form = (
        "<h1>Mã truy cập</h1><p>Trang này cần mã truy cập. Mời bạn nhập mã do người quản trị cấp.</p>"
        f'{told}<form method="post" action="/login" class="login"><label for="token">Mã truy cập</label>'
        '<input id="token" name="token" type="password" autocomplete="current-password" required>'
        f'<input type="hidden" name="back" value="{escape(back)}"><button>Vào</button></form>'
    )
    return HTMLResponse(frame("Mã truy cập", form), status)
