"""What does the bot count while it runs? Numbers for the health page, in Prometheus' text format."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histograms' buckets, seconds."""
_COUNTERS = {
    "hoidap_updates_total": "Updates received from {}",
    "hoidap_waits_total": "Pauses that {} asked for",
    "hoidap_polling_restarts_total": "Times that polling was built anew because nothing arrived",
}
_COUNTERS_BY_KIND = {
    "hoidap_replies_total": "Replies by kind",
    "hoidap_errors_total": "Errors by kind",
}
_SECONDS = {
    "hoidap_retrieval_seconds": "Finding the answer",
    "hoidap_reply_seconds": "From taking up a question to its delivered reply, retrieval included",
}
_GAUGES = {
    "hoidap_inbox": "Updates received and not yet answered",
    "hoidap_last_poll_age_seconds": "Since {} last answered a request for updates",
    "hoidap_pending_updates": "Updates that wait at {}, when last asked",
}


class Metrics:
    """Counters and histograms of one bot on a channel, "Telegram" for example."""

    def __init__(self, channel: str) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = own = CollectorRegistry()
        self._counters = {
            name: Counter(name, told.format(channel), registry=own) for name, told in _COUNTERS.items()
        }
        self._counters |= {
            name: Counter(name, told, ["kind"], registry=own) for name, told in _COUNTERS_BY_KIND.items()
        }
        self._seconds = {
            name: Histogram(name, told, buckets=_BOUNDS, registry=own) for name, told in _SECONDS.items()
        }
        self._gauges = {
            name: Gauge(name, told.format(channel), registry=own) for name, told in _GAUGES.items()
        }
        self.started = time.monotonic()
        self.last_poll: float | None = None
        self.pending = 0

    def count(self, name: str, kind: str = "") -> None:
        counter = self._counters[name]
        (counter.labels(kind) if kind else counter).inc()

    def counted(self, name: str, kind: str = "") -> int:
        return int(self._registry.get_sample_value(name, {"kind": kind} if kind else {}) or 0)

    def observe(self, name: str, seconds: float) -> None:
        self._seconds[name].observe(seconds)

    def timed(self, name: str) -> AbstractContextManager[object]:
        return self._seconds[name].time()

    def update_arrived(self) -> None:
        self.count("hoidap_updates_total")

    def poll_answered(self) -> None:
        self.last_poll = time.monotonic()

    def poll_age(self) -> float:
        """Seconds since the channel last answered a request for updates, or since the start."""
        return time.monotonic() - (self.last_poll or self.started)

    def page(self, **gauges: float) -> str:
        """Everything, with these values for the gauges, in the text format of https://prometheus.io."""
        for name, value in gauges.items():
            self._gauges[name].set(value)
        return generate_latest(self._registry).decode()
