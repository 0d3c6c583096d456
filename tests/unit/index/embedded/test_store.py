from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zlib import crc32

from retrieval.index.embedded.store import Store, checksum

LEAVE_WAL = """
import sqlite3, sys
print(sqlite3.connect(sys.argv[1], timeout=0).execute("PRAGMA journal_mode=DELETE").fetchone()[0])
"""
"""Only possible where no other process has the database open."""


def _leave_wal(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LEAVE_WAL, str(path)], capture_output=True, text=True, check=False
    )
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def test_a_checksum_leaves_the_locks_of_connections_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(path, create=True).close()
    expected = crc32(path.read_bytes())
    store = Store(path)
    store.rows("SELECT count(*) FROM documents")
    assert checksum(path) == checksum(path) == expected
    assert "locked" in _leave_wal(path)
    store.close()
    assert _leave_wal(path) == "delete"
