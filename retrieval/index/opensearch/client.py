"""How is the cluster asked, so that every request ends in time and every error says what it is?

One request, tried again while its time lasts: with another node where one doesn't answer, after a moment where the
cluster is busy or a node has just gone.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from retrieval.errors import (
    HoidapError,
    IndexMissing,
    IndexReadOnly,
    IndexUnreachable,
    SnapshotLost,
)
from retrieval.index.opensearch.address import Address, Credentials

LEAST_VERSION = 3
"""Of OpenSearch, the main one: what the tests run against, and later."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
"""Seconds before the next try; each pause is twice the one before."""

_TURNED_AWAY, _MISSING_SHARDS = 429, 503
_GONE = ("search_context_missing", "no node found", "no such index", "index_not_found")
_SHARDS = ("no_shard_available", "all shards failed", "Partial shards failure", "search_phase_execution")

_LOG = logging.getLogger("opensearch")
if _LOG.level == logging.NOTSET:
    _LOG.setLevel(logging.CRITICAL)  # what fails is told by errors

Answer = Any
"""JSON, as Python has it."""


class Conflict(HoidapError):
    """Somebody else has written the document meanwhile."""


class Client:
    """One cluster, from any thread. `requests` counts what was asked, by kind."""

    def __init__(self, address: Address, credentials: Credentials, *, timeout: float) -> None:
        from opensearchpy import JSONSerializer, OpenSearch

        class Json(JSONSerializer):  # type: ignore[misc] # ships types that aren't read here
            """Large answers are read five times as fast."""

            def loads(self, s: str) -> Any:
                return msgspec.json.decode(s)

        self.address, self._timeout = address, timeout
        self.requests: Counter[str] = Counter()
        self._counting = threading.Lock()
        self._client = OpenSearch(
            list(address.hosts),
            headers=credentials.headers(),
            ca_certs=credentials.ca or None,
            serializer=Json(),
            pool_maxsize=16,
            max_retries=0,
            retry_on_timeout=True,  # here: a node that doesn't answer in time is left out for a while
            http_compress=False,
        )

    def check(self) -> None:
        """Raises IndexUnreachable where what answers isn't an OpenSearch that this works with."""
        try:
            about = self.ask("GET", "/", kind="about")
        except IndexReadOnly:  # may not be asked by every account, which is no fault
            return
        version = about.get("version", {}) if isinstance(about, dict) else {}
        if not isinstance(version, dict) or version.get("distribution") != "opensearch":
            raise IndexUnreachable(
                f"{self.address.text}: máy chủ ở đó không phải OpenSearch; hãy kiểm tra địa chỉ và cổng"
            )
        number = str(version.get("number", ""))
        if not number.partition(".")[0].isdigit() or int(number.partition(".")[0]) < LEAST_VERSION:
            raise IndexUnreachable(
                f"{self.address.text}: OpenSearch {number} quá cũ; hãy nâng cụm lên {LEAST_VERSION}.0 trở lên"
            )

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        kind: str,
        params: Mapping[str, str] | None = None,
        seconds: float | None = None,
        patient: bool = True,
        read: Callable[[Answer], Answer] | None = None,
    ) -> Answer:
        """What the cluster answers. `kind`: what it is counted under. `patient`: tried again while it may help.
        `read`: what is made of the answer; what it raises counts as raised by the cluster.

        Raises IndexUnreachable, IndexMissing, IndexReadOnly, SnapshotLost, Conflict.
        """
        from opensearchpy import TransportError

        limit = seconds or self._timeout
        began, pause = time.monotonic(), _FIRST_PAUSE
        told: HoidapError | None = None
        while True:
            with self._counting:
                self.requests[kind] += 1
            left = min(limit / 2, limit - (time.monotonic() - began))  # two nodes may be asked in the time
            try:
                with self._named(limit):
                    answer = self._client.transport.perform_request(
                        method, path, params=dict(params or {}), body=body, timeout=max(0.1, left)
                    )
                    return read(answer) if read else answer
            except _Again as again:
                if (
                    told is None or not again.unconnected
                ):  # what a node says tells more than that another is gone
                    told = again.error
                if not patient or time.monotonic() - began + pause > limit:
                    raise told from again.__cause__
            except TransportError as error:  # pragma: no cover (all are named)
                raise IndexUnreachable(f"{self.address.text}: {type(error).__name__}") from error
            time.sleep(pause)
            pause = min(_LONGEST_PAUSE, 2 * pause)

    def search_many(
        self, searches: Sequence[tuple[Mapping[str, object], Mapping[str, object]]], *, kind: str
    ) -> list[Answer]:
        """The answers to several searches, each a header and a body, in one request."""
        lines = b"".join(msgspec.json.encode(part) + b"\n" for search in searches for part in search)

        def read(answer: Answer) -> list[Answer]:
            for one in answer["responses"]:
                if "error" in one:
                    self.raise_again(int(one.get("status", 500)), one)
            return list(answer["responses"])

        found: list[Answer] = self.ask("POST", "/_msearch", lines, kind=kind, read=read)
        return found

    def raise_for(self, status: int, told: object) -> None:
        """Raises what an answer's error means."""
        raise self._meant(status, told)[0]

    def raise_again(self, status: int, told: object) -> None:
        """The same in a `read`: what may pass is asked again. Shards that are missing are not waited for; what is left
        may do, and a new snapshot knows."""
        meant, passing = self._meant(status, told)
        raise _Again(meant) if passing and status != _MISSING_SHARDS else meant

    @contextmanager
    def _named(self, limit: float) -> Iterator[None]:
        from opensearchpy import exceptions

        where = self.address.text
        try:
            yield
        except exceptions.ConnectionTimeout as error:
            raise _Again(
                IndexUnreachable(
                    f"{where}: cụm không trả lời trong {limit:g} giây;"
                    " hãy xem các nút có chạy không, hoặc tăng timeout_seconds"
                )
            ) from error
        except exceptions.SSLError as error:
            raise IndexUnreachable(
                f"{where}: không tin được chứng chỉ của máy chủ ({_reason(error)});"
                " hãy nêu tệp CA bằng HOIDAP_OPENSEARCH_CA"
            ) from error
        except exceptions.ConnectionError as error:
            raise _Again(
                IndexUnreachable(
                    f"{where}: không kết nối được ({_reason(error)}); hãy xem địa chỉ và các nút của cụm"
                ),
                unconnected=True,
            ) from error
        except exceptions.TransportError as error:
            status = error.status_code if isinstance(error.status_code, int) else 500
            meant, passing = self._meant(status, error.info)
            raise (_Again(meant) if passing else meant) from error
        except (exceptions.SerializationError, msgspec.DecodeError) as error:
            raise IndexUnreachable(
                f"{where}: máy chủ ở đó không phải OpenSearch; hãy kiểm tra địa chỉ và cổng"
            ) from error

    def _meant(self, status: int, told: object) -> tuple[HoidapError, bool]:  # noqa: PLR0911 (a table)
        """What an answer with this status means, and whether it may pass by itself."""
        where, said = self.address.text, json.dumps(told, ensure_ascii=False, default=str)
        if status == 401:
            return IndexUnreachable(
                f"{where}: cụm không nhận tên và mật khẩu này; hãy sửa HOIDAP_OPENSEARCH_USER và"
                " HOIDAP_OPENSEARCH_PASSWORD, hoặc HOIDAP_OPENSEARCH_API_KEY"
            ), False
        if status == 403:
            full = "read-only-allow-delete" in said or "flood" in said
            what = "đĩa của cụm đã đầy nên không ghi được" if full else "tài khoản này không được làm việc đó"
            mend = (
                "hãy thêm đĩa" if full else "hãy xin quyền đọc và ghi chỉ mục này và các chỉ mục cùng tên đầu"
            )
            return IndexReadOnly(f"{where}: {what}; {mend}"), False
        if status == 409:
            return Conflict(where), False
        if any(mark in said for mark in _GONE) and ("context" in said or "no node" in said):
            return SnapshotLost(f"{where}: một nút vừa mất; hãy hỏi lại"), False
        if status == 404 or "index_not_found" in said:
            return IndexMissing(
                f"{where}: cụm không có chỉ mục này; hãy lập bằng hoidap index ĐƯỜNG_DẪN --index {where}"
            ), False
        if status == _MISSING_SHARDS and any(mark in said for mark in _SHARDS):
            return IndexUnreachable(
                f"{where}: thiếu mảnh của chỉ mục; hãy đợi các nút trở lại, hoặc đặt partial = true trong [opensearch]"
            ), True
        if status == _TURNED_AWAY or status >= 500:  # a shard that is being moved answers with 500, too
            return IndexUnreachable(
                f"{where}: cụm đang bận hoặc thiếu nút ({_first_reason(told, status)}); hãy đợi và thử lại,"
                " hoặc xem _cluster/health"
            ), True
        return IndexUnreachable(
            f"{where}: cụm báo lỗi {status} ({_first_reason(told, status)}); hãy xem nhật ký của các nút"
        ), False

    def close(self) -> None:
        self._client.close()


class _Again(Exception):
    """An error that another try may be without."""

    def __init__(self, error: HoidapError, *, unconnected: bool = False) -> None:
        self.error, self.unconnected = error, unconnected


def _reason(error: Any) -> str:
    """In a few words, without addresses of objects."""
    inner = error.info if isinstance(getattr(error, "info", None), Exception) else error
    text = " ".join(str(inner).split())
    return text.rpartition(">")[2].strip(" :()'\"")[:160] or type(inner).__name__


def _first_reason(told: object, status: int) -> str:
    """What the cluster gives as the deepest cause, shortly."""
    error = told.get("error", told) if isinstance(told, dict) else told
    while isinstance(error, dict):
        causes = error.get("root_cause") or error.get("failed_shards") or []
        deeper = error.get("caused_by") or (causes[0].get("reason", causes[0]) if causes else None)
        if not isinstance(deeper, dict) or deeper == error:
            text = f"{error.get('type', '')} {error.get('reason', '')}"
            return " ".join(text.split())[:160] or str(status)
        error = deeper
    return " ".join(str(error).split())[:160] or str(status)
