"""What do people see when nodes die, hang, stop or are gone? The right answer, or an error that says so, in time."""

from __future__ import annotations

import os
import threading
import time
import urllib.error
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from retrieval import Answer, Document, HoidapError, IndexError_, Retriever, Settings
from tests.cluster.harness import Cluster, Node

pytestmark = pytest.mark.filterwarnings(  # a connection to a node that is killed ends without being closed
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
)

WHOLE = bool(os.environ.get("HOIDAP_CLUSTER_WHOLE"))
"""Whether the trials are as long as those that the decision page tells of: minutes each."""
ASKED, ADDED, AT_ONCE, SECONDS = (1_000, 10_000, 2_000, 400.0) if WHOLE else (150, 1_500, 300, 90.0)
"""Questions of each trial at least, articles that are added, those of one commit, and how long that may take."""
TIMEOUT = 5.0
PLACES = ("Đồi Mây", "Suối Đá", "Gò Cát", "Bến Lau", "Núi Trăng", "Đồng Sen", "Ao Làng", "Hang Dơi")


def article(number: int) -> Document:
    """Each has a figure that is in no other."""
    place = PLACES[number % len(PLACES)]
    return Document(
        f"bai-{number}",
        f"Xã {place} khai báo mã hồ sơ HS{number} trong tháng {number % 12 + 1}.\nHồ sơ HS{number} có {number + 3} trang.",
        title=f"Hồ sơ HS{number} của xã {place}",
    )


@dataclass
class Asking:
    """Asks known questions until it is ended. `wrong`: answers that aren't the right ones."""

    retriever: Retriever
    known: int
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    gaps: list[float] = field(default_factory=list)

    def run(self, until: Callable[[int], bool]) -> None:
        asked, failed_since = 0, 0.0
        while not until(asked):
            number = asked * 37 % self.known
            began = time.monotonic()
            try:
                hits = self.retriever.search(f"Hồ sơ HS{number} có bao nhiêu trang?", limit=1)
            except IndexError_ as error:
                self.errors[str(error).partition(": ")[2]] += 1
                failed_since = failed_since or began
            else:
                if hits and hits[0].document == article(number):
                    self.right += 1
                else:
                    self.wrong.append(f"HS{number}: {[hit.document.id for hit in hits]}")
                if failed_since:
                    self.gaps.append(time.monotonic() - failed_since)
                    failed_since = 0.0
            self.slowest = max(self.slowest, time.monotonic() - began)
            asked += 1


