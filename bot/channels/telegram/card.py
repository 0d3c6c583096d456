"""How does a reply look on Telegram? The passage with its answer in bold, its source, the wider text folded."""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.telegram.richtext import Message, Paragraph, messages
from bot.reply import Block, Citation, Quote, Reply, Surroundings, Text


def card(reply: Reply, *, heading: str = "") -> tuple[Message, ...]:
    """The messages that show a reply, in order. `heading`: a line above: what a button asked."""
    return messages(
        [*_heading(heading), *(paragraph for block in reply.blocks for paragraph in _paragraphs(block))]
    )


def _heading(heading: str) -> Iterator[Paragraph]:
    if heading:
        yield Paragraph(heading, ((0, len(heading), "i"),))


def _paragraphs(block: Block) -> Iterator[Paragraph]:
    match block:
        case Text(text, emphasis):
            yield Paragraph(text, tuple((start, end, "b") for start, end in emphasis))
        case Quote(text, citation, emphasis):
            yield Paragraph(text, tuple((start, end, "b") for start, end in emphasis))
            yield _cited(citation)
        case Surroundings(text, (start, end)):
            yield Paragraph(text, ((start, end, "b"),), folded=True)


def _cited(citation: Citation) -> Paragraph:
    lines = [citation.title, citation.place] if citation.title else [citation.place]
    if citation.also:
        lines.append(f"Cũng có ở: {', '.join(citation.also)}")
    title = citation.title
    return Paragraph("\n".join(lines), ((0, len(title), "i"),) if title else ())
