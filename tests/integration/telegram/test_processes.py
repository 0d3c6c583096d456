"""Are chats answered in order by several processes, also while one of these dies?"""

from __future__ import annotations

import multiprocessing
from itertools import pairwise
from pathlib import Path

import pytest

from bot.channels.processes import shared_responder
from retrieval import Document, Retriever
from tests.integration.telegram.botapi import FakeBotApi, Person
from tests.integration.telegram.running import running, settings_for

pytestmark = pytest.mark.anyio
COMMUNES = {
    "Mường Lát": "4.310",
    "Tam Chung": "2.875",
    "Pù Nhi": "3.642",
    "Quang Chiểu": "5.127",
    "Nhi Sơn": "1.958",
}
ARTICLES = [
    Document(
        name, title=f"Dân số xã {name}", text=f"Cuối năm ngoái, xã {name} có {number} hộ dân ở trong các bản."
    )
    for name, number in COMMUNES.items()
]


async def test_every_chat_gets_its_answers_once_and_in_order_though_processes_die(
    own_api: FakeBotApi, tmp_path: Path
) -> None:
    settings, path = settings_for(tmp_path, workers=2), tmp_path / "index"
    others = set(multiprocessing.active_children())
    with (
        Retriever.build(ARTICLES, path=path) as retriever,
        shared_responder(
            retriever, settings=settings, sample=False, path=str(path), processes=2
        ) as responder,
    ):
        people = [Person(own_api, f"Người {n}") for n in range(6)]
        async with running(own_api, settings, corpus=retriever, responder=responder):
            asked = [
                (person, number, person.say(f"Xã {name} có bao nhiêu hộ dân?"))
                for _ in range(3)
                for name, number in COMMUNES.items()
                for person in people
            ]
            await people[0].reply_to(asked[0][2])
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            for person, number, message in asked:
                assert number in (await person.reply_to(message))["text"]
        for person in people:
            answered = [reply["reply_to_message"]["message_id"] for reply in person.replies]
            assert len(answered) == 3 * len(COMMUNES)
            assert all(before < after for before, after in pairwise(answered))
