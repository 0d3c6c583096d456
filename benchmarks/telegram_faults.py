"""Is every question on Telegram answered once, in order, while everything goes wrong, and soon after an outage?

Plays the tests' ordeal at full length: 500 questions of 40 people; pauses asked for (429), 502, dropped
connections, refused markup, somebody who blocked the bot, updates that come twice or late, a restart in the
middle, and Telegram gone for 60 seconds. Prints what was counted. Run from the repository:

    python -m benchmarks.telegram_faults [--questions 500] [--outage 60] [--seed 1]
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import tempfile
from pathlib import Path

from tests.integration.telegram.botapi import FakeBotApi
from tests.integration.telegram.ordeal import Ordeal, Outcome
from tests.integration.telegram.running import made_up_token


async def play(questions: int, outage: float, seed: int) -> Outcome:
    api = FakeBotApi(made_up_token(), keep_calls=False)
    await api.start()
    with tempfile.TemporaryDirectory() as folder:
        ordeal = Ordeal(
            api, Path(folder), questions=questions, people=40, outage=outage, patience=outage + 300, seed=seed
        )
        outcome = await ordeal.run()
    await api.stop()
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--outage", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name, value in dataclasses.asdict(
        asyncio.run(play(options.questions, options.outage, options.seed))
    ).items():
        print(
            f"{name.replace('_', ' ')}: {value:.1f}"
            if isinstance(value, float)
            else f"{name.replace('_', ' ')}: {value}"
        )


if __name__ == "__main__":
    main()
