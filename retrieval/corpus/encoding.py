"""Which characters do these bytes stand for? UTF-8, UTF-16, or a one-byte Vietnamese encoding, by evidence."""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata

from retrieval.corpus.legacy import repair, vietnamese_share, western
from retrieval.errors import UnreadableFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.005
"""Share of control bytes from which bytes are no text."""
_MOST_DAMAGE = 0.001
"""Share of UTF-8 sequences that may be broken (a cut download) before the encoding is doubted."""
_PLAUSIBLE = 0.85
_MOST_FOREIGN = 0.25
"""Share of letters beyond ASCII in Western European text: French has about 0.04, Vietnamese more than 0.2."""


def decode(data: bytes, *, where: str, declared: str | None = None) -> str:
    """The text of the bytes, in NFC, with legacy Vietnamese fonts' code points in Unicode.

    `declared`: the encoding that the file says it has, tried where UTF-8 fails. Raises UnreadableFile for bytes
    that are empty, no text, or in an encoding that isn't recognised.
    """
    if not data.strip():
        raise UnreadableFile(where, "tệp rỗng; hãy bỏ ra")
    text = _decode_unicode(data, where)
    if text is None:
        _refuse_binary(data, where)
        text = _decode_bytes(data, where, declared)
    return unicodedata.normalize("NFC", repair(text))


def _decode_unicode(data: bytes, where: str) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8-sig":
                    return None
                raise UnreadableFile(
                    where, f"{encoding.upper()} bị hỏng (từ byte {error.start + 1}); hãy lưu lại thành UTF-8"
                ) from error
    if b"\x00" in data[:4096]:
        return _decode_utf16_without_bom(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if len(_CONTROLS.findall(data)) > len(data) * _MOST_CONTROLS else text


def _decode_utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 shows as a zero in nearly every second byte of the ASCII that any text has."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) * 0.2 or min(even, odd) > max(even, odd) * 0.25:
        return None
    try:
        return data.decode("utf-16-be" if even > odd else "utf-16-le")
    except UnicodeDecodeError:
        return None


def _refuse_binary(data: bytes, where: str) -> None:
    if len(_CONTROLS.findall(data)) > len(data) * _MOST_CONTROLS:
        raise UnreadableFile(where, "không phải văn bản mà là dữ liệu nhị phân; hãy bỏ ra")


def _decode_bytes(data: bytes, where: str, declared: str | None) -> str:
    mended = data.decode("utf-8", errors="replace")
    if (
        mended.count("\ufffd") <= max(1, len(mended) * _MOST_DAMAGE)
        and vietnamese_share(mended)[0] >= _PLAUSIBLE
    ):
        return mended.replace("\ufffd", "")
    windows = western(data)
    candidates = [repair(windows)]
    if declared:
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            candidates.insert(0, repair(data.decode(declared)))
    best = max(candidates, key=lambda text: vietnamese_share(text)[0])
    if vietnamese_share(best)[0] >= _PLAUSIBLE:
        return best
    letters = [c for c in windows if c.isalpha()]
    foreign = sum(not c.isascii() for c in letters)
    if letters and foreign <= len(letters) * _MOST_FOREIGN:
        return windows
    raise UnreadableFile(where, "không nhận ra bảng mã của tệp; hãy lưu lại thành UTF-8")
