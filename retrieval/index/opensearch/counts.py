"""How many entries hold each term? Asked for many terms at a time, the cheaper way that is exact at the moment.

Statistics of the engine's dictionary cost the same whatever the collection's size: an artificial document for each
shard, holding all the terms, has them told. They count removed documents until these are merged away, and whatever a
writer has added already. Then the entries themselves are counted, in the snapshot's moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from retrieval.index.opensearch.client import Client
from retrieval.index.opensearch.reading import Moment, Part

Term = tuple[Part, str, bool]
"""(part, term or pair, plain)."""

_AT_ONCE = 1_000
"""Terms in one search: the cluster takes 1,024 clauses."""


def fields_of(part: Part, term: str, plain: bool) -> tuple[str, ...]:
    """The fields whose counts are added up; pairs aren't in what stands over a passage."""
    own = "plain" if plain else "accented"
    if part == "articles" or "_" in term:
        return (own,)
    return own, "section_plain" if plain else "section"


def has_removed(client: Client, *names: str) -> bool:
    """Whether any copy of these indexes holds removed entries still."""
    found = client.ask(
        "GET",
        f"/{','.join(names)}/_stats/docs",
        kind="stats",
        params={"level": "shards", "filter_path": "indices.*.shards.*.docs.deleted"},
    )
    return any(
        copy.get("docs", {}).get("deleted", 0)
        for index in found.get("indices", {}).values()
        for copies in index["shards"].values()
        for copy in copies
    )


class Dictionary:
    """The engine's own statistics of one building."""

    def __init__(self, client: Client, names: Mapping[Part, str]) -> None:
        self._client, self._names = client, names
        self._routes = {part: self._routing(name) for part, name in names.items()}

    def _routing(self, name: str) -> list[str]:
        """For each shard a value that leads there."""
        count = len(self._client.ask("GET", f"/{name}/_search_shards", kind="shards")["shards"])
        found: dict[int, str] = {}
        value = 0
        while len(found) < count:
            shards = self._client.ask(
                "GET", f"/{name}/_search_shards", kind="shards", params={"routing": str(value)}
            )["shards"]
            if not shards[0]:
                self._client.raise_for(503, {"error": f"no_shard_available: {name}"})
            found.setdefault(shards[0][0]["shard"], str(value))
            value += 1
        return list(found.values())

    def count(self, terms: Iterable[Term]) -> dict[Term, int]:
        """In one request."""
        wanted = list(terms)
        texts: dict[Part, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for part, term, plain in wanted:
            for field in fields_of(part, term, plain):
                texts[part][field].append(term)
        documents = [
            {
                "_index": self._names[part],
                "routing": route,
                "doc": {field: " ".join(held) for field, held in fields.items()},
                "fields": list(fields),
                "term_statistics": True,
                "field_statistics": False,
                "positions": False,
                "offsets": False,
                "payloads": False,
            }
            for part, fields in texts.items()
            for route in self._routes[part]
        ]
        answers = self._client.ask(
            "POST", "/_mtermvectors", {"docs": documents}, kind="counts", read=self._checked
        )
        held: dict[tuple[Part, str, str], int] = defaultdict(int)
        for asked, found in zip(documents, answers, strict=True):
            part = "articles" if asked["_index"] == self._names["articles"] else "passages"
            for field, vector in found.get("term_vectors", {}).items():
                for term, entry in vector["terms"].items():
                    held[part, field, term] += entry.get("doc_freq", 0)
        return {
            (part, term, plain): sum(held[part, field, term] for field in fields_of(part, term, plain))
            for part, term, plain in wanted
        }

    def _checked(self, answer: dict[str, Any]) -> list[dict[str, Any]]:
        for found in answer["docs"]:
            if "error" in found:
                self._client.raise_again(500, found)
        return list(answer["docs"])


def count_entries(moment: Moment, terms: Iterable[Term]) -> dict[Term, int]:
    """Counts the moment's entries, in one request."""
    wanted: dict[Part, dict[tuple[str, str], str]] = {"articles": {}, "passages": {}}
    listed = list(terms)
    for part, term, plain in listed:
        for field in fields_of(part, term, plain):
            wanted[part].setdefault((field, term), str(len(wanted[part])))
    searches, places = [], []
    for part, names in wanted.items():
        entries = iter(names.items())
        while batch := list(islice(entries, _AT_ONCE)):
            filters = {name: {"term": {field: term}} for (field, term), name in batch}
            searches.append(moment.search(part, {}, size=0, aggs={"df": {"filters": {"filters": filters}}}))
            places.append((part, batch))
    held: dict[tuple[Part, str, str], int] = {}
    for answer, (part, batch) in zip(moment.ask(*searches, kind="counts"), places, strict=True):
        buckets = answer["aggregations"]["df"]["buckets"]
        for (field, term), name in batch:
            held[part, field, term] = buckets[name]["doc_count"]
    return {
        (part, term, plain): sum(held[part, field, term] for field in fields_of(part, term, plain))
        for part, term, plain in listed
    }
