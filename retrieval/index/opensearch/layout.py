"""What lies in the cluster? Three indexes to one building of an index, and an alias that says which building counts.

NAME                   alias of the building that counts
NAME-0001              its state: one document, written last of every commit
NAME-0001-articles     a document for each of ours: what is stored of it, and, unless it is a near-duplicate, its terms
NAME-0001-passages     a document for each passage: its terms and those over it

Articles stand apart from passages: the engine takes idf and average length over everything in an index. Nothing is in
`_source`: what is read back lies in columns, of which a question reads just the ones that it needs.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from retrieval.settings import OpenSearchSettings

FORMAT = 2
"""Raised whenever an index written before can't be read any more."""

STATE = "state"
"""The id of the one document in the state's index."""

_TERMS = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
"""Terms come ready; none is longer than 255 characters, of which the engine makes several."""

_LONGEST, _KEPT = 120, 80
"""Characters of a term, some of which are two to the engine."""
_LONG = re.compile(rf"\S{{{_LONGEST + 1},}}")

_COLUMN = {"type": "binary", "doc_values": True}
_NUMBER = {"type": "long", "index": False}
_BOTH = {
    "accented": _TERMS,
    "plain": _TERMS,
    "key": {"type": "long"},
    "added": {"type": "long"},
    "day": {"type": "integer"},
    "source": {"type": "keyword"},
}
_PASSAGES = {
    **_BOTH,
    "section": _TERMS,
    "section_plain": _TERMS,
    "number": {"type": "integer", "index": False},
}
_ARTICLES = {
    **_BOTH,
    "id": {"type": "keyword"},
    "publisher": {"type": "keyword"},
    "origin": {"type": "keyword", "index": False},
    "content": {"type": "keyword", "index": False},
    "leader": {"type": "long"},
    "bands": _NUMBER,
    "passages": _NUMBER,
    "article_terms": _NUMBER,
    "passage_terms": _NUMBER,
    "document": _COLUMN,
    "head": _COLUMN,
    "terms": _COLUMN,
    "words": _COLUMN,
}


def indexes(building: str, settings: OpenSearchSettings) -> dict[str, dict[str, Any]]:
    """The indexes of a building, each with what it is made with."""
    common: dict[str, object] = {"number_of_replicas": settings.replicas, "refresh_interval": "-1"}
    texts = {
        **common,
        "number_of_shards": settings.shards,
        "merge.policy.expunge_deletes_allowed": 0,  # so that counts become exact again soon after removals
        "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
    }

    def made(settings: dict[str, object], properties: dict[str, Any], *, source: bool) -> dict[str, Any]:
        mappings = {"dynamic": "strict", "_source": {"enabled": source}, "properties": properties}
        return {"settings": {"index": settings}, "mappings": mappings}

    whole = {"content": {"type": "object", "enabled": False}}
    return {
        building: made({**common, "number_of_shards": 1}, whole, source=True),
        articles_of(building): made(texts, _ARTICLES, source=False),
        passages_of(building): made(texts, _PASSAGES, source=False),
    }


def entry_id(added: int, key: int, number: int | None = None) -> str:
    """Of an article, or of its passage with this number. `added`: the generation in which it was written, so that no
    writer overwrites what another one wrote."""
    return f"{added}-{key}" if number is None else f"{added}-{key}-{number}"


def short_term(term: str) -> str:
    """The term as it lies in the cluster: a very long one (an address, a key) by its beginning and a sum of it."""
    if len(term) <= _LONGEST:
        return term
    return f"{term[:_KEPT]}~{hashlib.blake2b(term.encode(), digest_size=16).hexdigest()}"


def short_terms(text: str) -> str:
    """The same of terms split by blanks."""
    return _LONG.sub(lambda found: short_term(found[0]), text)


def articles_of(building: str) -> str:
    return f"{building}-articles"


def passages_of(building: str) -> str:
    return f"{building}-passages"
