"""How does one ask from LlamaIndex? `HoidapRetriever`, wherever a query engine takes a retriever.

retriever = HoidapRetriever(Retriever.open("my-index"), limit=5)
nodes = retriever.retrieve("Phòng họp mở cửa mấy giờ?")
"""

from __future__ import annotations

import datetime

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from retrieval import Hit, Retriever
from retrieval.integrations.found import found, metadata

_NOT_FOR_MODELS = ["document", "url", "start", "end", "rank", "score", "date_kind"]
"""Metadata that programs need, and that a model reading the passage doesn't."""


class HoidapRetriever(BaseRetriever):
    """Passages, best first. `source`, `since`, `until` (both included) leave others out."""

    def __init__(
        self,
        retriever: Retriever,
        *,
        limit: int = 5,
        source: str | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> None:
        super().__init__()
        self._retriever = retriever
        self._limit = limit
        self._source, self._since, self._until = source, since, until

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """A node each passage; its metadata as in `found.metadata`, its source node the document."""
        hits = found(
            self._retriever,
            query_bundle.query_str,
            limit=self._limit,
            source=self._source,
            since=self._since,
            until=self._until,
        )
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]


def _node(hit: Hit) -> TextNode:
    passage = hit.passage
    return TextNode(
        id_=f"{passage.document_id}#{passage.start}-{passage.end}",
        text=passage.text,
        metadata=metadata(hit),
        excluded_llm_metadata_keys=_NOT_FOR_MODELS,
        excluded_embed_metadata_keys=_NOT_FOR_MODELS,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.document_id)},
    )
