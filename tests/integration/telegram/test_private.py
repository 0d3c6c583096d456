"""Does a private conversation read well, from the first word to the last?"""

from __future__ import annotations

import pytest

from tests.integration.telegram.botapi import Person

pytestmark = pytest.mark.anyio
QUESTION = "Sóc Trăng kết nạp bao nhiêu đảng viên?"


def bold(message: dict[str, object]) -> list[str]:
    """The words in bold."""
    raw = str(message["text"]).encode("utf-16-le")
    entities = message["entities"]
    assert isinstance(entities, list)
    return [
        raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in entities
        if e["type"] == "bold"
    ]


async def test_the_answer_card_holds_the_answer_in_bold_with_source_and_date(an: Person) -> None:
    reply = await an.ask(QUESTION)
    assert bold(reply) == ["7.448"]
    assert "Báo Đồng Khởi · 07/02/2020" in reply["text"]
    assert reply["link_preview_options"] == {"is_disabled": True}
