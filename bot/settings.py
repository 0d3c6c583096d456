"""Which settings have the front ends, on top of the library's? One file holds all: `config/hoidap.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

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
    remembered_turns: Annotated[int, msgspec.Meta(ge=1, le=20)] = 2
    """Questions kept of a conversation: a follow-up leans on the last one; where that is edited, on the one before."""
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


class _ChannelSettings(_Table, frozen=True):
    """What all chat bots are told."""

    questions_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 20
    """Of one person; 0: no limit."""
    keep_days: Days = 30
    """Days that conversations are kept, and buttons where the channel has them; 0: in memory only."""
    keep_unanswered: bool = True
    """Keep the wording of questions that found nothing, without who asked."""
    workers: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    """Questions searched at a time: each in a process of its own, of some 150 MB; 1: in the bot's own."""
    request_seconds: Annotated[float, msgspec.Meta(gt=0)] = 20.0
    """How long a request to the channel may take, but one that waits for updates."""
    retry_minutes: Annotated[float, msgspec.Meta(gt=0)] = 60.0
    """How long a reply that can't be delivered is tried."""
    typing_after: Annotated[float, msgspec.Meta(ge=0)] = 0.6
    """Seconds of searching before "typing…" is shown."""
    stop_seconds: Annotated[float, msgspec.Meta(gt=0)] = 20.0
    """How long stopping waits for what has begun."""
    refresh_seconds: Annotated[float, msgspec.Meta(gt=0)] = 60.0
    """How often an index that another process updates is looked at."""
    webhook_url: str = ""
    """Public https address that the channel posts to; empty: long polling."""
    health_listen: str = ""
    """Where /healthz and /metrics answer, like "127.0.0.1:8088"; empty: nowhere."""


class TelegramSettings(_ChannelSettings, frozen=True):
    """The Telegram bot. The token, the proxy and the server's address come from the environment only."""

    state: str = "~/.local/state/hoidap/telegram"
    """Folder for the bot's own data: conversations, buttons, feedback, counts, files added by admins."""
    admins: tuple[int, ...] = ()
    allow_users: tuple[int, ...] = ()
    """Empty: everybody."""
    block_users: tuple[int, ...] = ()
    allow_groups: tuple[int, ...] = ()
    """Empty: every group."""
    block_groups: tuple[int, ...] = ()
    allow_addresses: tuple[str, ...] = ()
    """Hosts whose pages admins may add with /them: "baodongkhoi.vn" stands for its subdomains too."""
    messages_per_second: Annotated[int, msgspec.Meta(ge=0)] = 30
    """What Telegram lets a bot send; 0: no limit, for a server of one's own."""
    poll_seconds: Annotated[int, msgspec.Meta(ge=1, le=50)] = 30
    """How long one request for updates waits."""
    reaction_after: Annotated[float, msgspec.Meta(ge=0)] = 3.0
    """Seconds of searching before the question gets an 👀."""
    watchdog_seconds: Annotated[float, msgspec.Meta(gt=0)] = 60.0
    """How often to see whether updates still arrive."""
    conflict_seconds: Annotated[float, msgspec.Meta(gt=0)] = 20.0
    """How long another running copy is put up with."""
    inline_cache_seconds: Annotated[int, msgspec.Meta(ge=0)] = 60
    webhook_listen: str = "127.0.0.1:8443"


class ZaloSettings(_ChannelSettings, frozen=True):
    """The Zalo bot. The token, the proxy and the server's address come from the environment only."""

    state: str = "~/.local/state/hoidap/zalo"
    """Folder for the bot's own data: conversations, feedback, counts."""
    name: str = ""
    """The bot's name as people write it in groups after an @; empty: the account's."""
    admins: tuple[str, ...] = ()
    """People who may ask whatever the lists below say."""
    allow_users: tuple[str, ...] = ()
    """Empty: everybody."""
    block_users: tuple[str, ...] = ()
    allow_groups: tuple[str, ...] = ()
    """Empty: every group."""
    block_groups: tuple[str, ...] = ()
    messages_per_second: Annotated[int, msgspec.Meta(ge=0)] = 10
    """Over all chats; 0: no limit."""
    poll_seconds: Annotated[int, msgspec.Meta(ge=1, le=60)] = 30
    """How long one request for updates waits."""
    webhook_listen: str = "127.0.0.1:8444"


class ServerSettings(_Table, frozen=True):
    """The HTTP service, its page and widget, MCP and the shapes of Dify and OpenAI."""

    state: str = "~/.local/state/hoidap/server"
    """Folder for the service's own data: hashed tokens, counts, feedback, the secret that signs conversations."""
    public_url: str = ""
    """Where people reach the service, like "https://hoi.example.vn"; citations begin with it."""
    reading: Literal["local", "token", "everybody"] = "local"
    """Who may ask without a token: programs of this machine, nobody, or everybody."""
    allowed_hosts: tuple[str, ...] = ()
    """Further names of the service that a request's Host header may give."""
    allowed_origins: tuple[str, ...] = ()
    """Sites whose pages may hold the widget: "https://www.example.vn"."""
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    knowledge: str = "default"
    """The name that Dify's knowledge_id and OpenAI's model give this corpus; "default" and "hoidap" always work."""
    questions_per_minute: Annotated[int, msgspec.Meta(ge=0)] = 120
    """Of one client, in each worker; 0: no limit."""
    max_body_kilobytes: Count = 256
    """Of a request; documents that admins add may be `max_documents_megabytes`."""
    max_documents_megabytes: Count = 32
    max_connections: Count = 512
    """Open at a time, in each worker."""
    request_seconds: Annotated[float, msgspec.Meta(gt=0)] = 20.0
    """How long a client may take to send a request."""
    threads: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    """Questions searched at a time, in each worker."""
    max_waiting: Count = 64
    """Questions that wait for a thread; more are told to come again."""
    stop_seconds: Annotated[int, msgspec.Meta(ge=1)] = 20
    """How long stopping waits for what has begun."""
    conversation_hours: Annotated[float, msgspec.Meta(gt=0)] = 24.0
    """How long a conversation can be gone on with."""
    keep_unanswered: bool = True
    """Keep the wording of questions that found nothing, without who asked."""
    log_questions: bool = False
    """Write what was asked into the log."""


class BotSettings(Settings, frozen=True):
    """The whole of `config/hoidap.toml`."""

    conversation: ConversationSettings = ConversationSettings()
    console: ConsoleSettings = ConsoleSettings()
    telegram: TelegramSettings = TelegramSettings()
    zalo: ZaloSettings = ZaloSettings()
    server: ServerSettings = ServerSettings()


def load_settings(path: Path | None = None) -> BotSettings:
    """The settings in `path`, else in `config/hoidap.toml` if it is there, else the defaults.

    Raises SettingsError, which names the file and the key.
    """
    if path is None:
        return read_toml(CONFIG, BotSettings) if CONFIG.is_file() else BotSettings()
    if not path.is_file():
        raise SettingsError(f"{path}: không có tệp này; hãy nêu tệp thiết lập, hoặc bỏ --config")
    return read_toml(path, BotSettings)
