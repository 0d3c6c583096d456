"""Does each of several figures of a sentence get the words that are said of it?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.vietnamese.enumerations import parts, statements


def _said(text: str) -> list[tuple[str, str]]:
    """(what opens the sentence for all, the own part) of every figure."""
    spans = [match.span() for match in re.finditer(r"\d[\d.]*", text)]
    return [
        (text[slice(*part.shared)].strip(), text[slice(*part.own)].strip(" ,;"))
        for part in parts(text, spans)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Gió mạnh làm 4 nhà sập, 19 nhà tốc mái và 2 cột điện đổ.",
            [
                ("Gió mạnh làm", "4 nhà sập"),
                ("Gió mạnh làm", "19 nhà tốc mái và"),
                ("Gió mạnh làm", "2 cột điện đổ."),
            ],
        ),
        (
            "Vé chiếc: người lớn 30 đồng, trẻ em 15 đồng",
            [("Vé chiếc:", "người lớn 30 đồng"), ("Vé chiếc:", "trẻ em 15 đồng")],
        ),
        ("Chợ họp 12 phiên; nay còn 5 phiên", [("", "Chợ họp 12 phiên"), ("", "nay còn 5 phiên")]),
        ("Xưởng có 8 lò với 40 thợ", [("", "Xưởng có 8 lò với"), ("", "lò với 40 thợ")]),
    ],
)
def test_a_figure_has_its_own_part(text: str, said: list[tuple[str, str]]) -> None:
    assert _said(text) == said


@given(st.text(alphabet="ab 12.,;:\n-()", max_size=60))
def test_every_figure_has_a_part_that_holds_it(text: str) -> None:
    spans = [match.span() for match in re.finditer(r"\d", text)]
    found = parts(text, spans)
    assert len(found) == len(spans)
    assert all(part.own[0] <= start < part.own[1] for part, (start, _) in zip(found, spans, strict=True))
    assert all(start <= end for start, end in statements(text))
