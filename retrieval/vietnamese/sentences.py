"""Where does a Vietnamese sentence begin and end? underthesea's cuts, with what it gets wrong put right.

Offsets are of the given text. Lines are paragraphs, unless the text was wrapped at a fixed width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from retrieval.vietnamese.function_words import OPENERS
from retrieval.vietnamese.name_heads import ADDRESS
from retrieval.vietnamese.pipelines import sent_tokenize
from retrieval.vietnamese.wordlists import read_words

Span = tuple[int, int]

_LINE = re.compile(r"[^\n\r\f\v\u2028\u2029]+")
_TERMINATOR = re.compile(
    r"(?P<run>[.?!…][.?!…]*)"  # a first sign by itself: only what begins with one is searched for fast
    r"(?P<closers>(?:[\"'”’»)\]]|\[[a-zà-ỹ0-9][^\[\]]{0,25}\])*[.?!…]*)"  # …”). …[1] …[cần dẫn nguồn]
)
_OPENING = re.compile(r"[\"“‘'«(\[\s]*")
_BEFORE_WORD = frozenset("(“\"'‘[,;:")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
_NUMBERING = re.compile(
    r"(?:[-–•*]\s*)?(?:(?:điều|khoản|chương|mục|phần|bài|câu|bước|cách|hình|bảng)\s+)?"
    r"(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[a-zđ])",
    re.IGNORECASE,
)
LIST_ITEM = re.compile(
    r"[-–—•*+●▪■○◦►]|(?:\d{1,3}(?:\.\d{1,3})*|[ivxIVX]{1,4}|[a-zđA-ZĐ])[.)]\s|(?:Điều|Chương|Mục|Khoản)\s+[\dIVX]+\b"
)
_RUN_IN_NUMBER = re.compile(r"[:;]\s(?:\d{1,2}|[a-zđ])\Z")
_RUN_IN_ARTICLE = re.compile(r"Điều\s\d+[a-zđ]?\.\s[^.?!]*\s1")
"""How a sentence so far ends, and a whole one, where lists run on without line breaks: "gồm: 1. …; 2. …",
"Điều 5. Nguyên tắc 1. …"."""
_DOMAIN_END = re.compile(
    r"(?:com|net|org|vn|edu|gov|info|biz|tv|html?|php|aspx?|js|exe|dll|pdf|docx?|txt)\b", re.IGNORECASE
)
_INITIALS = re.compile(r"[A-ZĐƯÂĂÊÔƠ](?:\.[A-ZĐƯÂĂÊÔƠ][a-zđư]?)*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Short forms that stand before a name or a number, never last in a sentence.
_TITLES = _words("""
    tp tx tt q p h x kp đ đc đ/c ts ths th s gs pgs bs ks ls cn kts cki ckii nsnd nsưt ngnd ngưt ng lm đgm
    mr mrs ms dr prof st vs tr pp vol nxb cty ct bv đt tel fax b ph
""")
# Nouns that a letter or a Roman numeral follows: "vitamin C." ends a sentence, "Tổng thống V. Putin" doesn't.
_LETTERED = _words("""
    vitamin lớp nhóm khối bảng loại hạng gan cúm tuýp týp type tip lô khu điểm mục phần lục cột đội hệ cỡ
    size số khóa khoá kỳ kì quý quí kỷ chương lần thứ cấp tập bậc đệ đoạn dãy tầng cửa án độ serie
""")
# What opens a sentence and is no part of a name: tells "anh T. Theo công an" from "T. Huyền".
_OPENERS = frozenset(word.capitalize() for word in OPENERS | ADDRESS)
_LONGEST_TITLE = 7  # letters: BSCKII
_TWO_WORDS = re.compile(r"([^\W\d_]+)(?:\s+([^\W\d_]+))?")
_VOWELS = frozenset("aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ")
_FOLLOWING = 40  # characters: a few words
_RUN_IN = len(": 12")
_LONGEST_NUMBERING = 16  # characters: "Điều 12.", and more
_MIN_WRAP, _MAX_WRAP = 40, 120  # characters in a line: half a page, and a page in small print


def split_sentences(text: str) -> list[Span]:
    """The sentences of NFC `text`, in order: apart, no white space at their ends, covering all the rest."""
    return [span for paragraph in split_paragraphs(text) for span in paragraph_sentences(text, paragraph)]


def split_paragraphs(text: str) -> list[Span]:
    """The text's lines without the white space around them; lines that a fixed width wrapped are one."""
    lines = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            lines.append((start, start + len(stripped)))
    return _join_wrapped(text, lines) if len(lines) > 1 else lines


