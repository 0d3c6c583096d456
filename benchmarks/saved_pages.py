"""Are title and date of saved news pages found, beside another checkout of this project?

What: articles of a file, each put into a page as sites make them: a menu, the title, a date, the text, links to other
articles with their own dates, a foot; as saved text and as HTML, four layouts. The day of each is drawn, the same for
both sides. Titles are the file's.
How: python -m benchmarks.saved_pages ARTICLES.jsonl[.gz] [--beside CHECKOUT] [--pages 120]
Prints, for each layout, how many pages have their title and how many their date, here and there.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from html import escape
from itertools import islice
from pathlib import Path

from benchmarks.articles import endless_articles
from retrieval import Document

MENU = (
    "Trang chủ",
    "Thời sự",
    "Thế giới",
    "Kinh doanh",
    "Giải trí",
    "Thể thao",
    "Pháp luật",
    "Sức khỏe",
    "Đời sống",
)
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
LEAST = 900
"""Characters of an article that is taken."""
OTHERS = 5
_CHILD = """
import json, sys
from pathlib import Path
from retrieval import read_corpus
found = {}
for document in read_corpus([Path(sys.argv[1])]):
    date = document.published.isoformat() if document.published else None
    found[Path(document.id.split("#")[0]).name] = (" ".join((document.title or "").split()), date)
print(json.dumps(found))
"""

Layout = Callable[[str, str, datetime.date, Sequence[str]], str]


def stamped_text(title: str, body: str, day: datetime.date, others: Sequence[str]) -> str:
    """As text: the date with its weekday and hour below the title."""
    date = f"{WEEKDAYS[day.weekday()]}, {day.day}/{day.month}/{day.year}, 08:1{day.day % 10} GMT+7"
    links = "\n".join(others)
    menu = "\n".join(MENU)
    return (
        f"{menu}\n\n{title}\n\n{date}\n\n{body}\n\nChia sẻ\nFacebook\n\nTin liên quan\n{links}\n\nBình luận\n"
    )


def plain_text(title: str, body: str, day: datetime.date, others: Sequence[str]) -> str:
    """As text: the date above the title, other articles' days below the text."""
    next_day = day + datetime.timedelta(days=1)
    links = "\n".join(f"{other} ({next_day:%d/%m})" for other in others)
    menu = " | ".join(MENU)
    return f"Đăng nhập\n{menu}\n{day:%d/%m/%Y} 14:05\n{title}\nCỡ chữ: A- A+\n{body}\nTin mới nhất\n{links}\n"


def dated_html(title: str, body: str, day: datetime.date, others: Sequence[str]) -> str:
    """As HTML: the date a line of its own."""
    return _html(title, body, f"<div>{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y} | 10:20</div>", others)


def timed_html(title: str, body: str, day: datetime.date, others: Sequence[str]) -> str:
    """As HTML: the date in a `time` element."""
    shown = f"{day.day} tháng {day.month}, {day.year}"
    return _html(title, body, f"<p><time datetime='{day}T09:00:00+07:00'>{shown}</time></p>", others)


LAYOUTS: tuple[tuple[Layout, str], ...] = (
    (stamped_text, "txt"),
    (plain_text, "txt"),
    (dated_html, "html"),
    (timed_html, "html"),
)


def _html(title: str, body: str, date: str, others: Sequence[str]) -> str:
    menu = "".join(f"<li><a href='#'>{word}</a></li>" for word in MENU)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in body.split("\n") if line.strip())
    links = "".join(f"<p><a href='#'>{escape(other)}</a></p>" for other in others)
    return (
        f"<html><head><title>{escape(title)}</title></head><body><nav><ul>{menu}</ul></nav><main>"
        f"<h1>{escape(title)}</h1>{date}<article>{paragraphs}</article></main>"
        f"<aside><h3>Tin liên quan</h3>{links}</aside></body></html>"
    )


def write_pages(
    folder: Path, layout: Layout, suffix: str, articles: Sequence[Document], draw: random.Random
) -> dict[str, tuple[str, str]]:
    """Writes a page of each article; returns what its title and its day are, by the file's name."""
    wanted = {}
    for number, article in enumerate(articles):
        day = datetime.date(2005, 1, 1) + datetime.timedelta(days=draw.randrange(5000))
        body = article.text.removeprefix(article.title).strip()
        others = [other.title for other in draw.sample(articles, OTHERS)]
        path = folder / f"{number:04}.{suffix}"
        path.write_text(layout(article.title, body, day, others), encoding="utf-8")
        wanted[path.name] = (" ".join(article.title.split()), day.isoformat())
    return wanted


def count_right(folder: Path, wanted: dict[str, tuple[str, str]], checkout: Path) -> tuple[int, int]:
    """(titles, dates) that the checkout finds."""
    made = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder)], cwd=checkout, check=True, capture_output=True, text=True
    )
    found = json.loads(made.stdout)
    pairs = [(found.get(name, ("", None)), right) for name, right in wanted.items()]
    return sum(f[0] == r[0] for f, r in pairs), sum(f[1] == r[1] for f, r in pairs)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--pages", type=int, default=120)
    options = parser.parse_args()
    draw = random.Random(7)
    long_enough = (one for one in endless_articles(options.articles) if len(one.text) > LEAST and one.title)
    articles = list(islice(long_enough, options.pages * len(LAYOUTS)))
    for number, (layout, suffix) in enumerate(LAYOUTS):
        own = articles[number * options.pages :][: options.pages]
        with tempfile.TemporaryDirectory() as folder:
            wanted = write_pages(Path(folder), layout, suffix, own, draw)
            sides = [Path.cwd(), *([options.beside] if options.beside else [])]
            found = [count_right(Path(folder), wanted, side) for side in sides]
        told = "; beside ".join(f"title {titles}, date {dates}" for titles, dates in found)
        print(f"{layout.__name__}: of {len(wanted)} {told}", flush=True)


if __name__ == "__main__":
    main()
