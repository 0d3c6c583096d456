"""How many hits, and of which days? What can't be meant is refused."""

from __future__ import annotations

import datetime

from retrieval.errors import QuestionError


def check_bounds(limit: int, since: datetime.date | None, until: datetime.date | None) -> None:
    """Raises QuestionError for what can't be meant."""
    if not isinstance(limit, int) or limit < 1:
        raise QuestionError(f"limit is {limit!r}; ask for 1 passage or more")
    if since and until and since > until:
        raise QuestionError(f"since {since} is after until {until}; exchange them")
