"""Which letters are capitals? Regular expressions of one letter, Vietnamese ones among them."""

from __future__ import annotations

_LETTERS = [chr(code) for code in range(0x41, 0x1EFA) if chr(code).isalpha()]
CAPITAL = f"[{''.join(c for c in _LETTERS if c.isupper())}]"
SMALL = f"[{''.join(c for c in _LETTERS if c.islower())}]"
"""Vietnamese capitals and small letters alternate, so ranges won't do."""
