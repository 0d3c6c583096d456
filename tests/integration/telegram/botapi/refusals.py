"""What does Telegram say when it refuses? The error, with the code and description that the Bot API sends."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """One `{"ok": false}` answer."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def payload(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: {reason}")


def moved_to(group: int) -> Refusal:
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, reason, migrate_to_chat_id=group)


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
