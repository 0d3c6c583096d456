"""What is in the corpus? Its publishers, with how many articles each and from when to when."""

from __future__ import annotations

from bot.cards import source_lines
from bot.commands.opening import SAMPLE_NOTICE, open_retriever
from bot.commands.options import Config, Corpus, Index
from bot.settings import load_settings


def sources(*, corpus: Corpus = None, index: Index = None, config: Config = None) -> None:
    """List the sources of a corpus or an index."""
    opened = open_retriever(corpus, index, load_settings(config))
    print("\n".join(source_lines(opened.retriever.sources())) or "Chưa có bài nào.")
    if opened.sample:
        print(f"\n{SAMPLE_NOTICE}")
