"""Under which address does a document's page stand? The address cites the passage that it names."""

from __future__ import annotations

from urllib.parse import quote

PASSAGE = "doan"
"""The name within the page of the marked passage."""


def page_path(document: str, passage: tuple[int, int] | None) -> str:
    """The page of a document in the service; `passage`: the offsets to mark, in characters of its text."""
    marked = f"?p={passage[0]}-{passage[1]}#{PASSAGE}" if passage else ""
    return f"/d/{quote(document, safe='/')}{marked}"
