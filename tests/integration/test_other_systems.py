"""Does everything work without what only POSIX systems have, as on Windows?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_WITHOUT_POSIX = """
import os, signal, sys

for name in ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty"):
    sys.modules[name] = None
for module, names in (
    (os, "pread pwrite preadv fork forkpty geteuid getuid getgid fchmod chown mkfifo posix_spawn sched_getaffinity"),
    (signal, "SIGKILL SIGHUP SIGUSR1 SIGALRM alarm setitimer pthread_kill"),
):
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
folders = os.open
def open_(path, flags, *rest, **more):
    if os.path.isdir(path):
        raise PermissionError(13, "Permission denied", path)
    return folders(path, flags, *rest, **more)
os.open = open_
import warnings
warnings.filterwarnings("ignore", message=".*fcntl.*")  # filelock says that it has to do without
"""

_LIBRARY = """
from pathlib import Path
from retrieval import FileWatcher, Retriever, check_index, update_index

corpus, index = Path(sys.argv[1]), Path(sys.argv[2])
report = update_index([corpus], index)
assert (report.added, report.problems) == (2, []), report
retriever = Retriever.open(index)
assert retriever.answer("Bến đò Lạc Hồng có bao nhiêu chiếc thuyền?").text.startswith("36")
watcher = FileWatcher([corpus])
(corpus / "ben.md").write_text("# Bến đò Lạc Hồng\\n\\nBến đò Lạc Hồng có 41 chiếc thuyền.\\n", encoding="utf-8")
watcher.has_changed()
assert watcher.has_changed()
report = update_index([corpus], index)
assert (report.changed, report.files_unchanged) == (1, 1), report
retriever.refresh()
assert retriever.answer("Bến đò Lạc Hồng có bao nhiêu chiếc thuyền?").text.startswith("41")
assert retriever.remove(["ben.md"]) == 1
(corpus / "ben.md").unlink()
assert update_index([corpus], index, rebuild=True, prune=True).articles_in_all == 1
assert check_index(index) == []
assert Retriever.build(retriever.documents(), path=str(index) + "2").answer("Chợ Mai họp ngày nào?").hits
"""

_COMMAND = """
from bot.cli import run

corpus, index = sys.argv[1:]
assert run(["index", corpus, "--index", index]) == 0
assert run(["ask", "Bến đò Lạc Hồng có bao nhiêu chiếc thuyền?", "--index", index]) == 0
assert run(["sources", "--index", index]) == 0
assert run(["check", "--index", index]) == 0
assert run(["telegram", "--check", "--index", index]) == 1  # no token
"""


@pytest.mark.parametrize("script", [_LIBRARY, _COMMAND], ids=["library", "command"])
def test_the_whole_path_works_without_posix(script: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "ben.md").write_text(
        "# Bến đò Lạc Hồng\n\nBến đò Lạc Hồng có 36 chiếc thuyền.\n", encoding="utf-8"
    )
    (corpus / "cho.md").write_text(
        "# Chợ Mai\n\nChợ Mai họp vào ngày chẵn, từ 5 giờ sáng.\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_POSIX + script, str(corpus), str(tmp_path / "index")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    assert "Traceback" not in done.stderr
