"""How does an answer read? From the library's `Answer` to a `Reply`: passage, citation, a word beside it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import PurePath

from bot.plain import one_line
from bot.reply import Action, Block, Citation, Quote, Reply, Surroundings, Text
from retrieval import Answer, Document, Hit, PinnedAnswer, SourceSummary

HEADING_SHOWN = 80
"""Characters of a heading below a passage: some are whole sentences."""

PINNED = "Câu trả lời được ghim bởi người quản trị:"
"""Stands before what no document says."""
NEAR = "Bài này nói về việc đó; đoạn gần nhất:"
"""Stands before a passage of the right article without what was asked for."""
PARTIAL = "Hiện chỉ tìm được trong một phần tài liệu; phần còn lại đang tạm thời không đọc được."
"""Stands before an answer that some of the documents had no part in."""
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*\s|\n")


def date_text(date: datetime.date) -> str:
    """A date as Vietnamese readers write it: 07/02/2020."""
    return f"{date.day:02}/{date.month:02}/{date.year}"


def count_text(number: int) -> str:
    """A count as Vietnamese readers write it: 3.000."""
    return f"{number:,}".replace(",", ".")


def source_text(document: Document) -> str:
    """The publisher, else the author, else the file; a digest is said to be one."""
    name = one_line(PurePath(document.id).name)
    if document.kind == "digest":
        if document.source:
            return f"tóm tắt theo {document.source}"
        return f"tóm tắt theo bài của {document.author}" if document.author else f"tóm tắt (tệp {name})"
    return document.source or document.author or f"tệp {name}"


def section_text(title: str, hit: Hit, shown: str = "") -> str:
    """Title and headings over a passage, and its page: "Quy định công ty Sao Mai › Nghỉ việc, trang 3".

    Headings that stand in `shown` as lines of their own are not said again.
    """
    lines = set(map(str.strip, shown.split("\n")))
    steps = [title] if title else []
    for heading in map(one_line, hit.passage.section):
        if heading.casefold() != title.casefold() and heading not in lines:
            steps.append(heading if len(heading) <= HEADING_SHOWN else f"{heading[:HEADING_SHOWN].rstrip()}…")
    path = " › ".join(steps)
    page = f"trang {hit.passage.page}" if hit.passage.page else ""
    return ", ".join(part for part in (path, page) if part)


def place_text(document: Document) -> str:
    """From whom a document is, its number, since when: "Báo Đồng Khởi · 07/02/2020".

    That the date is unknown is said beside a known publisher or author only: of somebody's own files it says nothing.
    """
    facts = [source_text(document)]
    if document.number:
        facts.append(f"số {document.number}")
    if document.date:
        named = "nhắc đến ngày " if document.date_kind == "mentioned" else ""
        facts.append(f"{named}{date_text(document.date)}")
    elif document.source or document.author:
        facts.append("không rõ ngày")
    if document.meta.get("ocr_pages"):
        facts.append("đọc từ ảnh quét")
    return " · ".join(facts)


def citation(hit: Hit, *, shown: str = "") -> Citation:
    """What stands below a passage that is shown in `shown`."""
    document, passage = hit.document, hit.passage
    return Citation(
        title=section_text(one_line(document.title), hit, shown),
        place=place_text(document),
        url=document.url,
        also=tuple(source_text(other) for other in hit.also),
        document=document.id,
        passage=(passage.start, passage.end),
    )


def quote(hit: Hit, *, highlight: tuple[int, int] | None = None, nearest: bool = False) -> Quote:
    """A hit's passage and what is shown with it; nothing is emphasised in one that is only near."""
    span = None if nearest else highlight or hit.highlight
    passage = hit.passage
    start, end = hit.shown or (passage.start, passage.end)
    text = hit.document.text[start:end] if hit.shown else passage.text
    moved = passage.start - start
    return Quote(
        text=text,
        citation=citation(hit, shown=text),
        emphasis=((span[0] + moved, span[1] + moved),) if span else (),
        nearest=nearest,
    )


def surroundings(hit: Hit, *, characters: int) -> Surroundings:
    """About `characters` of the document around the passage, cut at sentences."""
    text, start, end = hit.document.text, hit.passage.start, hit.passage.end
    spare = max(0, characters - (end - start)) // 2
    before, after = max(0, start - spare), min(len(text), end + spare)
    if before > 0:
        opening = _SENTENCE_END.search(text, before, start)
        before = opening.end() if opening else start
    if after < len(text):
        endings = [match.end() for match in _SENTENCE_END.finditer(text, end, after)]
        after = endings[-1] if endings else end
    before += len(text[before:start]) - len(text[before:start].lstrip())
    shown = text[before:after].rstrip()
    return Surroundings(text=shown, passage=(start - before, min(end - before, len(shown))))


