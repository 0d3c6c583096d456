"""Who published an article? Its opening mark, the page's masthead, or a closing line; never a body's mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from retrieval.vietnamese.letters import CAPITAL
from retrieval.vietnamese.name_heads import TERRITORIES

_MARK = re.compile(
    r"^[(\[]?\s*(?P<mark>[^()\[\]:–—]{2,40}?)\s*[)\]]?\s*(?:[-–—:]|\|)\s?(?=\S)|^[(\[](?P<only>[^()\[\]]{2,40})[)\]]\s"
)
_INNER_MARK = re.compile(r"[(\[](?P<mark>[^()\[\]]{2,20})[)\]]\s?[-–—]\s")
_OPENING = 200
"""Characters in which a mark may follow a title that stands on the same line."""
_OUTLET = re.compile(
    r"^(?:theo\s+|nguồn\s*:?\s*|trên\s+|©\s*|bản quyền (?:thuộc|của)(?:\s*về)?\s*:?\s*|copyright\s*©?\s*(?:\d+\s*)?)*"
    r"(?P<name>(?:báo|tạp chí|đài (?:phát thanh|truyền hình|tiếng nói)|thông tấn xã|cổng (?:thông tin|ttđt|tt)|trang (?:thông tin|ttđt|tin))\s+.{2,80})$",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"^\W*(?:theo|nguồn)\b\s*:?\s*(?P<name>.{2,60}?)\W*$", re.IGNORECASE)
_ELECTRONIC = re.compile(r"\s+(?:điện tử|online)$", re.IGNORECASE)
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/\S*)?$", re.IGNORECASE)
_ENDING = re.compile(r"\s+[-–—|]\s+(?P<ending>[^-–—|]{2,60})$")
_RIGHTS = re.compile(
    r"(?:bản quyền|ghi rõ nguồn|©|copyright)[^\n]{0,30}?[\s\"“'](?P<name>(?:Báo|Tạp chí|Cổng thông tin điện tử|Trang thông tin điện tử|Đài|BÁO|TẠP CHÍ)"
    rf"(?:\s(?:điện tử|và|tỉnh|{CAPITAL}[^\s,.;:\"”'()]*)){{1,8}})"
)
_MAX_WORDS = 10
_COMMON_WORDS = frozenset(" ".join(TERRITORIES).split()) | frozenset(
    "cổng thông tin điện tử trang tạp chí đài phát thanh và truyền hình của bộ sở ngành".split()
)
"""Words that are written small inside a publisher's name."""


@lru_cache(maxsize=8)
def _folded(items: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {_fold(mark): name for mark, name in items} | {_fold(name): name for _, name in items}


def known_source(name: str, sources: Mapping[str, str]) -> str | None:
    """The lexicon's name for a mark, another name or a site's host; compared without case, spaces and full stops."""
    return _folded(tuple(sources.items())).get(_fold(name))


def source_of_opening(line: str, sources: Mapping[str, str]) -> str | None:
    """From a mark before the first words: "BDK - …", "(TTXVN) …", "Báo Đồng Khởi - …", "Tiêu đề (NLĐ) - …".

    Without brackets a mark is in capitals: "Thanh niên - lực lượng xung kích" is no newspaper's.
    """
    match = _MARK.match(line[:_OPENING])
    if match is not None:
        mark = (match["mark"] or match["only"]).strip()
        sure = line[0] in "([" or sum(c.isupper() for c in mark) > len(mark.split())
        found = known_source(mark, sources) if sure else None
        if found := found or (_outlet(mark) if len(mark.split()) <= 5 else None):
            return found
    inner = _INNER_MARK.search(line[:_OPENING])
    return known_source(inner["mark"], sources) if inner else None


def source_of_masthead(lines: Iterable[str], sources: Mapping[str, str]) -> str | None:
    """From lines outside the article that are a publisher's name and nothing else, or that claim its rights."""
    for line in lines:
        name = known_source(line, sources) or _outlet(line) or _holder_of_rights(line)
        if name:
            return known_source(name, sources) or name
    return None


def split_source(title: str, sources: Mapping[str, str]) -> tuple[str, str | None]:
    """("Tiêu đề", "Báo X") of "Tiêu đề - Báo X", as browsers name saved pages; None where the ending is no publisher."""
    match = _ENDING.search(title)
    if match is None:
        return title, None
    ending = match["ending"].strip()
    source = known_source(ending, sources) or _outlet(ending)
    return (title[: match.start()].strip(), source) if source else (title, None)


def _holder_of_rights(line: str) -> str | None:
    match = _RIGHTS.search(line)
    return _outlet(match["name"].strip()) if match else None


def source_of_credit(line: str, sources: Mapping[str, str]) -> str | None:
    """From "Theo Báo X", "(Theo TTXVN)", "Nguồn: X" as a line of its own."""
    match = _CREDIT.match(line)
    if match is None:
        return None
    name = match["name"].strip(" ()[].")
    known = known_source(name, sources) or _outlet(name)
    if known:
        return known
    host = _HOST.match(name)
    return source_of_url(host["host"], sources) or host["host"].lower() if host else None


def source_of_url(url: str, sources: Mapping[str, str]) -> str | None:
    """The lexicon's name for the address's host, if it has one."""
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix("www.")
    return known_source(host, sources) if host else None


def _outlet(line: str) -> str | None:
    match = _OUTLET.match(line.strip(" .()[]"))
    if match is None or len(line.split()) > _MAX_WORDS or line.rstrip()[-1:] in ".!?:;,":
        return None
    name = _ELECTRONIC.sub("", match["name"]).strip()
    if not any(word[:1].isupper() for word in name.split()[1:]):
        return None
    return _recase(name) if name.isupper() else name[:1].upper() + name[1:]


def _recase(name: str) -> str:
    """CỔNG THÔNG TIN ĐIỆN TỬ TỈNH HÀ NAM -> Cổng thông tin điện tử tỉnh Hà Nam"""
    words = name.lower().split()
    return " ".join(
        word if n and word in _COMMON_WORDS else word.capitalize() for n, word in enumerate(words)
    )


def _fold(name: str) -> str:
    return re.sub(r"[\s.\-_]+", "", name).casefold()
