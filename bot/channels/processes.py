"""How do many people ask at once? Their questions are answered in several processes over one index.

Threads of one process share one interpreter, so two questions at once take as long as one after the other. A process
that dies is replaced, and asked again what it had. Each remembers what it answered of late: the same words go to the
same process, so that the others need not learn them too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress

from bot.channels.kept import KeptTurns, keep, read_turns
from bot.channels.pool import Ask, Pool
from bot.conversation import PAGES, Responder, Turns
from bot.reply import Reply
from bot.settings import BotSettings
from bot.smalltalk import Message
from retrieval import HoidapError, Retriever, Turn


class SharedResponder(Responder):
    """Answers questions in `processes` processes over the index at `path`; greets and helps in this one.

    What this process has added, the others see with the next question.
    """

    def __init__(
        self, retriever: Retriever, *, settings: BotSettings, sample: bool, path: str, processes: int
    ) -> None:
        super().__init__(retriever, settings=settings.conversation, sample=sample)
        self._own = retriever
        self._pool = Pool(processes, _begin, path, settings, sample)

    def respond(self, message: str, turns: Turns = (), *, alone: bool = False) -> tuple[Reply, Turns]:
        reply, after = self.begin(message, keep(turns), alone=alone).result()
        return reply, read_turns(after)

    def begin(
        self,
        message: str,
        turns: KeptTurns = (),
        *,
        alone: bool = False,
        timed: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> Future[tuple[Reply, KeptTurns]]:
        """What `respond` gives, as soon as it is there. `timed`: what is entered while a process is at it."""
        what, text = self.read(message)
        if what != "question" and not (turns and what in PAGES):
            said: Future[tuple[Reply, KeptTurns]] = Future()
            said.set_result((self.reply(what, text, ())[0], turns))
            return said

        def work(ask: Ask) -> tuple[Reply, KeptTurns]:
            with timed():
                return ask(_reply, self._own.generation, what, text, turns, alone)

        about = text
        if what in PAGES:
            about = "".join(turn.question for turn in read_turns(turns[-1:]))
        return self._pool.submit(about, work)

    def show(self, turn: Turn, number: int, *, context: bool = False) -> tuple[Reply, Turn]:
        def work(ask: Ask) -> tuple[Reply, KeptTurns]:
            return ask(_show, self._own.generation, keep((turn,)), number, context)

        reply, after = self._pool.submit(turn.question, work).result()
        return reply, read_turns(after)[0]

    def close(self) -> None:
        """Ends the processes; a question that is under way is finished first."""
        self._pool.close()


@contextmanager
def shared_responder(
    retriever: Retriever, *, settings: BotSettings, sample: bool, path: str | None, processes: int
) -> Iterator[Responder]:
    """A responder of that many processes, or of this one alone where one is enough or no `path` can be shared."""
    if path is None or processes == 1:
        yield Responder(retriever, settings=settings.conversation, sample=sample)
        return
    responder = SharedResponder(retriever, settings=settings, sample=sample, path=path, processes=processes)
    try:
        yield responder
    finally:
        responder.close()


_retriever: Retriever
_responder: Responder
"""Those of this process, where it is one that answers."""


def _begin(path: str, settings: BotSettings, sample: bool) -> None:
    global _retriever, _responder  # noqa: PLW0603
    _retriever = Retriever.open(path, settings=settings)
    _responder = Responder(_retriever, settings=settings.conversation, sample=sample)
    with suppress(HoidapError):
        _retriever.understand("Hôm nay là ngày nào?")  # loads the models


def _seeing(generation: int) -> Responder:
    """The responder, once it sees what the bot's own process sees."""
    if _retriever.generation != generation:
        _retriever.refresh()
    return _responder


def _reply(
    generation: int, what: Message, text: str, kept: KeptTurns, alone: bool
) -> tuple[Reply, KeptTurns]:
    turns = read_turns(kept)
    reply, after = _seeing(generation).reply(what, text, turns, alone=alone)
    return reply, keep(after, kept, turns)


def _show(generation: int, kept: KeptTurns, number: int, context: bool) -> tuple[Reply, KeptTurns]:
    reply, shown = _seeing(generation).show(read_turns(kept)[0], number, context=context)
    return reply, keep((shown,))
