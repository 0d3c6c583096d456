"""How was a file read? What it says of itself, its sections and blocks, and what was set aside and why."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cards import count_text, date_text
from bot.commands.options import Config
from bot.plain import one_line, printable
from bot.settings import load_settings
from retrieval import Block, BlockKind, CorpusError, Document, Settings, infer_blocks, read_corpus

_NAMES: dict[BlockKind, str] = {
    "title": "tiêu đề",
    "heading": "đề mục",
    "paragraph": "đoạn",
    "item": "mục danh sách",
    "row": "dòng bảng",
    "caption": "chú thích",
    "footnote": "cước chú",
    "letterhead": "đầu văn bản",
    "dateline": "dòng ngày",
    "signature": "chữ ký",
    "furniture": "phần thừa của trang",
}
_WHY: dict[BlockKind, str] = {
    "letterhead": "phần đầu của văn bản: cơ quan, số hiệu, nơi và ngày ban hành; vẫn tìm được",
    "dateline": "cho biết ngày đăng hoặc ngày ban hành; vẫn tìm được",
    "signature": "người viết, người ký hoặc nguồn ở cuối bài; vẫn tìm được",
    "furniture": "menu, nút bấm, bài khác, chân trang; không tìm trong phần này",
}
_SHOWN_BLOCKS, _WIDTH = 60, 110


def read(
    paths: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp hay thư mục để đọc.")],
    *,
    everything: Annotated[bool, typer.Option("--all", help="Cho xem mọi khối.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Mỗi bài một đối tượng JSON, mỗi dòng một bài.")
    ] = False,
    config: Config = None,
) -> None:
    """Show how files are read: title, source, date, number, sections, blocks, and what was set aside."""
    settings = load_settings(config)

    def tell(where: str, reason: str) -> None:
        print(f"hoidap: {one_line(f'{where}: {reason}')}", file=sys.stderr)

    for number, document in enumerate(_documents(paths, settings, tell)):
        blocks = document.blocks or infer_blocks(document.text)
        if as_json:
            print(json.dumps(_as_json(document, blocks), ensure_ascii=False))
            continue
        print(
            "\n" * bool(number) + "\n".join(map(printable, _lines(document, blocks, everything=everything)))
        )


def _documents(paths: list[Path], settings: Settings, tell: Callable[[str, str], None]) -> Iterator[Document]:
    """Ends with exit code 1 where a file alone was named and why it can't be read was told."""
    told = 0

    def count(where: str, reason: str) -> None:
        nonlocal told
        told += 1
        tell(where, reason)

    try:
        yield from read_corpus(paths, settings=settings, on_problem=count)
    except CorpusError:
        if len(paths) == told == 1 and not paths[0].is_dir():
            raise typer.Exit(1) from None
        raise


def _lines(document: Document, blocks: tuple[Block, ...], *, everything: bool) -> Iterator[str]:
    yield document.id
    for name, value in _facts(document):
        yield f"  {name}: {value}"
    outline = [block for block in blocks if block.kind == "heading"]
    if outline:
        yield f"Các phần ({count_text(len(outline))}):"
        shown = outline if everything else outline[:_SHOWN_BLOCKS]
        yield from (f"  {'  ' * (block.level - 1)}{_words(document, block)}" for block in shown)
        yield from _left(len(outline) - len(shown), "đề mục")
    counted = Counter(block.kind for block in blocks)
    told = ", ".join(f"{count_text(count)} {_NAMES[kind]}" for kind, count in counted.most_common())
    yield f"Khối: {told}; {count_text(len(document.text))} ký tự"
    shown = list(blocks) if everything else list(blocks[:_SHOWN_BLOCKS])
    yield from (f"  [{_NAMES[block.kind]}{_place(block)}] {_words(document, block)}" for block in shown)
    yield from _left(len(blocks) - len(shown), "khối")
    yield from _set_aside(document, blocks, everything=everything)


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    kind = "Ngày" if document.published else "Ngày nhắc đến trong bài"
    said = (
        ("Tiêu đề", document.title or "không rõ"),
        ("Nguồn", document.source or "không rõ"),
        (kind, date_text(document.date) if document.date else "không rõ"),
        ("Số hiệu", document.number),
        ("Loại văn bản", document.meta.get("paper")),
        ("Nơi ban hành", document.meta.get("place")),
        ("Về việc", document.meta.get("subject")),
        ("Người ký" if document.meta.get("signer") else "Tác giả", document.author),
        ("Địa chỉ", document.url),
    )
    return ((name, str(value)) for name, value in said if value)


def _set_aside(document: Document, blocks: tuple[Block, ...], *, everything: bool) -> Iterator[str]:
    aside = [block for block in blocks if block.kind in _WHY]
    if not aside:
        yield "Để riêng: không có gì"
        return
    yield "Để riêng:"
    for kind, why in _WHY.items():
        those = [block for block in aside if block.kind == kind]
        if not those:
            continue
        signs = document.meta.get("saved_page") if kind == "furniture" else None
        because = f" (là trang web lưu lại, vì có: {', '.join(signs)})" if signs else ""
        yield f"  {_NAMES[kind]}: {why}{because}"
        shown = those if everything else those[:_SHOWN_BLOCKS]
        yield from (f"    {_words(document, block)}" for block in shown)
        yield from _left(len(those) - len(shown), "khối")


def _left(count: int, what: str) -> Iterator[str]:
    if count > 0:
        yield f"  … còn {count_text(count)} {what}; xem tất cả: --all"


def _place(block: Block) -> str:
    level = f" {block.level}" if block.level else ""
    return f"{level}, trang {block.page}" if block.page else level


def _words(document: Document, block: Block) -> str:
    words = " ".join(document.text[block.start : block.end].split())
    return words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1].rstrip()}…"


def _as_json(document: Document, blocks: tuple[Block, ...]) -> dict[str, Any]:
    path: list[tuple[int, str]] = []
    listed = []
    for block in blocks:
        words = document.text[block.start : block.end]
        if block.kind == "heading":
            path = [(level, text) for level, text in path if level < block.level]
        listed.append(
            {
                "kind": block.kind,
                "level": block.level,
                "page": block.page,
                "start": block.start,
                "end": block.end,
                "section": [text for _, text in path],
                "text": words,
                "searched": block.kind != "furniture",
            }
        )
        if block.kind == "heading":
            path.append((block.level, words))
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "published": document.published and document.published.isoformat(),
        "mentioned": document.mentioned and document.mentioned.isoformat(),
        "number": document.number,
        "author": document.author,
        "url": document.url,
        "kind": document.kind,
        "meta": dict(document.meta),
        "characters": len(document.text),
        "blocks": listed,
    }
