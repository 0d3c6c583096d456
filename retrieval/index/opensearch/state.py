"""Which commit counts, and who is writing? One document, replaced in one step: a commit is there, or it is not."""

from __future__ import annotations

import datetime
import time
import uuid
from typing import Any

import msgspec

from retrieval.collection import CollectionStats
from retrieval.errors import IndexDamaged, IndexLocked, IndexOutdated
from retrieval.index.embedded.store import Totals
from retrieval.index.opensearch.client import Client, Conflict
from retrieval.index.opensearch.layout import FORMAT, STATE
from retrieval.records import PinnedAnswer

LEASE = 120.0
"""Seconds after which a writer that no longer shows itself is taken to be gone."""


class Holder(msgspec.Struct, frozen=True):
    """Who writes. `until`: seconds since 1970."""

    token: str
    process: int
    host: str
    until: float


class State(msgspec.Struct, frozen=True, kw_only=True):
    """One commit. `added` of an entry at most `generation`: it is in this commit, unless its key is in `gone`.

    `gone`: keys of documents that this commit removed and that lie in the cluster still. `stamp`: another one each time
    that the state is written. `uid`: of the building; `commit`: of the commit. `touched`: entries beyond the commit may
    lie in the cluster, of a writer that is at work or was killed.
    """

    format: int = FORMAT
    analyzer: str
    uid: str
    commit: str = ""
    generation: int = 0
    articles: int = 0
    passages: int = 0
    article_terms: int = 0
    passage_terms: int = 0
    gone: tuple[int, ...] = ()
    pins: tuple[PinnedAnswer, ...] = ()
    touched: bool = False
    holder: Holder | None = None
    stamp: str = ""
    written: str = ""
    complete: bool = False
    """Whether the building may be searched: one that is being made anew isn't yet."""
    void: tuple[int, ...] = ()
    """Generations of writers that another one took the place of: what they still send counts in no commit."""
    retired: float = 0.0
    """When another building took this one's place, in seconds since 1970."""

    @property
    def stats(self) -> CollectionStats:
        return Totals(self.articles, self.passages, self.article_terms, self.passage_terms).stats

    @property
    def following(self) -> int:
        """The generation that is written next."""
        return max(self.generation, *self.void, 0) + 1

    def is_held(self) -> bool:
        """Whether somebody writes who is taken to be alive."""
        return self.holder is not None and self.holder.until > time.time()


class Seen(msgspec.Struct, frozen=True):
    """The state with where it lies and its version, by which nobody overwrites what somebody else wrote."""

    building: str
    state: State
    seq_no: int
    primary_term: int


def read(client: Client, name: str) -> Seen:
    """The state of the alias, or of a building. Raises IndexMissing, IndexOutdated, IndexDamaged."""
    found = client.ask("GET", f"/{name}/_doc/{STATE}", kind="state")
    return Seen(
        found["_index"],
        decoded(client, found["_source"]["content"]),
        found["_seq_no"],
        found["_primary_term"],
    )


def decoded(client: Client, content: Any) -> State:
    where = client.address.text
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        told = content.get("format") if isinstance(content, dict) else "lạ"
        raise IndexOutdated(
            f"{where}: do phiên bản khác của hoidap lập (dạng {told}, ở đây {FORMAT});"
            " hãy lập lại từ các tệp gốc dưới một tên khác, hoặc dùng phiên bản đó"
        )
    try:
        return msgspec.convert(content, State)
    except msgspec.ValidationError as error:
        raise IndexDamaged(
            f"{where}: trạng thái bị hỏng ({error}); hãy lập lại từ các tệp gốc, hoặc từ bản sao lưu của cụm"
        ) from error


def check_analyzer(client: Client, state: State, analyzer: str | None) -> None:
    """Raises IndexOutdated where the terms come from another analysis."""
    if analyzer is not None and state.analyzer != analyzer:
        where = client.address.text
        raise IndexOutdated(
            f"{where}: được lập với thiết lập khác hoặc cách phân tích của phiên bản khác;"
            f" hãy chạy hoidap index --rebuild --index {where}"
        )


def write(client: Client, building: str, state: State, before: Seen | None) -> Seen:
    """Replaces the state, where it is still `before`. Raises IndexLocked where somebody else has written it."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    state = msgspec.structs.replace(state, stamp=uuid.uuid4().hex, written=now)
    params = {"refresh": "true"}
    if before is None:
        params["op_type"] = "create"
    else:
        params |= {"if_seq_no": str(before.seq_no), "if_primary_term": str(before.primary_term)}
    try:
        done = client.ask(
            "PUT",
            f"/{building}/_doc/{STATE}",
            {"content": msgspec.to_builtins(state)},
            kind="state",
            params=params,
        )
    except Conflict as error:
        seen = read(client, building)  # a try whose answer was lost may have written it
        if seen.state.stamp != state.stamp:
            raise IndexLocked(
                f"{client.address.text}: một tiến trình khác vừa ghi vào đó; hãy chạy lại"
            ) from error
        return seen
    return Seen(building, state, done["_seq_no"], done["_primary_term"])
