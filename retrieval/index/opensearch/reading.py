"""How are entries of one moment read? Through points in time, one of each index, that the cluster keeps for a while."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from retrieval.errors import IndexError_, IndexUnreachable, SnapshotLost
from retrieval.index.opensearch.client import Client
from retrieval.index.opensearch.layout import STATE, articles_of, passages_of
from retrieval.index.opensearch.state import Seen
from retrieval.settings import OpenSearchSettings

Part = Literal["articles", "passages"]
Hit = Mapping[str, Any]
Search = tuple[dict[str, object], dict[str, object]]
"""Header and body."""

PAGE = 1_000
"""Entries that are read in one request, where all are read."""

_TERMS_AT_ONCE = 60_000
"""The cluster takes 65,536 values in one clause."""


class Moment:
    """A commit's entries, as they are while it lasts: additions beyond it and what it removed are left out."""

    def __init__(self, client: Client, seen: Seen, settings: OpenSearchSettings) -> None:
        self.client, self.seen, self._settings = client, seen, settings
        self.partial = False
        self.lost = False
        """Whether what it reads from has failed: another moment may do better."""
        self._keep = f"{settings.keep_alive_seconds}s"
        self._pits: dict[Part, str] = {}
        names: dict[Part, str] = {
            "articles": articles_of(seen.building),
            "passages": passages_of(seen.building),
        }
        params = {"keep_alive": self._keep, "allow_partial_pit_creation": str(settings.partial).lower()}
        try:
            for part, name in names.items():
                made = client.ask("POST", f"/{name}/_search/point_in_time", kind="open", params=params)
                self._check_shards(made)
                self._pits[part] = made["pit_id"]
        except BaseException:
            self.close()
            raise
        gone = seen.state.gone
        self._not_gone = [
            {"terms": {"key": list(gone[start : start + _TERMS_AT_ONCE])}}
            for start in range(0, len(gone), _TERMS_AT_ONCE)
        ]
        if seen.state.void:
            self._not_gone.append({"terms": {"added": list(seen.state.void)}})

    def search(self, part: Part, query: Mapping[str, object], **body: object) -> Search:
        """A search among this moment's entries, to be asked together with others. `query`: clauses of a `bool`."""
        clauses = dict(query)
        filters = [
            {"range": {"added": {"lte": self.seen.state.generation}}},
            *_listed(clauses.pop("filter", [])),
        ]
        whole = {
            **clauses,
            "filter": filters,
            "must_not": [*self._not_gone, *_listed(clauses.pop("must_not", []))],
        }
        header: dict[str, object] = {"allow_partial_search_results": self._settings.partial}
        if "should" in clauses:
            header["search_type"] = "dfs_query_then_fetch"  # idf of the whole collection, not of a shard
            whole["minimum_should_match"] = 1
        return header, {
            "_source": False,
            "stored_fields": "_none_",
            "track_total_hits": False,
            "query": {"bool": whole},
            "pit": {"id": self._pits[part], "keep_alive": self._keep},
            **body,
        }

    def state_search(self) -> Search:
        """Reads the state, as of when the other searches beside it are asked."""
        return {"index": self.seen.building}, {"query": {"ids": {"values": [STATE]}}, "size": 1}

    def ask(self, *searches: Search, kind: str) -> list[dict[str, Any]]:
        """The answers, in order. Raises SnapshotLost, IndexUnreachable."""
        try:
            found = self.client.search_many(searches, kind=kind)
            for one in found:
                self._check_shards(one)
        except (SnapshotLost, IndexUnreachable):
            self.lost = True
            raise
        return found

    def _check_shards(self, answer: Mapping[str, Any]) -> None:
        shards = answer.get("_shards", {})
        if answer.get("timed_out"):
            raise IndexUnreachable(f"{self.client.address.text}: cụm không kịp tìm xong; hãy hỏi lại")
        lacking = shards.get("total", 0) - shards.get("successful", 0)
        if lacking and not self._settings.partial:
            raise SnapshotLost(
                f"{self.client.address.text}: thiếu {lacking} trong {shards['total']} mảnh của chỉ mục;"
                " hãy đợi các nút trở lại, hoặc đặt partial = true trong [opensearch]"
            )
        self.partial |= bool(lacking)

    def pages(
        self, part: Part, query: Mapping[str, object], fields: Sequence[str], sort: str
    ) -> Iterator[Hit]:
        """All entries that fit, in the order of `sort`, a number that no two share."""
        after: list[Any] | None = None
        while True:
            body: dict[str, object] = {"size": PAGE, "sort": [{sort: "asc"}], "docvalue_fields": list(fields)}
            if after is not None:
                body["search_after"] = after
            hits = self.ask(self.search(part, query, **body), kind="pages")[0]["hits"]["hits"]
            yield from hits
            if len(hits) < PAGE:
                return
            after = hits[-1]["sort"]

    def close(self) -> None:
        """Lets the cluster forget it; where it can't be told, it forgets by itself."""
        with contextlib.suppress(IndexError_):
            if self._pits:
                self.client.ask(
                    "DELETE",
                    "/_search/point_in_time",
                    {"pit_id": list(self._pits.values())},
                    kind="close",
                    seconds=2.0,
                    patient=False,
                )
        self._pits = {}


def field(hit: Hit, name: str) -> Any:
    """A column's value of an entry; None where it has none."""
    values = hit.get("fields", {}).get(name)
    return values[0] if values else None


def blob(hit: Hit, name: str) -> bytes | None:
    """The same of a column of bytes."""
    value = field(hit, name)
    return None if value is None else base64.b64decode(value + "==")  # comes without its padding


def _listed(clauses: object) -> list[object]:
    return clauses if isinstance(clauses, list) else [clauses]
