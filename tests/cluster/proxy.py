"""What stands before a cluster that is looked after: TLS before one node, and accounts, which the nodes know."""

from __future__ import annotations

import base64
import http.client
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

USER, PASSWORD, KEY = "doc-gia", "mật khẩu dài", "chia-khoa"
"""An account that may read and write, by either."""

READER = "chi-doc"
"""An account that may only read, with the same password."""

READS = ("indices:data/read*", "indices:admin/shards/search_shards", "indices:monitor/stats")
WRITES = (*READS, "indices:*", "cluster:monitor/main", "cluster:monitor/health")
"""What they may do: the rights that docs/opensearch.md tells of, as the nodes name them."""


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """(certificate, key) that this machine signs itself, for 127.0.0.1."""
    made, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                f"/CN={name}",
            ),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", made),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return made, key


def _basic(user: str) -> str:
    return base64.b64encode(f"{user}:{PASSWORD}".encode()).decode()


ACCOUNTS = {_basic(USER): WRITES, KEY: WRITES, _basic(READER): READS}
"""What each may do, by what its requests say of who they are."""


@contextmanager
def guarded(port: int, certificate: tuple[Path, Path]) -> Iterator[int]:
    """The port of a guard before the node at `port`."""

    class Guard(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            node = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            passed = {"Authorization": self.headers.get("Authorization", "nobody")}
            if "Content-Type" in self.headers:
                passed["Content-Type"] = self.headers["Content-Type"]
            node.request(self.command, self.path, body or None, passed)
            found = node.getresponse()
            self._answer(found.status, found.read())
            node.close()

        do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815 (the library's names)

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Guard, certificate) as listens:
        yield listens


@contextmanager
def serving(
    handler: type[BaseHTTPRequestHandler], certificate: tuple[Path, Path] | None = None
) -> Iterator[int]:
    """The port of a server, with TLS where there is a certificate."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # who trusts no certificate hangs up
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
