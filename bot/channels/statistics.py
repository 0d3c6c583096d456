"""How are the counts shown? As a short text for /thongke and `hoidap stats`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from bot.cards import date_text
from bot.channels import words
from bot.channels.database import DATABASE
from bot.channels.tally import Summary, Tally
from retrieval import HoidapError


def read_summary(folder: Path, *, setting: str, days: int = 7, limit: int = 10) -> Summary:
    """The counts in a bot's folder, also while it runs. Raises HoidapError where there are none, or they can't be read.

    `setting`: what names the folder.
    """
    path = folder / DATABASE
    if not path.exists():
        raise HoidapError(
            f"{folder}: chưa có bot nào ghi số liệu ở đây; hãy kiểm tra {setting} trong thiết lập"
        )
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
            return Tally(connection).summary(days=days, limit=limit)
    except sqlite3.Error as error:
        raise HoidapError(
            f"{path}: không đọc được ({error}); hãy chạy bot một lần, hoặc kiểm tra {setting}"
        ) from error


def settle(folder: Path, questions: Iterable[str]) -> None:
    """Takes questions that have an answer now out of the counts in a bot's folder, if there are any."""
    path = folder / DATABASE
    if not path.exists():
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
        for question in questions:
            Tally(connection).settle(question)


def lines(summary: Summary) -> list[str]:
    """Paragraphs, newest days first."""
    if not summary.days and not summary.missed and not summary.good + summary.bad:
        return [words.STATISTICS_NONE]
    parts = []
    if summary.days:
        days = [f"• {date_text(d.day)}: {d.questions} ({d.answered} / {d.declined})" for d in summary.days]
        parts.append("\n".join([words.STATISTICS_DAYS, *days]))
    if summary.missed:
        missed = [
            f"{number}. {m.question} ({m.amount}×, {date_text(m.last)})"
            for number, m in enumerate(summary.missed, start=1)
        ]
        parts.append("\n".join([words.STATISTICS_MISSED, *missed]))
    feedback = [words.STATISTICS_FEEDBACK.format(good=summary.good, bad=summary.bad)]
    feedback += [
        f"• {reason or '—'}: {question}" for reason, question in summary.complaints if question or reason
    ]
    parts.append("\n".join(feedback))
    return parts
