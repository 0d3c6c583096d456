"""What do the frameworks get of a search? The same passages in the same order, with all that is known of each."""

from __future__ import annotations

import datetime
from typing import Any

from retrieval import Hit, QuestionError, Retriever


def found(
    retriever: Retriever,
    question: str,
    *,
    limit: int,
    source: str | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[Hit]:
    """As `Retriever.search`; nothing where there is nothing to look for: a chain goes on, and says so in its words.

    Raises QuestionError where `limit` or the dates can't be meant.
    """
    try:
        return retriever.search(question, limit=limit, source=source, since=since, until=until)
    except QuestionError:
        if limit < 1 or (since and until and since > until):
            raise
        return []


def metadata(hit: Hit) -> dict[str, Any]:
    """What is known of a hit, in values that JSON has.

    `start`, `end`: character offsets of the passage in the document's text. `date`: as in ISO 8601; `date_kind`:
    "published", or "mentioned" where it was found only in the text. `section`: the headings above, the widest first.
    """
    document, passage = hit.document, hit.passage
    return {
        "document": document.id,
        "title": document.title,
        "source": document.source,
        "number": document.number,
        "date": document.date.isoformat() if document.date else None,
        "date_kind": document.date_kind,
        "url": document.url,
        "section": list(passage.section),
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "rank": hit.rank,
        "score": hit.score,
    }
