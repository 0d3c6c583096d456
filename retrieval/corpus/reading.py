"""How does a file become documents? Its reader's text, what the page says of itself, and what somebody says of it."""

from __future__ import annotations

import io
import logging
import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from retrieval.corpus.entering import cleaned
from retrieval.corpus.facts import Extract, Facts, Report
from retrieval.corpus.files import as_paths, find_files
from retrieval.corpus.legacy import repair
from retrieval.corpus.lines import clean, clean_lines, join_lines, split_lines
from retrieval.corpus.metadata.mentioned import with_mentioned
from retrieval.corpus.overrides import read_sidecars
from retrieval.corpus.readers import reader_for, suffix_of
from retrieval.corpus.readers.source import Source
from retrieval.corpus.structure import build_blocks, lines_of, part_cells
from retrieval.errors import CorpusError, UnreadableFile, os_reason
from retrieval.lexicon import Lexicon, load_lexicon
from retrieval.records import Block, Document
from retrieval.settings import Settings
from retrieval.vietnamese.characters import as_meant

_log = logging.getLogger(__name__)
_STREAMED = (".jsonl", ".jsonl.gz")
"""Read line by line; their size does not matter."""


def read_corpus(
    paths: str | Path | Iterable[str | Path],
    *,
    settings: Settings | None = None,
    on_problem: Report | None = None,
) -> Iterator[Document]:
    """The documents of files and folders, in the order of the paths, then of the names in each folder.

    A document's id is the file's path below the folder that was named (the file's name, if it was named itself), or
    a JSONL line's `id`, or file#line. `on_problem(path, reason)` is called for what can't be read, once for each;
    without it, problems are logged as warnings. Raises CorpusError for a missing path, a folder that holds nothing
    to read, and where nothing at all could be read.
    """
    named = as_paths(paths)
    return _read_all(named, settings or Settings(), _once(on_problem or _log_problem))


def read_file(
    path: Path,
    *,
    root: Path,
    settings: Settings | None = None,
    lexicon: Lexicon | None = None,
    on_problem: Report | None = None,
) -> Iterator[Document]:
    """The documents of one file, with ids relative to `root`. Raises UnreadableFile if the file can't be read."""
    settings = settings or Settings()
    report = on_problem or _log_problem
    where = str(path)
    try:
        if not path.is_file():
            raise UnreadableFile(where, "không có ở đó, hoặc không phải tệp thường; hãy kiểm tra đường dẫn")
        if suffix_of(where) not in _STREAMED:
            _check_size(path.stat().st_size, where, settings)
        own, defaults = read_sidecars(path, root=root, report=report)
        name = document_id(path, root=root)
        with path.open("rb") as stream:
            origin = _Origin(where, name, own, defaults)
            yield from _read_stream(stream, origin, settings, lexicon, report)
    except OSError as error:
        reason = (
            f"không đọc được ({os_reason(error)}); hãy kiểm tra quyền đọc, hoặc đóng chương trình đang mở tệp"
        )
        raise UnreadableFile(where, reason) from error


def read_bytes(
    name: str,
    data: bytes,
    *,
    url: str | None = None,
    settings: Settings | None = None,
    lexicon: Lexicon | None = None,
    on_problem: Report | None = None,
) -> Iterator[Document]:
    """The documents in a file's bytes: what somebody sent, or a page that was fetched from `url`.

    The bytes say the format, and of text the name's suffix. The id is the name; of a fetched page, its address.
    Raises UnreadableFile.
    """
    settings = settings or Settings()
    if suffix_of(name) not in _STREAMED:
        _check_size(len(data), name, settings)
    origin = _Origin(name, url or name, Facts(url=url), Facts())
    yield from _read_stream(io.BytesIO(data), origin, settings, lexicon, on_problem or _log_problem)


