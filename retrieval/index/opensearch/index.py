"""How is an index in a cluster made, opened, read and written?"""

from __future__ import annotations

import contextlib
import os
import platform
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from retrieval.errors import (
    IndexError_,
    IndexLocked,
    IndexMissing,
    IndexReadOnly,
    IndexUnreachable,
    SnapshotLost,
)
from retrieval.index.opensearch import state
from retrieval.index.opensearch.address import Address, Credentials
from retrieval.index.opensearch.client import Client
from retrieval.index.opensearch.counts import Dictionary, has_removed
from retrieval.index.opensearch.layout import articles_of, indexes, passages_of
from retrieval.index.opensearch.reading import Moment
from retrieval.index.opensearch.snapshot import ClusterSnapshot, Kept
from retrieval.index.opensearch.state import Holder, Seen, State
from retrieval.index.opensearch.writer import WRITING, ClusterWriter, holder
from retrieval.settings import Settings

LOOK_EVERY = 1.0
"""Seconds after which a reader looks again whether there is another commit."""

_COUNT_AGAIN = 30.0
"""Seconds after which it is looked whether removed entries are merged away."""

_OPENED = 0.1
"""Seconds before a moment is opened again that couldn't be."""

_MOST_VOID = 1_000
"""Generations that are left out of all that is read: those of the last so many writers that didn't end in order."""

_SPARE = 60.0
"""Seconds for which a building is kept, beyond `keep_alive_seconds`, after another took its place."""


@dataclass(slots=True)
class _Building:
    """What is kept of a building while snapshots come and go. `dictionary`: made when all of its shards are there."""

    name: str
    kept: Kept
    dictionary: Dictionary | None = None


