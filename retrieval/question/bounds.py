"""What is asked, how many hits, of which source and days? What can't be meant is refused."""

from __future__ import annotations

import datetime

from retrieval.errors import QuestionError
from retrieval.vietnamese.characters import as_typed


def typed_question(text: str) -> str:
    """What is asked, as it is meant, blanks single. Raises QuestionError for what is no text."""
    if not isinstance(text, str):
        raise QuestionError(f"a question is {type(text).__name__}; hand over a str")
    return as_typed(text)


def check_bounds(
    limit: int, source: str | None, since: datetime.date | None, until: datetime.date | None
) -> None:
    """Raises QuestionError for what can't be meant."""
    if not isinstance(limit, int) or limit < 1:
        raise QuestionError(f"limit is {limit!r}; ask for 1 passage or more")
    if not isinstance(source, str | None):
        raise QuestionError(f"source is {source!r}; name it as a str")
    for name, day in (("since", since), ("until", until)):
        if not isinstance(day, datetime.date | None):
            raise QuestionError(f"{name} is {day!r}; hand over a datetime.date")
    if since and until and since > until:
        raise QuestionError(f"since {since} is after until {until}; exchange them")
