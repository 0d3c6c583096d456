"""What is said when a request can't be served? problem+json, or the form that the caller's kind of client reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

TITLES = {
    400: "Yêu cầu sai",
    401: "Cần mã truy cập",
    403: "Không được phép",
    404: "Không có",
    405: "Phương thức khác",
    408: "Gửi đến quá chậm",
    409: "Đang xung đột",
    413: "Quá lớn",
    415: "Định dạng khác",
    421: "Sai địa chỉ",
    422: "Không đúng dạng",
    429: "Quá nhiều yêu cầu",
    500: "Lỗi ngoài dự tính",
    503: "Lúc này chưa phục vụ được",
}


class Problem(Exception):
    """A request that can't be served. `detail`: one sentence that names the thing and the mend."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: list[dict[str, str]] | None = None,
        code: int | None = None,
    ) -> None:
        """`errors`: what is wrong where, of a body or an address. `code`: Dify's own number for it."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.errors = errors
        self.code = code

    def response(self, path: str) -> Response:
        """The problem in the form that clients of this path read."""
        if path == "/retrieval":
            return self._answer({"error_code": self.code or self.status, "error_msg": self._told()})
        if path in ("/v1/chat/completions", "/v1/models"):
            kind = "authentication_error" if self.status in (401, 403) else "invalid_request_error"
            kind = "server_error" if self.status >= 500 else kind
            return self._answer(
                {"error": {"message": self._told(), "type": kind, "param": None, "code": None}}
            )
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": TITLES.get(self.status, str(self.status)),
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = self.errors
        return self._answer(body, media_type="application/problem+json")

    def _told(self) -> str:
        places = "; ".join(f"{error['at']}: {error['problem']}" for error in self.errors or ())
        return f"{self.detail} ({places})" if places else self.detail

    def _answer(self, body: object, *, media_type: str = "application/json") -> Response:
        text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return Response(text, self.status, headers=self.headers, media_type=media_type)
