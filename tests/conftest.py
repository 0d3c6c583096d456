"""For all tests: what a loaded machine may do, and what continuous integration may leave out."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a busy one isn't wrong
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """A command that is run in this process sends what is logged to a standard error of its test's own, in place of
    whoever listened. What is logged after that test would go to a closed stream.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, object, None]:
    """Nothing may be left out there: a skip is a failure."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
