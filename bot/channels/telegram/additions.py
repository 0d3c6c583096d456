"""How does what an admin sends become documents? By the same readers as every corpus, same reports."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import msgspec

from bot.settings import BotSettings
from retrieval import Document, Fetcher, UnreadableFile, read_bytes

LARGEST = 20_000_000
"""Bytes: what Telegram lets a bot download."""


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
            out.write(json.dumps(document.to_dict(), ensure_ascii=False) + "\n")
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


def fetch(address: str, settings: BotSettings, *, proxy: str | None = None) -> tuple[str, bytes]:
    """The page's name, with the suffix of its kind, and its bytes. Raises UnreadableFile, which says why not.

    Every redirect must stay within the hosts that the operator named. Waits for the network: not for an event loop.
    """
    hosts = settings.telegram.allow_addresses
    fetcher = Fetcher(
        msgspec.structs.replace(settings.fetch, max_megabytes=LARGEST / 1e6),
        allowed=lambda at: is_allowed(at, hosts),
        proxy=proxy,
    )
    page = fetcher.get(address)
    if not page.suffix:
        raise UnreadableFile(address, "không phải trang web hay tài liệu")
    parts = urlsplit(page.url)
    return (PurePosixPath(parts.path).stem or parts.hostname or "trang") + page.suffix, page.body
