"""Can a conversation only go on as it was, and only for so long?"""

from __future__ import annotations

import random

import pytest

from bot.web.conversations import LONGEST, Conversations
from bot.web.problems import Problem
from retrieval import Turn

TURNS = (Turn("Ai là hiệu trưởng?", "Ai là hiệu trưởng trường Kim Sơn?", text="cô Hiền"),)


def test_what_was_said_comes_back() -> None:
    conversations = Conversations(b"secret", hours=1)
    assert conversations.read(conversations.token(TURNS)) == TURNS
    assert conversations.read(conversations.token(())) == ()
    assert conversations.read(None) == ()
    assert conversations.read("") == ()


def test_no_bit_of_a_token_can_be_changed() -> None:
    conversations = Conversations(b"secret", hours=1)
    token = conversations.token(TURNS)
    for place in range(0, len(token) - 1):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(Problem) as caught:
            conversations.read(changed)
        assert caught.value.status == 409


def test_it_ends_after_its_time_and_under_another_secret() -> None:
    now = [1000.0]
    conversations = Conversations(b"secret", hours=1, clock=lambda: now[0])
    token = conversations.token(TURNS)
    now[0] += 3599
    assert conversations.read(token) == TURNS
    now[0] += 2
    with pytest.raises(Problem, match="quá cũ"):
        conversations.read(token)
    with pytest.raises(Problem, match="không do dịch vụ này đưa ra"):
        Conversations(b"other", hours=1).read(token)


def test_the_oldest_turns_are_left_out_of_a_long_one() -> None:
    noise = random.Random(1)
    turns = tuple(
        Turn(f"câu {number}", "".join(chr(noise.randrange(0x4E00, 0x9000)) for _ in range(3000)))
        for number in range(4)
    )
    conversations = Conversations(b"secret", hours=1)
    token = conversations.token(turns)
    assert len(token) <= LONGEST
    kept = conversations.read(token)
    assert 0 < len(kept) < 4
    assert kept == turns[-len(kept) :]
