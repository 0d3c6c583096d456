"""Full-width letters, blanks of all widths and what can't be seen, in documents and in questions."""

import json
from pathlib import Path

import pytest

from retrieval import Block, Document, QuestionError, Retriever, read_corpus

PLAIN = "Xã Tân Hạnh có 450 hộ dân năm 2023. Trạm bơm Cây Dừa do bà Võ Thị Lài trông coi."


def _widened(text: str, *, blanks: bool = True) -> str:
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    return text.translate({**wide, 0x20: 0x3000} if blanks else wide)


WRITTEN = {
    "plain": PLAIN,
    "full-width": _widened(PLAIN),
    "no-break": PLAIN.replace(" ", "\u00a0"),
    "thin": PLAIN.replace(" ", "\u2009"),
}
ASKED = {
    "plain": str,
    "full-width": _widened,
    "full-width letters": lambda text: _widened(text, blanks=False),
    "no-break": lambda text: text.replace(" ", "\u00a0"),
    "blank of no width": lambda text: text.replace(" ", " \u200b"),
    "soft hyphens": lambda text: text.replace("ạ", "\u00adạ").replace("n", "n\u00ad"),
    "bidi": lambda text: f"\u202d{text}\u202c",
}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("how", ["library", "jsonl", "txt"])
def test_a_document_is_read_as_it_is_meant(tmp_path: Path, written: str, how: str) -> None:
    text = WRITTEN[written]
    if how == "library":
        documents = [
            Document("a", text, title=_widened("Tân Hạnh"), blocks=(Block("paragraph", 0, len(text)),))
        ]
    else:
        content = (
            json.dumps({"id": "a", "title": _widened("Tân Hạnh"), "text": text}) if how == "jsonl" else text
        )
        (tmp_path / f"a.{how}").write_text(content, encoding="utf-8")
        documents = list(read_corpus(tmp_path))
    with Retriever.build(documents) as retriever:
        (stored,) = retriever.documents()
        assert stored.text == PLAIN
        for ask in ASKED.values():
            answer = retriever.answer(ask("Xã Tân Hạnh có bao nhiêu hộ dân năm 2023?"))
            assert answer.answered
            assert answer.text.startswith("450")
            answer = retriever.answer(ask("Ai trông coi trạm bơm Cây Dừa?"))
            assert answer.text == "bà Võ Thị Lài"


def test_a_follow_up_is_read_as_it_is_meant() -> None:
    documents = [
        Document(place, f"Xã {place} có {count} hộ dân.", title=place)
        for place, count in (("Tân Hạnh", 450), ("Phú Lộc", 720))
    ]
    with Retriever.build(documents) as retriever:
        conversation = retriever.converse()
        assert conversation.ask("Xã Tân Hạnh có bao nhiêu hộ dân?").text.startswith("450")
        assert conversation.ask("\u200bＣòｎ　Ｐｈú　Ｌộｃ　ｔｈì　ｓａｏ？").text.startswith("720")


HALF = "\ud800"


def test_half_a_surrogate_pair_is_a_sign_that_cannot_be_read() -> None:
    with Retriever.build(
        [Document("a", f"{PLAIN[:40]}{HALF}{PLAIN[40:]}", title=f"Tân Hạnh{HALF}")]
    ) as retriever:
        (stored,) = retriever.documents()
        assert stored.text.count("\ufffd") == stored.title.count("\ufffd") == 1
        assert retriever.answer(f"Xã Tân Hạnh{HALF} có bao nhiêu hộ dân?").text.startswith("450")
        assert retriever.converse().ask(f"{HALF}Xã Tân Hạnh có bao nhiêu hộ dân?").text.startswith("450")
        with pytest.raises(QuestionError):
            retriever.answer(HALF)
