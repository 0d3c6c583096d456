"""A cluster of real nodes on loopback, each a process of its own, so that one can be killed, stopped or hung."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.cluster.made import QUICK, make


class Node:
    """One node. `start` comes back at once; `Cluster.wait` tells when it has joined."""

    def __init__(self, folder: Path, command: Sequence[str], port: int) -> None:
        self.port, self.url = port, f"http://127.0.0.1:{port}"
        self._folder, self._command = folder, command
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # the pipe ends with this process, and the node with the pipe
                self._command, stdin=subprocess.PIPE, stdout=log, stderr=log
            )

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """In order: it says good-bye to the others."""
        self._end(signal.SIGTERM)

    @contextmanager
    def hung(self) -> Iterator[None]:
        """While the block runs, it keeps its connections and does nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if self.runs:
            self._process.send_signal(how)
        self._process.wait(60)
        if self._process.stdin:
            self._process.stdin.close()

    def memory(self) -> int:
        """Bytes of the process that lie in memory."""
        assert self._process is not None
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def processor_seconds(self) -> float:
        """That it has used."""
        assert self._process is not None
        words = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def last_words(self) -> str:
        return (self._folder / "log").read_text(errors="replace")[-2000:]


class Cluster:
    """`with Cluster(folder) as cluster:` runs until the block ends. `accounts`: what each may do, see `Rights.java`."""

    def __init__(
        self,
        folder: Path,
        *,
        nodes: int = 3,
        heap_megabytes: int = 192,
        quick: bool = True,
        settings: dict[str, str] | None = None,
        accounts: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        made = make()
        ports = _unused_ports(2 * nodes)
        names = [f"node-{number}" for number in range(1, nodes + 1)]
        shared = {
            "cluster.name": f"hoidap-{os.getpid()}-{ports[0]}",
            "network.host": "127.0.0.1",
            "discovery.seed_hosts": " ".join(f"127.0.0.1:{port}" for port in ports[nodes:]),
            "cluster.initial_cluster_manager_nodes": " ".join(names),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "action.auto_create_index": "false",
            "indices.breaker.total.use_real_memory": "false",  # a small heap is mostly what isn't collected yet
            **(settings or {}),
        }
        if accounts:
            shared["rights.accounts"] = " ".join(f"{who}|{','.join(may)}" for who, may in accounts.items())
        self.nodes: list[Node] = []
        for number, name in enumerate(names):
            home = folder / name
            home.mkdir(parents=True)
            own = {
                **shared,
                "node.name": name,
                "path.home": str(home),
                "http.port": str(ports[number]),
                "transport.port": str(ports[nodes + number]),
            }
            (home / "settings").write_text("".join(f"{key} {value}\n" for key, value in own.items()))
            heap = (f"-Xms{heap_megabytes}m", f"-Xmx{heap_megabytes}m")
            command = [*made.command(*heap, *(QUICK if quick else ())), "ClusterNode", str(home / "settings")]
            self.nodes.append(Node(home, command, ports[number]))

    def __enter__(self) -> Cluster:
        try:
            for node in self.nodes:
                node.start()
            self.wait()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        for node in self.nodes:
            node.kill()

    def address(self, name: str) -> str:
        """Of an index in it."""
        return f"opensearch+http://{','.join(f'127.0.0.1:{node.port}' for node in self.nodes)}/{name}"

    def ask(self, path: str, *, method: str = "GET", body: object = None) -> Any:
        """What the first node that answers says. Raises the last node's error."""
        running = [node for node in self.nodes if node.runs]
        if not running:
            raise RuntimeError(f"no node runs: {self.nodes[0].last_words()}")
        failed: Exception | None = None
        for node in running:
            request = urllib.request.Request(
                f"{node.url}/{path}",
                method=method,
                data=None if body is None else json.dumps(body).encode(),
                headers={"Content-Type": "application/json"},
            )
            try:
                with urllib.request.urlopen(request, timeout=5) as response:
                    return json.load(response)
            except OSError as error:
                failed = error
        assert failed is not None
        raise failed

    def wait(self, *, nodes: int | None = None, status: str = "green", seconds: float = 240.0) -> float:
        """Until so many nodes have joined and the shards are as wished; the seconds that took."""
        began = time.monotonic()
        wanted, seen = nodes or len(self.nodes), "nothing"
        while (waited := time.monotonic() - began) < seconds:
            try:
                health = self.ask("_cluster/health")
            except (urllib.error.URLError, OSError) as error:
                seen = str(error)
            else:
                seen = str(health)
                if health["number_of_nodes"] == wanted and health["status"] in {status, "green"}:
                    return waited
            time.sleep(0.1)
        raise TimeoutError(f"no {status} cluster of {wanted} nodes after {seconds:.0f} s: {seen}")


def _unused_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
