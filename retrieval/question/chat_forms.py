"""What did somebody mean who typed as in a message? Short forms spelt out, politeness around the question left off."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from retrieval.vietnamese.function_words import PARTICLES, SELF
from retrieval.vietnamese.syllables import is_plain_syllable, lacks_marks, strip_marks
from retrieval.vietnamese.units import is_unit

_CHAT = {
    "bao nhiêu": "bn bnhiu bnhieu",
    "không": "ko k kg kh hk hok hong hông khg k0",
    "được": "dc đc đk dk đx",
    "như thế nào": "ntn nthn nhtn",
    "thế nào": "tnao",
    "với": "vs",
    "gì": "j gj ji",
    "mọi người": "mn",
    "người": "ng ngừi",
    "những": "nhg nhug",
    "cũng": "cx cg",
    "trước": "trc trk",
    "biết": "bik bít bjt",
    "làm": "lm",
    "bây giờ": "bgio bjo",
    "thành phố hồ chí minh": "tphcm",
    "số điện thoại": "sđt sdt",
    "công ty": "cty cti",
}
"""What messages write short, in small letters; a long form's short ones. In articles these stand for nothing."""

CHAT_FORMS = {short: long for long, shorts in _CHAT.items() for short in shorts.split()}

CAPITAL_FORMS = {
    "VN": "Việt Nam",
    "HN": "Hà Nội",
    "HCM": "Hồ Chí Minh",
    "TPHCM": "Thành phố Hồ Chí Minh",
    "TQ": "Trung Quốc",
    "HQ": "Hàn Quốc",
    "ĐH": "đại học",
    "CĐ": "cao đẳng",
    "BV": "bệnh viện",
    "BS": "bác sĩ",
    "GS": "giáo sư",
    "PGS": "phó giáo sư",
    "TS": "tiến sĩ",
    "ThS": "thạc sĩ",
    "HS": "học sinh",
    "SV": "sinh viên",
    "GV": "giáo viên",
    "HLV": "huấn luyện viên",
    "CLB": "câu lạc bộ",
    "CA": "công an",
    "CSGT": "cảnh sát giao thông",
    "LHQ": "Liên hợp quốc",
    "KH": "kế hoạch",
    "CT": "chỉ thị",
    "QĐ": "quyết định",
    "NĐ": "nghị định",
    "TT": "thông tư",
    "DN": "doanh nghiệp",
    "ND": "nhân dân",
}
"""Short forms that papers use too, some for several things: spelt out where the corpus writes the long form more."""

_WORD = re.compile(r"(?<![\w/-])[^\W\d_]+(?:[.&-][^\W\d_]+)*(?![\w/]|-\w)|(?<![\w/-])k0\b")
_JOINT = re.compile(r"([.&-])")
_MEASURED = re.compile(
    r"(?:\d|(?<!\w)(?:nhiêu|nhieu|mấy|may|bn|tính bằng|một|mỗi|mot|moi))\s*$", re.IGNORECASE
)
"""A unit follows: "2 kg", "bao nhiêu kg"."""
_CALL = (
    r"(?:alo|hello|(?:xin )?chào (?:ad|admin|bạn|các bạn|mọi người|anh chị|shop)"
    r"|(?:ad|admin|bot|bạn|mọi người|các bạn|anh chị|anh|chị|em|shop) ơi)\b[ ,.!]*"
)
_ME = rf"(?:{'|'.join(SELF)})"
_ASK = (
    rf"(?:(?:xin|làm ơn|vui lòng|hãy|nhờ|nhờ bạn|bạn) )*(?:cho|giúp|bảo) (?:{_ME} )?(?:xin )?(?:hỏi|biết)"
    rf"(?: (?:là|rằng|chút|tí|xíu|xem))*"
    rf"|xin (?:được )?hỏi(?: là| rằng)?|làm ơn|vui lòng"
    rf"|{_ME} (?:muốn|cần|đang cần) (?:hỏi|biết|tìm hiểu)(?: (?:là|về|xem|rằng))*"
    rf"|(?P<know>(?:bạn|ad|ai|có ai|mọi người|các bạn)(?: có)? biết(?: là| rằng)?)"
)
_ONLY_MARKED = r"|theo (?:bạn|mọi người|các bạn)(?: thì)?|dạ"


def _opening(call: str, ask: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{call}|(?:{ask})(?!\w)[ ,:;-]*)", re.IGNORECASE)


_OPENING = _opening(_CALL, _ASK + _ONLY_MARKED)
_PLAIN_OPENING = _opening(strip_marks(_CALL), strip_marks(_ASK))
_CLOSING = re.compile(
    rf"(?:[ ,]+(?:(?<!như )(?:{'|'.join(PARTICLES)})|zậy|dzậy|zay|z|v|mọi người|moi nguoi"
    rf"|đấy|ta|giúp {_ME}(?: với)?|với ạ|cảm ơn(?: bạn| ad)?|ad"
    r"|cam on(?: ban| ad)?|nhe|thanks|tks))+(?=[\s?.!]*$)",
    re.IGNORECASE,
)
_NOT = re.compile(r"[ ,]+(?:không|khong|chưa|ko)(?=[\s?.!]*$)", re.IGNORECASE)


def spell_out(
    text: str, short_forms: Mapping[str, str], df: Callable[[str], int], *, lacks_marks: bool
) -> str:
    """The text with its short forms spelt out: those of `short_forms`, of messages, and of the papers.

    `df`: how many passages hold these words in a row. `lacks_marks`: the question has no marks, so long forms get none.
    Codes such as "27-CTr/TU" stay.
    """
    small = {short.lower(): long for short, long in short_forms.items() if not _sayable(short)}
    if lacks_marks:
        small = {strip_marks(short): long for short, long in small.items()} | small

    def long_form(short: str) -> str | None:
        if found := short_forms.get(short):
            return found
        if short == short.lower() or not short.isupper():
            found = CHAT_FORMS.get(short.lower()) or small.get(short.lower())
        capital = CAPITAL_FORMS.get(short)
        if capital and df(capital) >= max(1, df(short)):
            found = capital
        return found

    def replacement(match: re.Match[str]) -> str:
        word = match.group()
        if is_unit(word) and _MEASURED.search(text, 0, match.start()):
            return word  # nặng bao nhiêu kg
        found = long_form(word)
        if found is None and _JOINT.search(word):  # TP.HCM
            parts = [long_form(part) or part for part in _JOINT.split(word)[::2]]
            known = any(part != own for part, own in zip(parts, _JOINT.split(word)[::2], strict=True))
            found = " ".join(parts) if known else None
        if found is None:
            return word
        long = strip_marks(found) if lacks_marks else found
        return long[0].upper() + long[1:] if match.start() == 0 and word[0].isupper() else long

    return _WORD.sub(replacement, text)


def without_politeness(text: str) -> str:
    """The question alone: no "cho tôi hỏi" before it, no "vậy ạ" after it; all of it where nothing else is there."""
    pattern = _PLAIN_OPENING if lacks_marks(text) else _OPENING
    start, known = 0, False
    while opening := pattern.match(text, start):
        start, known = opening.end(), known or bool(opening["know"])
    rest = _CLOSING.sub("", text[start:])
    if known:
        rest = _NOT.sub("", rest)
    if not any(c.isalnum() for c in rest):
        return text
    return rest[0].upper() + rest[1:] if text[0].isupper() else rest


def _sayable(short: str) -> bool:
    """Whether the short form in small letters would be a word: such a one counts in capitals only."""
    return is_plain_syllable(strip_marks(short))
