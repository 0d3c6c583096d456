"""What kind of paper is it, and what is it about? Both stand below the head, up to where the body speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.corpus.lines import Line
from retrieval.corpus.metadata.boilerplate import is_state_header
from retrieval.corpus.metadata.official.bodies import is_body_line
from retrieval.corpus.metadata.official.head import is_rule

KINDS = tuple(
    "thông tư liên tịch|nghị quyết liên tịch|quyết định|nghị quyết|thông báo|kế hoạch|quy chế|nội quy|quy định|chỉ thị|thông tư|nghị định"
    "|bộ luật|luật|pháp lệnh|lệnh|tờ trình|báo cáo|công văn|hướng dẫn|kết luận|điều lệ|quy trình|chương trình|biên bản|công điện|đề án"
    "|hiến pháp|giấy mời|thông cáo|tuyên bố|phương án|quy ước|hương ước|giấy phép|hợp đồng".split("|")
)
_KIND = re.compile(rf"(?P<kind>{'|'.join(kind.upper() for kind in KINDS)})\d{{0,2}}(?!\w)\s*[:*]?\s*")
_SPEAKS = re.compile(
    r"(?:căn cứ|kính gửi|theo đề nghị|xét đề nghị|thực hiện (?:nghị quyết|kế hoạch|chỉ thị|quyết định|công văn|chương trình)|để (?:thực hiện|đảm bảo|bảo đảm|tăng cường)"
    r"|điều\s+\d|chương\s+[\dIVX]|phần\s+(?:thứ|[\dIVX])|mục\s+[\dIVX]|[IVX]+\.\s|[1a][.)/]\s|quyết định\s*:|quyết nghị\s*:?|nơi nhận"
    r"|\(?(?:kèm theo|ban hành kèm)|ngày\s+\d|lời nói đầu)",
    re.IGNORECASE,
)
_CITES = re.compile(
    r"(?:thông tư|nghị định|luật|quyết định|nghị quyết|pháp lệnh|bộ luật)\b.{0,120}?\bsố\s+\d.{0,60}?ngày",
    re.IGNORECASE,
)
_WANTS_MORE = re.compile(
    r"(?<!\w)(?:của|theo|và|số|về|tại|với|đến|giữa|hành|các|những|cho|trong|từ|khoản|điều|một|được|bởi|do|để|hoặc|ngày|tháng|năm)$|[,-]$",
    re.IGNORECASE,
)
"""The last word of a line of the title that the next one goes on with."""
_REGARDING = re.compile(r"(?:^|[|]\s*|\s)v\s?/\s?v\s*:?\s*(?P<what>\S.*)", re.IGNORECASE | re.DOTALL)
_MOST_LINES, _LONGEST = 8, 700
_KEEP_CASE = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")


@dataclass(frozen=True, slots=True)
class Subject:
    """`kind`: "Thông tư". `lines`: the numbers of the lines that say kind and subject."""

    kind: str
    subject: str
    lines: tuple[int, ...]


def read_subject(lines: Sequence[Line], start: int, text: str) -> Subject | None:
    """Kind and subject, looked for from line `start` on; for a letter, what stands after "V/v" in its head."""
    for n in range(start, min(start + 12, len(lines))):
        found = _KIND.match(lines[n].text.strip(" *"))
        if found is None:
            if _SPEAKS.match(lines[n].text):
                break
            continue
        rest = lines[n].text.strip(" *")[found.end() :].strip()
        if rest and not (rest.isupper() or rest[0].isupper()):
            continue
        said, numbers = ([rest] if rest and not is_rule(rest) else []), [n]
        for below in range(n + 1, min(n + 1 + _MOST_LINES, len(lines))):
            line = lines[below].text
            if is_rule(line) and not said:
                continue
            if _ends_subject(line, said) or sum(map(len, said)) > _LONGEST:
                break
            said.append(line.strip(" *"))
            numbers.append(below)
        kind = found["kind"].lower()
        return Subject(kind[:1].upper() + kind[1:], _tidy(" ".join(said), text), tuple(numbers))
    return _regarding(lines, start)


def _ends_subject(line: str, said: list[str]) -> bool:
    if _SPEAKS.match(line) or is_rule(line) or (is_state_header(line) and line.isupper()):
        return True
    if said and _CITES.match(line) and not _WANTS_MORE.search(said[-1].rstrip()):
        return True
    if said and line.isupper() and " " in line and not said[-1].isupper():
        return True  # who decides: "TỔNG GIÁM ĐỐC CÔNG TY …", below a subject that isn't in capitals
    if (
        said
        and is_body_line(line)
        and said[-1].isupper()
        and line.split(maxsplit=1)[0] in ("CHÍNH", "QUỐC", "BỘ", "THỦ", "ỦY", "UỶ", "HỘI", "CHỦ", "GIÁM")
    ):
        return True
    if not said and is_body_line(line) and not line.startswith(("BẢO HIỂM", "BAN HÀNH", "HỘI NGHỊ")):
        return True
    return line.endswith((".", ";", ":")) and bool(said) and len(said[-1].split()) > 3 and line[:1].isupper()


def _regarding(lines: Sequence[Line], start: int) -> Subject | None:
    for n, line in enumerate(lines[: start + 4]):
        found = _REGARDING.search(line.text)
        if found is None:
            continue
        said, numbers = [found["what"].split(" | ")[0]], [n]
        for below in range(n + 1, min(n + 5, len(lines))):
            text = lines[below].text
            if (
                _SPEAKS.match(text)
                or is_rule(text)
                or is_state_header(text)
                or is_body_line(text)
                or "ngày" in text.lower()
                or not text[:1].islower()
            ):
                break
            said.append(text)
            numbers.append(below)
        return Subject("Công văn", " ".join(" ".join(said).split()), tuple(numbers))
    return None


def _tidy(subject: str, text: str) -> str:
    """The subject on one line; in capitals, as the paper itself writes it elsewhere."""
    subject = " ".join(subject.split()).strip(" *_")
    if not subject.isupper():
        return subject
    pattern = re.compile(r"\s+".join(map(re.escape, subject.split())), re.IGNORECASE)
    for match in pattern.finditer(text):
        written = " ".join(match.group().split())
        if not written.isupper():
            return written[:1].upper() + written[1:]
    return _as_written(subject, text)


def _as_written(subject: str, text: str) -> str:
    """Word by word in the case in which the paper writes it beside the same neighbour: "TỈNH YÊN BÁI" has a name in it."""
    words = subject.lower().split()
    shown = []
    for n, word in enumerate(words):
        neighbours = [f"{words[n - 1]} {word}"] if n else []
        neighbours += [f"{word} {words[n + 1]}"] if n + 1 < len(words) else []
        capital = word[:1].upper() + word[1:]
        named = any(
            re.search(rf"(?<!\w){re.escape(pair.replace(word, capital, 1))}(?!\w)", text)
            or re.search(rf"(?<!\w){re.escape(pair.title())}(?!\w)", text)
            for pair in neighbours
        )
        shown.append(capital if named or n == 0 else word)
    return " ".join(shown)


def title_of(subject: Subject) -> str:
    """ "Thông tư hướng dẫn …": the kind, then what it is about; a law's name keeps its capital."""
    about = subject.subject
    if not about:
        return subject.kind
    second = about.split()[1] if " " in about else ""
    if (
        subject.kind.lower() not in _KEEP_CASE
        and about[:1].isupper()
        and second.islower()
        and not about.isupper()
    ):
        about = about[:1].lower() + about[1:]
    return f"{subject.kind} {about}"
