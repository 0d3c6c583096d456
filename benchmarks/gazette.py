"""How well are PDFs of an official gazette read: words whole, and what each paper says of itself?

The folder holds papers as NAME.pdf with NAME.json beside them, whose `slug` holds the paper's number and `nam` its
year (0, or what is none, where it isn't known), as in a collection of the Vietnamese gazette. Each PDF goes through
`read_file`, as `hoidap index` does. Told are: papers with the right number and year, with a title that says more than
the kind of paper, with an issuing body, with a signer who is a person; consonants split from their syllables
("Căn c ứ") per 10,000 words; and PDFs whose text is Unicode and is changed all the same by the decoding of old fonts.

Run: python -m benchmarks.gazette FOLDER [--list]
Some two minutes of one processor for 100 papers.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2

from retrieval import Document
from retrieval.corpus import read_file
from retrieval.corpus.legacy import repair, vietnamese_share
from retrieval.errors import UnreadableFile
from retrieval.vietnamese.syllables import is_syllable, strip_marks

_ONSET = re.compile(r"(?:[bcdđghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)", re.IGNORECASE)
_VOWEL = re.compile("[aeiouyăâêôơưà-ãè-êìíò-õùúýĩũạ-ỹ]")
_NUMBER = re.compile(r"-so-(.+)-\d+$")
_PERSON = re.compile(r"(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s?){2,5}")
YEARS = range(1945, time.localtime().tm_year + 2)
"""Of consolidated texts, some collections have the paper's number where its year should be: that says nothing."""
_UNICODE = 0.9
"""Share of a text's words beyond ASCII that are Vietnamese as they stand."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="say what is wrong with each paper")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    started = time.process_time()
    for path in sorted(options.folder.rglob("*.pdf")):
        about = path.with_suffix(".json")
        if not about.exists():
            continue
        counts["papers"] += 1
        said = json.loads(about.read_text(encoding="utf-8"))
        try:
            [document] = read_file(path, root=options.folder, on_problem=lambda where, reason: None)
        except UnreadableFile as error:
            print(f"{path.name}: {error.reason}")
            continue
        counts["read"] += 1
        wrong = list(_wrong(document, said, counts))
        counts.update(_splits(document.text))
        if options.list and wrong:
            print(f"{path.name}: {'; '.join(wrong)}")
    counts["seconds"] = round(time.process_time() - started)
    for path in sorted(options.folder.rglob("*.pdf")):
        counts.update(_changed(path))
    split = counts["split"] * 10_000 / max(counts["words"], 1)
    print(dict(counts))
    print(f"syllables split per 10,000 words: {split:.2f}")
    return 0


def _wrong(document: Document, said: dict[str, str], counts: Counter[str]) -> list[str]:
    """What the document says of itself beside what is known of it; what is right is counted."""
    wrong = []
    right = _flat(_NUMBER.search(said["slug"])[1])
    year = int(said["nam"]) if int(said["nam"]) in YEARS else 0
    kind = document.meta.get("paper", "")
    title = document.title.removeprefix(kind).split()
    signer = document.meta.get("signer") or ""
    for name, holds, shown in (
        ("number", _flat(document.number or "") == right, document.number),
        (
            "year",
            document.published is not None and year in (0, document.published.year),
            document.published,
        ),
        ("title", len(title) >= 3, document.title),
        ("body", document.source is not None, document.source),
        ("signer", bool(_PERSON.fullmatch(signer)), signer),
        (
            "author no person",
            bool(document.author and not _PERSON.fullmatch(document.author)),
            document.author,
        ),
    ):
        counts[name] += holds
        if holds == (name == "author no person"):
            wrong.append(f"{name} {shown!r} ({right}, {year})")
    return wrong


def _flat(number: str) -> str:
    return re.sub(r"\W", "", strip_marks(number).casefold())


def _splits(text: str) -> dict[str, int]:
    words = text.split()
    split = sum(
        bool(_ONSET.fullmatch(one) and _VOWEL.match(other)) and is_syllable(one + re.sub(r"\W.*", "", other))
        for one, other in pairwise(words)
    )
    return {"words": len(words), "split": split}


def _changed(path: Path) -> dict[str, int]:
    """Whether decoding changes a text that is Unicode as PDFium gives it."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            text = "\n".join(page.get_textpage().get_text_range() for page in document)
    except pypdfium2.PdfiumError:
        return {}
    share, count = vietnamese_share(text)
    if share < _UNICODE or count < 100:
        return {"no Unicode text": 1}
    return {"Unicode": 1, "Unicode changed": int(repair(text) != text)}


if __name__ == "__main__":
    sys.exit(main())
