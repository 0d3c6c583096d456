"""Which options do several commands share?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None, typer.Option("--config", help="Settings file; else config/hoidap.toml if it is there.")
]
Corpus = Annotated[
    list[Path] | None,
    typer.Option("--corpus", help="File or folder to read; may be repeated. Default: the sample corpus."),
]
Index = Annotated[
    str | None,
    typer.Option(
        "--index", help="Folder that `hoidap index` made, or address: opensearch+https://HOST/NAME."
    ),
]
