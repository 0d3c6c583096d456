"""Which body issued a paper? Its name, in the case in which people write it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.corpus.metadata.boilerplate import is_state_header
from retrieval.vietnamese.name_heads import HEADS, TERRITORIES, alternatives

_OPENS = alternatives(
    set(HEADS["organisations"]) - {"tổ chức", "trang", "cổng", "kênh", "hãng"},
    ("thủ tướng", "chủ tịch nước", "chủ tịch", "đảng cộng sản", "thôn"),
)
"""What opens the name of a body that issues papers, or the office that speaks for one."""
_BODY = re.compile(rf"(?:{_OPENS})(?!\w)", re.IGNORECASE)
_INNER = re.compile(
    r"(?<=\S)\s+(?=(?:BỘ|ỦY BAN NHÂN DÂN|CHÍNH PHỦ|QUỐC HỘI|NGÂN HÀNG NHÀ NƯỚC|TÒA ÁN NHÂN DÂN TỐI CAO|VIỆN KIỂM SÁT)(?!\w))"
)
_GOES_ON = re.compile(rf"(?:VÀ|{alternatives(TERRITORIES).upper()}|TP\.?|CỦA|TRUNG ƯƠNG|-|–)(?!\w)")
_TERRITORIES = frozenset(" ".join((*TERRITORIES, "thôn", "khu", "ấp")).split())
_GOVERNMENT = re.compile(
    r"(?:BỘ|SỞ|CỤC|VỤ|BAN|PHÒNG|VIỆN|TỔNG CỤC|CHI CỤC|THANH TRA|KIỂM TOÁN|VĂN PHÒNG|CHÍNH PHỦ|QUỐC HỘI|THỦ TƯỚNG|ỦY BAN|UỶ BAN|HỘI ĐỒNG|BẢO HIỂM|TỔNG LIÊN ĐOÀN|ĐẢNG)(?!\w)"
)
_CLASS_WORDS = _TERRITORIES | frozenset(
    "ủy uỷ ban nhân dân tổ hội đồng trường tiểu học trung cơ sở phổ thông mầm non mẫu"
    " giáo bệnh viện đa khoa công ty cổ phần trách nhiệm hữu hạn một viên hợp tác trung tâm văn phòng và của chi nhánh ban quản lý đảng bộ".split()
)
_ONE_WORD = frozenset("bộ sở cục vụ viện phòng ban".split())
_TWO_WORDS = frozenset("tổng chi văn thanh".split())
_LONGEST = 160


def is_body_line(text: str) -> bool:
    """A line in capitals that names a body, or an office that speaks for one, and says nothing else."""
    return len(text) <= _LONGEST and text == text.upper() and bool(_BODY.match(text.strip(" *-–.")))


def read_bodies(above: Sequence[str], text: str) -> tuple[str, ...]:
    """The bodies that issued a paper, from the lines of its head above the number; of several levels the lowest.

    `text`: the paper, whose own words show in which case a name is written.
    """
    names: list[str] = []
    for line in above:
        for cell in re.split(r"\s*\|\s*|\s{3,}", line):
            name = " ".join(cell.split()).strip(" *_.:;-–")
            if (
                not name
                or is_state_header(name)
                or name != name.upper()
                or not any(c.isalpha() for c in name)
            ):
                continue
            if (
                names
                and (_GOES_ON.match(name) or names[-1].endswith((" -", " VÀ", " THƯƠNG", ",")))
                and not _BODY.match(name)
            ):
                names[-1] = f"{names[-1]} {name}"
            elif _BODY.match(name) and len(name) <= _LONGEST:
                names += [part.strip(" -–") for part in _INNER.split(name)] if _joint(name) else [name]
            elif names and len(name.split()) <= 6:
                names[-1] = f"{names[-1]} {name}"
    unique = [
        name
        for n, name in enumerate(names)
        if not any(name != other and other.startswith(name) for other in names)
        and _letters(name) not in map(_letters, names[:n])
    ]
    if not unique:
        return ()
    joint = [
        part
        for name in unique
        for part in re.split(r"\s+[-–]\s+(?=BỘ |ỦY BAN|NGÂN HÀNG|TÒA ÁN|VIỆN KIỂM)", name)
    ]
    ministries = [name for name in joint if name.startswith("BỘ ")]
    chosen = joint if len(joint) > 1 and (len(ministries) > 1 or len(joint) > len(unique)) else joint[-1:]
    return tuple(recase(name, text) for name in chosen)


def _letters(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


def _joint(name: str) -> bool:
    return len(_INNER.split(name)) > 1 and name.startswith("BỘ ")


def recase(name: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere; else by rule: "BỘ TÀI CHÍNH" -> "Bộ Tài chính"."""
    pattern = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    for match in pattern.finditer(text):
        written = " ".join(match.group().split())
        if not written.isupper() and written[0].isupper():
            return written
    words = name.lower().split()
    if _GOVERNMENT.match(name):
        return _by_rule(words)
    return " ".join(
        word if n and word in _CLASS_WORDS else word[:1].upper() + word[1:] for n, word in enumerate(words)
    )


def _by_rule(words: list[str]) -> str:
    """The class word and the word after it with capitals, and whatever names a place."""
    head = 2 if words[0] in _TWO_WORDS else 1 if words[0] in _ONE_WORD else 0
    shown: list[str] = []
    place = False
    for n, word in enumerate(words):
        capital = n in (0, head) or place or (bool(head) and shown[-1:] in (["-"], ["và"]))
        if word in _TERRITORIES:
            capital, place = n == 0, True
        shown.append(word[:1].upper() + word[1:] if capital else word)
    return " ".join(shown)