def source_lines(sources: Iterable[SourceSummary]) -> list[str]:
    """A line for each publisher: its name, how many articles, from when to when."""
    return [
        f"• {one.source or 'không rõ nguồn'}: {count_text(one.documents)} bài{_between(one.first, one.last)}"
        for one in sources
    ]


def _between(first: datetime.date | None, last: datetime.date | None) -> str:
    if first is None or last is None:
        return ""
    if first == last:
        return f", {date_text(first)}"
    return f", từ {date_text(first)} đến {date_text(last)}"


def card(answer: Answer, number: int = 0, *, context: int | None = None, asked: str = "") -> Reply:
    """The reply that shows the hit at `number` (from 0); `context`: with so many characters around it.

    `asked`: the question as it was typed, where it was understood with something carried over. A slip that was put
    right is said as well.
    """
    opening: list[Block] = []
    if asked or answer.query.corrections:
        opening.append(_understood(answer.question))
    if answer.partial:
        opening.append(Text(PARTIAL))
    if answer.pinned and number == 0:
        opening += _pinned(answer.pinned, also=bool(answer.hits))
        if not answer.hits:
            good, bad = Action("good", "Đúng ý"), Action("bad", "Chưa đúng")
            alone = (Action("ask_alone", "Hỏi riêng câu này", asked),) if asked else ()
            copy = Action("copy", "Chép câu trả lời", answer.pinned.text)
            return Reply("answer", tuple(opening), (good, bad, copy, *alone), answer.question)
    if not answer.hits:
        return Reply("nothing", (*opening, Text(_declined(answer))), question=answer.question)
    hit = answer.hits[number]
    blocks = opening + _passages(answer, number)
    if context is not None:
        blocks.append(surroundings(hit, characters=context))
    return Reply(
        "answer" if answer.answered else "nearest",
        tuple(blocks),
        actions=_actions(answer, number, context=context is not None, asked=asked),
        question=answer.question,
        page=(number + 1, len(answer.hits)) if len(answer.hits) > 1 else None,
    )


def _pinned(answer: PinnedAnswer, *, also: bool) -> list[Block]:
    """What an operator answers. `also`: what the documents say follows."""
    place = f"{one_line(answer.source)} · ghim ngày {date_text(answer.pinned)}"
    told: list[Block] = [Text(PINNED), Quote(answer.text, Citation("", place))]
    return [*told, Text("Trong tài liệu:")] if also else told


def _understood(question: str) -> Text:
    lead = "Hiểu là: "
    return Text(lead + question, emphasis=((len(lead), len(lead) + len(question)),))


def _declined(answer: Answer) -> str:
    absent = [name for name in answer.missing if name not in answer.elsewhere]
    if absent:
        return f"Tài liệu không nhắc đến {_quoted(absent)}."
    if answer.missing:
        return f"Chưa thấy đoạn nào trả lời về {_quoted(answer.missing)}."
    if answer.hits:
        return "Tài liệu không có câu trả lời rõ ràng."
    return "Không tìm thấy đoạn nào nói về điều này. Bạn thử hỏi bằng từ khác nhé."


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _passages(answer: Answer, number: int) -> list[Block]:
    hit = answer.hits[number]
    if not answer.answered:
        if number == 0 and answer.near:
            return [Text(NEAR), quote(hit, nearest=True)]
        if number == 0:
            return [Text(f"{_declined(answer)} Đoạn gần nhất tìm được:"), quote(hit, nearest=True)]
        return [Text("Một đoạn gần khác, chưa hẳn là câu trả lời:"), quote(hit, nearest=True)]
    if number > 0:
        return [quote(hit)]
    if not answer.conflicting:
        return [quote(hit, highlight=answer.highlight)]
    told = Text("Các nguồn nói khác nhau về điều này, mới nhất trước:")
    return [told, *(_ranked(answer, rank) for rank in answer.conflicting)]


def _ranked(answer: Answer, rank: int) -> Quote:
    return quote(answer.hits[rank - 1], highlight=answer.highlight if rank == 1 else None)


def _actions(answer: Answer, number: int, *, context: bool, asked: str) -> tuple[Action, ...]:
    hit = answer.hits[number]
    actions = []
    if number > 0:
        actions.append(Action("previous", "Đoạn trước"))
    if number + 1 < len(answer.hits):
        actions.append(Action("next", "Đoạn sau"))
    if not context and hit.document.text:
        actions.append(Action("context", "Ngữ cảnh"))
    if answer.answered:
        actions += [Action("good", "Đúng ý"), Action("bad", "Chưa đúng")]
    if answer.text and number == 0:
        actions.append(Action("copy", "Chép câu trả lời", answer.text))
    if hit.document.url:
        actions.append(Action("open", "Mở bài gốc", hit.document.url))
    if asked:
        actions.append(Action("ask_alone", "Hỏi riêng câu này", asked))
    return tuple(actions)
