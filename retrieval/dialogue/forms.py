"""How is a pattern compared with a question that may be typed without marks? In the same spelling."""

from __future__ import annotations

import re

from retrieval.vietnamese.syllables import lacks_marks, strip_marks


class Form:
    """A pattern as it is written with marks, and as it is typed without."""

    def __init__(self, pattern: str) -> None:
        self._accented = re.compile(pattern, re.IGNORECASE)
        self._plain = re.compile(strip_marks(pattern), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        return self._for(text).search(text)

    def sub(self, words: str, text: str) -> str:
        return self._for(text).sub(strip_marks(words) if lacks_marks(text) else words, text)

    def _for(self, text: str) -> re.Pattern[str]:
        return self._plain if lacks_marks(text) else self._accented
