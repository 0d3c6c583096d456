"""How does the command start at once? Python's collector stays off while modules and models load.

Loading makes a million objects, none of them garbage, and the collector walks through them again and again: a tenth
of the time of `hoidap ask`, which leaves before anything piles up. Every other command gets the collector back.
"""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """What `hoidap` runs."""
    gc.disable()
    from bot.cli import main as run

    if sys.argv[1:2] != ["ask"]:
        gc.enable()
    run()