def document_id(path: Path, *, root: Path) -> str:
    """The file's path below the root, with forward slashes, in NFC: the same on every machine."""
    relative = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
    written = os.fsencode(relative.as_posix()).decode("utf-8", errors="replace")
    return unicodedata.normalize("NFC", written)


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a text comes from: `where` for messages, `name` for ids, and what side-cars say of it."""

    where: str
    name: str
    own: Facts
    defaults: Facts


def _read_all(paths: list[Path], settings: Settings, report: Report) -> Iterator[Document]:
    lexicon = _lexicon(settings)
    taken: dict[str, str] = {}
    for found in find_files(paths, report=report):
        where = str(found.path)
        try:
            for document in read_file(
                found.path, root=found.root, settings=settings, lexicon=lexicon, on_problem=report
            ):
                if document.id in taken:
                    first = taken[document.id]
                    report(
                        where,
                        f'mã "{document.id}" trùng với bài trong {first} nên bị bỏ qua; hãy đặt mã khác',
                    )
                    continue
                taken[document.id] = where
                yield document
        except UnreadableFile as error:
            report(error.where, error.reason)
    if not taken:
        raise CorpusError(
            f"{', '.join(map(str, paths))}: không đọc được tài liệu nào trong đó; hãy xem các dòng báo lỗi"
        )


def _read_stream(
    stream: BinaryIO, origin: _Origin, settings: Settings, lexicon: Lexicon | None, report: Report
) -> Iterator[Document]:
    lexicon = lexicon or _lexicon(settings)
    source = Source(origin.where, settings.corpus, report, lexicon.sources, origin.own.url)
    count = 0
    lines: dict[str, int] = {}
    for extract in reader_for(origin.where, stream)(stream, source):
        count += 1
        document = _document(extract, origin, lexicon)
        if (
            extract.part is not None
            and (first := lines.setdefault(document.id, extract.part)) != extract.part
        ):
            reason = f'mã "{document.id}" trùng với dòng {first} nên dòng này bị bỏ qua; hãy đặt mã khác'
            report(f"{origin.where}:{extract.part}", reason)
            continue
        yield document
    if not count:
        raise UnreadableFile(origin.where, "không có bài nào trong tệp; hãy bỏ ra")


def _document(extract: Extract, origin: _Origin, lexicon: Lexicon) -> Document:
    """Who knows best goes first: a side-car's word on this file, the file's own, the folder's, the page's marks."""
    own = origin.own if extract.part is None else Facts()
    facts = own.over(extract.declared).over(origin.defaults).over(extract.found)
    if extract.exact:
        text, blocks, seen = _as_written(extract, lexicon)
    else:
        text, blocks, seen = _by_lines(extract, facts, lexicon)
    if not text.strip():
        raise UnreadableFile(origin.where, "không có chữ trong tệp; hãy bỏ ra")
    facts = with_mentioned(facts.over(seen), _article(text, blocks))
    return Document(
        id=facts.id or (origin.name if extract.part is None else f"{origin.name}#{extract.part}"),
        text=text,
        title=facts.title or "",
        source=facts.source,
        published=facts.published,
        mentioned=facts.mentioned,
        url=facts.url,
        author=facts.author,
        kind=facts.kind or "article",
        number=facts.number,
        blocks=blocks,
        meta={**extract.meta, **(facts.meta or {})},
    )


def _as_written(extract: Extract, lexicon: Lexicon) -> tuple[str, tuple[Block, ...], Facts]:
    """A text in which somebody counts offsets: its blocks are those given, else for whoever needs them to infer."""
    from retrieval.corpus.metadata.official import may_be_paper, read_paper
    from retrieval.corpus.metadata.publisher import source_of_opening

    if extract.blocks:
        text, blocks = cleaned(extract.text, extract.blocks)
        return text, blocks, Facts(source=source_of_opening(text, lexicon.sources))
    text = as_meant(repair(extract.text))
    if may_be_paper(text):
        lines = split_lines(text)
        if paper := read_paper(lines):
            return text, build_blocks(lines, paper.labels), paper.facts
    return text, (), Facts(source=source_of_opening(text, lexicon.sources))


def _by_lines(extract: Extract, facts: Facts, lexicon: Lexicon) -> tuple[str, tuple[Block, ...], Facts]:
    """A text whose white space may be put in order: lines that a width broke are joined, blank lines are one."""
    # Here, because compiling their patterns takes longer than a question on a ready index may wait.
    from retrieval.corpus.metadata.official import read_paper
    from retrieval.corpus.metadata.page import BY_FORMAT, read_page

    known = extract.blocks
    lines = (
        clean_lines(lines_of(extract.text, known)) if known else split_lines(clean(part_cells(extract.text)))
    )
    text, lines = join_lines(lines)
    places = [n for n, line in enumerate(lines) if line.kind != "furniture"]
    own = [lines[n] for n in places]
    seen = read_page(own, sources=lexicon.sources, url=facts.url, title=facts.title, saved=extract.saved_page)
    labels, said = seen.labels, seen.facts
    paper = read_paper(own) if seen.signs in ((), BY_FORMAT) else None
    if seen.signs:
        said = said.over(Facts(meta={"saved_page": list(seen.signs)}))
    if paper is not None:
        labels, said = paper.labels, paper.facts.over(said)
    return text, build_blocks(lines, {places[n]: kind for n, kind in labels.items()}), said


def _article(text: str, blocks: tuple[Block, ...]) -> str:
    """The article's own words: what is no page's furniture."""
    if all(block.kind != "furniture" for block in blocks):
        return text
    return "\n".join(text[block.start : block.end] for block in blocks if block.kind != "furniture")


def _check_size(size: int, where: str, settings: Settings) -> None:
    limit = settings.corpus.max_file_megabytes
    if size > limit * 1_000_000:
        reason = f"{size / 1e6:.0f} MB, quá corpus.max_file_megabytes ({limit}); hãy chia nhỏ tệp hoặc tăng giới hạn"
        raise UnreadableFile(where, reason)


def _lexicon(settings: Settings) -> Lexicon:
    return load_lexicon(Path(settings.lexicon) if settings.lexicon else None)


def _once(report: Report) -> Report:
    """The report, silent about what it said before: a folder's side-car is met again with every file."""
    said: set[tuple[str, str]] = set()

    def tell(where: str, reason: str) -> None:
        if (where, reason) not in said:
            said.add((where, reason))
            report(where, reason)

    return tell


def _log_problem(where: str, reason: str) -> None:
    _log.warning("%s: %s", where, reason)
