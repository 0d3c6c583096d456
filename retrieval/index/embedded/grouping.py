"""Which documents of an index belong together as near-duplicates of each other?

A group is whatever is connected by near-duplicate pairs, so it doesn't depend on the order in which documents
came.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from retrieval.index.duplicates import MIN_SHARED, Sequences, bands, body, sequences, similarity
from retrieval.index.embedded.store import LIVE, Store
from retrieval.index.prepare import PreparedDocument, unpack_terms
from retrieval.term_arrays import DocumentTerms


class Kept(Protocol):
    """What is there of documents, committed or not."""

    store: Store

    def terms_of(self, key: int) -> DocumentTerms: ...


def group_of(kept: Kept, leader: int) -> list[int]:
    """The keys of a leader's group, its own among them."""
    return [
        key
        for (key,) in kept.store.rows(
            f"SELECT key FROM documents WHERE key = ?1 AND {LIVE} UNION ALL"
            f" SELECT key FROM documents WHERE leader = ?1 AND {LIVE}",
            (leader,),
        )
    ]


def near_duplicates(kept: Kept, prepared: PreparedDocument) -> list[int]:
    """The keys of all groups that the document is a near-duplicate of a member of."""
    if not prepared.bands:
        return []
    candidates = kept.store.rows(
        "SELECT DISTINCT documents.key, coalesce(leader, documents.key)"
        " FROM json_each(?) AS wanted CROSS JOIN bands ON band = wanted.value CROSS JOIN documents"
        f" ON documents.key = bands.key WHERE {LIVE}",
        (msgspec.json.encode(prepared.bands).decode(),),
    )
    if not candidates:
        return []
    own = sequences(body(unpack_terms(0, prepared.terms)))
    leaders: set[int] = set()
    for key, leader in candidates:
        if leader not in leaders and similarity(own, _sequences_of(kept, key)) >= MIN_SHARED:
            leaders.add(leader)
    return [key for leader in sorted(leaders) for key in group_of(kept, leader)]


def connected(kept: Kept, keys: Sequence[int]) -> list[list[int]]:
    """The groups that are left of a group when these of its members are."""
    if len(keys) <= 1:
        return [list(keys)] if keys else []
    by_text: dict[bytes, list[int]] = {}
    texts: dict[bytes, Sequences] = {}
    for key in keys:
        found = _sequences_of(kept, key)
        by_text.setdefault(found.tobytes(), []).append(key)
        texts[found.tobytes()] = found
    groups = []
    while texts:
        name, found = texts.popitem()
        group, reached = [name], [found]
        while reached:
            one = reached.pop()
            for other in [other for other, text in texts.items() if _are_near(one, text)]:
                group.append(other)
                reached.append(texts.pop(other))
        groups.append([key for name in group for key in by_text[name]])
    return groups


def _are_near(one: Sequences, other: Sequences) -> bool:
    """Within a group, where numbers agree: the same test as `near_duplicates` makes."""
    return bool(set(bands(one, ())) & set(bands(other, ()))) and similarity(one, other) >= MIN_SHARED


def _sequences_of(kept: Kept, key: int) -> Sequences:
    return sequences(body(kept.terms_of(key)))
