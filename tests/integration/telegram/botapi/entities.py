"""Which text and entities does a message's HTML give? One wrong tag refuses it, as at Telegram.

The tags and named entities are those of https://core.telegram.org/bots/api#html-style.
"""

from __future__ import annotations

import re
from typing import Any

from tests.integration.telegram.botapi.refusals import bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(r"<[^>]*>?|&(?:#x[0-9a-fA-F]+|#[0-9]+|[a-zA-Z]+);|[^<&]+|&", re.S)
_TAG = re.compile(r"<(/?)([a-zA-Z-]+)((?:\s[^>]*)?)>\Z", re.S)


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without its tags, and the entities in the order in which they close. Raises Refusal."""
    text = ""
    found: list[dict[str, Any]] = []
    open_tags: list[tuple[str, int, dict[str, Any]]] = []
    for match in _TOKEN.finditer(source):
        token = match.group()
        at = len(source[: match.start()].encode())
        if token.startswith("<"):
            closing, name, attributes = _read_tag(token, at)
            if closing:
                if not open_tags or open_tags[-1][0] != name:
                    raise bad_request(
                        f'can\'t parse entities: Unmatched end tag at byte offset {at}, found "</{name}>"'
                    )
                _, start, entity = open_tags.pop()
                if units(text) > start:
                    found.append({**entity, "offset": start, "length": units(text) - start})
                continue
            if name == "blockquote" and any(tag == "blockquote" for tag, _, _ in open_tags):
                raise bad_request("can't parse entities: blockquotes can't be nested")
            open_tags.append((name, units(text), _entity(name, attributes, at)))
        else:
            text += _character(token)
    if open_tags:
        raise bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\""
        )
    return text, found


def _read_tag(token: str, at: int) -> tuple[bool, str, str]:
    match = _TAG.match(token)
    if match is None:
        raise bad_request(f"can't parse entities: Unclosed start tag at byte offset {at}")
    name = match.group(2).lower()
    if name not in _KINDS:
        raise bad_request(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {at}')
    return bool(match.group(1)), name, match.group(3).strip()


def _entity(name: str, attributes: str, at: int) -> dict[str, Any]:
    if name == "a":
        address = re.fullmatch(r'href="([^"]*)"', attributes)
        if address is None:
            raise bad_request(f"can't parse entities: attributes of tag a at byte offset {at}")
        return {"type": "text_link", "url": address.group(1)}
    if name == "blockquote" and attributes == "expandable":
        return {"type": "expandable_blockquote"}
    if attributes:
        raise bad_request(f'can\'t parse entities: unexpected attribute in tag "{name}" at byte offset {at}')
    return {"type": _KINDS[name]}


def _character(token: str) -> str:
    if not (token.startswith("&") and token.endswith(";")):
        return token
    name = token[1:-1]
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    if name.startswith("#"):
        return chr(int(name[1:]))
    return _NAMED.get(name, token)
