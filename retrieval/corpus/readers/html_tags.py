"""What do a page's tags say of title, publisher, date, author and address? JSON-LD, then meta tags, then markup."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from retrieval.corpus.facts import Facts
from retrieval.corpus.legacy import repair
from retrieval.corpus.metadata.dates import date_in_url, parse_stamp
from retrieval.corpus.metadata.names import read_byline
from retrieval.corpus.metadata.publisher import source_of_masthead

_ARTICLES = ("article", "blogposting", "report", "webpage", "creativework", "legislation")
_PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "pubdate", "publishdate",
    "publish_date", "published_date", "date.issued", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "dcterms.date", "date", "sailthru.date", "citation_publication_date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified")
_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title")
_SITES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_publisher",
)
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "byl")
_SUFFIX = re.compile(r"\s+(?:[-–—|:»•·]{1,2})\s+(?P<site>[^-–—|»•·]{2,60})$")
_SITE_WORDS = re.compile(
    r"\b(?:báo|tạp chí|cổng|trang|đài|online|điện tử|\w+\.(?:vn|com|net|org))\b", re.IGNORECASE
)


def read_tags(tree: Any, *, sources: Mapping[str, str], url: str | None) -> Facts:
    """What the tags say; None where they are silent. A body's links and mentions are not asked."""
    articles = list(_linked_data(tree))
    meta = _meta(tree)
    address = url or _first(tree.xpath("//link[@rel='canonical']/@href")) or meta.get("og:url")
    address = address if address and address.startswith(("http://", "https://")) else None
    site = _text_of(_values(articles, "publisher")) or _pick(meta, _SITES)
    title = (
        _text_of(_values(articles, "headline")) or _pick(meta, _TITLES) or _heading(tree) or _head_title(tree)
    )
    title, _ = _split_site(title, site)
    if title and (title.casefold() == site.casefold() or source_of_masthead([title], sources)):
        title = ""  # portals name themselves on every page
    _, suffix = _split_site(_head_title(tree), site)
    site = site or suffix or source_of_masthead([_head_title(tree)], sources) or ""
    published = (
        _date(_values(articles, "datePublished"))
        or _date(_picks(meta, _PUBLISHED))
        or _date(
            tree.xpath("//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime")
        )
        or _time_tag(tree)
        or (date_in_url(address) if address else None)
        or _date(_values(articles, "dateModified"))
        or _date(_picks(meta, _MODIFIED))
    )
    return Facts(
        title=title or None,
        source=site or None,
        published=published,
        author=_author(articles, meta, tree),
        url=address,
    )


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article, those of its kind before others."""
    found: list[dict[str, Any]] = []
    for text in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            stack = [msgspec.json.decode(text.strip().encode("utf-8"))]
        except (msgspec.DecodeError, UnicodeEncodeError):
            continue
        while stack:
            item = stack.pop(0)
            if isinstance(item, list):
                stack.extend(item)
            elif isinstance(item, dict):
                stack.extend(v for k, v in item.items() if k in ("@graph", "mainEntity", "mainEntityOfPage"))
                kinds = item.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(str(name).lower().endswith(_ARTICLES) for name in names):
                    found.append(item)
    yield from sorted(found, key=lambda item: str(item.get("@type")).lower().endswith("webpage"))


def _meta(tree: Any) -> dict[str, str]:
    """Meta tags by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for node in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (node.get(attribute) or "").strip().lower()
            if name and node.get("content").strip():
                found.setdefault(name, node.get("content").strip())
    return found


def _values(items: list[dict[str, Any]], key: str) -> list[Any]:
    return [item[key] for item in items if item.get(key)]


def _text_of(values: list[Any]) -> str:
    """The first text: itself, or the `name` of an object or of a list's first object."""
    for value in values:
        found = value[0] if isinstance(value, list) and value else value
        text = found.get("name") if isinstance(found, dict) else found
        if isinstance(text, str) and text.strip():
            return _clean(text)
    return ""


def _picks(meta: dict[str, str], names: tuple[str, ...]) -> list[str]:
    return [meta[name] for name in names if name in meta]


def _pick(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return _clean(next(iter(_picks(meta, names)), ""))


def _first(values: list[str]) -> str | None:
    return next((value.strip() for value in values if value.strip()), None)


def _date(values: list[Any]) -> datetime.date | None:
    return next((date for value in values if isinstance(value, str) and (date := parse_stamp(value))), None)


def _time_tag(tree: Any) -> datetime.date | None:
    """The <time> that is marked as the publication's, else the only date that the page's <time> tags name."""
    marked = tree.xpath(
        "//time[@pubdate or contains(@class, 'publish') or contains(@class, 'date')]/@datetime"
    )
    if date := _date(marked):
        return date
    inside = tree.xpath("//article//time/@datetime") or tree.xpath("//time/@datetime")
    dates = {date for value in inside if (date := parse_stamp(value))}
    return dates.pop() if len(dates) == 1 else None


def _heading(tree: Any) -> str:
    headings = [_clean(node.text_content()) for node in tree.xpath("//h1")]
    headings = [heading for heading in headings if len(heading.split()) >= 3]
    return headings[0] if len(headings) == 1 else ""


def _head_title(tree: Any) -> str:
    return _clean(tree.findtext(".//title") or "")


def _split_site(title: str, site: str) -> tuple[str, str]:
    """("Tiêu đề", "Báo X") of "Tiêu đề - Báo X": the ending is cut off where it is the site's name or names one."""
    match = _SUFFIX.search(title)
    if match is None:
        return title, ""
    ending = match["site"].strip()
    same = bool(site) and (ending.casefold() in site.casefold() or site.casefold() in ending.casefold())
    if same or _SITE_WORDS.search(ending):
        return title[: match.start()].strip(), ending
    return title, ""


def _author(articles: list[dict[str, Any]], meta: dict[str, str], tree: Any) -> str | None:
    marked = tree.xpath(
        "//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' author ')]"
    )
    said = [_text_of(_values(articles, "author")), _pick(meta, _AUTHORS)]
    said += [_clean(node.text_content()) for node in marked]
    return next((name for text in said if text and (name := read_byline(text))), None)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", repair(" ".join(text.split())))
