"""How do the library's records become the objects of the interface? One function for each."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import Request

from bot.answer_object import as_object, document_facts, hit_object
from bot.conversation import Turns
from bot.reply import Quote, Reply, Surroundings, Text
from bot.web.addresses import page_path
from bot.web.service import Service
from retrieval import Answer, Document, Hit


def cited_hit(hit: Hit, service: Service, request: Request) -> dict[str, Any]:
    """A hit with its place in the document and the address that cites it."""
    return {
        **hit_object(hit),
        "start": hit.passage.start,
        "end": hit.passage.end,
        "highlight": list(hit.highlight) if hit.highlight else None,
        "citation": service.cited(hit, request),
    }


def cited_answer(
    answer: Answer, understood: str, turns: Turns, service: Service, request: Request
) -> dict[str, Any]:
    """The object of `hoidap ask --json`, what the question was understood as, and the conversation to go on with."""
    return {
        **as_object(answer),
        "hits": [cited_hit(hit, service, request) for hit in answer.hits],
        "understood": understood,
        "missing": list(answer.missing),
        "conversation": service.conversations.token(turns),
    }


def summary(document: Document, service: Service, request: Request) -> dict[str, Any]:
    """A document without its text."""
    return {
        "id": document.id,
        **document_facts(document),
        "citation": service.address(document.id, None, request),
    }


def whole(document: Document, service: Service, request: Request) -> dict[str, Any]:
    """A document with its text, what each stretch of it is, and what else was given with it."""
    return {
        **summary(document, service, request),
        "text": document.text,
        "author": document.author,
        "kind": document.kind,
        "blocks": msgspec.to_builtins(document.blocks),
        "meta": dict(document.meta),
    }


def reply_object(reply: Reply, token: str) -> dict[str, Any]:
    """A reply for the page and the widget; addresses of our own are relative to the service."""
    return {
        "kind": reply.kind,
        "question": reply.question,
        "page": list(reply.page) if reply.page else None,
        "blocks": [_block(block) for block in reply.blocks],
        "actions": msgspec.to_builtins(reply.actions),
        "conversation": token,
    }


def _block(block: Text | Quote | Surroundings) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.to_builtins(block)
    shown["type"] = {Text: "text", Quote: "quote", Surroundings: "surroundings"}[type(block)]
    if isinstance(block, Quote):
        cited = block.citation
        shown["citation"]["link"] = page_path(cited.document, cited.passage) if cited.document else None
    return shown
