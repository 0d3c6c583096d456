"""Which day does an article speak of, where nothing says when it was published?"""

from __future__ import annotations

from retrieval.corpus.facts import Facts
from retrieval.corpus.metadata.dates import find_dates


def with_mentioned(facts: Facts, text: str) -> Facts:
    """The facts, and where no date is known the first full date of title and text.

    The first, because a report opens with the day that it is about; later ones are deadlines and references.
    """
    if facts.published or facts.mentioned:
        return facts
    first = next((found.date for found in find_dates(f"{facts.title or ''}\n{text}")), None)
    return Facts(mentioned=first).over(facts) if first else facts
