"""Are questions answered in several processes as in one, whatever happens to a process?"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from bot.channels.processes import SharedResponder, shared_responder
from bot.conversation import Responder
from bot.settings import BotSettings
from retrieval import Document, Retriever

POOL = Document(
    "be-boi",
    title="Bảng giá bể bơi Sông Lam",
    text="Giá vé người lớn của bể bơi Sông Lam là 45.000 đồng một lượt. Giá vé trẻ em là 30.000 đồng.",
)
LIBRARY = Document(
    "thu-vien", title="Thư viện xã Yên Hòa", text="Thư viện xã Yên Hòa có 3.250 cuốn sách thiếu nhi."
)
ASKED = "Giá vé người lớn của bể bơi Sông Lam là bao nhiêu?"


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    with Retriever.build([POOL], path=tmp_path_factory.mktemp("shared") / "index") as built:
        yield built


@pytest.fixture(scope="module")
def shared(retriever: Retriever) -> Iterator[SharedResponder]:
    path = Path(str(retriever._index.path))
    with shared_responder(
        retriever, settings=BotSettings(), sample=False, path=path, processes=2
    ) as responder:
        assert isinstance(responder, SharedResponder)
        yield responder


def test_replies_turns_and_pages_are_those_of_one_process(
    retriever: Retriever, shared: SharedResponder
) -> None:
    alone = Responder(retriever, settings=BotSettings().conversation)
    turns, expected = (), ()
    for message in (ASKED, "Còn trẻ em?", "ngữ cảnh", "chào bạn", "??"):
        reply, turns = shared.respond(message, turns)
        wanted, expected = alone.respond(message, expected)
        assert (reply, turns) == (wanted, expected)
    assert shared.show(turns[-1], 0) == alone.show(turns[-1], 0)


def test_what_was_added_just_now_is_found(retriever: Retriever, shared: SharedResponder) -> None:
    question = "Thư viện xã Yên Hòa có bao nhiêu cuốn sách thiếu nhi?"
    assert shared.respond(question)[0].kind != "answer"
    retriever.add([LIBRARY])
    assert shared.respond(question)[0].kind == "answer"
    retriever.remove([LIBRARY.id])
    assert shared.respond(question)[0].kind != "answer"


def test_processes_that_are_killed_are_replaced_and_every_question_gets_its_reply(
    shared: SharedResponder,
) -> None:
    expected = shared.respond(ASKED)[0]
    with ThreadPoolExecutor(2) as waiting:
        replies = [waiting.submit(shared.respond, ASKED) for _ in range(40)]
        for child in multiprocessing.active_children():
            child.kill()
        replies += [waiting.submit(shared.respond, ASKED) for _ in range(4)]
        assert [reply.result()[0] for reply in replies] == [expected] * 44


def test_processes_start_before_the_first_question(retriever: Retriever) -> None:
    others = set(multiprocessing.active_children())
    path = Path(str(retriever._index.path))
    with shared_responder(retriever, settings=BotSettings(), sample=False, path=path, processes=2):
        assert len(set(multiprocessing.active_children()) - others) == 2


def test_one_process_or_a_corpus_in_memory_needs_no_other(retriever: Retriever) -> None:
    for path, processes in ((None, 2), (Path("index"), 1)):
        with shared_responder(
            retriever, settings=BotSettings(), sample=False, path=path, processes=processes
        ) as responder:
            assert type(responder) is Responder


_STARTED = """
import multiprocessing, sys, time
from pathlib import Path
from bot.channels.processes import SharedResponder
from bot.settings import BotSettings
from retrieval import Retriever

if __name__ == "__main__":
    path = Path(sys.argv[1])
    told = {"settings": BotSettings(), "sample": False, "path": path, "processes": 1}
    SharedResponder(Retriever.open(path), **told).respond("Giá vé trẻ em?")
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(os.name != "posix", reason="asks POSIX whether a process runs")
def test_no_process_outlives_a_bot_that_is_killed(retriever: Retriever, tmp_path: Path) -> None:
    script = tmp_path / "bot_of_a_test.py"
    script.write_text(_STARTED, encoding="utf-8")
    bot = subprocess.Popen(
        [sys.executable, str(script), str(retriever._index.path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert bot.stdout is not None
    children = [int(number) for number in bot.stdout.readline().split()]
    assert children
    bot.kill()
    bot.wait()
    bot.stdout.close()
    until = time.monotonic() + 30
    while any(_runs(child) for child in children) and time.monotonic() < until:
        time.sleep(0.05)
    left = [child for child in children if _runs(child)]
    for child in left:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    assert left == []


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    return not (status.exists() and "State:\tZ" in status.read_text())  # ended, and nobody asked how


ANSWERING = """
import sys, time
from bot.channels.processes import shared_responder
from bot.settings import BotSettings
from retrieval import Retriever

if __name__ == "__main__":
    with Retriever.open(sys.argv[1]) as retriever:
        try:
            with shared_responder(
                retriever, settings=BotSettings(), sample=False, path=sys.argv[1], processes=2
            ):
                print("started", flush=True)
                time.sleep(60)
        except KeyboardInterrupt:
            print("ended")
"""


@pytest.mark.skipif(os.name == "nt", reason="a group of processes gets Ctrl-C otherwise there")
@pytest.mark.parametrize("after", [0.05, 0.3, 0.8])
def test_ctrl_c_while_processes_start_leaves_no_traceback(
    retriever: Retriever, tmp_path: Path, after: float
) -> None:
    script = tmp_path / "answering.py"
    script.write_text(ANSWERING, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script), str(retriever._index.path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        said, told = process.communicate(timeout=60)
    assert (said, told) == ("ended\n", "")
