"""Where is the cluster, which index in it, and how does one get in? What is secret never stands in an address.

opensearch+https://search-1.example.vn:9200,search-2.example.vn:9200/tin-tuc
"""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from retrieval.errors import SettingsError
from retrieval.settings import OpenSearchSettings, read_toml

SCHEMES = ("opensearch+https", "opensearch+http")
_PORT = 9200
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_HOST = re.compile(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Address:
    """`hosts`: "https://host:port", any of which answers for the cluster."""

    text: str
    hosts: tuple[str, ...]
    name: str

    @classmethod
    def of(cls, text: str) -> Address:
        """Raises SettingsError for what is no address of an index."""
        scheme, _, rest = text.partition("://")
        hosts, _, name = rest.rstrip("/").partition("/")
        if "@" in hosts:
            where = f"{scheme}://…@{hosts.rpartition('@')[2]}/{name}"
            raise SettingsError(
                f"{where}: đừng viết tên và mật khẩu trong địa chỉ;"
                " hãy đặt HOIDAP_OPENSEARCH_USER và HOIDAP_OPENSEARCH_PASSWORD"
            )
        found = [_HOST.fullmatch(host) for host in hosts.split(",")]
        if scheme not in SCHEMES or not all(found) or not _NAME.fullmatch(name):
            raise SettingsError(
                f"{text}: không phải địa chỉ chỉ mục; hãy viết như opensearch+https://may-chu:9200/ten-chi-muc"
            )
        plain = scheme.partition("+")[2]
        urls = tuple(f"{plain}://{host[1]}:{host[2] or _PORT}" for host in found if host)
        return cls(text, urls, name)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file that `credentials` of the settings names."""

    user: str = ""
    password: str = ""
    api_key: str = ""


@dataclass(frozen=True, slots=True)
class Credentials:
    """How one gets in. Secrets are in no `repr`."""

    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    ca: str = ""

    def headers(self) -> dict[str, str]:
        """What tells the cluster who asks. Names and passwords in UTF-8, whatever their letters."""
        if self.api_key:
            return {"Authorization": f"ApiKey {self.api_key}"}
        if self.user:
            both = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            return {"Authorization": f"Basic {both}"}
        return {}

    @classmethod
    def found(cls, settings: OpenSearchSettings) -> Credentials:
        """Those of the environment, else of the file that the settings name. Raises SettingsError."""
        environment = os.environ.get
        kept = read_toml(Path(settings.credentials).expanduser(), _File) if settings.credentials else _File()
        ca = environment("HOIDAP_OPENSEARCH_CA") or settings.ca
        if ca and not Path(ca).expanduser().is_file():
            raise SettingsError(f"{ca}: không có tệp chứng chỉ CA này; hãy sửa HOIDAP_OPENSEARCH_CA hoặc ca")
        return cls(
            environment("HOIDAP_OPENSEARCH_USER") or kept.user,
            environment("HOIDAP_OPENSEARCH_PASSWORD") or kept.password,
            environment("HOIDAP_OPENSEARCH_API_KEY") or kept.api_key,
            str(Path(ca).expanduser()) if ca else "",
        )
