"""Are scanned pages read where Tesseract is, and is it said what is missing where it isn't?"""

from __future__ import annotations

import shutil

import pytest

from retrieval.corpus import read_bytes
from retrieval.corpus.readers.pdf.ocr import _page_of
from retrieval.errors import UnreadableFile
from retrieval.settings import CorpusSettings, Settings
from tests.unit.corpus.made_pdf import Page, lines_down, pdf_of

SETTINGS = Settings(corpus=CorpusSettings(ocr=True))


def test_without_tesseract_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableFile, match="hãy cài tesseract-ocr và tesseract-ocr-vie"):
        list(read_bytes("a.pdf", pdf_of([Page(picture=True)]), settings=SETTINGS))


def test_words_become_pieces_of_lines_with_their_confidence() -> None:
    rows = [(1, 0, "Nội", 96), (1, 45, "quy", 90), (1, 400, "Đi", 60), (2, 0, "nhẹ", 54)]
    table = "\n".join(
        f"5\t1\t1\t1\t{line}\t1\t{left}\t{line * 40}\t40\t30\t{sure}\t{word}"
        for line, left, word, sure in rows
    )
    page = _page_of(f"level\tpage\n4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n{table}")
    assert [segment.text for segment in page.segments] == ["Nội quy", "Đi", "nhẹ"]
    assert page.segments[0].y0 > page.segments[2].y0
    assert page.confidence == pytest.approx(0.75)
    assert page.words == 4


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_an_empty_picture_beside_a_page_of_text() -> None:
    text = "Biên bản họp tổ dân phố về việc lát lại vỉa hè, có mười hai người dự."
    [document] = read_bytes("a.pdf", pdf_of([lines_down([text]), Page(picture=True)]), settings=SETTINGS)
    assert document.text == text
    assert document.meta == {}
