"""Do imports go one way only? The contracts stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]


def test_the_import_contracts_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert len(contracts) >= 4
    assert checked.returncode == 0, checked.stdout
    assert f"{len(contracts)} kept, 0 broken" in checked.stdout


def test_the_contracts_see_the_imports_they_are_about() -> None:
    graph = grimp.build_graph("bot", "retrieval", include_external_packages=True, cache_dir=None)
    importers = graph.find_modules_that_directly_import
    assert any(module.startswith("bot.channels.telegram") for module in importers("telegram"))
    assert any(module.startswith("bot.") for module in importers("retrieval"))
    assert "asyncio" in graph.modules


def test_asking_loads_no_heavy_library_before_it_is_needed() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, bot.cli, bot.commands.ask; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {
        *(
            "asyncio",
            "fastapi",
            "feedparser",
            "htmldate",
            "http.client",
            "httpx",
            "lxml",
            "markdown_it",
            "mcp",
        ),
        *(
            "olefile",
            "prometheus_client",
            "prompt_toolkit",
            "pydantic",
            "pypdfium2",
            "python_calamine",
            "requests",
        ),
        *(
            "rich",
            "scipy",
            "starlette",
            "telegram",
            "tornado",
            "trafilatura",
            "underthesea",
            "urllib.request",
        ),
        *(
            "uvicorn",
            "yaml",
            "retrieval.ingest.update",
            "retrieval.ingest.fetch",
            "retrieval.evaluation",
            "retrieval.dialogue",
        ),
    }
    assert "bot.commands.ask" in loaded
    assert heavy & set(loaded) == set()
