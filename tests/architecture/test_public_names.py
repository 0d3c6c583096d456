"""Is the library's public surface what it says it is?"""

from __future__ import annotations

import inspect
from pathlib import Path

import retrieval

ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"

PUBLIC = {
    "Answer",
    "Document",
    "Hit",
    "Passage",
    "Retriever",
    "read_corpus",
}
"""What scripts outside the repository lean on; more may be exported, none of these may go."""


def test_all_is_sorted_and_complete() -> None:
    assert retrieval.__all__ == sorted(retrieval.__all__)
    assert set(retrieval.__all__) >= PUBLIC
    for name in retrieval.__all__:  # some are loaded only now
        getattr(retrieval, name)
    seen = {
        name
        for name, value in vars(retrieval).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }
    assert seen == set(retrieval.__all__)


def test_every_public_name_is_explained() -> None:
    silent = [
        name
        for name in retrieval.__all__
        if inspect.isroutine(value := getattr(retrieval, name)) or inspect.isclass(value)
        if not (value.__doc__ or _explained_in_the_tree(value))
    ]
    assert silent == []


def test_every_public_name_is_in_the_architecture_page() -> None:
    page = ARCHITECTURE.read_text(encoding="utf-8")
    assert [name for name in retrieval.__all__ if f"`{name}`" not in page] == []


def _explained_in_the_tree(value: object) -> bool:
    """Errors are explained together, in the tree drawn at the head of their module."""
    from retrieval import errors

    return getattr(value, "__name__", "") in (errors.__doc__ or "")
