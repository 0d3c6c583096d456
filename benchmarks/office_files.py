"""How well are the files read that offices really have: old Word, Excel, PowerPoint, RTF and PDF in old fonts?

A checkout of the public viparse-corpus holds 96 files of Vietnamese administrations, a transcript of each, and a
scorer. Each file goes through `read_file`, as `hoidap index` does, and its text to that scorer: shares of letters
with diacritics and of syllables that are right, weighted by length as the scorer weights them, by format and in
all, as the transcripts stand and with capitals folded (old fonts draw capitals from small letters, and the
transcripts write what the bytes say).

Run: python -m benchmarks.office_files CHECKOUT [--format .doc] [--faults FILE-NAME] [--json FILE]
Some three minutes of one processor. --faults lists where one file's text and its transcript differ.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType
from typing import Any

from retrieval.corpus import read_file
from retrieval.errors import UnreadableFile

SETS = (("corpus/public-domain", "ground-truth"), ("corpus/synthetic", "ground-truth-synthetic"))
"""Folders of files in the checkout, and of the transcripts that go with them."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--format", help="only files with this suffix")
    parser.add_argument("--faults", help="the name, without suffix, of a file whose differences are listed")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    scorer = _scorer(options.checkout)
    rows = []
    for folder, truths in SETS:
        for path, truth in _pairs(options.checkout / folder, options.checkout / truths, options.format):
            if options.faults is None:
                rows.append({"set": folder, **_measured(path, truth, scorer)})
            elif path.stem == options.faults:
                _print_faults(scorer.normalise(_text(path)), scorer.normalise(truth), scorer)
    if options.faults is None:
        _print_table(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def _scorer(checkout: Path) -> ModuleType:
    """The corpus's own scorer, run as it stands in the checkout."""
    spec = importlib.util.spec_from_file_location("viparse_score", checkout / "scripts" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{checkout}: no scripts/score.py in it; name a checkout of viparse-corpus")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _pairs(folder: Path, truths: Path, suffix: str | None) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*")):
        truth = truths / f"{path.stem}.txt"
        if path.is_file() and truth.exists() and suffix in (None, path.suffix.lower()):
            yield path, truth.read_text(encoding="utf-8")


def _text(path: Path) -> str:
    return "\n\n".join(document.text for document in read_file(path, root=path.parent))


def _measured(path: Path, truth: str, scorer: ModuleType) -> dict[str, Any]:
    started = time.process_time()
    try:
        text = _text(path)
    except UnreadableFile as error:
        text = ""
        print(f"{path.name}: {error.reason}", file=sys.stderr)
    seconds = time.process_time() - started
    stands = scorer.score_pair(path.stem, text, truth)
    folded = scorer.score_pair(path.stem, text.lower(), truth.lower())
    return {
        "file": path.name,
        "format": path.suffix.lower(),
        "read": bool(text.strip()),
        "seconds": round(seconds, 3),
        "letters": stands.truth_chars,
        "marks": stands.diacritic_positions,
        "diacritics": stands.diacritic_accuracy or 0.0,
        "syllables": stands.syllable_accuracy,
        "diacritics_folded": folded.diacritic_accuracy or 0.0,
        "syllables_folded": folded.syllable_accuracy,
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    print(
        "| files | | read | diacritics | syllables | diacritics, case folded | syllables, case folded | seconds |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for folder in dict.fromkeys(row["set"] for row in rows):
        held = [row for row in rows if row["set"] == folder]
        groups = [
            (suffix, [row for row in held if row["format"] == suffix])
            for suffix in sorted({row["format"] for row in held})
        ]
        for name, group in [*groups, ("all", held)]:
            shares = [
                _share(group, "diacritics", "marks"),
                _share(group, "syllables", "letters"),
                _share(group, "diacritics_folded", "marks"),
                _share(group, "syllables_folded", "letters"),
            ]
            shown = " | ".join(f"{share:.4f}" for share in shares)
            read, seconds = sum(row["read"] for row in group), sum(row["seconds"] for row in group)
            print(f"| {folder} | {name} | {read} of {len(group)} | {shown} | {seconds:.1f} |")
    for row in sorted(rows, key=lambda row: (1 - row["syllables_folded"]) * row["letters"], reverse=True)[
        :12
    ]:
        print(
            f"{row['file']}: {row['diacritics_folded']:.4f} {row['syllables_folded']:.4f} of {row['letters']}"
        )


def _share(rows: list[dict[str, Any]], measure: str, weight: str) -> float:
    total = sum(row[weight] for row in rows)
    return sum(row[measure] * row[weight] for row in rows) / total if total else 0.0


def _print_faults(text: str, truth: str, scorer: ModuleType) -> None:
    """Each stretch of words in which the two differ, and how many of each kind there are."""
    kinds: Counter[str] = Counter()
    for ours, right in scorer._aligned_line_pairs(text, truth):
        have, want = ours.split(), right.split()
        for tag, t1, t2, p1, p2 in SequenceMatcher(None, want, have, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            wanted, got = " ".join(want[t1:t2]), " ".join(have[p1:p2])
            kind = _kind(wanted, got, scorer)
            kinds[kind] += t2 - t1
            print(f"{kind:12} {wanted[:100]!r} -> {got[:100]!r}")
    print(dict(kinds))


def _kind(wanted: str, got: str, scorer: ModuleType) -> str:
    if wanted.lower() == got.lower():
        return "case"
    if wanted.replace(" ", "").lower() == got.replace(" ", "").lower():
        return "spaces"
    if not got:
        return "missing"
    if not wanted:
        return "more"
    same = scorer.base_letters(wanted).lower() == scorer.base_letters(got).lower()
    return "diacritics" if same else "other"


if __name__ == "__main__":
    sys.exit(main())
