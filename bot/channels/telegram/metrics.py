"""What does the bot count while it runs? Numbers for the health page, in Prometheus' text format."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histograms' buckets, seconds."""
HELP = {
    "hoidap_updates_total": "Updates received from Telegram",
    "hoidap_replies_total": "Replies by kind",
    "hoidap_errors_total": "Errors by kind",
    "hoidap_waits_total": "Pauses that Telegram asked for",
    "hoidap_polling_restarts_total": "Times that polling was built anew because nothing arrived",
    "hoidap_retrieval_seconds": "Finding the answer",
    "hoidap_reply_seconds": "From taking up a question to its delivered reply, retrieval included",
    "hoidap_inbox": "Updates received and not yet answered",
    "hoidap_last_poll_age_seconds": "Since Telegram last answered a request for updates",
    "hoidap_pending_updates": "Updates that wait at Telegram, when last asked",
}


class Metrics:
    """Counters and histograms; touched by the event loop only."""

    def __init__(self) -> None:
        self._counters: dict[tuple[str, str], int] = defaultdict(int)
        self._seconds: dict[str, list[int]] = defaultdict(lambda: [0] * (len(_BOUNDS) + 1))
        self._sums: dict[str, float] = defaultdict(float)
        self.started = time.monotonic()
        self.last_poll: float | None = None
        self.last_update: float | None = None
        self.pending = 0

    def count(self, name: str, kind: str = "") -> None:
        self._counters[name, kind] += 1

    def counted(self, name: str, kind: str = "") -> int:
        return self._counters[name, kind]

    def observe(self, name: str, seconds: float) -> None:
        place = next((i for i, bound in enumerate(_BOUNDS) if seconds <= bound), len(_BOUNDS))
        self._seconds[name][place] += 1
        self._sums[name] += seconds

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self.observe(name, time.monotonic() - began)

    def update_arrived(self) -> None:
        self.count("hoidap_updates_total")
        self.last_update = time.monotonic()

    def poll_answered(self) -> None:
        self.last_poll = time.monotonic()

    def poll_age(self) -> float:
        """Seconds since Telegram last answered a request for updates, or since the start."""
        return time.monotonic() - (self.last_poll or self.started)

    def page(self, **gauges: float) -> str:
        """Everything, with these further values, in the text format of https://prometheus.io."""
        lines: list[str] = []
        for name in sorted({name for name, _ in self._counters}):
            lines += _head(name, "counter")
            for (other, kind), amount in sorted(self._counters.items()):
                if other == name:
                    lines.append(f'{name}{{kind="{kind}"}} {amount}' if kind else f"{name} {amount}")
        for name, buckets in sorted(self._seconds.items()):
            lines += _head(name, "histogram")
            total = 0
            for bound, amount in zip((*(str(b) for b in _BOUNDS), "+Inf"), buckets, strict=True):
                total += amount
                lines.append(f'{name}_bucket{{le="{bound}"}} {total}')
            lines += [f"{name}_sum {self._sums[name]:.6f}", f"{name}_count {total}"]
        for name, value in sorted(gauges.items()):
            lines += [*_head(name, "gauge"), f"{name} {value:g}"]
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str) -> list[str]:
    return [f"# HELP {name} {HELP[name]}", f"# TYPE {name} {kind}"]
