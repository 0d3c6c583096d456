"""Does a passage give a figure in the unit asked for? "Bao lâu" wants a time, "mức phạt" money, "tỷ lệ" a share."""

from __future__ import annotations

import re

_NUMBER = r"(?:\d|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa|vài|trăm|nghìn|ngàn|triệu|tỷ|tỉ))"
_TIME = r"(?:giây|phút|giờ|tiếng|ngày|tuần|tháng|quý|năm|buổi|thập kỷ|thế kỷ)(?!\w)"
_MONEY = r"(?:đồng|đô la|đô-la|USD|VND|VNĐ|euro)(?!\w)"
_UNITS = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(gives, re.IGNORECASE))
    for asks, gives in (
        (rf"bao lâu|(?:bao nhiêu|mấy) {_TIME}|thời (?:hạn|gian)", rf"{_NUMBER}\s?{_TIME}"),
        (
            rf"bao nhiêu (?:tiền|triệu|tỉ|tỷ)|(?:bao nhiêu|mấy) {_MONEY}|mức phạt|phạt bao nhiêu"
            r"|(?<!\w)(?:giá|phí|lương)(?!\w)",
            rf"{_NUMBER}\s?(?:đ(?!\w)|nghìn|ngàn|triệu|tỉ|tỷ|{_MONEY})|[$€£]\s?\d|lần mức",
        ),
        (r"phần trăm|tỉ lệ|tỷ lệ", r"\d\s?%|phần trăm"),
    )
)


def unit_found(question: str, text: str) -> float:
    """1 where the text has a figure in the unit that the question asks for, -1 where not; 0 where it asks for none."""
    for asks, gives in _UNITS:
        if asks.search(question):
            return 1.0 if gives.search(text) else -1.0
    return 0.0
