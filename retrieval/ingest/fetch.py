"""How is a page got from the network? Politely, and only from where it is allowed to look.

Every host, after a redirect too, is looked up first; a connection goes only to an address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import urllib.robotparser
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from retrieval.errors import UnreadableFile
from retrieval.settings import FetchSettings

if TYPE_CHECKING:
    import httpx

_REDIRECTS = 5
_ROBOTS_BYTES = 500_000
"""What search engines read of a robots.txt, RFC 9309 section 2.5: at least 500 kibibytes."""
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What came from `url`, after redirects. `suffix`: of a file of its kind."""

    url: str
    body: bytes
    suffix: str


class Fetcher:
    """Gets pages one after the other."""

    def __init__(self, settings: FetchSettings, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings, self._sleep = settings, sleep
        self._robots: dict[str, urllib.robotparser.RobotFileParser] = {}
        self._last: dict[str, float] = {}

    def get(self, url: str) -> Page:
        """The page. Raises UnreadableFile, which says why there is none."""
        import httpx

        at = url
        try:
            with self._client() as client:
                for _ in range(_REDIRECTS + 1):
                    self._check_robots(client, at)
                    status, headers, body = self._request(client, at, int(self._settings.max_megabytes * 1e6))
                    if status not in (301, 302, 303, 307, 308) or "location" not in headers:
                        break
                    at = urljoin(at, headers["location"])
                else:
                    raise UnreadableFile(
                        url, f"redirects more than {_REDIRECTS} times; name the final address"
                    )
        except httpx.InvalidURL as error:
            raise UnreadableFile(
                url, f"no address ({error}); write it like https://example.org/page"
            ) from error
        except httpx.TimeoutException as error:
            raise UnreadableFile(
                url, f"no answer in {self._settings.timeout_seconds:g} s; try again later"
            ) from error
        except httpx.HTTPError as error:
            raise UnreadableFile(url, f"can't be reached ({error}); check the address") from error
        if status != 200:
            raise UnreadableFile(url, f"the server answers {status}; check the address")
        kind = headers.get("content-type", "text/html").partition(";")[0].strip().lower()
        suffix = ".xml" if kind.endswith("xml") and kind not in _SUFFIXES else _SUFFIXES.get(kind, "")
        return Page(at, body, suffix)

    def _client(self) -> httpx.Client:
        import httpx

        return httpx.Client(
            transport=_checked_transport(self._settings.allow_private),
            timeout=self._settings.timeout_seconds,
            headers={"User-Agent": self._settings.user_agent},
            trust_env=False,
        )

    def _request(self, client: httpx.Client, url: str, most: int) -> tuple[int, httpx.Headers, bytes]:
        host = urlsplit(url).netloc
        rest = self._last.get(host, -1e9) + self._delay(host) - time.monotonic()
        if rest > 0:
            self._sleep(rest)
        deadline = time.monotonic() + self._settings.timeout_seconds
        body = bytearray()
        try:
            with client.stream("GET", url) as response:
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > most:
                        raise UnreadableFile(
                            url, f"more than {most / 1e6:g} MB; raise fetch.max_megabytes, or leave it out"
                        )
                    if time.monotonic() > deadline:
                        raise UnreadableFile(
                            url, f"not whole after {self._settings.timeout_seconds:g} s; try again later"
                        )
                return response.status_code, response.headers, bytes(body)
        finally:
            self._last[host] = time.monotonic()

    def _delay(self, host: str) -> float:
        robots = self._robots.get(host)
        asked = robots.crawl_delay(self._settings.user_agent) if robots else None
        return max(self._settings.delay_seconds, float(asked or 0))

    def _check_robots(self, client: httpx.Client, url: str) -> None:
        """Raises UnreadableFile where the site's robots.txt forbids the page."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UnreadableFile(url, "no web address; write it like https://example.org/page")
        if parts.netloc not in self._robots:
            robots = urllib.robotparser.RobotFileParser()
            status, _, body = self._request(
                client, f"{parts.scheme}://{parts.netloc}/robots.txt", _ROBOTS_BYTES
            )
            # RFC 9309: no such file allows everything, a broken server nothing.
            if status >= 500:
                raise UnreadableFile(url, f"its robots.txt answers {status}; try again later")
            robots.parse(body.decode("utf-8", "replace").splitlines() if status == 200 else [])
            self._robots[parts.netloc] = robots
        if not self._robots[parts.netloc].can_fetch(self._settings.user_agent, url):
            raise UnreadableFile(url, "its robots.txt asks not to read it; leave it out")


def _checked_transport(allow_private: bool) -> httpx.BaseTransport:
    """Connects to the address that a host's name was looked up to, if that address is allowed."""
    import httpx

    class Checked(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            host = request.url.host
            address = allowed_address(host, request.url.port or 0, allow_private=allow_private)
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.url = request.url.copy_with(host=address)
            return super().handle_request(request)

    return Checked()


def allowed_address(host: str, port: int, *, allow_private: bool) -> str:
    """The address to connect to. Raises UnreadableFile for a host that isn't there or is in a private
    network.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise UnreadableFile(host, "no such host; check the address") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    private = [one for one in addresses if not _is_public(one)]
    if private and not allow_private:
        raise UnreadableFile(
            host, f"in a private network ({private[0]}); set fetch.allow_private to read it all the same"
        )
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global and not parsed.is_multicast
