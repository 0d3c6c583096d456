"""How does one ask from LangChain? `HoidapRetriever`, wherever a chain takes a retriever.

retriever = HoidapRetriever(retriever=Retriever.open("my-index"), limit=5)
documents = retriever.invoke("Phòng họp mở cửa mấy giờ?")
"""

from __future__ import annotations

import datetime

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from retrieval import Retriever
from retrieval.integrations.found import found, metadata


class HoidapRetriever(BaseRetriever):
    """Passages, best first. `source`, `since`, `until` (both included) leave others out."""

    retriever: Retriever
    limit: int = Field(default=5, ge=1)
    source: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        """A document each passage; its metadata as in `found.metadata`."""
        hits = found(
            self.retriever,
            query,
            limit=self.limit,
            source=self.source,
            since=self.since,
            until=self.until,
        )
        return [
            Document(
                id=f"{hit.passage.document_id}#{hit.passage.start}-{hit.passage.end}",
                page_content=hit.passage.text,
                metadata=metadata(hit),
            )
            for hit in hits
        ]
