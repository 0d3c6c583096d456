"""Which settings are there, and what are they by default? A TOML file overrides just the keys it sets."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from retrieval.errors import SettingsError, os_reason, toml_reason, value_reason

T = TypeVar("T")

Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Positive = Annotated[float, msgspec.Meta(gt=0.0)]
Count = Annotated[int, msgspec.Meta(ge=1)]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A TOML table: an unknown key is an error that names it."""


class CorpusSettings(_Table, frozen=True):
    max_file_megabytes: Count = 100
    max_line_characters: Count = 2_000_000
    ocr: bool = False
    """Read scanned pages with Tesseract, which takes about a second a page."""
    max_sheet_rows: Count = 100_000
    """Of a sheet; what is below them is left out, and said so."""
    max_sheet_cells: Count = 10_000_000
    """From a sheet's first cell to its last, empty ones too: they take memory while it is read."""


class PassageSettings(_Table, frozen=True):
    max_sentences: Count = 3
    max_characters: Count = 480


class IndexSettings(_Table, frozen=True):
    join_near_duplicates: bool = True
    """Name the second copy of a story beside the first, rather than show both."""
    memory_megabytes: Annotated[int, msgspec.Meta(ge=15)] = 200
    """What a writer collects before it writes; not a limit on what it can take."""
    workers: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Processes that analyse; 0: as many as there are processors."""
    commit_passages: Count = 200_000
    """A long run commits each time this many passages are new."""
    max_removed_share: Share = 0.2
    """Of the passages; with more, an update ends by building the index anew without them."""


class OpenSearchSettings(_Table, frozen=True):
    """An index in a cluster. Passwords and keys come from the environment, or from the file `credentials`."""

    timeout_seconds: Positive = 10.0
    """For one request, however often it is tried."""
    shards: Annotated[int, msgspec.Meta(ge=1, le=1024)] = 1
    """Of an index that is made; more where it is to grow over several nodes."""
    replicas: Annotated[int, msgspec.Meta(ge=0, le=10)] = 1
    """Further copies of each shard; with none, a node that goes takes its shards away."""
    partial: bool = False
    """Whether what is left is searched where shards are missing; the answer then says so."""
    exact_counts: bool = True
    """Whether words are counted without removed documents while those lie in the cluster still."""
    keep_alive_seconds: Annotated[int, msgspec.Meta(ge=10, le=3600)] = 300
    """How long the cluster keeps the state that questions read, from one question to the next."""
    bulk_megabytes: Annotated[float, msgspec.Meta(gt=0, le=90)] = 4.0
    """Of one request that writes."""
    writers: Annotated[int, msgspec.Meta(ge=1, le=16)] = 2
    """Such requests at a time."""
    books: str = "~/.local/state/hoidap/opensearch"
    """Folder where who writes keeps what is in the index; made anew from the cluster where it isn't there."""
    credentials: str = ""
    """File with `user` and `password`, or `api_key`, where the environment has none."""
    ca: str = ""
    """File with the certificate that the cluster's is signed by."""


class FetchSettings(_Table, frozen=True):
    """Pages and feeds from the network, where the operator names them."""

    timeout_seconds: Positive = 20.0
    max_megabytes: Positive = 10.0
    delay_seconds: Annotated[float, msgspec.Meta(ge=0.0)] = 2.0
    """Between two requests to one host; more where its robots.txt asks for more."""
    feed_minutes: Positive = 15.0
    """How often `--watch` looks at feeds."""
    max_entries: Count = 200
    """Of one feed."""
    allow_private: bool = False
    """Whether addresses in one's own network may be read."""
    user_agent: str = "hoidap/0.2 (reads what its operator names)"


class RankingSettings(_Table, frozen=True):
    k1: Positive = 1.2
    b: Share = 0.75
    candidates: Count = 60
    reranked: Count = 50


class AnsweringSettings(_Table, frozen=True):
    min_confidence: Share = 0.19


class Settings(_Table, frozen=True):
    """Everything in `config/hoidap.toml` but the front ends' own tables, which `bot` reads."""

    lexicon: str = ""
    """Path of the operator's lexicon; empty: the one that ships."""
    corpus: CorpusSettings = CorpusSettings()
    passages: PassageSettings = PassageSettings()
    index: IndexSettings = IndexSettings()
    opensearch: OpenSearchSettings = OpenSearchSettings()
    fetch: FetchSettings = FetchSettings()
    ranking: RankingSettings = RankingSettings()
    answering: AnsweringSettings = AnsweringSettings()


def shipped(name: str) -> Path:
    """A file that comes with the project: inside the installed package, or in the source tree."""
    packaged = Path(__file__).parent / "shipped" / name
    return packaged if packaged.exists() else Path(__file__).parent.parent / name


def read_toml(path: Path, kind: type[T]) -> T:
    """The file's tables as a `kind`. Raises SettingsError, which names the file and the key."""
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
        return msgspec.convert(tomllib.loads(text), kind)
    except OSError as error:
        raise SettingsError(
            f"{path}: không đọc được ({os_reason(error)}); hãy kiểm tra đường dẫn và quyền đọc"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: không phải UTF-8; hãy lưu lại thành UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {toml_reason(error)}; hãy sửa trong tệp này") from error
    except msgspec.ValidationError as error:
        raise SettingsError(f"{path}: {value_reason(error)}; hãy sửa trong tệp này") from error
