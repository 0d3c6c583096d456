"""A conversation on the console, on the corpus or index named."""

from __future__ import annotations

from bot.commands.opening import open_retriever
from bot.commands.options import Config, Corpus, Index
from bot.settings import load_settings


def chat(*, corpus: Corpus = None, index: Index = None, config: Config = None) -> None:
    """Chat on the console; a pipe of questions gets one answer each."""
    from bot.console import hold
    from bot.conversation import Responder

    settings = load_settings(config)
    opened = open_retriever(corpus, index, settings)
    responder = Responder(opened.retriever, settings=settings.conversation, sample=opened.sample)
    hold(responder, settings=settings.console)
