"""How fast are files read, beside another checkout of this project, such as that of an earlier version?

Both read the same files by `read_file`, each in processes of its own and by turns, so that a busy machine slows both;
told is processor time, the least of the rounds, by suffix. The first file of each suffix warms up and isn't counted.

Run: python -m benchmarks.reading_speed FOLDER --other CHECKOUT [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

_CHILD = """
import json, sys, time
from pathlib import Path
from retrieval.corpus import read_file
took, warm = {}, set()
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.is_file():
        began = time.process_time()
        try:
            list(read_file(path, root=path.parent, on_problem=lambda where, reason: None))
        except Exception as error:
            print(path.name, error, file=sys.stderr)
        if path.suffix in warm:
            took[path.suffix] = took.get(path.suffix, 0.0) + time.process_time() - began
        warm.add(path.suffix)
print(json.dumps(took))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--other", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sides = (Path.cwd(), options.other)
    least: dict[tuple[Path, str], float] = {}
    for _ in range(options.rounds):
        for side in sides:
            for suffix, seconds in _measured(side, options.folder.resolve()).items():
                least[side, suffix] = min(seconds, least.get((side, suffix), seconds))
    print("| | files | here, s | other, s | other / here |\n|---|---|---|---|---|")
    for suffix in sorted({suffix for _, suffix in least}):
        here, other = (least.get((side, suffix), 0.0) for side in sides)
        count = sum(1 for path in options.folder.rglob(f"*{suffix}"))
        print(f"| {suffix} | {count} | {here:.2f} | {other:.2f} | {other / max(here, 1e-9):.2f} |")
    return 0


def _measured(side: Path, folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder)], cwd=side, stdout=subprocess.PIPE, text=True, check=True
    )
    took: dict[str, float] = json.loads(done.stdout)
    return took


if __name__ == "__main__":
    sys.exit(main())
