"""Is a line the article's date, the page's clock, or neither? A date line holds a date and hardly anything else."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from retrieval.corpus.metadata.dates import find_dates, find_short_dates
from retrieval.vietnamese.calendar_forms import DAY_PARTS, WEEKDAY

_PUBLISHED = re.compile(
    r"\b(?:ngày đăng|đăng (?:ngày|lúc|tải|bởi)|thời gian đăng|ngày (?:xuất bản|viết|tạo|ban hành)|xuất bản|published|posted)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:cập nhật|sửa đổi lần cuối|ngày cập nhật|last updated|updated|last modified|modified)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:hôm nay(?: là)?|bây giờ(?: là)?|thời gian|giờ hệ thống|đồng hồ|today|now|current time)\b",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"^[^\d,]{2,40},\s*ngày\s", re.IGNORECASE)
_TIME = re.compile(
    r"(?<!\d)\d{1,2}\s?(?::|h|giờ|g)\s?\d{2}(?P<seconds>:\d{2})?(?:\.\d+)?(?:\s?(?:phút|[AaPp]\.?[Mm]\b\.?|SA\b|CH\b))?",
    re.IGNORECASE,
)
_FILLER = re.compile(
    rf"""\b(?:{WEEKDAY}|cn|t[2-7]|monday|tuesday|wednesday|thursday|friday|saturday|sunday
    |mon|tue|wed|thu|fri|sat|sun|ngày|lúc|vào|giờ|phút|{"|".join(DAY_PARTS)}|sa|ch|am|pm|gmt|utc|ict|on|at|by|bởi|z|t)\b
    |[+-]\d{{1,2}}(?::?\d{{2}})?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WEEKDAY = re.compile(rf"^\W*{WEEKDAY}\b", re.IGNORECASE)
_COUNTER = re.compile(
    r"(?:số\s)?lượt\s(?:xem|đọc|truy cập)\s*:?\s*[\d.,]+|[\d.,]+\s*(?:lượt\s(?:xem|đọc)|bình luận|views?|comments?)\b",
    re.IGNORECASE,
)
_EDGES = " \t|,;:.-–—_/()[]•·»>*+"
_MARKS = r"|•·,;:\-–—()\[\]>/"
_MAX_REST_WORDS = 6


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a date line says. `weight`: how much its own words and shape speak for the article's date.

    `clock`: it shows when the page was saved. `doubtful`: it may, for it counts seconds and has no label.
    `rest`: other words on the line, such as the author or a section. `exact`: it tells the minute or the day of the
    week too, as pages do and people seldom. `issued`: it opens with a place, as an official paper's does.
    `labelled`: it says that something was published or brought up to date then. `stamped`: it tells the minute and the
    day of the week, as only pages do.
    """

    date: datetime.date
    weight: float
    clock: bool
    doubtful: bool
    rest: tuple[str, ...]
    exact: bool = False
    issued: bool = False
    labelled: bool = False
    stamped: bool = False


def read_date_line(line: str) -> DateLine | None:
    """None where the line is no date line. Of "Ngày đăng: … Cập nhật: …" the first is the date."""
    if len(line) > 160 or not any(c.isdigit() for c in line):
        return None
    found = list(find_dates(line)) or list(find_short_dates(line))
    if not found:
        return None
    issued = bool(_ISSUED.match(line)) and not _CLOCK.match(line)
    published, updated = _PUBLISHED.search(line), _UPDATED.search(line)
    labelled = bool(published or updated)
    date = found[0].date
    if published:
        date = next((f.date for f in found if f.start > published.start()), date)
    rest = line
    for item in reversed(found):
        rest = f"{rest[: item.start]} | {rest[item.end :]}"
    time = _TIME.search(rest)
    clock = bool(_CLOCK.search(rest)) and not labelled
    for pattern in (_COUNTER, _TIME, _PUBLISHED, _UPDATED, _CLOCK, _FILLER):
        rest = pattern.sub(" | ", rest)
    pieces = tuple(piece for part in re.split(r"[|•·]|\s[-–—]\s", rest) if (piece := part.strip(_EDGES)))
    if sum(len(piece.split()) for piece in pieces) > _MAX_REST_WORDS or line.rstrip().endswith(("?", "!")):
        return None
    if pieces and not labelled and not issued and not _stands_apart(line, pieces):
        return None
    weight = 2.0 * bool(published) + 1.5 * bool(updated) + 1.0 * issued + 0.5 * bool(time)
    doubtful = time is not None and bool(time["seconds"]) and not labelled
    weekday = bool(_WEEKDAY.search(line))
    return DateLine(
        date=date,
        weight=weight - 0.75 * doubtful,
        clock=clock,
        doubtful=doubtful,
        rest=() if issued else pieces,
        exact=(time is not None or weekday) and not issued,
        issued=issued,
        labelled=labelled,
        stamped=time is not None and weekday,
    )


def _stands_apart(line: str, pieces: tuple[str, ...]) -> bool:
    """Other words are cut off by a mark or are a name: no clause such as "Luật có hiệu lực từ ngày 1/7/2020"."""
    return all(
        all(word[0].isupper() for word in piece.split())
        or re.search(rf"(?:^|[{_MARKS}])\s*{re.escape(piece)}\s*(?:$|[{_MARKS}])", line)
        for piece in pieces
    )
