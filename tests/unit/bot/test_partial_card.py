"""What is said where a part of the documents couldn't be searched?"""

import dataclasses

from bot.answer_object import as_object
from bot.cards import PARTIAL, card
from bot.reply import Text
from retrieval import Document, Retriever


def test_an_answer_of_a_part_says_so() -> None:
    with Retriever.build([Document("a", "Kho sách mở cửa lúc 8 giờ.", title="Kho sách")]) as retriever:
        answer = retriever.answer("Kho sách mở cửa lúc mấy giờ?")
    assert Text(PARTIAL) not in card(answer).blocks
    assert "partial" not in as_object(answer)
    part = dataclasses.replace(answer, partial=True)
    assert card(part).blocks[0] == Text(PARTIAL)
    assert as_object(part)["partial"] is True
