"""How is a page got from the network? Politely, and only from where it is allowed to look.

Every host, after a redirect too, is looked up first; a connection goes only to an address that was checked.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from retrieval.corpus.readers import SUFFIXES
from retrieval.errors import UnreadableFile
from retrieval.settings import FetchSettings

if TYPE_CHECKING:  # what talks to the network is imported where it is needed: a question must start at once
    import urllib.robotparser

    import httpx

_REDIRECTS = 5
_ROBOTS_BYTES = 500_000
"""What search engines read of a robots.txt, RFC 9309 section 2.5: at least 500 kibibytes."""
_OPENXML = "application/vnd.openxmlformats-officedocument"
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/zip")
"""Types that say nothing: of these the address tells the kind."""
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    f"{_OPENXML}.wordprocessingml.document": ".docx",
    f"{_OPENXML}.spreadsheetml.sheet": ".xlsx",
    f"{_OPENXML}.presentationml.presentation": ".pptx",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What came from `url`, after redirects. `suffix`: of a file of its kind."""

    url: str
    body: bytes
    suffix: str


class Fetcher:
    """Gets pages one after the other.

    `allowed`: which addresses may be asked for, after a redirect too; None: all that aren't private. `proxy`: goes
    through this one, which then looks up hosts; those that are known here to be private are refused all the same.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        allowed: Callable[[str], bool] | None = None,
        proxy: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings, self._allowed, self._proxy, self._sleep = settings, allowed, proxy, sleep
        self._robots: dict[str, urllib.robotparser.RobotFileParser] = {}
        self._last: dict[str, float] = {}

    def get(self, url: str) -> Page:
        """The page. Raises UnreadableFile, which says why there is none."""
        import httpx

        at = url
        try:
            with self._client() as client:
                for _ in range(_REDIRECTS + 1):
                    if self._allowed is not None and not self._allowed(at):
                        raise UnreadableFile(url, f"dẫn tới một địa chỉ chưa được phép ({at})")
                    self._check_robots(client, at)
                    status, headers, body = self._request(client, at, int(self._settings.max_megabytes * 1e6))
                    if status not in (301, 302, 303, 307, 308) or "location" not in headers:
                        break
                    at = urljoin(at, headers["location"])
                else:
                    raise UnreadableFile(
                        url, f"chuyển địa chỉ quá {_REDIRECTS} lần; hãy nêu địa chỉ cuối cùng"
                    )
        except httpx.InvalidURL as error:
            raise UnreadableFile(
                url, f"không phải địa chỉ web ({error}); hãy viết như https://example.org/trang"
            ) from error
        except httpx.TimeoutException as error:
            raise UnreadableFile(
                url, f"không trả lời trong {self._settings.timeout_seconds:g} giây; hãy thử lại sau"
            ) from error
        except httpx.HTTPError as error:
            raise UnreadableFile(
                url, f"không kết nối được ({type(error).__name__}); hãy kiểm tra địa chỉ"
            ) from error
        if status != 200:
            raise UnreadableFile(url, f"máy chủ trả lời {status}; hãy kiểm tra địa chỉ")
        kind = headers.get("content-type", "text/html").partition(";")[0].strip().lower()
        return Page(at, body, _suffix(kind, at))

    def _client(self) -> httpx.Client:
        import httpx

        return httpx.Client(
            transport=_checked_transport(self._settings.allow_private, self._proxy),
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
                            url,
                            f"lớn hơn {most / 1e6:g} MB; hãy tăng fetch.max_megabytes, hoặc bỏ địa chỉ này",
                        )
                    if time.monotonic() > deadline:
                        raise UnreadableFile(
                            url,
                            f"sau {self._settings.timeout_seconds:g} giây vẫn chưa tải xong; hãy thử lại sau",
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
            raise UnreadableFile(url, "không phải địa chỉ web; hãy viết như https://example.org/trang")
        if parts.netloc not in self._robots:
            import urllib.robotparser

            robots = urllib.robotparser.RobotFileParser()
            status, _, body = self._request(
                client, f"{parts.scheme}://{parts.netloc}/robots.txt", _ROBOTS_BYTES
            )
            # RFC 9309: no such file allows everything, a broken server nothing.
            if status >= 500:
                raise UnreadableFile(url, f"robots.txt của trang này trả lời {status}; hãy thử lại sau")
            robots.parse(body.decode("utf-8", "replace").splitlines() if status == 200 else [])
            self._robots[parts.netloc] = robots
        if not self._robots[parts.netloc].can_fetch(self._settings.user_agent, url):
            raise UnreadableFile(url, "robots.txt của trang này yêu cầu không đọc; hãy bỏ địa chỉ này")


def _suffix(kind: str, url: str) -> str:
    """Of a file of this media type; of the address where a server names no type that is known here."""
    if kind in _SUFFIXES:
        return _SUFFIXES[kind]
    if kind.endswith("xml"):
        return ".xml"
    named = PurePosixPath(urlsplit(url).path).suffix.lower()
    return named if kind in _UNTOLD and named in SUFFIXES else ""


def _checked_transport(allow_private: bool, proxy: str | None) -> httpx.BaseTransport:
    """Connects to the address that a host's name was looked up to, if that address is allowed."""
    import httpx

    class Checked(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            host = request.url.host
            try:
                address = allowed_address(host, request.url.port or 0, allow_private=allow_private)
            except UnknownHost:
                if proxy is None:
                    raise
            if proxy is not None:
                return super().handle_request(request)
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.url = request.url.copy_with(host=address)
            return super().handle_request(request)

    return Checked(proxy=proxy)


class UnknownHost(UnreadableFile):
    """Nobody here knows the host's address."""


def allowed_address(host: str, port: int, *, allow_private: bool) -> str:
    """The address to connect to. Raises UnreadableFile for a host that isn't there or is in a private
    network.
    """
    import socket

    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise UnknownHost(host, "không có máy chủ này; hãy kiểm tra địa chỉ") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    private = [one for one in addresses if not _is_public(one)]
    if private and not allow_private:
        raise UnreadableFile(
            host, f"nằm trong mạng nội bộ ({private[0]}); đặt fetch.allow_private nếu vẫn muốn đọc"
        )
    return addresses[0]


def _is_public(address: str) -> bool:
    import ipaddress

    parsed = ipaddress.ip_address(address)
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global and not parsed.is_multicast
