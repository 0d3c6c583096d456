"""Does a damaged file of any format end in its text or in one line, soon and without much memory?

Each sample is cut, and its bytes are changed, five hundred times, the same in each run.
"""

from __future__ import annotations

import random
import resource
import time

import pytest

from retrieval.corpus import read_bytes
from retrieval.errors import UnreadableFile
from tests.unit.corpus.made_files import in_tcvn3, word_file
from tests.unit.corpus.made_office import (
    book_file,
    excel_file,
    open_document,
    powerpoint_file,
    rtf_file,
    slides_file,
    word97_file,
)
from tests.unit.corpus.made_pdf import Page, lines_down, pdf_of

RULE = "Người nhận khoán trồng rừng được cấp cây giống và vay vốn không lãi trong ba năm đầu."
TABLE = [["Loại cây", "Số lượng"], ["Keo lá tràm", 1200], ["Bạch đàn", 800]]
GRID = [(50, y, 250, y) for y in (720.0, 700.0, 680.0)] + [(x, 680.0, x, 720.0) for x in (50.0, 84.0, 250.0)]
SAMPLES = {
    "a.pdf": pdf_of([lines_down([RULE] * 3), Page([(55, 705, "Cây"), (90, 705, "Số")], GRID)]),
    "a.doc": word97_file(
        [RULE, (in_tcvn3(RULE), ".VnTime"), "Cây\x07", "Số\x07\x07"], fonts=("Arial", ".VnTime")
    ),
    "a.docx": word_file([RULE], [["Cây", "Số"], ["Keo", "12"]]),
    "a.xlsx": excel_file(TABLE),
    "a.ppt": powerpoint_file([["Trồng rừng", RULE], ["Chăm sóc", RULE]]),
    "a.pptx": slides_file([("Trồng rừng", [RULE])]),
    "a.rtf": rtf_file(rf"{RULE}\par \trowd Cây\cell Số\cell\row {RULE}\par"),
    "a.odt": open_document(f"<text:h>Rừng</text:h><text:p>{RULE}</text:p>"),
    "a.ods": open_document(
        "<table:table><table:table-row><table:table-cell><text:p>Keo</text:p></table:table-cell></table:table-row></table:table>",
        kind="spreadsheet",
    ),
    "a.csv": 'Loại cây;Số lượng\nKeo lá tràm;1.200\n"Bạch đàn; trắng";800\n'.encode(),
    "a.tsv": "\ufeffLoại cây\tSố lượng\nKeo lá tràm\t1200\n".encode("utf-16-le"),
    "a.html": f"<html><body><h1>Rừng</h1><p>{RULE}</p><table><tr><td>Keo</td><td>12</td></tr></table></body></html>".encode(),
    "a.md": f"# Rừng\n\n{RULE}\n\n| Cây | Số |\n|---|---|\n| Keo | 12 |\n".encode(),
    "a.txt": f"Rừng\n\n{RULE}\n\n1. Keo\n2. Bạch đàn\n".encode("utf-16"),
    "a.jsonl": f'{{"id": "1", "title": "Rừng", "text": "{RULE}"}}\n'.encode(),
    "a.epub": book_file([f"<h1>Rừng</h1><p>{RULE}</p>"]),
}
TEXTS = ("csv", "tsv", "txt", "md", "html")
"""Any bytes are a text of these, if a strange one."""
MUTATIONS = 500
MOST_SECONDS = 10
MOST_MEMORY = 1_000_000
"""Kilobytes by which the process may grow."""


def mutations(data: bytes, seed: str) -> list[bytes]:
    chance = random.Random(seed)
    made = []
    for number in range(MUTATIONS):
        changed = bytearray(data)
        if number % 10 == 0:
            changed = changed[: chance.randrange(len(changed))]
        for _ in range(chance.choice((1, 2, 8, 40))):
            if changed:
                place = chance.randrange(len(changed))
                changed[place] = chance.choice(
                    (0, 255, chance.randrange(256), changed[place] ^ (1 << chance.randrange(8)))
                )
        if number % 7 == 0 and len(changed) > 16:
            start = chance.randrange(len(changed) - 8)
            changed[start : start + 4] = chance.choice(
                (b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\xff\xff\xff\xff")
            )
        made.append(bytes(changed))
    return made


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.filterwarnings("ignore")
def test_damaged(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    [sound] = read_bytes(name, SAMPLES[name])
    assert sound.text
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read, told = 0, []
    for data in mutations(SAMPLES[name], name):
        start = time.process_time()
        try:
            read += len(list(read_bytes(name, data, on_problem=lambda where, reason: None)))
        except UnreadableFile as error:
            told.append(str(error))
        assert time.process_time() - start < MOST_SECONDS
    if name.rsplit(".", maxsplit=1)[-1] not in TEXTS:
        assert read < MUTATIONS
        assert told
    assert not any("\n" in line for line in told)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY
    assert "panicked" not in capfd.readouterr().err
