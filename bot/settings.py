"""Which settings have the front ends, on top of the library's? One file holds all: `config/hoidap.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from retrieval import Settings, SettingsError, read_toml

CONFIG = Path("config/hoidap.toml")
"""Read where no `--config` is given and it is there."""

Count = Annotated[int, msgspec.Meta(ge=1)]
Days = Annotated[int, msgspec.Meta(ge=0)]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A TOML table: an unknown key is an error that names it."""


class ConversationSettings(_Table, frozen=True):
    """How the bot talks, whichever the channel."""

    hits: Annotated[int, msgspec.Meta(ge=1, le=20)] = 5
    """Passages that "tiếp" can page through."""
    max_question_characters: Count = 500
    remembered_turns: Annotated[int, msgspec.Meta(ge=1, le=20)] = 5
    """Questions kept of a conversation, for follow-ups."""
    context_characters: Count = 1200
    """Text shown around a passage on "ngữ cảnh"."""
    examples: tuple[str, ...] = ()
    """Questions offered at the start; empty: found in the corpus."""


class ConsoleSettings(_Table, frozen=True):
    """The console chat."""

    history: str = "~/.local/state/hoidap/history"
    """File that keeps the questions typed; empty: none is kept."""
    width: Annotated[int, msgspec.Meta(ge=40, le=200)] = 100
    """Columns that a panel takes at most."""


class TelegramSettings(_Table, frozen=True):
    """The Telegram bot. The token, the proxy and the server's address come from the environment only."""


class BotSettings(Settings, frozen=True):
    """The whole of `config/hoidap.toml`."""

    conversation: ConversationSettings = ConversationSettings()
    console: ConsoleSettings = ConsoleSettings()
    telegram: TelegramSettings = TelegramSettings()


def load_settings(path: Path | None = None) -> BotSettings:
    """The settings in `path`, else in `config/hoidap.toml` if it is there, else the defaults.

    Raises SettingsError, which names the file and the key.
    """
    if path is None:
        return read_toml(CONFIG, BotSettings) if CONFIG.is_file() else BotSettings()
    if not path.is_file():
        raise SettingsError(f"{path}: no such file; name a settings file, or leave out --config")
    return read_toml(path, BotSettings)
