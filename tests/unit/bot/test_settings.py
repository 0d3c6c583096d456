from pathlib import Path

import pytest

from bot.settings import BotSettings, load_settings
from retrieval import SettingsError


def test_defaults_where_there_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings() == BotSettings()


def test_the_file_of_the_folder_changes_only_the_keys_it_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "hoidap.toml").write_text("[ranking]\nk1 = 0.9\n[conversation]\nhits = 7\n")
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert (settings.ranking.k1, settings.conversation.hits) == (0.9, 7)
    assert settings.ranking.b == BotSettings().ranking.b
    assert settings.console == BotSettings().console


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[conversation]\nhitz = 7\n", "hitz"),
        ("[conversation]\nhits = 0\n", "conversation.hits"),
        ("[console]\nwidth = 'wide'\n", "console.width"),
        ("[telegram]\ntoken = 'x'\n", "token"),
        ("hits = \n", "dòng 1"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=r"mine\.toml") as caught:
        load_settings(path)
    assert named in str(caught.value)
