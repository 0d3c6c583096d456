"""Is an index whole? Every file is read and compared with what was written, then every document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from retrieval.errors import IndexDamaged, IndexError_, IndexMissing
from retrieval.index.embedded import lock, manifest
from retrieval.index.embedded.epoch import Epoch
from retrieval.index.embedded.manifest import Manifest
from retrieval.index.embedded.readonly import may_write
from retrieval.index.embedded.snapshot import StoredSnapshot
from retrieval.index.embedded.store import STORE, VISIBLE


@dataclass(frozen=True, slots=True)
class Problem:
    """`where`: the file. `what`: what is wrong with it. `mend`: what to do."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.mend}"


def check_index(path: str | Path) -> list[Problem]:
    """Everything that is wrong with an index, nothing if it is whole. Raises IndexMissing.

    Where it is whole, the manifest takes note of its files' times, so that a copied index opens at once.
    """
    root = Path(path)
    again = f"hãy chạy hoidap index --rebuild --index {root}"
    try:
        found = manifest.read(root)
    except IndexMissing:
        raise
    except IndexError_ as error:
        where, _, what = str(error).partition(": ")
        what, _, mend = what.partition("; ")
        return [Problem(where, what, mend)]
    if lock.is_held(root):
        return [Problem(str(root), "đang được ghi", "hãy kiểm tra khi đã ghi xong")]
    problems = [
        Problem(str(file), what, _mend(file, root))
        for file, what in manifest.verify(root, found, thorough=True)
    ]
    if problems:
        return problems
    try:
        problems = [
            Problem(str(root / found.epoch / where), what, again) for where, what in _contents(root, found)
        ]
    except IndexDamaged as error:
        where, _, what = str(error).partition(": ")
        return [Problem(where, what.partition("; ")[0], _mend(Path(where), root))]
    if not problems and not found.writing and may_write(root):
        refreshed = manifest.with_times(root, found)
        if refreshed.files != found.files:
            with lock.writing(root):
                manifest.write(root, refreshed)
    return problems


def _mend(file: Path, root: Path) -> str:
    """Texts and the list of documents are what all else can be made from."""
    if file.suffix == ".lock":
        return "không sao: tệp này tự được tạo lại khi cần"
    if file.name == STORE:
        return f"hãy xóa {root} rồi lập chỉ mục lại từ các tệp gốc"
    if file.stem == "texts":
        return f"hãy chạy hoidap index --rebuild --index {root}, rồi lập chỉ mục lại từ các tệp gốc: có văn bản bị mất"
    return f"hãy chạy hoidap index --rebuild --index {root}: văn bản còn nguyên"


def _contents(root: Path, found: Manifest) -> Iterator[tuple[str, str]]:
    """What doesn't fit together, though each file may be as it was written."""
    epoch = Epoch(root / found.epoch)
    epoch.store.check_pages()
    snapshot = StoredSnapshot(epoch)
    at = {"at": snapshot.generation}
    if not found.writing and replace(found, generation=snapshot.generation) != found:
        yield "passages", f"ở lần ghi {snapshot.generation}, nhưng manifest ghi {found.generation}"
    rows = epoch.store.rows(
        "SELECT count(*), sum(passages), sum(article_terms), sum(passage_terms) FROM documents"
        f" WHERE leader IS NULL AND {VISIBLE}",
        at,
    )
    totals = epoch.store.totals(snapshot.generation)
    if tuple(number or 0 for number in rows[0]) != (
        totals.articles,
        totals.passages,
        totals.article_terms,
        totals.passage_terms,
    ):
        yield STORE, "tổng các bài không khớp với số đã đếm khi ghi"
    ((entries, commits),) = epoch.store.rows(
        "SELECT (SELECT coalesce(sum(passages), 0) FROM documents WHERE leader IS NULL AND added <= :at"
        " AND (removed IS NULL OR removed >= added)), (SELECT count(*) FROM commits WHERE generation <= :at)",
        at,
    )
    if snapshot.entries != entries + commits:
        yield "passages", f"có {snapshot.entries} mục, đáng lẽ {entries + commits}"
    for key in snapshot.keys(joined=True):
        for blobs in (epoch.texts, epoch.terms, epoch.words):
            try:
                blobs.get(key)
            except IndexDamaged as error:
                yield Path(blobs.name).name, str(error).partition(": ")[2].partition(";")[0]
