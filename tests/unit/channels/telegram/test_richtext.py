"""Does any text become messages that Telegram takes, with nothing lost?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.cutting import units
from bot.channels.telegram.richtext import Paragraph, messages
from tests.integration.telegram.botapi.entities import parse_html
from tests.integration.telegram.botapi.entities import units as telegrams_units

TEXTS = st.text(st.sampled_from("ab đ.!?\n <>&;\"'😀\x00\u202e\ud800"), max_size=300)


@st.composite
def paragraphs(draw: st.DrawFn) -> list[Paragraph]:
    made = []
    for text in draw(st.lists(TEXTS, max_size=4)):
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
        spans = tuple((a, b, "b") for a, b in zip(cuts[::2], cuts[1::2], strict=False))
        made.append(Paragraph(text, spans, draw(st.booleans())))
    return made


@given(paragraphs(), st.integers(10, 60))
def test_every_message_parses_and_fits_and_no_word_is_lost(made: list[Paragraph], limit: int) -> None:
    sent = messages(made, limit=limit)
    shown = [parse_html(message.html)[0] for message in sent]
    assert all(0 < telegrams_units(text) <= limit for text in shown)
    assert [message.plain for message in sent] == shown
    assert _letters("".join(shown)) == _letters("".join(p.text for p in made))


def _letters(text: str) -> str:
    return "".join(c for c in text if c in "abđ.!?<>&;\"'😀\u202e")


@given(st.text())
def test_units_are_those_that_telegram_counts(text: str) -> None:
    assert units(text) == telegrams_units(text)


def test_a_long_text_is_cut_at_paragraphs_then_sentences_then_words() -> None:
    text = "Một câu. Hai câu ở đây.\nĐoạn sau dài hơn một chút."
    assert [m.plain for m in messages([Paragraph(text)], limit=30)] == [
        "Một câu. Hai câu ở đây.",
        "Đoạn sau dài hơn một chút.",
    ]
    assert [m.plain for m in messages([Paragraph("Một câu. Hai câu ở")], limit=15)] == [
        "Một câu.",
        "Hai câu ở",
    ]
    assert [m.plain for m in messages([Paragraph("một hai ba bốn")], limit=9)] == ["một hai", "ba bốn"]


def test_a_mark_that_is_cut_goes_on_in_the_next_message() -> None:
    first, second = messages([Paragraph("một hai ba bốn", ((4, 10, "b"),))], limit=9)
    assert (first.html, second.html) == ("một <b>hai</b>", "<b>ba</b> bốn")


def test_folded_text_stays_folded_in_each_part() -> None:
    parts = messages([Paragraph("một hai ba bốn", folded=True)], limit=9)
    assert all(
        p.html.startswith("<blockquote expandable>") and p.html.endswith("</blockquote>") for p in parts
    )
