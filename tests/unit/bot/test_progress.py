"""Is it told how far a long run is, by page where scans are read?"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from bot.commands import progress
from bot.commands.progress import showing_progress
from retrieval import Progress, read_corpus
from retrieval.settings import CorpusSettings, Settings
from tests.unit.corpus.made_pdf import Page, pdf_of


@pytest.fixture(autouse=True)
def every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LINE_EVERY", 0.0)


def test_tells_how_many_articles_were_read(capsys: pytest.CaptureFixture[str]) -> None:
    with showing_progress() as shown:
        shown.show(Progress(articles=1200, passages=9000, share=0.25))
    assert capsys.readouterr().err.startswith("25%: 1.200 bài, ")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_tells_which_page_of_a_scan_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "biên bản.pdf").write_bytes(pdf_of([Page(picture=True), Page(picture=True)]))
    (tmp_path / "thư.txt").write_text("Tổ dân phố họp vào tối thứ sáu tại nhà văn hóa.", encoding="utf-8")
    settings = Settings(corpus=CorpusSettings(ocr=True))
    with showing_progress():
        list(read_corpus([tmp_path], settings=settings, on_problem=lambda where, what: None))
    told = capsys.readouterr().err.splitlines()
    assert [line.rpartition("trang ")[2] for line in told] == ["1 trên 2", "2 trên 2"]
    pages = logging.getLogger("retrieval.corpus.readers.pdf.ocr")
    assert pages.handlers == []
    assert pages.propagate
