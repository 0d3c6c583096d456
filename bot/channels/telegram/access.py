"""Who may ask, and how often? Lists of people and groups, and a bucket of questions for each person."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.settings import TelegramSettings

_REMEMBERED = 10_000
"""People whose pace is remembered, the latest ones."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    warned: bool = False


def _nothing(group: int) -> frozenset[int]:
    return frozenset()


class Access:
    """The operator's lists. Blocking wins over allowing; admins may always.

    `former`: the ids that a group had before Telegram gave it another one; the lists may still name those.
    """

    def __init__(
        self, settings: TelegramSettings, *, former: Callable[[int], frozenset[int]] = _nothing
    ) -> None:
        self._settings = settings
        self._former = former

    def is_admin(self, user: int | None) -> bool:
        return user in self._settings.admins

    def may_ask(self, *, user: int | None, group: int | None = None) -> bool:
        """Whether this person may ask, here. An allowed group lets in its members, whoever they are."""
        lists = self._settings
        if self.is_admin(user):
            return True
        known_as = frozenset() if group is None else self._former(group) | {group}
        if user in lists.block_users or not known_as.isdisjoint(lists.block_groups):
            return False
        if group is not None and lists.allow_groups:
            return not known_as.isdisjoint(lists.allow_groups)
        return self._may(user)

    def _may(self, user: int | None) -> bool:
        return not self._settings.allow_users or user in self._settings.allow_users


Verdict = Literal["go", "warn", "hush"]


class Pace:
    """Lets each person ask `per_minute` questions, all at once if they like; 0: as many as they want."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def take(self, user: int) -> Verdict:
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

    def wait(self, user: int) -> int:
        """Seconds until the person may ask again."""
        bucket = self._buckets.get(user)
        return math.ceil((1 - bucket.left) * 60 / self._per_minute) if bucket and bucket.left < 1 else 0
