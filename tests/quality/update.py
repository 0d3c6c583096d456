"""Write the golden files and the totals anew: `python -m tests.quality.update`.

Refuses where a total is worse than the pinned one, unless told `--allow-worse`; say why in the commit.
"""

from __future__ import annotations

import argparse
import sys

from tests.quality.outcomes import outcomes
from tests.quality.report import GOLDEN, TOTALS, golden, pinned, totals, worse, written


def main(arguments: list[str] | None = None) -> int:
    """0: written. 1: a total is worse, and nothing was written."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality.update", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--allow-worse", action="store_true", help="pin totals that are worse than before")
    options = parser.parse_args(arguments)
    found = outcomes()
    values = totals(found)
    lost = worse(pinned(), values)
    if lost and not options.allow_worse:
        print("Worse than pinned; nothing written (--allow-worse to pin it all the same):", *lost, sep="\n  ")
        return 1
    GOLDEN.mkdir(exist_ok=True)
    for stale in GOLDEN.glob("*.txt"):
        stale.unlink()
    for name, text in golden(found).items():
        (GOLDEN / name).write_text(text, encoding="utf-8")
    TOTALS.write_text(written(values), encoding="utf-8")
    print("Written. Read the difference before you commit it: git diff tests/quality")
    return 0


if __name__ == "__main__":
    sys.exit(main())
