"""How do thousands of entries get into the cluster? In requests of a few megabytes, some at a time.

Who adds waits where the cluster is slower. What it turns away because it is busy is sent again, later and later; each
entry has an id of its own, so sending it twice does no harm.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec

from retrieval.errors import IndexError_, IndexUnreachable
from retrieval.index.opensearch.client import Client
from retrieval.settings import OpenSearchSettings

PATIENCE = 120.0
"""Seconds for which entries are sent again that the cluster turns away."""

_LATER = (429, 500, 502, 503, 504)


class Bulk:
    """Actions, sent in the background; `wait` says when all are done. Not for several threads.

    `before`: called before each request, from any thread; raises where nothing may be sent any more.
    """

    def __init__(self, client: Client, settings: OpenSearchSettings, *, before: Callable[[], object]) -> None:
        self._before = before
        self._client, self._limit = client, int(settings.bulk_megabytes * 1_000_000)
        self._most = settings.writers
        self._pool = ThreadPoolExecutor(settings.writers, thread_name_prefix="hoidap-bulk")
        self._under_way: deque[Future[None]] = deque()
        self._actions: list[list[bytes]] = []
        self._size = 0
        self.seconds = 0.0
        """That requests took, each counted by itself."""
        self._counting = threading.Lock()

    def put(self, index: str, identity: str, entry: Mapping[str, object]) -> None:
        """Adds the entry, in place of one with the same id."""
        self._add([_action("index", index, identity), msgspec.json.encode(entry)])

    def delete(self, index: str, identity: str) -> None:
        """Removes it, where it is there."""
        self._add([_action("delete", index, identity)])

    def _add(self, lines: list[bytes]) -> None:
        self._actions.append(lines)
        self._size += sum(map(len, lines))
        if self._size >= self._limit:
            self._send()

    def _send(self) -> None:
        if self._actions:
            while len(self._under_way) >= self._most + 1:  # one is prepared while the others are under way
                self._under_way.popleft().result()
            self._under_way.append(self._pool.submit(self._sent, self._actions))
            self._actions, self._size = [], 0

    def _sent(self, actions: list[list[bytes]]) -> None:
        began, pause = time.monotonic(), 0.1
        while True:
            self._before()
            answer = self._client.ask(
                "POST",
                "/_bulk",
                b"".join(line + b"\n" for lines in actions for line in lines),
                kind="bulk",
                params={"filter_path": "errors,items.*.status,items.*.error"},
                seconds=PATIENCE,
            )
            with self._counting:
                self.seconds += time.monotonic() - began
            if not answer.get("errors"):
                return
            actions = self._turned_away(actions, answer["items"])
            if not actions:
                return
            if time.monotonic() - began > PATIENCE:
                where = self._client.address.text
                raise IndexUnreachable(
                    f"{where}: cụm quá bận nên chưa ghi được; hãy chạy lại khi cụm rảnh hơn"
                )
            time.sleep(pause)
            pause = min(5.0, 2 * pause)

    def _turned_away(
        self, actions: list[list[bytes]], items: list[dict[str, dict[str, object]]]
    ) -> list[list[bytes]]:
        later = []
        for lines, item in zip(actions, items, strict=True):
            ((what, told),) = item.items()
            status = told.get("status")
            if status in _LATER:
                later.append(lines)
            elif "error" in told and not (what == "delete" and status == 404):
                self._client.raise_for(int(str(status)), {"error": told["error"]})
        return later

    def wait(self) -> None:
        """Until everything is written. Raises IndexError_ where something couldn't be."""
        self._send()
        while self._under_way:
            self._under_way.popleft().result()

    def close(self) -> None:
        """Drops what isn't sent yet."""
        self._actions = []
        for future in self._under_way:
            try:
                future.result()
            except IndexError_:
                continue
        self._pool.shutdown()


def _action(what: str, index: str, identity: str) -> bytes:
    return msgspec.json.encode({what: {"_index": index, "_id": identity}})
