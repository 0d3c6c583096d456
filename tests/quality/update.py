"""Write the golden files and the totals anew: `python -m tests.quality.update`.

Refuses where a total is worse than the pinned one, unless told `--allow-worse`; say why in the commit.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.quality import text_report
from tests.quality.outcomes import outcomes
from tests.quality.report import GOLDEN, TOTALS, golden, pinned, totals, worse, written
from tests.quality.text_outcomes import seen


def main(arguments: list[str] | None = None) -> int:
    """0: written. 1: a total is worse, and nothing was written."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality.update", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--allow-worse", action="store_true", help="pin totals that are worse than before")
    options = parser.parse_args(arguments)
    found, texts = outcomes(), seen()
    values, text_values = totals(found), text_report.totals(texts)
    lost = worse(pinned(), values) + worse(text_report.pinned(), text_values)
    if lost and not options.allow_worse:
        print("Worse than pinned; nothing written (--allow-worse to pin it all the same):", *lost, sep="\n  ")
        return 1
    _write(GOLDEN, golden(found))
    _write(text_report.TEXT_GOLDEN, text_report.golden(texts))
    TOTALS.write_text(written(values), encoding="utf-8")
    text_report.TEXT_TOTALS.write_text(written(text_values), encoding="utf-8")
    print("Written. Read the difference before you commit it: git diff tests/quality")
    return 0


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for stale in folder.glob("*.txt"):
        stale.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
