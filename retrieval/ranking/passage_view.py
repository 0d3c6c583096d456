"""What stands in a passage? Its tokens and what it mentions, found when they are first asked for, and once.

Ranking, emphasis and disagreement of one question share a view of each passage.
"""

from __future__ import annotations

from functools import cached_property

from retrieval.vietnamese.mention import Mentions
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.names import Name, names_in
from retrieval.vietnamese.tokens import Spelling, Token, tokenize


class PassageView:
    """A passage's text, read. `spelling`: its document's, with the short forms that the document defines."""

    def __init__(self, text: str, spelling: Spelling) -> None:
        self.text = text
        self.spelling = spelling

    @cached_property
    def tokens(self) -> list[Token]:
        return tokenize(self.text, self.spelling)

    @cached_property
    def terms(self) -> list[str]:
        return [token.term for token in self.tokens]

    @cached_property
    def mentions(self) -> Mentions:
        return find_mentions(self.text)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return tuple(names_in(self.text))
