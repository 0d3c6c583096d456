"""Does each document keep its own short forms, however many documents were read before?"""

from __future__ import annotations

from retrieval.analyzer import make_analyzer
from retrieval.records import Document
from retrieval.settings import Settings
from retrieval.vietnamese.tokens import terms_of


def _document(short: str, long: str) -> Document:
    return Document(short, f"Hợp tác xã {long} ({short}) họp sáng nay.\nHTX {short} có 40 xã viên.")


def test_a_short_form_means_what_its_own_document_says() -> None:
    analyzer = make_analyzer(Settings())
    lotus, bamboo = _document("HSV", "Hoa Sen Vàng"), _document("HSV", "Hàng Sành Việt")
    for document, long in [(lotus, "hoa sen vàng"), (bamboo, "hàng sành việt")] * 2:
        assert terms_of("HSV", analyzer.spelling_of(document)) == ["hsv", *long.split()]
    assert analyzer.spelling_of(lotus) is analyzer.spelling_of(lotus)


def test_many_documents_with_short_forms_leave_each_its_own() -> None:
    analyzer = make_analyzer(Settings())
    names = ["Ba", "Cá", "Đá", "Gà", "Lá", "Má"]
    for first in names:
        for second in names:
            for third in names:
                long = f"{first} {second} {third}"
                short = "".join(word[0] for word in long.split())
                spelt = terms_of(short, analyzer.spelling_of(_document(short, long)))
                assert spelt[-3:] == long.lower().split()


def test_a_document_without_short_forms_has_those_of_all() -> None:
    analyzer = make_analyzer(Settings())
    assert analyzer.spelling_of(Document("a", "Sáng nay trời mưa.")) is analyzer.spelling
