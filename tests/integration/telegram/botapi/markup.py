"""Is this keyboard one that Telegram takes? And these inline results?"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from tests.integration.telegram.botapi.entities import parse_html, units
from tests.integration.telegram.botapi.refusals import bad_request

TEXT_LIMIT = 4096
CALLBACK_BYTES = 64
COPY_LIMIT = 256
RESULT_LIMIT = 50
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_ACTIONS = ("callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat")


def check_keyboard(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """The markup as it came. Raises Refusal."""
    if markup is None:
        return None
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            _check_button(button)
    return markup


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise bad_request("inline keyboard button text must be non-empty")
    if sum(action in button for action in _ACTIONS) != 1:
        raise bad_request("inline keyboard button must have exactly one action")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= units(button["copy_text"]["text"]) <= COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if "url" in button:
        address = urlsplit(button["url"])
        if address.scheme not in ("http", "https", "tg") or not address.netloc or " " in button["url"]:
            raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def check_text(text: str, parse_mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The text to show, with its entities. Raises Refusal."""
    if parse_mode not in (None, "", "HTML"):
        raise bad_request("unsupported parse_mode")
    shown, entities = parse_html(text) if parse_mode else (text, [])
    if not shown.strip():
        raise bad_request("message text is empty")
    if "\x00" in shown or any("\ud800" <= c <= "\udfff" for c in shown):
        raise bad_request("strings must be encoded in UTF-8")
    if units(shown) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return shown, entities


def check_results(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Inline results, with the text that each would send. Raises Refusal."""
    if len(results) > RESULT_LIMIT:
        raise bad_request("RESULTS_TOO_MUCH")
    identifiers = [result.get("id", "") for result in results]
    if len(set(identifiers)) != len(identifiers):
        raise bad_request("RESULT_ID_DUPLICATE")
    if not all(1 <= len(identifier.encode()) <= CALLBACK_BYTES for identifier in identifiers):
        raise bad_request("RESULT_ID_INVALID")
    checked = []
    for result in results:
        if not result.get("title"):
            raise bad_request("can't parse inline query result: title must be non-empty")
        content = result["input_message_content"]
        text, entities = check_text(content["message_text"], content.get("parse_mode"))
        check_keyboard(result.get("reply_markup"))
        checked.append({**result, "text": text, "entities": entities})
    return checked