class ClusterIndex:
    """See `protocol.Index`."""

    def __init__(self, address: Address, *, settings: Settings | None, analyzer: str | None) -> None:
        self.address, self._settings, self._analyzer = address, settings or Settings(), analyzer
        self.client = Client(
            address,
            Credentials.found(self._settings.opensearch),
            timeout=self._settings.opensearch.timeout_seconds,
        )
        self._building: _Building | None = None
        self._current: ClusterSnapshot | None = None
        self._seen: Seen | None = None
        self._looked = self._counted = 0.0
        self._closed = False
        self._reading, self._writing = threading.RLock(), threading.Lock()

    @classmethod
    def create(cls, place: str, *, settings: Settings | None = None, analyzer: str = "") -> ClusterIndex:
        """An empty index, in place of one that is there already. Raises IndexLocked, IndexError_."""
        index = cls(Address.of(place), settings=settings, analyzer=analyzer)
        try:
            index.client.check()
            with index.replacing() as building:
                index.switch(building)
        except BaseException:
            index.close()
            raise
        return index

    @classmethod
    def open(
        cls, place: str, *, settings: Settings | None = None, analyzer: str | None = None
    ) -> ClusterIndex:
        """Raises IndexMissing, IndexOutdated, IndexUnreachable, SettingsError."""
        index = cls(Address.of(place), settings=settings, analyzer=analyzer)
        try:
            index.client.check()
            state.check_analyzer(index.client, state.read(index.client, index.address.name).state, analyzer)
        except BaseException:
            index.close()
            raise
        return index

    # reading

    def snapshot(self) -> ClusterSnapshot:
        with self._reading:
            self._check_open()
            now = time.monotonic()
            if self._current is None or now - self._looked > LOOK_EVERY or self._is_old(self._current, now):
                seen = state.read(self.client, self.address.name)
                if self._current is None or self._is_old(self._current, now) or self._differs(seen, now):
                    fresh = self._opened(seen)
                    if self._current is not None:
                        self._current.retire()
                    self._current = fresh
                self._looked = time.monotonic()
            return self._current.held()

    def _is_old(self, snapshot: ClusterSnapshot, now: float) -> bool:
        """Whether the cluster may forget it during a question, or has."""
        return snapshot.is_lost or now - snapshot.used > 0.7 * self._settings.opensearch.keep_alive_seconds

    def _differs(self, seen: Seen, now: float) -> bool:
        """Whether the current snapshot isn't what is there now, or could be counted more cheaply."""
        assert self._current is not None
        assert self._seen is not None
        before = self._seen
        if self._current.partial:  # what was missing may be back
            return True
        if (seen.building, seen.state.commit) != (before.building, before.state.commit):
            return True
        if seen.state.stamp != before.state.stamp:
            return self._current.is_exact or not (seen.state.touched or seen.state.gone)
        return not self._current.is_exact and not seen.state.touched and now - self._counted > _COUNT_AGAIN

    def _opened(self, seen: Seen) -> ClusterSnapshot:
        """Tries again where a commit comes between, or a node has just gone. Raises IndexUnreachable."""
        opensearch = self._settings.opensearch
        deadline = time.monotonic() + opensearch.timeout_seconds
        while True:
            state.check_analyzer(self.client, seen.state, self._analyzer)
            try:
                moment = Moment(self.client, seen, opensearch)
                again = state.read(self.client, self.address.name)
                if again.state.stamp == seen.state.stamp:
                    self._seen = seen
                    return ClusterSnapshot(moment, self._dictionary(seen, moment), self._of(seen).kept)
                moment.close()
                seen = again
            except SnapshotLost as error:
                if time.monotonic() > deadline:
                    raise IndexUnreachable(str(error)) from error
                time.sleep(_OPENED)
                seen = state.read(self.client, self.address.name)

    def _of(self, seen: Seen) -> _Building:
        if self._building is None or self._building.name != seen.building:
            self._building = _Building(seen.building, Kept())
        return self._building

    def _dictionary_of(self, seen: Seen) -> Dictionary:
        building = self._of(seen)
        if building.dictionary is None:
            building.dictionary = Dictionary(
                self.client,
                {"articles": articles_of(seen.building), "passages": passages_of(seen.building)},
            )
        return building.dictionary

    def _dictionary(self, seen: Seen, moment: Moment) -> Dictionary | None:
        """Where counting by it is exact, or needn't be."""
        if moment.partial:
            return None
        if not self._settings.opensearch.exact_counts:
            return self._dictionary_of(seen)
        self._counted = time.monotonic()
        changing = seen.state.touched or seen.state.gone or seen.state.is_held()
        names = (articles_of(seen.building), passages_of(seen.building))
        try:
            if changing or has_removed(self.client, *names):
                return None
            return self._dictionary_of(seen)
        except IndexReadOnly:  # this account may not ask for statistics: entries are counted
            return None
        except IndexUnreachable:
            if not self._settings.opensearch.partial:
                raise
            return None

    def refresh(self) -> None:
        with self._reading:
            self._looked = 0.0

    def doubt(self) -> None:
        pass  # the cluster compares what it keeps with its own checksums

    def close(self) -> None:
        """Closes the connections; snapshots taken before can't be used any more either."""
        with self._reading:
            if not self._closed:
                self._closed = True
                if self._current is not None:
                    self._current.retire()
                self._current = None
                self.client.close()

    def _check_open(self) -> None:
        if self._closed:
            raise IndexError_(f"{self.address.text}: đã đóng; hãy mở lại")

    # writing

    @contextlib.contextmanager
    def writer(self) -> Iterator[ClusterWriter]:
        """To add and remove. What isn't committed when the block ends is dropped. Raises IndexLocked."""
        self._check_open()
        with self._alone():
            seen = state.read(self.client, self.address.name)
            state.check_analyzer(self.client, seen.state, self._analyzer)
            self.remove_retired(seen.building)
            with self._writer_of(self._taken(seen)) as writer:
                yield writer

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._writing.acquire(blocking=False):
            raise IndexLocked("một luồng khác đang ghi vào chỉ mục này; hãy đợi xong")
        try:
            yield
        finally:
            self._writing.release()

    @contextlib.contextmanager
    def _writer_of(self, taken: Seen, *, after: int = 0) -> Iterator[ClusterWriter]:
        writer = ClusterWriter(self.client, taken, self._settings, after=after)
        try:
            yield writer
            writer.merge()
        finally:
            writer.close()
            self.refresh()

    def _taken(self, seen: Seen) -> Seen:
        """The state with this process in it as the one that writes. Raises IndexLocked."""
        other = seen.state.holder
        if other is not None and seen.state.is_held() and not _is_dead(other):
            raise IndexLocked(
                f"{self.address.text}: tiến trình {other.process} trên máy {other.host} đang ghi vào đó; hãy đợi xong"
            )
        own = holder()
        void = seen.state.void
        if seen.state.touched:  # whoever wrote may be paused in the middle of a request
            void = (*void, seen.state.following)[-_MOST_VOID:]
        taken = state.write(self.client, seen.building, replace(seen.state, holder=own, void=void), seen)
        WRITING.add(own.token)
        return taken

    @contextlib.contextmanager
    def replacing(self, analyzer: str | None = None) -> Iterator[str]:
        """A new building, empty; nobody else writes meanwhile. It goes again where the block raises.

        `analyzer`: the fingerprint of the analysis that its terms come from, if not that of this index.
        """
        with self._alone():
            before = self._before()
            taken = self._taken(before) if before else None
            building = self._make(self._analyzer if analyzer is None else analyzer)
            try:
                yield building
            except BaseException:
                self._delete([building, articles_of(building), passages_of(building)])
                raise
            finally:
                if taken is not None and taken.state.holder is not None:
                    WRITING.discard(taken.state.holder.token)
                    with contextlib.suppress(IndexError_):
                        now = state.read(self.client, taken.building)
                        state.write(self.client, now.building, replace(now.state, holder=None), now)
                self.refresh()

    @contextlib.contextmanager
    def writer_to(self, building: str, *, after: int) -> Iterator[ClusterWriter]:
        """Writes into a building that nobody reads yet; its generations begin behind `after`."""
        with self._writer_of(self._taken(state.read(self.client, building)), after=after) as writer:
            yield writer

    def _before(self) -> Seen | None:
        try:
            return state.read(self.client, self.address.name)
        except IndexMissing:
            return None

    def _make(self, analyzer: str | None) -> str:
        name, opensearch = self.address.name, self._settings.opensearch
        taken = self.client.ask(
            "GET", f"/{name}-*/_settings", kind="list", params={"filter_path": "*.settings.index.uuid"}
        )
        numbers = [int(part) for one in taken if (part := one[len(name) + 1 :].split("-")[0]).isdigit()]
        building = f"{name}-{max(numbers, default=0) + 1:04}"
        for index, body in indexes(building, opensearch).items():
            self.client.ask("PUT", f"/{index}", body, kind="make", seconds=60.0)
        first = State(analyzer=analyzer or "", uid=uuid.uuid4().hex, complete=True)
        state.write(self.client, building, first, None)
        return building

    def switch(self, building: str) -> None:
        """From here on the index is what is in this building, in one step; readers of the other go on for a while."""
        name, before = self.address.name, self._before()
        actions: list[dict[str, object]] = [{"add": {"index": building, "alias": name}}]
        if before is not None:
            actions.insert(0, {"remove": {"index": before.building, "alias": name}})
        self.client.ask("POST", "/_aliases", {"actions": actions}, kind="switch", seconds=60.0)
        if before is not None:
            now = state.read(self.client, before.building)
            state.write(self.client, before.building, replace(now.state, retired=time.time()), now)
        self.refresh()

    def remove_retired(self, current: str) -> None:
        """Removes buildings that no question reads any more."""
        name = self.address.name
        found = self.client.ask(
            "GET", f"/{name}-*/_settings", kind="list", params={"filter_path": "*.settings.index.uuid"}
        )
        for one in found:
            number = one[len(name) + 1 :]
            if one == current or not number.isdigit():
                continue
            with contextlib.suppress(IndexError_):
                retired = state.read(self.client, one).state.retired
                if retired and time.time() - retired > self._settings.opensearch.keep_alive_seconds + _SPARE:
                    self._delete([one, articles_of(one), passages_of(one)])

    def _delete(self, names: list[str]) -> None:
        with contextlib.suppress(IndexError_):
            self.client.ask(
                "DELETE", f"/{','.join(names)}", kind="delete", params={"ignore_unavailable": "true"}
            )


def _is_dead(other: Holder) -> bool:
    """Whether the one who wrote ran here and is gone."""
    if (other.host, other.process) == (platform.node(), os.getpid()):
        return other.token not in WRITING
    if other.host != platform.node() or os.name != "posix":
        return False
    try:
        os.kill(other.process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