def _join_wrapped(text: str, lines: list[Span]) -> list[Span]:
    """Neighbouring lines joined where the break falls inside a sentence.

    A text is wrapped when no line is longer than a page is wide, most lines end where the next line's first
    word would not have fitted, and most of these next lines begin with a small letter. Elsewhere a long line
    without a full stop goes on in one that begins with a small letter.
    """
    width = max(end - start for start, end in lines)
    adjacent = [_adjacent(text, lines[i][1], lines[i + 1][0]) for i in range(len(lines) - 1)]
    full = [False] * len(lines)
    if _MIN_WRAP <= width <= _MAX_WRAP and any(adjacent):
        for i, near in enumerate(adjacent):
            full[i] = near and _is_full(text, lines[i], lines[i + 1], width)
        within = sum(text[lines[i + 1][0]].islower() for i, filled in enumerate(full) if filled)
        if sum(full) < max(2, 0.5 * sum(adjacent)) or within < 0.5 * sum(full):
            full = [False] * len(lines)
    joined = [lines[0]]
    for i in range(1, len(lines)):
        start, end = lines[i]
        broken = full[i - 1] or (adjacent[i - 1] and _is_cut(text, lines[i - 1], start))
        if broken and not LIST_ITEM.match(text, start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _adjacent(text: str, end: int, start: int) -> bool:
    """Whether no blank line lies between."""
    between = text[end:start]
    return between.count("\n") + between.count("\r") - between.count("\r\n") <= 1


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the next line's first word would not have fitted here; 15 % is left for uneven letters."""
    start, end = line
    first_word = len(text[following[0] : following[1]].split(None, 1)[0])
    reach = end - start + 1 + first_word
    return reach > width or (reach > 0.85 * width and text[end - 1] not in ".?!…:;")


def _is_cut(text: str, line: Span, start: int) -> bool:
    """Whether a line of some length stops without punctuation and the next begins with a small letter."""
    return line[1] - line[0] >= _MIN_WRAP and text[start].islower() and text[line[1] - 1] not in ".?!…:;"


def paragraph_sentences(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences within one of `split_paragraphs(text)`."""
    start, end = paragraph
    block = text[start:end]
    begin = 0
    for stop in _sentence_ends(block):
        yield start + begin, start + stop
        begin = skip_space(block, stop)
    yield start + begin, end


def skip_space(text: str, at: int) -> int:
    """Where the white space from `at` on ends."""
    while text[at : at + 1].isspace():
        at += 1
    return at


def _sentence_ends(block: str) -> Iterator[int]:
    """Ends of all sentences but the last."""
    candidates = [match for match in _TERMINATOR.finditer(block) if match.end() < len(block)]
    if not candidates:
        return
    begin = 0
    for match in candidates:
        verdict = _is_usual(block, match, begin) or _judge(block, match, begin)
        if verdict is None:
            verdict = match.end("run") in _underthesea_ends(block, begin, match.end())
        if verdict:
            yield match.end()
            begin = skip_space(block, match.end())


def _underthesea_ends(block: str, begin: int, end: int) -> set[int]:
    """Where underthesea ends sentences in `[begin, end)`. It goes by the words beside a sign: it is given no more."""
    ends, at = set(), begin
    for sentence in sent_tokenize(block[begin : end + _FOLLOWING]):
        at = block.index(sentence, at) + len(sentence)
        ends.add(at)
    return ends


def _judge(block: str, match: re.Match[str], begin: int) -> bool | None:
    """Whether a sentence that began at `begin` ends with this punctuation; None: as underthesea has it."""
    run, closers, end = match["run"], match["closers"], match.end()
    after = skip_space(block, end)
    spaced = after > end
    opening = _OPENING.match(block, after)
    first = opening.end() if opening else after
    following = block[first] if first < len(block) else ""
    if block[after] in ",;:.)]%/" or following in ",;" or (closers and spaced and block[after] in "-–—"):
        return False  # (…), “…?” - someone says
    if run != "." and block[after] == "(" and not closers and run[-1] in ".…":
        return False  # Ronaldo, Kaka... (Brazil)
    if following.islower() and not block[first + 1 : first + 2].isupper():  # iPhone may open a sentence
        return _before_small_letter(block, match) if spaced and run == "." and not closers else False
    if closers[:1] in (")", "]") and block[match.start() - 1] in "([":
        return False  # (!) […]
    if run != "." or closers:
        return not (run[-2:] in ("..", "…") and following.isdigit())
    return _after_word(block, match.start(), begin, spaced=spaced, first=first)


def _is_usual(block: str, match: re.Match[str], begin: int) -> bool:
    """Whether a full stop follows an ordinary word, well into its sentence, and a capital follows after white space:
    nine of ten do, and nothing more need be looked at.
    """
    dot, end = match.start(), match.end()
    if end != dot + 1 or block[dot] != "." or dot - begin < _LONGEST_NUMBERING or not block[end].isspace():
        return False
    if not _is_ordinary(block[block.rfind(" ", begin, dot) + 1 : dot]):
        return False
    opens = block[end + 1]
    return (block[skip_space(block, end)] if opens.isspace() else opens).isupper()


@lru_cache(maxsize=20_000)
def _is_ordinary(word: str) -> bool:
    """Whether a full stop after the word ends a sentence nearly always."""
    return len(word) > 2 and word.isalpha() and word.islower() and word not in _TITLES and _may_close(word)


def _before_small_letter(block: str, match: re.Match[str]) -> bool | None:
    """A full stop, a space and a small letter: hasty typing, or a short form."""
    word = _last_word(block, match.start())
    ordinary = len(word) > 1 and word.isalpha() and word[1:].islower() and word.lower() not in _TITLES
    return None if ordinary else False


def _last_word(block: str, end: int) -> str:
    first, at = max(0, end - 40), end
    while at > first and block[at - 1] not in _BEFORE_WORD and not block[at - 1].isspace():
        at -= 1
    return block[at:end]


def _after_word(block: str, dot: int, begin: int, *, spaced: bool, first: int) -> bool | None:
    """Whether a single full stop at `dot` ends the sentence, judged by the words around it."""
    word = _last_word(block, dot)
    # 1. … Điều 5. … a. …
    opens = dot - begin < _LONGEST_NUMBERING and _NUMBERING.fullmatch(block, begin, dot)
    if opens or (len(word) <= 2 and _runs_in(block, begin, dot)):
        return False
    if block[first : first + 1].isdigit():
        return _before_number(word, block[first : first + 3], spaced=spaced)
    match = _NEXT_WORD.match(block, first)
    following_word = match.group() if match else ""
    if _INITIALS.fullmatch(word):
        return spaced and _ends_after_letter(block, dot, word, following_word)
    titles = word and all(part in _TITLES for part in re.split(r"[.,]+", word.lower()))
    if titles or (spaced and _titles_a_name(block, begin, dot, word, first)):
        return False
    if not spaced:
        return _ends_without_space(block, word, first, following_word)
    return True if _may_close(word.rstrip('”"’)»]')) or word.lower() == "v.v" else None


def _runs_in(block: str, begin: int, dot: int) -> bool:
    """Whether the full stop follows the number of an item of a list that runs on in the sentence."""
    by_number = _RUN_IN_NUMBER.search(block, max(begin, dot - _RUN_IN), dot)
    return by_number is not None or _RUN_IN_ARTICLE.fullmatch(block, begin, dot) is not None


def _titles_a_name(block: str, begin: int, dot: int, word: str, first: int) -> bool:
    """Whether capitals before a dot are somebody's title: "NCS. Hoàng Minh", "GS.TSKH. Lê An".

    "… của EU. Liên minh …" ends a sentence: no family name with another capital follows.
    """
    parts = word.split(".")
    if not all(part.isalpha() and part.isupper() and 2 <= len(part) <= _LONGEST_TITLE for part in parts):
        return False
    if len(parts) > 1 and any(part.lower() in _TITLES for part in parts):
        return True
    ahead = _TWO_WORDS.match(block, first)
    if ahead is None or not ahead[1][0].isupper() or ahead[1] in _OPENERS:
        return False
    family, given = (
        ahead[1].lower() in read_words("family_names"),
        ahead[1].lower() in read_words("given_names"),
    )
    whole = bool(ahead[2]) and ahead[2][0].isupper()
    return (family and whole) or ((family or given) and dot - begin == len(word))


def _before_number(word: str, digits: str, *, spaced: bool) -> bool | None:
    if not word or word.lower() in _TITLES or _INITIALS.fullmatch(word):
        return False
    if word[-1].isdigit():  # 12.345, 08. 265 1948, 35. 000
        return None if spaced and word[0] != "0" and digits != "000" else False
    return None if spaced or (len(word) > 1 and word.islower() and word.isalpha()) else False


def _ends_after_letter(block: str, dot: int, word: str, following_word: str) -> bool:
    """After a letter or initials: "vitamin C. Thuốc", "anh T. Theo" end a sentence, "V. Putin" doesn't."""
    if following_word in _OPENERS:
        return True
    before = block[max(0, dot - 40) : dot - len(word)].rstrip()
    return len(word) == 1 and before[-1:].isalpha() and _last_word(before, len(before)).lower() in _LETTERED


def _ends_without_space(block: str, word: str, first: int, following_word: str) -> bool | None:
    """thôn.Ông ends a sentence; TP.HCM, VnExpress.Net, Bropia.F and a.b@c.Vn don't."""
    address = any(mark in word for mark in "@/\\_") or word.lower().startswith("www")
    if address or _DOMAIN_END.match(block, first):
        return False
    if following_word in _OPENERS and len(word) > 1:
        return True
    if len(following_word) == 1:
        return following_word in "ÔỞÝỪÀÁỒƠẤ" and _may_close(word)
    return not following_word.isupper() or _may_close(word)


def _may_close(word: str) -> bool:
    """Whether it may be a sentence's last word rather than a short form: a vowel, a small letter last."""
    if len(word) == 1 or word[:1].isdigit():
        return word.lstrip("0123456789.,").islower()  # thú y. Bác sĩ; lúc 15h. Sau
    return len(word) <= 7 and word[-1:].islower() and not _VOWELS.isdisjoint(word.lower())
