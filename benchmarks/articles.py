"""Articles for measuring: those of a JSONL file, and beyond its size the same again with other words.

In each further copy every word is another one of about the same frequency, so that words, pairs of words and
sentences stay as varied as in real text, and no copy repeats another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from retrieval import Document, read_corpus

_WORD = re.compile(r"[^\W\d_]+")


def endless_articles(source: Path) -> Iterator[Document]:
    """The articles of `source` over and over, shifted from the second time on; ids don't repeat."""
    first = list(read_corpus([source], on_problem=lambda where, what: None))
    counts = Counter(word for document in first for word in _WORD.findall(document.text.lower()))
    ranked = [word for word, _ in counts.most_common()]
    yield from first
    for copy in count(1):
        # Neighbours in rank change places: i with i XOR copy.
        other = {
            word: ranked[place ^ copy] for place, word in enumerate(ranked) if place ^ copy < len(ranked)
        }
        for document in first:
            yield replace(
                document,
                id=f"{copy}/{document.id}",
                title=shifted(document.title, other),
                text=shifted(document.text, other),
            )


def shifted(text: str, other: dict[str, str]) -> str:
    """The text with each word replaced; capitals stay where they are."""

    def swap(match: re.Match[str]) -> str:
        word = match.group()
        found = other.get(word.lower(), word)
        return found.capitalize() if word[0].isupper() else found

    return _WORD.sub(swap, text)
