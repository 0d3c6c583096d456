"""For all tests: what a loaded machine may do, and what continuous integration may leave out."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a busy one isn't wrong
settings.load_profile("any machine")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, object, None]:
    """Nothing may be left out there: a skip is a failure."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
