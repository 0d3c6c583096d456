"""What was read of late, by key: what lies under a key never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

V = TypeVar("V")


class Recent(Generic[V]):
    """The last `most` values; safe from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[int, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: int) -> V | None:
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key]

    def put(self, key: int, value: V) -> None:
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
