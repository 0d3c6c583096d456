"""Does every question get its answer, once, in order, through everything that can go wrong at a time?

Used by a test, and at full length by `benchmarks/telegram_faults.py`.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.integration.telegram.botapi import FakeBotApi, Fault, Person
from tests.integration.telegram.botapi.faults import Kind
from tests.integration.telegram.ledger import Ledger, figure, question
from tests.integration.telegram.running import Running, settings_for, started

_SHARES: dict[str, dict[Kind, float]] = {
    "sendMessage": {"429": 0.03, "502": 0.05, "drop": 0.05, "cant_parse": 0.05},
    "getUpdates": {"502": 0.05, "drop": 0.05},
}
_DUPLICATED, _LATE = 0.1, 0.1
"""Shares of the updates that come twice, and of those that come late."""


@dataclass(slots=True)
class Outcome:
    """`wrong`: replies that hold another question's answer. `after_outage`: seconds from Telegram's return to
    the first reply after it. `played`: faults by kind.
    """

    questions: int
    answered_once: int = 0
    unanswered: int = 0
    answered_again: int = 0
    wrong: int = 0
    out_of_order: int = 0
    seconds: float = 0.0
    after_outage: float = 0.0
    duplicated: int = 0
    late: int = 0
    restarts: int = 0
    played: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Asked:
    number: int
    person: Person
    message: dict[str, Any]


class Ordeal:
    """`outage`: seconds for which Telegram is gone, once; `patience`: seconds for all answers to come."""

    def __init__(
        self,
        api: FakeBotApi,
        folder: Path,
        *,
        questions: int,
        people: int,
        outage: float,
        patience: float,
        seed: int,
    ) -> None:
        self._api = api
        self._settings = settings_for(folder, conflict_seconds=60)
        self._questions = questions
        self._people = [Person(api, f"Người {n}") for n in range(people)]
        self._outage = outage
        self._patience = patience
        self._chance = random.Random(seed)
        self._asked: list[Asked] = []
        self._outcome = Outcome(questions)

    async def run(self) -> Outcome:
        began = time.monotonic()
        self._api.faults.plan = self._fault
        blocker = Person(self._api, "Người đã chặn")
        blocker.chat.blocked = True
        bot = await self._start()
        thirds = self._questions // 3
        await self._ask(range(thirds), blocker)
        bot = await self._restart(bot)
        await self._ask(range(thirds, 2 * thirds), blocker)
        await self._go_away()
        await self._ask(range(2 * thirds, self._questions), blocker)
        await self._answered()
        await bot.finish()
        self._outcome.seconds = time.monotonic() - began
        self._outcome.played = dict(self._api.faults.played)
        self._judge()
        return self._outcome

    def _fault(self, method: str, parameters: dict[str, Any]) -> Fault | None:
        dice = self._chance.random()
        for kind, share in _SHARES.get(method, {}).items():
            if dice < share:
                # A plain message has no entities that could be refused.
                return None if kind == "cant_parse" and "parse_mode" not in parameters else Fault(kind)
            dice -= share
        return None

    async def _start(self) -> Running:
        return await started(self._api, self._settings, corpus=Ledger())

    async def _restart(self, bot: Running) -> Running:
        """Stop while questions are at work and others wait."""
        await bot.finish()
        self._outcome.restarts += 1
        return await self._start()

    async def _go_away(self) -> None:
        """Telegram is gone while people go on writing, and comes back."""
        await self._api.stop()
        during = len(self._asked)
        self._people.append(Person(self._api, "Người mới"))
        self._say(self._questions + 1_000, self._people[-1])
        await asyncio.sleep(self._outage)
        await self._api.start()
        back = time.monotonic()
        last = self._asked[during]
        await last.person.until(lambda: self._replies(last), seconds=self._patience)
        self._outcome.after_outage = time.monotonic() - back
        self._outcome.questions += 1

    async def _ask(self, numbers: range, blocker: Person) -> None:
        for number in numbers:
            self._say(number, self._chance.choice(self._people))
            if number % 50 == 0:
                blocker.say(question(number))
            if number % 7 == 0:
                await asyncio.sleep(0)  # let the bot fetch in between

    def _say(self, number: int, person: Person) -> None:
        world = self._api.world
        late = self._chance.random() < _LATE
        early_number = world.reserve() if late else None
        message = world.add_message(person.chat, person.user, text=question(number))
        if late:
            world.reserve()
            world.push("message", dict(message), update_id=early_number, late=True)
            self._outcome.late += 1
        else:
            world.push("message", dict(message))
        if self._chance.random() < _DUPLICATED:
            world.again(dict(world.waiting[-1].update))
            self._outcome.duplicated += 1
        self._asked.append(Asked(number, person, message))

    def _replies(self, asked: Asked) -> list[dict[str, Any]]:
        wanted = asked.message["message_id"]
        return [r for r in asked.person.replies if r.get("reply_to_message", {}).get("message_id") == wanted]

    async def _answered(self) -> None:
        """Wait until each question has a reply, and then until nothing more is on its way."""
        for asked in self._asked:
            await asked.person.until(lambda a=asked: self._replies(a), seconds=self._patience)
        last = self._people[0].say("cảm ơn")
        await self._people[0].reply_to(last)

    def _judge(self) -> None:
        for asked in self._asked:
            replies = self._replies(asked)
            self._outcome.answered_once += len(replies) == 1
            self._outcome.unanswered += not replies
            self._outcome.answered_again += len(replies) > 1
            self._outcome.wrong += sum(figure(asked.number) not in reply["text"] for reply in replies)
        for person in self._people:
            answered = [r["reply_to_message"]["message_id"] for r in person.replies]
            self._outcome.out_of_order += sum(a > b for a, b in pairwise(answered))
