"""How does a corpus become an index, and how does the index follow it? With progress and a report."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from bot.cards import count_text
from bot.commands.options import Config
from bot.commands.progress import showing_progress
from bot.plain import one_line
from bot.settings import BotSettings, load_settings
from retrieval import FileWatcher, HoidapError, IndexReport, update_index

_LISTED = 10
"""Files that are gone, told by name."""


def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[TỆP]...", help="Tệp và thư mục để đọc.")
    ] = None,
    *,
    folder: Annotated[
        str, typer.Option("--index", help="Thư mục hay địa chỉ của chỉ mục; chưa có thì được tạo.")
    ],
    prune: Annotated[bool, typer.Option("--prune", help="Bỏ những bài mà tệp không còn.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Phân tích lại tất cả từ văn bản đã có trong chỉ mục.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Chạy tiếp và theo dõi khi tệp thay đổi.")] = False,
    feeds: Annotated[
        list[str] | None, typer.Option("--feed", help="Địa chỉ nguồn tin RSS hay Atom; nêu được nhiều lần.")
    ] = None,
    urls: Annotated[
        list[Path] | None,
        typer.Option("--urls", help="Tệp ghi các địa chỉ để đọc, mỗi dòng một địa chỉ; nêu được nhiều lần."),
    ] = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Đọc cả trang quét ảnh bằng Tesseract; khoảng một giây một trang.")
    ] = False,
    config: Config = None,
) -> None:
    """Create or update an index. Unchanged files are skipped; Ctrl-C keeps what is committed."""
    paths, feeds, urls = paths or [], feeds or [], urls or []
    if not (paths or feeds or urls or rebuild or prune):
        raise typer.BadParameter(
            "chưa có gì để đưa vào chỉ mục; hãy nêu tệp hay thư mục, hoặc --feed, --urls, --rebuild, --prune"
        )
    if watch and not (paths or feeds):
        raise typer.BadParameter("chưa có gì để theo dõi; hãy nêu tệp hay thư mục, hoặc --feed")
    settings = load_settings(config)
    if ocr:
        settings = msgspec.structs.replace(
            settings, corpus=msgspec.structs.replace(settings.corpus, ocr=True)
        )
    watcher = FileWatcher(paths)  # first: what changes during the update is seen after it
    try:
        usable = _update(paths, folder, settings, prune=prune, rebuild=rebuild, feeds=feeds, urls=urls)
    except KeyboardInterrupt:
        print("Đã dừng. Phần đã ghi vẫn còn; chạy lại lệnh này để làm tiếp.", file=sys.stderr)
        raise
    if watch:
        _follow(watcher, paths, folder, settings, prune=prune, feeds=feeds)
    if not usable:
        raise typer.Exit(1)


def _update(
    paths: list[Path],
    folder: str,
    settings: BotSettings,
    *,
    feeds: list[str],
    prune: bool = False,
    rebuild: bool = False,
    urls: list[Path] | None = None,
) -> bool:
    """Whether there is something to ask now, or nothing went wrong."""
    with showing_progress() as progress:
        report = update_index(
            paths,
            folder,
            settings=settings,
            feeds=feeds,
            addresses=urls or [],
            prune=prune,
            rebuild=rebuild,
            on_progress=progress.show,
            on_problem=progress.tell,
        )
    print(as_text(report, folder))
    return bool(report.articles_in_all) or not report.problems


def as_text(report: IndexReport, folder: str) -> str:
    """What was read and what not, and what the index holds now."""
    count, seconds = count_text, f"{report.seconds:.1f}".replace(".", ",")
    lines = [
        f"Đã đọc {count(report.articles)} bài trong {seconds} giây: {count(report.added)} bài mới,"
        f" {count(report.changed)} bài thay đổi, {count(report.unchanged)} bài như cũ;"
        f" đã xóa {count(report.removed)} bài."
    ]
    if report.files_unchanged:
        lines.append(f"{count(report.files_unchanged)} tệp không thay đổi, không phải đọc lại.")
    if report.problems:
        lines.append(f"{count(len(report.problems))} chỗ không đọc được, hoặc không đọc được hết:")
        for reason, problems in report.problems_by_reason().items():
            lines += _problem_lines(reason, problems)
    if report.vanished:
        lines.append(
            f"{count(len(report.vanished))} tệp không còn nữa mà bài vẫn được tìm thấy; muốn xóa, hãy thêm --prune:"
        )
        lines += ["  " + one_line(origin) for origin in report.vanished[:_LISTED]]
        lines += [f"  … và {count(len(report.vanished) - _LISTED)} tệp nữa"] * (
            len(report.vanished) > _LISTED
        )
    joined = f", thêm {count(report.joined_in_all)} bài gần trùng" if report.joined_in_all else ""
    lines.append(
        f"{folder}: có {count(report.articles_in_all)} bài, {count(report.passages_in_all)} đoạn{joined}."
    )
    return "\n".join(lines)


def _problem_lines(reason: str, problems: list[tuple[str, str]]) -> list[str]:
    """A lonely problem on one line; of several alike, the reason once, and where it is below it."""
    if len(problems) == 1:
        return ["  " + one_line("{}: {}".format(*problems[0]))]
    alike = len({what for _, what in problems}) == 1
    lines = [f"  {count_text(len(problems))} chỗ {one_line(problems[0][1] if alike else reason)}"]
    shown = (where if alike else f"{where}: {what.split(';')[0]}" for where, what in problems)
    return lines + ["    " + one_line(each) for each in shown]


def _follow(
    watcher: FileWatcher,
    paths: list[Path],
    folder: str,
    settings: BotSettings,
    *,
    prune: bool,
    feeds: list[str],
) -> None:
    """Until Ctrl-C: updates when files have changed and lie still again, and looks at feeds now and then."""
    print("Đang theo dõi các tệp; nhấn Ctrl-C để dừng.", file=sys.stderr)
    looked = time.monotonic()
    while True:
        time.sleep(watcher.pause)
        due = bool(feeds) and time.monotonic() - looked > settings.fetch.feed_minutes * 60
        looked = time.monotonic() if due else looked
        if due or watcher.has_changed():
            try:
                _update(paths, folder, settings, prune=prune, feeds=feeds if due else [])
            except HoidapError as error:  # a folder that is away for a moment doesn't end the watch
                print(error, file=sys.stderr)
