"""Is a text a web page that somebody saved, rather than their own document? Only by more than one sign.

Whoever writes a handbook may well head a part of it "Đối tác" or "Bình luận"; only a page has buttons, a menu, the
minute of its publication, an imprint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from retrieval.corpus.lines import Line
from retrieval.corpus.metadata.boilerplate import (
    counts_buttons,
    is_furniture,
    is_identifiers,
    is_menu,
    is_publishers_imprint,
    is_related_link,
    is_section_name,
    keyword_lines,
    starts_after_article,
    starts_related,
)
from retrieval.corpus.metadata.datelines import DateLine
from retrieval.corpus.metadata.publisher import source_of_masthead, source_of_opening

_BUTTON = 3
"""Words from which a button can't be a heading: "Chia sẻ bài viết". Of shorter ones two are needed."""
_MENU_LINES = 3
_CREDIT = re.compile(r"[\s(–-]ảnh\s*:\s*\S", re.IGNORECASE)
_MOST = 400
"""Lines at either edge that are looked at: what lies deep inside a book is no page's furniture."""


def page_signs(
    lines: Sequence[Line], body: int, dates: Mapping[int, DateLine], sources: Mapping[str, str]
) -> tuple[str, ...]:
    """What shows that the lines are a saved page, in Vietnamese; empty where it isn't sure to be one.

    `body`: the number of the first line of running text. `dates`: the date lines above it.
    """
    edges = [*lines[:_MOST], *lines[max(_MOST, len(lines) - _MOST) :]]
    signs = []
    buttons = {line.text.lower() for line in edges if _is_button(line.text)}
    if len(buttons) > 1 or any(
        len(button.split()) >= _BUTTON or counts_buttons(button) > 1 for button in buttons
    ):
        signs.append("nút bấm")
    if any(is_menu(line.text) for line in edges) or _has_menu(lines[:body]):
        signs.append("menu")
    if any(date.exact or date.clock or (date.labelled and date.rest) for date in dates.values()):
        signs.append("giờ đăng")
    if any(is_publishers_imprint(line.text) for line in edges):
        signs.append("chân trang")
    opening = lines[body].text if body < len(lines) else ""
    if source_of_masthead(
        [line.text for line in edges if len(line.text) < 120], sources
    ) or source_of_opening(opening, sources):
        signs.append("tên báo")
    if any(is_identifiers(line.text) for line in edges) or keyword_lines(
        [line.text for line in edges], lines[0].text
    ):
        signs.append("từ khóa")
    offers = any(
        starts_after_article(line.text) or starts_related(line.text) or is_related_link(line.text)
        for line in edges
    )
    if len(signs) > 1:
        return (*signs, "tin khác") if offers else tuple(signs)
    if signs and offers:
        return (*signs, "tin khác")
    if signs and signs != ["tên báo"] and sum(bool(_CREDIT.search(line.text)) for line in edges) > 0:
        return (*signs, "ảnh báo chí")
    return ()


def _is_button(text: str) -> bool:
    return (
        is_furniture(text)
        and any(c.isalpha() for c in text)
        and not (is_menu(text) or starts_after_article(text) or starts_related(text) or is_identifiers(text))
        and not _could_head(text)
    )


_HEADINGS = frozenset(
    "bình luận|ý kiến|góp ý|phản hồi|quảng cáo|tài trợ|video|tìm kiếm|giới thiệu|liên hệ|đánh giá|email|e-mail|mặc định|tiếp|sau|trước"
    "|tiếng anh|tiếng việt|đăng ký|zalo|facebook|theo dõi|chia sẻ".split("|")
)
"""Buttons of a page that are headings of somebody's own document as often."""


def _could_head(text: str) -> bool:
    return text.strip(" :•·|").lower() in _HEADINGS


def _has_menu(header: Sequence[Line]) -> bool:
    """Whether several lines in a row, or the parts of one, are names of a site's sections."""
    run = 0
    for number, line in enumerate(header):
        pieces = [piece.split() for piece in line.text.split(" | ")]
        if (
            len(pieces) >= _MENU_LINES
            and all(0 < len(piece) <= 3 for piece in pieces)
            and number + 1 < len(header)
            and " | " not in header[number + 1].text
        ):
            return True
        run = run + 1 if is_section_name(line.text) else 0
        if run >= _MENU_LINES:
            return True
    return False
