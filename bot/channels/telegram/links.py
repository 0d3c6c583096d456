"""How does a link ask a question? `t.me/bot?start=q_…` holds it, packed or as words; `k_…` the key of one kept."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable

_LIMIT = 64
"""Characters of a start parameter, out of A-Z a-z 0-9 _ -: https://core.telegram.org/bots/features#deep-linking."""
_PACKED, _KEPT = "q_", "k_"


def start_parameter(question: str, keep: Callable[[str], str]) -> str:
    """What to put behind `?start=`. `keep`: stores a question that doesn't fit, and gives its key."""
    packed = base64.urlsafe_b64encode(question.encode()).decode().rstrip("=")
    if len(_PACKED) + len(packed) <= _LIMIT:
        return _PACKED + packed
    return _KEPT + keep(question)


def question_of(parameter: str, kept: Callable[[str], str | None]) -> str | None:
    """The question in a start parameter; None where there is none, or its key is not known any more.

    Written by hand, `q_soc_trang_ket_nap_bao_nhieu_dang_vien` works too: the search needs no diacritics.
    """
    if parameter.startswith(_KEPT):
        return kept(parameter.removeprefix(_KEPT))
    if not parameter.startswith(_PACKED):
        return None
    body = parameter.removeprefix(_PACKED)
    return _unpacked(body) or re.sub(r"[_-]+", " ", body).strip() or None


def _unpacked(body: str) -> str | None:
    """Base64url of UTF-8; None where it is something else, such as words written by hand."""
    try:
        text = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True).decode()
    except ValueError:
        return None
    letters = sum(c.isalpha() and "LATIN" in unicodedata.name(c, "") for c in text)
    return text if text.isprintable() and letters * 2 > len(text) else None
