"""Is what users can do written down where they look?"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from bot.cli import COMMANDS
from bot.settings import BotSettings
from retrieval import read_toml

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config" / "hoidap.toml"
_COMMENTED_KEY = re.compile(r"^#(?=[a-z_0-9]+ = )", re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "README.vi.md"])
def test_every_command_is_in_the_readme(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert COMMANDS
    assert [name for name in COMMANDS if f"hoidap {name}" not in text] == []


def test_the_settings_file_changes_nothing_as_it_stands() -> None:
    assert read_toml(CONFIG, BotSettings) == BotSettings()


def test_the_settings_file_shows_every_key_at_its_default(tmp_path: Path) -> None:
    uncommented = tmp_path / "all.toml"
    uncommented.write_text(_COMMENTED_KEY.sub("", CONFIG.read_text(encoding="utf-8")), encoding="utf-8")
    assert read_toml(uncommented, BotSettings) == BotSettings()
    assert _keys(read_toml(uncommented, dict)) == _keys(msgspec.to_builtins(BotSettings()))


def test_every_key_in_the_settings_file_is_explained() -> None:
    lines = CONFIG.read_text(encoding="utf-8").splitlines()
    keys = [number for number, line in enumerate(lines) if _COMMENTED_KEY.match(line)]
    assert len(keys) > 20
    assert [lines[number] for number in keys if not lines[number - 1].startswith("# ")] == []


def _keys(tables: dict[str, object], prefix: str = "") -> set[str]:
    keys = set()
    for key, value in tables.items():
        keys |= _keys(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key}
    return keys


@pytest.mark.parametrize(
    "page", ["README.md", "README.vi.md", "docs/architecture.md", "docs/library.md", "seeds/README.md"]
)
def test_links_inside_the_tree_lead_somewhere(page: str) -> None:
    here = (ROOT / page).parent
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (here / link).exists()] == []
    assert links or not page.startswith("README")


def test_the_examples_of_the_librarys_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    examples = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs" / "library.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert len(examples) > 5
    exec("\n".join(examples), {})
    assert (tmp_path / "thu-vien.index").is_dir()
