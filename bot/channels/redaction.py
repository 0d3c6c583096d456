"""How is a secret kept out of every log line? By cutting it from each record when the record is made."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any
from urllib.parse import quote, urlsplit

MASK = "[secret]"
_TALKATIVE = ("httpx", "httpcore", "apscheduler")
"""Libraries that log each request at INFO, its address included."""


def redactor(secrets: Iterable[str]) -> Callable[[str], str]:
    """What cuts the secrets, as they are and as addresses encode them, from a text."""
    forms: set[str] = set()
    for secret in secrets:
        parts = {secret, secret.partition(":")[2]}
        if "://" in secret:
            password = urlsplit(secret).password
            parts = {secret, password or ""}
        for part in parts:
            forms |= {part, quote(part), quote(part, safe="")}
    longest_first = sorted((form for form in forms if len(form) > 3), key=len, reverse=True)

    def cut(text: str) -> str:
        for form in longest_first:
            text = text.replace(form, MASK)
        return text

    return cut


@contextmanager
def secrets_hidden(secrets: Iterable[str]) -> Iterator[Callable[[str], str]]:
    """While it lasts, no log record, traceback or uncaught error shows a secret. Gives the redactor."""
    cut = redactor(secrets)
    make_record, hook = logging.getLogRecordFactory(), sys.excepthook
    levels = {name: logging.getLogger(name).level for name in _TALKATIVE}

    def redacted(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make_record(*args, **kwargs)
        try:
            record.msg, record.args = cut(record.getMessage()), ()
        except (TypeError, ValueError):  # arguments that don't fit: the message is shown as it is written
            record.msg, record.args = cut(str(record.msg)), ()
        if record.exc_info and record.exc_info[0] is not None:
            # Formatters take exc_text as it stands, so the traceback is written here once, without secrets.
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            record.exc_info = None
        if record.exc_text:
            record.exc_text = cut(record.exc_text)
        if record.stack_info:
            record.stack_info = cut(record.stack_info)
        return record

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(cut("".join(traceback.format_exception(kind, error, trace))))

    logging.setLogRecordFactory(redacted)
    sys.excepthook = uncaught
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield cut
    finally:
        logging.setLogRecordFactory(make_record)
        sys.excepthook = hook
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
