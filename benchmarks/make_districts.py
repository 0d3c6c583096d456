"""Which districts had Vietnam's provinces until 2025? Writes `retrieval/vietnamese/words/districts.txt`.

Out of the mapping of old to new units that underthesea ships; names without "huyện", "quận", "thị xã", "thành phố";
numbered districts are left out.

Run: python benchmarks/make_districts.py
"""

from __future__ import annotations

import json
import re
import unicodedata
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parent.parent / "retrieval" / "vietnamese" / "words" / "districts.txt"
_CLASS = re.compile(r"(?:huyện đảo|huyện|quận|thị xã|thành phố|thị trấn)\s+", re.IGNORECASE)
HEAD = """\
# Districts, towns and cities of Vietnam's provinces until July 2025, by which people still ask. A name a line.
# From the mapping that underthesea ships (address/data/mapping.json, source vietnamadminunits), made by
# benchmarks/make_districts.py; without class words, numbered districts left out.
"""


def districts() -> list[str]:
    """The names, in alphabetical order, each once."""
    mapping = json.loads(
        (files("underthesea") / "address" / "data" / "mapping.json").read_text(encoding="utf-8")
    )
    names = {_named(row["old_district"]) for row in mapping["ward_mapping"] if row.get("old_district")}
    return sorted(name for name in names if name and not any(c.isdigit() for c in name))


def _named(written: str) -> str:
    """ "Thành Phố Đồng Hới" -> "Đồng Hới": class words are taken off as often as they stand there."""
    name = " ".join(unicodedata.normalize("NFC", written).split())
    while match := _CLASS.match(name):
        name = name[match.end() :]
    return name


if __name__ == "__main__":
    TARGET.write_text(HEAD + "\n".join(districts()) + "\n", encoding="utf-8")
