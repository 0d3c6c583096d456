"""What stands before a cluster that is looked after: TLS, names and passwords, rights. Here, before one node."""

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
    return "Basic " + base64.b64encode(f"{user}:{PASSWORD}".encode()).decode()


@contextmanager
def guarded(port: int, certificate: tuple[Path, Path]) -> Iterator[int]:
    """The port of a guard before the node at `port`."""

    class Guard(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body, who = self.rfile.read(length), self.headers.get("Authorization", "")
            writes = self.command in ("PUT", "DELETE") or self.path.startswith(("/_bulk", "/_aliases"))
            if who not in (_basic(USER), f"ApiKey {KEY}", _basic(READER)):
                self._answer(401, b'{"error": "unauthorized"}')
            elif who == _basic(READER) and writes and "point_in_time" not in self.path:
                self._answer(403, b'{"error": {"type": "security_exception", "reason": "no permissions"}}')
            else:
                node = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                kind = {"Content-Type": self.headers.get("Content-Type", "application/json")}
                node.request(self.command, self.path, body or None, kind)
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
