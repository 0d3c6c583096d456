"""How does an admin add and delete documents from Telegram? Nothing here delays those who ask."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path

from telegram import Document as File
from telegram import Message
from telegram.error import BadRequest

from bot.cards import place_text
from bot.channels.telegram import words
from bot.channels.telegram.additions import LARGEST, Read, drop, fetch, is_allowed, keep, read
from bot.channels.telegram.keyboard import button, markup, shortened
from bot.channels.telegram.outbox import Where
from bot.channels.telegram.parts import Parts, Place
from bot.channels.telegram.richtext import Paragraph, messages
from bot.channels.telegram.store import Card, KeptCard, new_key
from retrieval import Document, HoidapError, UnreadableFile, strip_marks

_LOG = logging.getLogger(__name__)
_LISTED = 10


class Documents:
    """`added`: folder that keeps what was added where the corpus is only in memory; None with an index.

    `proxy`: for fetching pages.
    """

    def __init__(self, parts: Parts, *, added: Path | None, proxy: str | None = None) -> None:
        self._parts = parts
        self._added = added
        self._proxy = proxy

    async def on_add(self, message: Message, text: str, place: Place) -> None:
        """/them: with a file, in reply to one, or with an address."""
        where = place.where(message.message_id)
        original = message.reply_to_message
        file = message.document or (original.document if original else None)
        address = text or ((original.text or "").strip() if original else "")
        if file is not None:
            await self._add_file(file, where)
        elif address.startswith(("http://", "https://")) and len(address.split()) == 1:
            await self._add_address(address, where)
        else:
            await self._say(words.HOW_TO_ADD, where)

    async def on_delete(self, text: str, place: Place, reply_to: int) -> None:
        """/xoa: with an id, or with words of a title; asks before it deletes."""
        where = place.where(reply_to)
        if not text:
            await self._say(words.HOW_TO_DELETE, where)
            return
        found = await self._parts.write(lambda: _matching(self._parts.corpus.documents(), text))
        if not found:
            await self._say(words.DELETE_NONE.format(wanted=text), where)
            return
        key = new_key()
        if len(found) == 1:
            question = words.DELETE_SURE.format(
                title=found[0].title or found[0].id, place=place_text(found[0])
            )
            rows = [[button(words.DELETE_YES, "delete", key, "0"), button(words.DELETE_NO, "keep", key, "0")]]
        else:
            question = words.DELETE_WHICH
            rows = [
                [button(shortened(d.title or d.id), "delete", key, str(number))]
                for number, d in enumerate(found)
            ]
        sent = await self._parts.outbox.send(messages([Paragraph(question)]), where, markup(rows))
        if sent:
            asks = tuple(document.id for document in found)
            self._parts.store.keep_card(
                Card(place.key, asks=asks), key=key, chat=place.chat, asked=reply_to, shown=sent[0]
            )

    async def on_choice(self, kept: KeptCard, identifier: str, choice: str, place: Place) -> None:
        """A button under the question of /xoa. One among several asks once more."""
        where = place.where(kept.asked)
        if len(kept.card.asks) > 1:
            await self.on_delete(identifier, place, kept.asked or 0)
            return
        named = await self._parts.write(lambda: _matching(self._parts.corpus.documents(), identifier))
        assert kept.shown is not None
        if not named or named[0].id != identifier:
            said = words.DELETE_GONE
        else:
            title = named[0].title or identifier
            said = (words.DELETED if choice == "delete" else words.DELETE_KEPT).format(title=title)
            if choice == "delete":
                await self._parts.write(self._delete, identifier)
        await self._parts.outbox.replace([kept.shown], messages([Paragraph(said)]), where, None)

    def _delete(self, identifier: str) -> None:
        self._parts.corpus.remove([identifier])
        if self._added is not None:
            drop(identifier, self._added)

    async def _add_file(self, file: File, where: Where) -> None:
        name = file.file_name or "tài liệu"
        if (file.file_size or 0) > LARGEST:
            await self._say(words.TOO_BIG.format(name=name), where)
            return
        await self._say(words.ADDING.format(name=name), where)
        try:
            body = await (await self._parts.bot.get_file(file.file_id)).download_as_bytearray()
        except BadRequest:
            await self._say(words.TOO_BIG.format(name=name), where)
            return
        await self._add(name, bytes(body), where)

    async def _add_address(self, address: str, where: Where) -> None:
        hosts = self._parts.settings.telegram.allow_addresses
        if not is_allowed(address, hosts):
            refusal = (
                words.ADDRESS_NOT_ALLOWED.format(hosts=", ".join(hosts)) if hosts else words.NO_ADDRESSES
            )
            await self._say(refusal, where)
            return
        await self._say(words.ADDING.format(name=address), where)
        try:
            name, body = await asyncio.to_thread(fetch, address, self._parts.settings, proxy=self._proxy)
        except UnreadableFile as error:
            await self._say(words.ADDRESS_FAILED.format(address=address, reason=error.reason), where)
            return
        await self._add(name, body, where, url=address)

    async def _add(self, name: str, body: bytes, where: Where, *, url: str | None = None) -> None:
        try:
            found = await self._parts.write(self._read_and_add, name, body, url)
        except HoidapError as error:
            found = Read((), (str(error),))
        await self._parts.outbox.send(messages(_report(url or name, found)), where)

    def _read_and_add(self, name: str, body: bytes, url: str | None) -> Read:
        found = read(name, body, self._parts.settings, url=url)
        if found.documents:
            if self._added is not None:
                keep(found.documents, self._added, url or name)
            self._parts.corpus.add(found.documents)
        return found

    async def _say(self, text: str, where: Where) -> None:
        await self._parts.outbox.send(messages([Paragraph(text)]), where)


def _report(name: str, found: Read) -> list[Paragraph]:
    paragraphs = []
    if found.documents:
        lines = [
            f"• {document.title or document.id} — {place_text(document)}" for document in found.documents
        ]
        listed = lines[:_LISTED] + (["• …"] if len(lines) > _LISTED else [])
        paragraphs.append(
            Paragraph(words.ADDED.format(count=len(lines), name=name) + "\n" + "\n".join(listed))
        )
    else:
        paragraphs.append(Paragraph(words.NOTHING_ADDED.format(name=name)))
    if found.problems:
        listed = [f"• {problem}" for problem in found.problems[:_LISTED]]
        paragraphs.append(Paragraph("\n".join([words.NOT_READ, *listed])))
    return paragraphs


def _matching(documents: Iterable[Document], wanted: str) -> list[Document]:
    """The document with this id; else those with these words in id or title, diacritics or none."""
    folded = _folded(wanted)
    found = []
    for document in documents:
        if document.id == wanted:
            return [document]
        if folded in _folded(f"{document.id} {document.title}"):
            found.append(document)
    return found[:_LISTED]


def _folded(text: str) -> str:
    return " ".join(strip_marks(text.casefold()).split())
