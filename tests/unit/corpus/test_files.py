"""Which files do paths stand for?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from retrieval.corpus.files import find_files
from retrieval.errors import CorpusError
from tests.unprivileged import bound_by_modes, open_folder

Problems = list[tuple[str, str]]


def names(*paths: Path, root: Path, problems: Problems | None = None) -> list[str]:
    def report(where: str, reason: str) -> None:
        assert problems is not None, (where, reason)
        problems.append((where, reason))

    return [found.path.relative_to(root).as_posix() for found in find_files(paths, report=report)]


def make(root: Path, *files: str) -> None:
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/2.md", "a/10.md", "a/b/c.html", "c.docx")
    assert names(tmp_path, root=tmp_path) == ["a/10.md", "a/2.md", "a/b/c.html", "b.txt", "c.docx"]


def test_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", ".b.txt", ".git/c.txt", "~$d.docx", "metadata.toml", "README.md", "README.vi.md")
    make(tmp_path, "page.html", "page_files/style.css", "page_files/banner.html", "tin_files/a.txt")
    assert names(tmp_path, root=tmp_path) == ["a.txt", "page.html", "tin_files/a.txt"]


def test_a_file_named_itself_is_taken_as_it_is(tmp_path: Path) -> None:
    make(tmp_path, ".b.txt", "README.md")
    assert names(tmp_path / ".b.txt", tmp_path / "README.md", root=tmp_path) == [".b.txt", "README.md"]


def test_each_path_counts_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert names(tmp_path, tmp_path, root=tmp_path) == ["a.txt"]


def test_symbolic_links(tmp_path: Path) -> None:
    make(tmp_path, "a/b/c.txt", "elsewhere/d.txt")
    (tmp_path / "a" / "b" / "back").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "a" / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    problems: Problems = []
    assert names(tmp_path / "a", root=tmp_path, problems=problems) == ["a/b/c.txt", "a/link/d.txt"]
    [(where, reason)] = problems
    assert where.endswith("gone.txt")
    assert "không đọc được" in reason


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    problems: Problems = []
    assert names(tmp_path, root=tmp_path, problems=problems) == ["a.txt"]
    assert problems[0][1] == "không phải tệp thường; hãy bỏ ra"


def test_a_locked_folder() -> None:
    problems: Problems = []
    with open_folder() as folder:
        make(folder, "a.txt", "locked/b.txt")
        (folder / "locked").chmod(0)
        with bound_by_modes():
            found = names(folder, root=folder, problems=problems)
    assert found == ["a.txt"]
    assert "quyền đọc" in problems[0][1]


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="không có tệp hay thư mục này"):
        names(tmp_path / "nowhere", root=tmp_path)
    with pytest.raises(CorpusError, match="không có tài liệu nào trong thư mục"):
        names(tmp_path, root=tmp_path)
    with pytest.raises(CorpusError, match="chưa nêu đường dẫn"):
        names(root=tmp_path)
