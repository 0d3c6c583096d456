"""How does one ask from Haystack? `HoidapRetriever`, a component of a pipeline, which can be saved with it.

pipeline.add_component("retriever", HoidapRetriever(index="my-index", top_k=5))
"""

from __future__ import annotations

import datetime
from typing import Any

from haystack import Document, component, default_from_dict, default_to_dict

from retrieval import Retriever
from retrieval.integrations.found import found, metadata


@component
class HoidapRetriever:
    """Passages, best first, of the index that is named, or of a retriever that is already open.

    Only a component that names its `index` can be saved with its pipeline.
    """

    def __init__(self, index: str | None = None, top_k: int = 10, retriever: Retriever | None = None) -> None:
        """Raises ValueError where nothing is named that could be asked."""
        if index is None and retriever is None:
            raise ValueError("HoidapRetriever: name the folder of an index, or hand over a retriever")
        self.index = index
        self.top_k = top_k
        self._retriever = retriever

    def warm_up(self) -> None:
        """Opens the index. Raises IndexMissing, IndexDamaged or IndexOutdated."""
        if self._retriever is None and self.index is not None:
            self._retriever = Retriever.open(self.index)

    def to_dict(self) -> dict[str, Any]:
        """Raises ValueError where the index isn't named."""
        if self.index is None:
            raise ValueError(
                "HoidapRetriever: an open retriever can't be saved; name the folder of its index"
            )
        return default_to_dict(self, index=self.index, top_k=self.top_k)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> HoidapRetriever:
        return default_from_dict(cls, data)

    @component.output_types(documents=list[Document])
    def run(
        self, query: str, filters: dict[str, Any] | None = None, top_k: int | None = None
    ) -> dict[str, list[Document]]:
        """`filters`: conditions on `meta.source` (==) and `meta.date` (==, >, >=, <, <=), joined by AND.

        Raises ValueError for any other, rather than give what they would have left out.
        """
        self.warm_up()
        assert self._retriever is not None
        wanted = self.top_k if top_k is None else top_k
        hits = found(self._retriever, query, limit=wanted, **_limits(filters))
        documents = [
            Document(
                id=f"{hit.passage.document_id}#{hit.passage.start}-{hit.passage.end}",
                content=hit.passage.text,
                meta=metadata(hit),
                score=hit.score,
            )
            for hit in hits
        ]
        return {"documents": documents}


def _limits(filters: dict[str, Any] | None) -> dict[str, Any]:
    """What the filters ask for, as `Retriever.search` takes it."""
    if not filters:
        return {}
    conditions = filters["conditions"] if filters.get("operator") == "AND" else [filters]
    limits: dict[str, Any] = {}
    for condition in conditions:
        for name, value in _limit(condition):
            earlier = limits.setdefault(name, value)
            if name == "source" and earlier != value:
                raise ValueError(f"filters: no passage has two sources, {earlier!r} and {value!r}")
            if name != "source":
                limits[name] = max(earlier, value) if name == "since" else min(earlier, value)
    return limits


def _limit(condition: dict[str, Any]) -> list[tuple[str, Any]]:
    match condition:
        case {"field": "meta.source" | "source", "operator": "==", "value": str(source)}:
            return [("source", source)]
        case {"field": "meta.date" | "date", "operator": str(operator), "value": value}:
            date = _date(value)
            day = datetime.timedelta(days=1)
            match operator:
                case "==":
                    return [("since", date), ("until", date)]
                case ">=":
                    return [("since", date)]
                case ">":
                    return [("since", date + day)]
                case "<=":
                    return [("until", date)]
                case "<":
                    return [("until", date - day)]
    raise ValueError(
        f"filters: {condition!r} can't be applied; conditions on meta.source (==) and meta.date (==, >, >=, <, <=) can"
    )


def _date(value: object) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f"filters: {value!r} is no date; write it like 2024-05-01") from error
