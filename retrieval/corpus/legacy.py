"""Is a text written for the old Vietnamese fonts, TCVN3 (ABC, ".VnTime") or VNI, and what does it say?

Such a text is Latin-1 code points that only look right in the font. Which it is, is told by evidence: the words
become possible Vietnamese syllables under one reading and are none as they stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from retrieval.vietnamese.spelling import is_syllable

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
    "u": "ùøûõï",
    "y": "ùøûõ",
    "ô": "ùøûõï",
    "ö": "ùøûõï",
}
_VNI = re.compile(
    "|".join(f"{vowel}[{marks}]" for vowel, marks in _VNI_TAKES.items()) + f"|[{''.join(_VNI_LETTERS)}]",
    re.IGNORECASE,
)
_VIETNAMESE = "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ"
_FOREIGN = "".join(chr(code) for code in range(0xA1, 0x100) if chr(code) not in _VIETNAMESE)
_SUSPECT = re.compile(f"[{_FOREIGN}]|(?<=[aeAE])[ùõâáàãêéèúÙÕÂÁÀÃÊÉÈÚ]")
"""What legacy texts are full of and no Vietnamese word in Unicode holds: other Latin-1 code points, and VNI's marks
after a and e."""
_WITH_ETH = re.compile(r"(?<!\w)[^\W\d_]{0,6}[ðÐ][^\W\d_]{0,6}(?!\w)")
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~“”‘’–—…0-9]+")
_FEWEST = 3
"""Words that must speak for a reading; fewer could be a foreign name."""
_PLAUSIBLE = 0.85
"""Share of the words beyond ASCII that must become Vietnamese syllables: measured 0.97 and more on real text,
under 0.3 on French, German and Portuguese."""
_DOUBTFUL = 0.5
"""Share of such words that may be syllables by accident in a text that needs another reading."""


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Unicode for TCVN3. `capitals`: the font draws small letters as capitals (its name ends in H)."""
    converted = "".join(TCVN3.get(c, c) for c in text)
    return converted.upper() if capitals else _raise_case(converted)


def from_vni(text: str) -> str:
    """Unicode for VNI-Win. A letter's mark follows the letter's case."""
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, text))


def repair(text: str) -> str:
    """The text with its legacy parts in Unicode; the same text where it has none.

    Judged line by line, so that a Unicode text with a heading in an old font comes out whole; a line too short to
    judge goes with the whole text.
    """
    if len(_SUSPECT.findall(text)) >= _FEWEST:
        whole = _reading_of(text)
        text = "\n".join(_repair_line(line, whole) for line in text.split("\n"))
    return _WITH_ETH.sub(_eth_as_d, text)


def vietnamese_share(text: str) -> tuple[float, int]:
    """(share, count) of the words with letters beyond ASCII that are possible Vietnamese syllables."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return (sum(map(is_syllable, words)) / len(words) if words else 0.0), len(words)


def _eth_as_d(match: re.Match[str]) -> str:
    """The Icelandic letter where an old keyboard put it for đ: "Ðảng" -> "Đảng"."""
    mended = match[0].replace("ð", "đ").replace("Ð", "Đ")
    return mended if is_syllable(mended) else match[0]


Reading = Callable[[str], str]


def _repair_line(line: str, whole: Reading | None) -> str:
    if line.isascii():
        return line
    reading = _reading_of(line)
    if (
        reading is None
        and whole is not None
        and _SUSPECT.search(line)
        and vietnamese_share(line)[0] < _PLAUSIBLE
    ):
        reading = whole
    return reading(line) if reading else line


def _reading_of(text: str) -> Reading | None:
    """The reading under which the text is Vietnamese, if as it stands it is not."""
    share, count = vietnamese_share(text)
    if count < _FEWEST and not _SUSPECT.search(text):
        return None
    if share > _DOUBTFUL:
        return None
    best: Reading | None = None
    best_share = _PLAUSIBLE
    for reading in (from_tcvn3, from_vni, _from_double_utf8):
        read_share, read_count = vietnamese_share(reading(text))
        if read_count >= _FEWEST and read_share >= best_share:
            best, best_share = reading, read_share + 1e-9
    return best


def _from_double_utf8(text: str) -> str:
    """UTF-8 that was once read as Windows-1252 and saved: "Ä‘áº£ng" -> "đảng"."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _vni_letter(match: re.Match[str]) -> str:
    found = match[0]
    base = found[0]
    lowered = base.lower()
    letter = _VNI_LETTERS.get(lowered, lowered)
    mark = _VNI_MARKS[found[1].lower()] if len(found) == 2 else ""
    return (letter.upper() if base.isupper() else letter) + mark


_TONED = frozenset("àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
_SENTENCE_START = re.compile(rf"(?:\A|\n\s*\n|[.!?…][\"”’)]*\s)\s*[\"“‘(]?[{''.join(sorted(_TONED))}]")
_TOKENS = re.compile(r"[^\W\d_]+")


def _raise_case(text: str) -> str:
    """Capitals for toned letters inside words in capitals, "ĐảNG Bộ" -> "ĐẢNG BỘ", and where a sentence begins.

    A word such as "Bộ" is told by its neighbours on the line: words that are surely in capitals, or surely not.
    """
    raised = "\n".join(_raise_line(line) if not line.islower() else line for line in text.split("\n"))
    return _SENTENCE_START.sub(lambda match: match[0].upper(), raised)


def _raise_line(line: str) -> str:
    words = list(_TOKENS.finditer(line))
    cases = [_case_of(word[0]) for word in words]
    parts, end = [], 0
    for number, word in enumerate(words):
        raised = cases[number] == "capitals" or (cases[number] == "either" and _near_capitals(cases, number))
        parts += [line[end : word.start()], word[0].upper() if raised else word[0]]
        end = word.end()
    return "".join([*parts, line[end:]])


def _case_of(word: str) -> str:
    """`capitals`: two capitals and no small letter but toned ones; `either`: one capital at most, and toned ones."""
    untoned = [c for c in word if c not in _TONED]
    if any(c.islower() for c in untoned):
        return "small"
    return "capitals" if len(untoned) >= 2 else "either"


def _near_capitals(cases: list[str], number: int) -> bool:
    """The nearest word on either side whose case is sure; both must not disagree."""
    before = next((c for c in reversed(cases[:number]) if c != "either"), None)
    after = next((c for c in cases[number + 1 :] if c != "either"), None)
    return "capitals" in (before, after) and "small" not in (before, after)
