"""What goes wrong, and when? A script of faults that the server plays, by method."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any, Literal

from tests.integration.telegram.botapi.refusals import Refusal, bad_request, too_many

Kind = Literal["429", "502", "drop", "drop_after", "cant_parse", "blocked", "slow"]


class Fault:
    """One thing that goes wrong. `drop`: the connection ends before the request counts; `drop_after`: the request
    is carried out, but its answer is lost. `seconds`: of `retry_after`, or of a slow answer.
    """

    def __init__(self, kind: Kind, seconds: int = 1) -> None:
        self.kind = kind
        self.seconds = seconds

    def refusal(self) -> Refusal | None:
        match self.kind:
            case "429":
                return too_many(self.seconds)
            case "502":
                return Refusal(502, "Bad Gateway")
            case "cant_parse":
                return bad_request("can't parse entities: as the script wants it")
            case "blocked":
                return Refusal(403, "Forbidden: bot was blocked by the user")
            case _:
                return None


Plan = Callable[[str, dict[str, Any]], Fault | None]


class Faults:
    """Queued faults by method come first, then what the plan says; every fault played is counted."""

    def __init__(self) -> None:
        self._queued: dict[str, deque[Fault]] = defaultdict(deque)
        self.plan: Plan | None = None
        self.played: dict[str, int] = defaultdict(int)

    def queue(self, method: str, *faults: Fault) -> None:
        """The next calls of `method` meet these, one each."""
        self._queued[method.lower()].extend(faults)

    def take(self, method: str, parameters: dict[str, Any]) -> Fault | None:
        waiting = self._queued[method.lower()]
        fault = waiting.popleft() if waiting else (self.plan(method, parameters) if self.plan else None)
        if fault is not None:
            self.played[fault.kind] += 1
        return fault
