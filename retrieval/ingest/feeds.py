"""Which pages do feeds and lists of addresses name, and what do they hold?"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.corpus import read_bytes
from retrieval.errors import CorpusError, UnreadableFile, os_reason
from retrieval.ingest.fetch import Fetcher
from retrieval.ingest.report import OnProblem
from retrieval.lexicon import Lexicon
from retrieval.records import Document
from retrieval.settings import Settings


@dataclass(frozen=True, slots=True)
class Entry:
    """A page to read, and what a feed says about it."""

    url: str
    title: str = ""
    published: datetime.date | None = None


def feed_entries(url: str, fetcher: Fetcher, *, most: int) -> list[Entry]:
    """The `most` first entries of an RSS or Atom feed. Raises UnreadableFile."""
    import feedparser

    page = fetcher.get(url)
    feed = feedparser.parse(page.body, response_headers={"content-location": page.url})
    entries = [
        Entry(
            entry.link,
            entry.get("title", ""),
            _day(entry.get("published_parsed") or entry.get("updated_parsed")),
        )
        for entry in feed.entries[:most]
        if entry.get("link", "").startswith(("http://", "https://"))
    ]
    if not entries:
        raise UnreadableFile(url, "không có mục nào; đây có phải nguồn tin RSS hoặc Atom không?")
    return entries


def listed_addresses(path: Path) -> list[Entry]:
    """One address a line; empty lines and those after # are passed over. Raises CorpusError."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "không phải UTF-8"
        raise CorpusError(
            f"{path}: không đọc được ({reason}); hãy nêu một tệp văn bản, mỗi dòng một địa chỉ"
        ) from error
    return [Entry(line) for line in map(str.strip, lines) if line and not line.startswith("#")]


def read_pages(
    entries: list[Entry],
    fetcher: Fetcher,
    *,
    settings: Settings,
    lexicon: Lexicon,
    is_known: Callable[[str], bool],
    on_problem: OnProblem,
) -> Iterator[tuple[str, list[Document]]]:
    """(address, its documents) of each page; pages of which `is_known` is true aren't asked for."""
    for entry in entries:
        if is_known(entry.url):
            continue
        try:
            page = fetcher.get(entry.url)
            if not page.suffix:
                raise UnreadableFile(entry.url, "không phải trang web hay tài liệu; hãy bỏ địa chỉ này")
            documents = read_bytes(
                f"page{page.suffix}",
                page.body,
                url=entry.url,
                settings=settings,
                lexicon=lexicon,
                on_problem=on_problem,
            )
            yield entry.url, [_with_entry(document, entry) for document in documents]
        except UnreadableFile as error:
            on_problem(entry.url, error.reason)


def _with_entry(document: Document, entry: Entry) -> Document:
    """What the page says of itself counts; what it doesn't say is the feed's to tell."""
    return replace(
        document,
        title=document.title or entry.title,
        published=document.published or entry.published,
    )


def _day(parsed: tuple[int, ...] | None) -> datetime.date | None:
    return datetime.date(*parsed[:3]) if parsed else None
