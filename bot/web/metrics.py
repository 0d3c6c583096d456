"""What does the service count while it runs? In Prometheus' format, over all workers together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import Scope

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable: the folder in which several workers keep their counts."""
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counters and histograms. No label holds what a client wrote."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "hoidap_http_requests",
            "Requests by route and status",
            ("route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "hoidap_http_seconds",
            "From head to last byte",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._retrieval = Histogram(
            "hoidap_retrieval_seconds", "Finding the answer", buckets=_SECONDS, registry=self._registry
        )
        self._replies = Counter(
            "hoidap_replies", "Questions by what they got", ("kind",), registry=self._registry
        )
        self._refused = Counter(
            "hoidap_busy", "Questions sent away because too many waited", registry=self._registry
        )

    def request(self, scope: Scope, status: int, seconds: float) -> None:
        """One request has been served."""
        route = str(getattr(scope.get("route"), "path", "none"))
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def reply(self, kind: str) -> None:
        """One question has been answered, or declined."""
        self._replies.labels(kind).inc()

    def refused(self) -> None:
        """One question was sent away."""
        self._refused.inc()

    @contextmanager
    def retrieving(self) -> Iterator[None]:
        began = perf_counter()
        try:
            yield
        finally:
            self._retrieval.observe(perf_counter() - began)

    def page(self) -> bytes:
        """All counts, of all workers where there are several."""
        if os.environ.get(SHARED_FOLDER):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            return generate_latest(registry)
        return generate_latest(self._registry)
