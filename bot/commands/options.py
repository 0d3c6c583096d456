"""Which options do several commands share?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None, typer.Option("--config", help="Tệp cài đặt; không nêu thì config/hoidap.toml, nếu có.")
]
Corpus = Annotated[
    list[Path] | None,
    typer.Option(
        "--corpus", help="Tệp hay thư mục để đọc; nêu được nhiều lần. Không nêu thì dùng dữ liệu mẫu."
    ),
]
Index = Annotated[
    str | None,
    typer.Option(
        "--index",
        help="Thư mục mà `hoidap index` đã tạo, hoặc địa chỉ: opensearch+https://MÁY/TÊN.",
    ),
]
