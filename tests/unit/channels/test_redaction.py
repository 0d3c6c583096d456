"""Is a secret cut from everything that is logged or printed?"""

from __future__ import annotations

import io
import logging
import sys
from urllib.parse import quote

import pytest

from bot.channels.redaction import MASK, secrets_hidden

TOKEN = ":".join(("123456789", "AA" + "b/C+d" * 6))
PROXY = "socks5://" + "an:mat-khau-rieng@127.0.0.1:1080"


@pytest.fixture
def output() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def log(output: io.StringIO) -> logging.Logger:
    log = logging.getLogger("redaction-test")
    log.handlers = [logging.StreamHandler(output)]
    log.propagate = False
    log.setLevel(logging.DEBUG)
    return log


@pytest.mark.parametrize(
    "secret", [TOKEN, TOKEN.partition(":")[2], quote(TOKEN), quote(TOKEN, safe=""), PROXY, "mat-khau-rieng"]
)
def test_no_form_of_a_secret_is_logged(log: logging.Logger, output: io.StringIO, secret: str) -> None:
    with secrets_hidden((TOKEN, PROXY)):
        log.debug("POST https://api.example/bot%s/getMe", secret)
        log.info(f"100% of {secret}")
        log.warning("bad arguments %d", secret)
        try:
            raise ValueError(secret) from KeyError(secret)
        except ValueError:
            log.exception("failed", stack_info=True)
    assert secret not in output.getvalue()
    assert MASK in output.getvalue()
    assert "ValueError" in output.getvalue()


def test_an_uncaught_error_shows_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    with secrets_hidden((TOKEN,)):
        error = ValueError(TOKEN)
        sys.excepthook(ValueError, error, None)
    assert TOKEN not in capsys.readouterr().err


def test_afterwards_logging_is_as_it_was(log: logging.Logger, output: io.StringIO) -> None:
    before = (logging.getLogRecordFactory(), sys.excepthook, logging.getLogger("httpx").level)
    with secrets_hidden((TOKEN,)) as cut:
        assert cut(f"a {TOKEN} b") == f"a {MASK} b"
        assert logging.getLogger("httpx").level == logging.WARNING
    assert (logging.getLogRecordFactory(), sys.excepthook, logging.getLogger("httpx").level) == before
    log.info("plain %s", "words")
    assert output.getvalue() == "plain words\n"
