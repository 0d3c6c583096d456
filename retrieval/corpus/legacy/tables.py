"""Which character does each code of the old Vietnamese fonts and encodings stand for?

All are read as Windows-1252 first, so a code is the Latin letter that a wrong font shows for it.
"""

from __future__ import annotations

import re
import unicodedata

TCVN3 = {
    "¡": "Ă", "¢": "Â", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư", "§": "Đ",
    "¨": "ă", "©": "â", "ª": "ê", "«": "ô", "¬": "ơ", "\u00ad": "ư", "®": "đ",
    "µ": "à", "¶": "ả", "·": "ã", "¸": "á", "¹": "ạ",
    "»": "ằ", "¼": "ẳ", "½": "ẵ", "¾": "ắ", "Æ": "ặ",
    "Ç": "ầ", "È": "ẩ", "É": "ẫ", "Ê": "ấ", "Ë": "ậ",
    "Ì": "è", "Î": "ẻ", "Ï": "ẽ", "Ð": "é", "Ñ": "ẹ",
    "Ò": "ề", "Ó": "ể", "Ô": "ễ", "Õ": "ế", "Ö": "ệ",
    "×": "ì", "Ø": "ỉ", "Ü": "ĩ", "Ý": "í", "Þ": "ị",
    "ß": "ò", "á": "ỏ", "â": "õ", "ã": "ó", "ä": "ọ",
    "å": "ồ", "æ": "ổ", "ç": "ỗ", "è": "ố", "é": "ộ",
    "ê": "ờ", "ë": "ở", "ì": "ỡ", "í": "ớ", "î": "ợ",
    "ï": "ù", "ñ": "ủ", "ò": "ũ", "ó": "ú", "ô": "ụ",
    "õ": "ừ", "ö": "ử", "÷": "ữ", "ø": "ứ", "ù": "ự",
    "ú": "ỳ", "û": "ỷ", "ü": "ỹ", "ý": "ý", "þ": "ỵ",
}  # fmt: skip
"""TCVN 5712:1993, VN3. It has no capitals with a tone: fonts ending in H draw small letters as capitals."""

_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300",
    "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300",
    "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
"""VNI-Win: what follows a vowel is its mark. First the tones, then circumflex and breve with tones."""
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_VNI_TAKES = {
    "a": "ùøûõïâáàåãäêéèúüë",
    "e": "ùøûõïâáàåãä",
    "o": "ùøûõïâáàåãä",
    "i": "ùøûõï",
    "u": "ùøûõï",
    "y": "ùøûõ",
    "ô": "ùøûõï",
    "ö": "ùøûõï",
}
_VNI = re.compile(
    "|".join(f"{vowel}[{marks}]" for vowel, marks in _VNI_TAKES.items()) + f"|[{''.join(_VNI_LETTERS)}]",
    re.IGNORECASE,
)

_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
"""RFC 1456, from 0x80; its six capitals below 0x20 are no text in any file."""
_VPS = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ\x00\x00ỀỂỄỐỒỔỖýỷỵỚỜỞ"
    "\x00ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ\x00"
    "àáâãảạă\x00èéêẽìí\x00ĩẴĐòóôõ\x00Ơụùúủ\x00ỶẼỳ"
)
"""VPS fonts, from 0x80; capitals with a dot below have the code of their small letter."""
_1258 = {
    "Ð": "Đ", "ð": "đ", "Ã": "Ă", "ã": "ă", "Õ": "Ơ", "õ": "ơ", "Ý": "Ư", "ý": "ư", "þ": "₫",
    "Ì": "\u0300", "Ò": "\u0309", "Þ": "\u0303", "ì": "\u0301", "ò": "\u0323",
}  # fmt: skip
"""Windows-1258: letters, then their tone as a mark of its own."""


def western(data: bytes) -> str:
    """Windows-1252, with the five bytes it leaves open as Latin-1."""
    return "".join(_OPEN.get(c, c) for c in data.decode("cp1252", errors="surrogateescape"))


_OPEN = {chr(0xDC00 + byte): chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_UPPER_HALF = western(bytes(range(0x80, 0x100)))
VISCII = dict(zip(_UPPER_HALF, _VISCII, strict=True))
VPS = {code: letter for code, letter in zip(_UPPER_HALF, _VPS, strict=True) if letter != "\x00"}
_TRANSLATE_TCVN3 = str.maketrans({**TCVN3, "\u2212": "ư", "\u2219": "ã"})
"""With the signs that PDFs give for two codes: a minus for the soft hyphen, a bullet operator for the middle dot."""
_TRANSLATE_VISCII = str.maketrans(VISCII)
_TRANSLATE_VPS = str.maketrans(VPS)
_TRANSLATE_1258 = str.maketrans(_1258)


def tcvn3(text: str) -> str:
    """The letters of TCVN3; capitals with a tone are small still."""
    return text.translate(_TRANSLATE_TCVN3)


def vni(text: str) -> str:
    """VNI-Win. A letter's mark follows the letter's case."""
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def viscii(text: str) -> str:
    return text.translate(_TRANSLATE_VISCII)


def vps(text: str) -> str:
    return text.translate(_TRANSLATE_VPS)


def windows_1258(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_TRANSLATE_1258))


def double_utf8(text: str) -> str:
    """UTF-8 that was once read as Windows-1252 and saved: "Ä‘áº£ng" -> "đảng"."""
    try:
        return bytes(_CODES.get(c) or ord(c) for c in text).decode("utf-8")
    except ValueError:
        return text


_CODES = {c: byte for byte, c in enumerate(_UPPER_HALF, start=0x80)}


def _vni_letter(match: re.Match[str]) -> str:
    found = match[0]
    base = found[0]
    lowered = base.lower()
    letter = _VNI_LETTERS.get(lowered, lowered)
    mark = _VNI_MARKS[found[1].lower()] if len(found) == 2 else ""
    return (letter.upper() if base.isupper() else letter) + mark