@dataclass
class Adding:
    """Adds articles in commits of AT_ONCE. `acknowledged`: numbers whose commit came back; failed ones are repeated."""

    retriever: Retriever
    first: int
    acknowledged: int = 0
    failed: int = 0

    def run(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.acknowledged < ADDED and time.monotonic() < deadline:
            start = self.first + self.acknowledged
            try:
                self.retriever.add(article(number) for number in range(start, start + AT_ONCE))
                self.acknowledged += AT_ONCE
            except HoidapError:
                self.failed += 1
                time.sleep(0.5)


@pytest.fixture
def place(cluster: Cluster) -> Iterator[str]:
    yield cluster.address("failures")
    for node in cluster.nodes:
        if not node.runs:
            node.start()
    cluster.wait(status="yellow")
    with suppress(urllib.error.HTTPError):  # the next node is asked where one is late, and finds them gone
        cluster.ask("failures-*", method="DELETE")


def _hang(node: Node) -> None:
    with node.hung():
        time.sleep(8.0)


@pytest.mark.parametrize(
    ("how", "harm"),
    [("killed", Node.kill), ("stopped in order", Node.stop), ("hung", _hang)],
    ids=["killed", "stopped", "hung"],
)
def test_a_node_fails_while_people_ask_and_articles_are_added(
    cluster: Cluster,
    place: str,
    settings_for: Callable[..., Settings],
    how: str,
    harm: Callable[[Node], None],
) -> None:
    known = 400
    settings = settings_for(shards=3, timeout_seconds=TIMEOUT)
    Retriever.build(map(article, range(known)), path=place, settings=settings).close()
    cluster.wait()
    with (
        Retriever.open(place, settings=settings) as asked,
        Retriever.open(place, settings=settings) as written,
    ):
        asking, adding = Asking(asked, known), Adding(written, known)
        over = threading.Event()
        reader = threading.Thread(
            target=asking.run, args=(lambda asked: over.is_set() and asked >= ASKED,), daemon=True
        )
        writer = threading.Thread(target=adding.run, args=(SECONDS,), daemon=True)
        reader.start()
        writer.start()
        time.sleep(1.5)
        harm(cluster.nodes[2])
        writer.join()
        over.set()
        reader.join()
        assert not writer.is_alive()
        if not cluster.nodes[2].runs:
            cluster.nodes[2].start()
        cluster.wait(status="yellow")  # what is asked needs no other copy, and one may stay behind
        print(
            f"{how}: {asking.right} right, {sum(asking.errors.values())} errors {dict(asking.errors)}, without an"
            f" answer for {max(asking.gaps, default=0):.1f} s, slowest {asking.slowest:.1f} s; {adding.acknowledged}"
            f" added, {adding.failed} commits repeated"
        )
        assert asking.wrong == []
        assert asking.right > 0.9 * ASKED
        assert all("; hãy " in error for error in asking.errors)
        assert asking.slowest < 2 * TIMEOUT + 3
        assert adding.acknowledged == ADDED
        asked.refresh()
        held = {document.id for document in asked.documents()}
        assert held >= {f"bai-{number}" for number in range(known + ADDED)}


def test_two_of_three_nodes_are_gone(
    cluster: Cluster, place: str, settings_for: Callable[..., Settings]
) -> None:
    settings = settings_for(shards=3, timeout_seconds=3.0)
    Retriever.build(map(article, range(60)), path=place, settings=settings).close()
    cluster.wait()
    with Retriever.open(place, settings=settings) as retriever:
        assert retriever.search("Hồ sơ HS7 có bao nhiêu trang?")
        for node in cluster.nodes[1:]:
            node.kill()
        began = time.monotonic()
        with pytest.raises(IndexError_) as told:
            retriever.search("Hồ sơ HS31 có bao nhiêu trang?")
        assert time.monotonic() - began < 2 * 3.0 + 3
        assert "; hãy " in str(told.value)
        for node in cluster.nodes[1:]:
            node.start()
        cluster.wait(status="yellow")
        asking, until = Asking(retriever, known=60), time.monotonic() + SECONDS
        asking.run(lambda _: asking.right > 0 or time.monotonic() > until)
        assert not asking.wrong
        assert asking.right


def test_what_is_left_answers_where_the_settings_say_so(
    cluster: Cluster, place: str, settings_for: Callable[..., Settings]
) -> None:
    whole = settings_for(shards=3, replicas=0, timeout_seconds=3.0)
    Retriever.build(map(article, range(60)), path=place, settings=whole).close()
    cluster.wait()
    state = cluster.ask("_cat/shards/failures-0001?format=json")[0]["node"]
    node = next(  # not the one with the state, without which nothing is known
        node for number, node in enumerate(cluster.nodes, start=1) if f"node-{number}" != state
    )
    node.kill()
    partly = settings_for(shards=3, replicas=0, timeout_seconds=3.0, partial=True)
    with Retriever.open(place, settings=partly) as retriever:
        answers = [retriever.answer(f"Hồ sơ HS{number} có bao nhiêu trang?") for number in range(12)]
    found = [answer for number, answer in enumerate(answers) if f"bai-{number}" in _ids(answer)]
    assert 0 < len(found) < len(answers)
    assert all(answer.partial for answer in answers)
    with Retriever.open(place, settings=whole) as retriever:
        with pytest.raises(IndexError_, match=r"thiếu .*mảnh của chỉ mục; hãy .* partial = true"):
            retriever.answer("Hồ sơ HS1 có bao nhiêu trang?")
        node.start()
        cluster.wait()
        assert not retriever.answer("Hồ sơ HS1 có bao nhiêu trang?").partial


def _ids(answer: Answer) -> set[str]:
    return {hit.document.id for hit in answer.hits}
