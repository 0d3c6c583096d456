"""A small index on disk that every framework asks, and what the library itself says to the same questions."""

from __future__ import annotations

import datetime
import importlib
import os
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from retrieval import Document, Hit, Retriever

QUESTIONS = (
    "Phòng họp tầng hai mở cửa mấy giờ?",
    "Ai duyệt đơn xin nghỉ phép?",
    "Kho lạnh giữ nhiệt độ bao nhiêu?",
    "nghỉ phép",
)
_HANDBOOK = """# Sổ tay công ty Lá Chuối

## Giờ làm việc

Phòng họp tầng hai mở cửa lúc 7 giờ 30. Bảo vệ giữ chìa khóa dự phòng.

## Nghỉ phép

Trưởng bộ phận duyệt đơn xin nghỉ phép trong hai ngày. Đơn gửi trước ít nhất năm ngày làm việc.
"""


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("frameworks") / "index"
    documents = [
        Document(
            "so-tay.md",
            _HANDBOOK,
            title="Sổ tay công ty Lá Chuối",
            source="Lá Chuối",
            published=_day(2024, 5, 6),
        ),
        Document(
            "kho.md",
            "Kho lạnh giữ nhiệt độ âm 18 độ C. Mỗi ca ghi sổ hai lần.",
            title="Nội quy kho",
            source="Ban kho",
            published=_day(2023, 2, 1),
            url="https://kho.example/noi-quy",
        ),
        Document(
            "thong-bao.md", "Thông báo: từ tháng sau, giám đốc duyệt đơn xin nghỉ phép dài hơn mười ngày."
        ),
    ]
    Retriever.build(documents, path=path).close()
    return path


@pytest.fixture(scope="session")
def retriever(index: Path) -> Retriever:
    return Retriever.open(index)


def _day(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, day)


def adapter(framework: str, name: str) -> ModuleType:
    """The adapter's module; a missing framework skips, except in continuous integration, where it must be there."""
    os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a framework says of its own parts while it is loaded
            importlib.import_module(framework)
            return importlib.import_module(f"retrieval.integrations.{name}")
    except ModuleNotFoundError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{error.name} isn't installed: pip install 'hoidap[{name.replace('_', '-')}]'")


def known(hit: Hit) -> dict[str, Any]:
    """What has to arrive of a hit."""
    document, passage = hit.document, hit.passage
    return {
        "document": document.id,
        "source": document.source,
        "date": document.date.isoformat() if document.date else None,
        "section": list(passage.section),
        "start": passage.start,
        "end": passage.end,
        "score": hit.score,
        "url": document.url,
    }
