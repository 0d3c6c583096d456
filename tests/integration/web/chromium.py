"""Which browser do the tests drive? The system's Chromium; without it they are skipped, and fail where CI runs them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

AXE = Path(os.environ.get("AXE_CORE", Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"))
"""axe-core is fetched for the tests only, by .ci/run."""


def missing(what: str) -> None:
    """Skips, with the reason; where CI runs the tests nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}: needed in CI, and not there")
    pytest.skip(f"{what}: not installed")


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser, through Playwright."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def violations(page: Any) -> list[str]:
    """What axe-core finds against WCAG's levels A and AA on the page as it stands."""
    if not AXE.is_file():
        missing(str(AXE))
    # Through the debugging protocol, which the page's Content-Security-Policy does not bind.
    page.evaluate(AXE.read_text(encoding="utf-8") + "\n;0")
    found = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
    )
    assert len(found["passes"]) > 5
    return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found["violations"]]
