"""Who answers? A name beside the question's words that something in the text marks as a person's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from retrieval.answering.asked_passage import AskedPassage, Span
from retrieval.answering.rarity import is_one_word
from retrieval.vietnamese.letters import CAPITAL, SMALL
from retrieval.vietnamese.mention import Name
from retrieval.vietnamese.name_heads import ADDRESS, HEADS, TITLES, alternatives, is_known, is_like_a_persons
from retrieval.vietnamese.syllables import fold, spell

_ROLE = re.compile(rf"\b(?:nhà|người)(?: {SMALL}+){{1,5}} $|\bngười {CAPITAL}\w+(?: {CAPITAL}\w+)? $")
"""A calling: "nhà sử học quân sự Allen Brown", "người Pháp Jean Ribault"."""
_OFFICE = re.compile(
    rf"(?:{alternatives(HEADS['offices'], ('trưởng', 'chánh', 'thanh tra'))})(?:\s+[^\s,.;()]+){{0,9}}"
    r"(?:,|\s[-–]|:)?\s*$",
    re.IGNORECASE,
)
_OFFICE_AFTER = re.compile(
    rf"\s*[,(]\s*(?:\d+ tuổi|{alternatives(HEADS['offices'], HEADS['callings'])}|đồng thời|nguyên|cựu|phó|trưởng|tổng"
    r"|một |nhà |người |thành viên|con |vợ |chồng |mẹ |cha |bố )",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\s+(?:đã|đang|sẽ|từng|vừa|thường|bắt đầu|quyết định|tiếp tục|nói|cho biết|cho hay|cho rằng|chia sẻ"
    r"|phát biểu|khẳng định|nhận xét|nhấn mạnh|kể|trả lời|giải thích|nhận định|đánh giá|phân tích|khuyên"
    r"|viết|là|sinh|mất|qua đời|kết hôn|được|bị|nhận|trao|chụp|ghi|thực hiện|phát hiện|phát minh|sáng lập"
    r"|thành lập|lãnh đạo|đánh bại|giành|làm|trở thành|giữ|dẫn đầu|chỉ huy|tuyên bố|ký|đề xuất|gửi|xuất bản"
    r"|sáng tác|thiết kế|mua|bán|yêu cầu|ra lệnh|bổ nhiệm|từ chối|đồng ý|trực tiếp|cùng)(?!\w)"
)
"""What people do, said right after their names."""
_NAMED = re.compile(r"(?:\btên|\bgọi|mệnh danh)(?: là)?\s*$")
"""What a name follows, whosever it is: "thợ mỏ tên là Tám Hến"."""
_JOINED = re.compile(r"\s+(?:và|cùng)\s+")
_BY = frozenset("bởi do của cho với theo cùng tên".split())
_CALLED = 0.8
"""How likely one is meant that the text says is called so, where a name is asked for."""
_SURE = 0.8
_AHEAD = 0.4
"""By how much a name must be surer than any other."""


def pick_person(evidence: AskedPassage) -> Span | None:
    """The name of the person asked for, or None where no name is surely a person's and near the question's words."""
    if evidence.query.asking is None:
        return None
    likely = likely_persons(evidence)
    scored = sorted(
        (
            (chance + _placed(evidence, name) + evidence.closeness((name.start, name.end)), -name.start, name)
            for name, chance in likely
        ),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    if not scored or scored[0][0] <= _SURE:
        return None
    found = _whole(evidence.text, scored[0][2], [name for name, _ in likely])
    others = (score for score, _, name in scored[1:] if not found[0] <= name.start < found[1])
    return found if scored[0][0] >= max(others, default=0.0) + _AHEAD else None


def likely_persons(evidence: AskedPassage) -> list[tuple[Name, float]]:
    """The names that something marks as a person's and that the question doesn't say, each with how much does."""
    form = partial(spell, lacks_marks=evidence.query.lacks_marks)  # "Trương Công Minh" isn't said by "trường"
    known = {form(term.origin or term.text) for term in evidence.query.terms if term.is_content}
    named = any(spell(term.origin, lacks_marks=True) == "ten" for term in evidence.query.terms)
    found = []
    for name in map(_own, evidence.names):
        said = {form(word.rstrip(".")) for word in name.words} & known
        if not said and not _is_half(evidence, name):
            called = named and _NAMED.search(evidence.text, 0, name.start)
            likely = _CALLED if called else _likely(evidence.text, name)
            if likely > 0:
                found.append((name, likely))
    return found


def _is_half(evidence: AskedPassage, name: Name) -> bool:
    """Whether the name is only the start of a longer word: "Lực" of "Lực lượng", "Bộ Nội" of "Bộ Nội vụ"."""
    after = evidence.terms_after(name.end, 1)
    if not after or after[0].start != name.end + 1 or after[0].term[0].isdigit():
        return False
    end = evidence.tokens_of((name.start, name.end))[1]
    small = evidence.text[after[0].start].islower() and evidence.tokens[end - 1].term == fold(name.words[-1])
    return small and is_one_word(evidence.tokens[end - 1].term, after[0].term)


def _own(name: Name) -> Name:
    """ "Người Pháp Jean Ribault": the name without the country before it."""
    for length in (2, 1):
        if len(name.words) > length + 1 and is_known(name.words[:length]) == "places":
            start = name.start + len(" ".join(name.words[:length])) + 1
            return replace(name, start=start, words=name.words[length:])
    return name


def _likely(text: str, name: Name) -> float:
    """How much speaks for a person's name, in [0, 1]; 0 where nothing does or it is something else's."""
    before, after = text[max(0, name.start - 70) : name.start], text[name.end : name.end + 40]
    if name.kind == "office" or (name.kind != "person" and is_known(name.words)):
        return 0.0
    elsewhere = name.kind in ("place", "organisation")
    if elsewhere and name.head and name.head_start == name.start:
        return 0.0  # "Trường Kim Sơn", "TP. HCM"
    titled = bool(name.head in TITLES or (not elsewhere and _ROLE.search(before)))
    office = bool(_OFFICE.search(before))
    if len(name.words) == 1 and not name.foreign and name.head not in TITLES:
        return 0.0  # "Bí thư Thị ủy", "dựng nhà trước Tết", but "ông Thành"
    vietnamese = is_like_a_persons(name.words)
    if (elsewhere or name.kind == "thing") and not titled and not (office and vietnamese):
        return 0.0
    return min(
        1.0,
        0.5 * titled
        + 0.3 * (office and not titled)
        + 0.3 * bool(_OFFICE_AFTER.match(after))
        + 0.25 * bool(_ACTS.match(after))
        + 0.35 * vietnamese
        + 0.25 * (len(name.words) > 1 and not vietnamese)
        + 0.3 * (name.words[0].endswith(".") and not vietnamese),
    )


def _placed(evidence: AskedPassage, name: Name) -> float:
    """Whether the name stands as the question's "ai" does: after "do", "bởi"; before its verb; not as an owner."""
    first, _ = evidence.query.asking or (0, 0)
    asked = evidence.query.terms[first - 1].text if first else ""
    before = evidence.text[: name.start]
    preposition = before.rstrip().rsplit(" ", 1)[-1].lower()
    if preposition in ("do", "bởi"):
        return 0.3
    if asked in _BY:
        return 0.3 * (preposition in (asked, "của"))
    if preposition == "của":
        return -0.3
    return 0.2 * bool(first <= 1 and _ACTS.match(evidence.text, name.end))


def _whole(text: str, name: Name, marked: Sequence[Name]) -> Span:
    """The name with the name that "và" joins to it, else with its title where that is no longer than the name."""
    start, end = name.start, name.end
    for other in marked:
        if _JOINED.fullmatch(text, other.end, start):
            return other.start, end
        if _JOINED.fullmatch(text, end, other.start):
            return start, other.end
    titled = name.head in ADDRESS or (name.head in TITLES and end - name.head_start <= 2 * (end - start))
    return (name.head_start if titled else start), end
