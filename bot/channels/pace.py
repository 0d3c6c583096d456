"""How often may one person ask? A bucket of questions for each, which fills again as time goes by."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Literal

_REMEMBERED = 10_000
"""People whose pace is remembered, the latest ones."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    warned: bool = False


Verdict = Literal["go", "warn", "hush"]


class Pace:
    """Lets each person ask `per_minute` questions, all at once if they like; 0: as many as they want."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[Hashable, _Bucket] = OrderedDict()

    def take(self, user: Hashable) -> Verdict:
        """`warn`: too fast, say so; `hush`: too fast, and they have been told."""
        if not self._per_minute:
            return "go"
        now = self._clock()
        bucket = self._buckets.pop(user, None) or _Bucket(self._per_minute, now)
        self._buckets[user] = bucket
        while len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        bucket.left = min(self._per_minute, bucket.left + (now - bucket.at) * self._per_minute / 60)
        bucket.at = now
        if bucket.left >= 1:
            bucket.left -= 1
            bucket.warned = False
            return "go"
        if bucket.warned:
            return "hush"
        bucket.warned = True
        return "warn"

    def wait(self, user: Hashable) -> int:
        """Seconds until the person may ask again."""
        bucket = self._buckets.get(user)
        return math.ceil((1 - bucket.left) * 60 / self._per_minute) if bucket and bucket.left < 1 else 0
