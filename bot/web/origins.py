"""By which names may the service be called, and from which sites' pages? Keeps other sites' scripts out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Origins:
    """`names`: what a Host header may say, without its port. `sites`: origins that may hold the widget.

    A page that makes its own name lead to this machine (DNS rebinding) still sends that name as the Host.
    """

    names: frozenset[str]
    sites: frozenset[str]
    public: str = ""

    def knows_host(self, host: str) -> bool:
        """Whether a Host header gives one of the service's names."""
        return _without_port(host.lower()) in self.names

    def own(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is one of the service's own."""
        return origin.lower() == self.public or urlsplit(origin).netloc.lower() == host.lower()

    def allows(self, origin: str) -> bool:
        """Whether a page of this origin may hold the widget."""
        return origin.lower() in self.sites


def make_origins(*, listens: str, public_url: str, hosts: tuple[str, ...], sites: tuple[str, ...]) -> Origins:
    """`listens`: the address that was asked to be listened on."""
    names = {*LOOPBACK, *(_without_port(host.lower()) for host in hosts)}
    public = urlsplit(public_url.lower())
    if public.hostname:
        names.add(_without_port(public.netloc))
    if listens not in ("0.0.0.0", "::", ""):
        names.add(f"[{listens}]" if ":" in listens else listens.lower())
    return Origins(
        frozenset(names),
        frozenset(site.rstrip("/").lower() for site in sites),
        f"{public.scheme}://{public.netloc}" if public.netloc else "",
    )


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host
