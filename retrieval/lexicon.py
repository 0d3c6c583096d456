"""Which words does the operator want understood? Abbreviations, publishers' marks, places' older names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from retrieval.settings import read_toml, shipped


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The tables of `config/lexicon.toml`. Every string is NFC, as written by the operator."""

    abbreviations: dict[str, str] = {}
    """Short form -> long form: "ĐV" -> "đảng viên"."""
    sources: dict[str, str] = {}
    """A publisher's mark or other name -> the name shown: "BDK" -> "Báo Đồng Khởi"."""
    places: dict[str, list[str]] = {}
    """A place's name today -> the places that it took in: "Cần Thơ" -> ["Sóc Trăng", "Hậu Giang"]."""
    aliases: dict[str, list[str]] = {}
    """A place -> its other names and spellings of today: "Đắk Lắk" -> ["Đắc Lắc"]."""
    synonyms: dict[str, list[str]] = {}
    """A word -> others that ask for the same."""
    wording: dict[str, list[str]] = {}
    """What people say -> how papers, notices and laws write it: "cúp điện" -> ["mất điện", "ngừng cấp điện"].
    Understood both ways."""


@cache
def load_lexicon(path: Path | None = None) -> Lexicon:
    """The lexicon at `path`, else the one that ships. Raises SettingsError, which names the file and the key."""
    return read_toml(path or shipped("config/lexicon.toml"), Lexicon)
