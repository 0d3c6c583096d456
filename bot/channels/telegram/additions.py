"""How does what an admin sends become documents? By the same readers as every corpus, same reports."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

import httpx

from bot.settings import BotSettings
from retrieval import Document, HoidapError, UnreadableFile, read_bytes

LARGEST = 20_000_000
"""Bytes: what Telegram lets a bot download."""
_REDIRECTS = 5
_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}


class FetchError(HoidapError):
    """A page that can't be fetched."""


@dataclass(frozen=True, slots=True)
class Read:
    """`problems`: a line each, for what could not be read."""

    documents: tuple[Document, ...]
    problems: tuple[str, ...]


def read(name: str, body: bytes, settings: BotSettings, *, url: str | None = None) -> Read:
    """The documents in a file's bytes."""
    problems: list[str] = []

    def report(where: str, reason: str) -> None:
        problems.append(f"{where}: {reason}")

    documents: list[Document] = []
    try:
        documents.extend(read_bytes(name, body, url=url, settings=settings, on_problem=report))
    except UnreadableFile as error:
        problems.append(str(error))
    return Read(tuple(documents), tuple(problems))


def keep(documents: tuple[Document, ...], folder: Path, name: str) -> Path:
    """Write them down as one file that is read back alike, so that they are there after a restart."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{hashlib.blake2b(name.encode(), digest_size=10).hexdigest()}.jsonl"
    half = path.with_suffix(".part")
    with half.open("w", encoding="utf-8") as out:
        for document in documents:
            out.write(json.dumps(_record(document), ensure_ascii=False) + "\n")
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)
    return path


def drop(identifier: str, folder: Path) -> None:
    """Take one document out of what was kept."""
    for path in folder.glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines()
        left = [line for line in lines if json.loads(line)["id"] != identifier]
        if not left:
            path.unlink()
        elif len(left) < len(lines):
            half = path.with_suffix(".part")
            half.write_text("\n".join(left) + "\n", encoding="utf-8")
            half.replace(path)


def _record(document: Document) -> dict[str, str | None]:
    return {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "source": document.source,
        "published": document.published.isoformat() if document.published else None,
        "mentioned": document.mentioned.isoformat() if document.mentioned else None,
        "url": document.url,
        "author": document.author,
        "kind": document.kind,
    }


def is_allowed(address: str, hosts: tuple[str, ...]) -> bool:
    """Whether the operator lets admins add pages from there: the host itself, or one below it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    plain = parts.scheme in ("http", "https") and not parts.username
    return plain and any(host == allowed or host.endswith(f".{allowed}") for allowed in map(_host, hosts))


def _host(allowed: str) -> str:
    """The host in a setting, which may be written as a whole address."""
    text = allowed.lower()
    return (urlsplit(text).hostname or "") if "://" in text else text.strip("/")


async def fetch(
    address: str,
    hosts: tuple[str, ...],
    *,
    proxy: str | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> tuple[str, bytes]:
    """The page's name, with the suffix of its kind, and its bytes.

    Every redirect must stay within `hosts`. Raises FetchError.
    """
    try:
        async with httpx.AsyncClient(proxy=proxy, transport=transport, timeout=20, trust_env=False) as client:
            for _ in range(_REDIRECTS):
                if not is_allowed(address, hosts):
                    raise FetchError("chuyển sang một địa chỉ chưa được phép")
                async with client.stream("GET", address) as answer:
                    if answer.is_redirect:
                        address = urljoin(address, answer.headers.get("location", ""))
                        continue
                    if answer.status_code != httpx.codes.OK:
                        raise FetchError(f"máy chủ trả lời {answer.status_code}")
                    return _name(address, answer), await _body(answer)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(f"không kết nối được ({type(error).__name__})") from error
    raise FetchError("chuyển địa chỉ quá nhiều lần")


async def _body(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise FetchError("lớn quá 20 MB")
    return bytes(body)


def _name(address: str, answer: httpx.Response) -> str:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    path = PurePosixPath(urlsplit(address).path)
    suffix = _SUFFIX_OF.get(kind) or path.suffix or ".html"
    return (path.stem or urlsplit(address).hostname or "trang") + suffix
