"""Which small words ask, deny, join, point, are polite? The lists are data: `words/function_words.toml`."""

from __future__ import annotations

from retrieval.vietnamese.wordlists import read_table

_GROUPS = read_table("function_words")
ASKING = frozenset(_GROUPS["asking"])
"""Syllables: "bao", "nhiêu"."""
DENIALS = frozenset(_GROUPS["denials"])
HOLDING = frozenset(_GROUPS["holding"])
PREPOSITIONS = _GROUPS["prepositions"]
EACH = frozenset(_GROUPS["each"])
EVERY = "|".join(_GROUPS["every"])
"""A regular expression of what says how often: "mỗi", "hằng"."""
POINTING = frozenset(_GROUPS["pointing"])
PARTICLES = _GROUPS["particles"]
SELF = _GROUPS["self"]
OPENERS = frozenset(_GROUPS["openers"])
