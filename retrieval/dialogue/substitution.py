"""Which part of the last question does "Còn Kiến Tường thì sao?" take the place of? Its like: a name of a name."""

from __future__ import annotations

from functools import partial

from retrieval.dialogue.coreference import Before
from retrieval.dialogue.parallel import counterpart
from retrieval.dialogue.phrases import Phrases, Stretch, Word, sentence
from retrieval.records import CONTENT
from retrieval.vietnamese.calendar_forms import DAY_PARTS
from retrieval.vietnamese.function_words import DENIALS, EACH, PREPOSITIONS
from retrieval.vietnamese.name_heads import ADDRESS, PLACES, TERRITORIES, WHERE
from retrieval.vietnamese.syllables import plain, strip_marks
from retrieval.vietnamese.units import CLASSIFIERS, dimension_of

_YEAR_WORDS = {"năm", "nam", "cuối", "đầu", *PREPOSITIONS}
_NOUNS_TOO = frozenset(("tổ", "to"))
"""First syllables of what is a noun as well as a verb: "tổ chức"."""
_IF = ("nếu", "khi", "lúc", "mà")
_YES_OR_NO = (*DENIALS, "có", "đã")
_WHEN_OF = frozenset("ngay cuoi dau giua mua buoi ban thu dip tuan ky hom".split())
"""Without marks, what says when with the word after it: "ngày thường", "cuối tuần"."""
_WHEN = frozenset(map(strip_marks, (*DAY_PARTS, "hè", "tết", "lễ")))
_COUNTING = EACH | frozenset("mấy hằng hàng nửa cả từng".split())
_EACH = _COUNTING | frozenset(map(strip_marks, _COUNTING))
_PLACED = frozenset(word.split()[-1] for writings in PLACES.values() for word in writings) | WHERE
"""What stands right before a place's name."""
_BELONGING = ("thuộc", "trực thuộc", "của", "trong", "ở", "tại")
"""What follows these belongs to the thing counted, and goes with it: "đảng bộ trực thuộc Tỉnh ủy"."""


def put_in_place(new: Phrases, before: Before) -> str:
    """The last question with the new phrase in place of its like."""
    old = before.question
    whole = (0, len(new.words))
    if any(word.role == "asking" for word in new.words):  # "còn Kiến Tường có bao nhiêu …": asks by itself
        return sentence(new.text if new.names() or new.names_a_paper() else f"{old.about()}: {new.text}")
    for like in (_same_year, _same_condition, _same_time, _same_end):
        if question := like(new, whole, old):
            return question
    led = len(new.words) > 1 and new.is_preposition(0)
    phrase = (1, len(new.words)) if led else whole
    ways = (
        (_same_words, _same_name, _same_place)
        if led
        else (
            _same_words,
            _asks_itself,
            _same_head,
            _same_name,
            _same_office,
            _same_quality,
            _same_counted,
            partial(_same_in_article, before),
            _same_subject,
        )
    )
    for like in ways:
        if question := like(new, phrase, old):
            return question
    asked = old.text.split(": ", 1)[-1] if old.query.kind in ("number", "date") else old.topic()
    return sentence(f"{new.slice(phrase)}: {asked}")


def _asks_itself(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """A phrase whose first word asks, as a heading does: "giá phòng", "số người mất tích", "địa chỉ"."""
    nth = new.find([new.spell("thứ")], start=phrase[0])  # "nhóm thứ tư", of groups that were counted
    ordinal = nth and nth[0] > phrase[0] and old.find([new.words[nth[0] - 1].lower])
    if not ordinal and not new.is_heading(phrase):
        return None
    if new.names_in(phrase):
        return sentence(new.slice(phrase))
    return sentence(f"{new.slice(phrase)} {new.spell('của')} {old.about()}")


def _same_year(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    years = new.years()
    others = {new.words[n].lower for n in range(*phrase) if (n, n + 1) not in years}
    if not years or others - _YEAR_WORDS:
        return None
    year = new.slice(years[-1])
    if old.years():
        return old.replace(old.years()[-1], year)
    return sentence(f"{old.text.rstrip(' ?.!')} năm {year}")


def _same_condition(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """ "Nếu có bảo hiểm" for "không bảo hiểm", "không thành" for "thành"; else beside all the rest."""
    said = [word.lower for word in new.words[slice(*phrase)]]
    yes_or_no = [*map(new.spell, _YES_OR_NO)]
    start = next((n for n, word in enumerate(said) if word not in map(new.spell, _IF)), len(said))
    end = next((n for n in range(start, len(said)) if said[n] not in yes_or_no), len(said))
    if end == len(said) or not end:
        return None
    at = old.find(said[end:])
    if at is None:
        return sentence(f"{old.text.rstrip(' ?.!')} {new.inside(phrase)}") if start else None
    first = at[0]
    while first and old.words[first - 1].lower in yes_or_no:
        first -= 1
    return old.replace((first, at[1]), new.inside((start, phrase[1]))) if start < end else None


def _same_time(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """ "Cuối tuần" for "ngày thường"; beside all the rest, where no time was said."""
    if _time_end(new, phrase[0]) != phrase[1]:
        return None
    for start in range(len(old.words)):
        if end := _time_end(old, start):
            return old.replace((start, end), new.inside(phrase))
    return sentence(f"{old.text.rstrip(' ?.!')} {new.inside(phrase)}")


def _time_end(phrases: Phrases, start: int) -> int:
    """Where the words that open here end, if they say when: "ngày thường", "cuối tuần", "sáng thứ hai"; else 0.

    Not where they measure ("7 ngày", "một buổi") or only open another word ("chiều cao", "tối đa").
    """
    words = phrases.words
    before = words[start - 1] if start else None
    if before and (before.role == "asking" or before.lower in _EACH or before.text[0].isdigit()):
        return 0
    end, size = start, 0
    while end < len(words) and words[end].role in ("noun", "modifier") and (own := _time_size(words[end])):
        tells = words[end + 1 : end + own]
        if len(tells) < own - 1 or any(word.role in ("asking", "verb", "name") for word in tells):
            break
        end, size = end + own, own
    opens = size == 1 and any(word.role in ("noun", "modifier") for word in words[end : end + 1])
    return 0 if opens or not size else end


def _time_size(word: Word) -> int:
    """How many words say when, from this one on; 0: it says nothing of when."""
    letters = plain(word.lower)
    return 2 if letters in _WHEN_OF else 1 if letters in _WHEN else 0


def _same_end(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """A phrase that ends like one of the last question: "từ 7 chỗ" for "dưới 7 chỗ"."""
    wanted = [word.lower for word in new.words[slice(*phrase)]]
    at = old.find(wanted[1:], start=1) if len(wanted) > 2 else None
    if at is None:
        return None
    mine, theirs = new.words[phrase[0]], old.words[at[0] - 1]
    if theirs.role == "name":  # "phó hiệu trưởng" for "hiệu trưởng" after a name
        return old.replace(at, new.inside(phrase))
    alike = mine.role in (theirs.role, "function") and theirs.role not in ("asking", "name")
    if not alike or mine.lower == theirs.lower:
        return None
    return old.replace((at[0] - 1, at[1]), new.inside(phrase))


def _same_head(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """Of two words, the first of which is the same: "lớp chiều" for "lớp sáng", "nhịn uống" for "nhịn ăn"."""
    if phrase[1] - phrase[0] != 2 or not _is_phrase(new, phrase) or new.names_in(phrase):
        return None
    head = new.words[phrase[0]].lower
    for start in range(len(old.words) - 1):
        stretch = (start, start + 2)
        alike = old.words[start].lower == head and old.words[start + 1].role == new.words[phrase[0] + 1].role
        if alike and _is_phrase(old, stretch) and not old.names_in(stretch):
            return old.replace(stretch, new.inside(phrase))
    return None


def _same_words(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """A phrase that opens with the same two syllables or more; or of two, the second of which is the same; or with
    the same verb: "học thạc sĩ" for "học cao cấp lý luận"."""
    wanted = [word.lower for word in new.words[slice(*phrase)]]
    had = [word.lower for word in old.words]
    size = len(wanted)
    for start in range(len(had) - 1):
        same = next((n for n in range(size) if had[start + n : start + n + 1] != wanted[n : n + 1]), size)
        if 2 <= same < size and _is_phrase(old, (start, start + size)):
            return old.replace((start, start + size), new.inside(phrase))
    if size == 2 and _tells_apart(wanted[1]):  # "khoản 3" for "khoản 1"
        for start in range(len(had) - 1):
            if had[start] == wanted[0] and _tells_apart(had[start + 1]):
                return old.replace((start, start + 2), new.inside(phrase))
    if size == 2:
        for end in range(2, len(had) + 1):
            if (
                had[end - 1] == wanted[1]
                and had[end - 2] != wanted[0]
                and _is_phrase(old, (end - 2, end - 1))
            ):
                return old.replace((end - 2, end), new.inside(phrase))
    if size > 1 and new.words[phrase[0]].role == "verb" and wanted[0] in had:
        start = had.index(wanted[0])
        end = old.phrase_end(start + 1)
        return old.replace((start, end), new.inside(phrase)) if end > start + 1 else None
    return None


def _tells_apart(word: str) -> bool:
    """Whether it is what one of several of a kind is known by: a number, a code, a letter."""
    return len(word) == 1 or any(character.isdigit() for character in word)


def _is_phrase(old: Phrases, stretch: Stretch) -> bool:
    words = old.words[slice(*stretch)]
    return len(words) == stretch[1] - stretch[0] and all(w.role in CONTENT for w in words)


def _same_in_article(before: Before, new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """A phrase that the article says beside what was asked: "bị thương" for "chết"; from its own first word on, where
    that was said too: "khóa nâng cao" for "khóa bơi cơ bản"."""
    if new.names_in(phrase) or new.names_a_paper():
        return None
    at = counterpart([word.lower for word in new.words[slice(*phrase)]], before)
    if at is None:
        return None
    start, end = at
    head = start
    while head and (head == 1 or old.words[head - 1].role in ("noun", "modifier", "verb")):
        head -= 1
        if old.words[head].lower == new.words[phrase[0]].lower:
            start = head
    return old.replace((start, end), new.inside(phrase))


def _same_name(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """A name, maybe with "tỉnh" or "đảng bộ" before it, for a name."""
    names = [name for name in new.names() if phrase[0] <= name[0]]
    as_letters = new.query.lacks_marks and old.query.lacks_marks and 2 <= phrase[1] - phrase[0] <= 3
    if as_letters and not names:
        names = [phrase]
    if not names or names[-1][1] != phrase[1] or names[0][0] - phrase[0] > 2:
        return None
    if new.is_code(names[0]) and old.names() and not any(old.is_code(name) for name in old.names()):
        return None  # "viêm gan B" is no place
    if not old.names():
        return None if as_letters else _beside(old, new, phrase, names[0])
    led = phrase[0] > 0
    if led and all(_is_person(old, start) for start, _ in old.names()):
        return None
    start, end = _fellow(old, led=led)
    heads = names[0][0] - phrase[0]
    if heads and start >= heads and all(word.role == "noun" for word in old.words[start - heads : start]):
        return old.replace((start - heads, end), new.inside(phrase))
    while start and new.words[names[0][0]].lower == old.words[start - 1].lower:
        start -= 1  # "Lớp A2" for "A1" of "lớp A1"
    return old.replace((start, end), new.slice(names[0]))


def _beside(old: Phrases, new: Phrases, phrase: Stretch, name: Stretch) -> str:
    """The name after the noun that it is of, where the question has that without a name: "tỉnh" of "tỉnh Sóc Trăng";
    else the place at the end."""
    for head in TERRITORIES:
        if at := old.find(head.split()):
            return old.replace(at, f"{old.slice(at)} {new.slice(name)}")
    return sentence(f"{old.text.rstrip(' ?.!')} ở {new.inside(phrase)}")


def _is_person(old: Phrases, start: int) -> bool:
    """Whether the name has a title: "ông Nam", "Ông Nam"."""
    return any(word.lower in ADDRESS for word in old.words[max(0, start - 1) : start + 1])


def _fellow(old: Phrases, *, led: bool) -> Stretch:
    """The last name that stands as the new one does: after a preposition, or not; else the last."""
    names = old.names()
    alike = [name for name in names if (name[0] > 0 and old.is_preposition(name[0] - 1)) == led]
    return (alike or names)[-1]


def _same_place(new: Phrases, phrase: Stretch, old: Phrases) -> str:
    """ "Ở cấp huyện" for "ở cấp tỉnh"; beside all the rest, where no place was said."""
    lead = new.words[phrase[0] - 1].lower
    at = next((n for n, word in enumerate(old.words) if n and word.lower == lead), None)
    if at is not None and (end := old.phrase_end(at + 1)) > at + 1:
        return old.replace((at + 1, end), new.inside(phrase))
    return sentence(f"{old.text.rstrip(' ?.!')} {lead} {new.inside(phrase)}")


def _same_office(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """ "Trưởng ban" for "bí thư" in "Ai là bí thư Thị ủy Kiến Tường?"; a name after it stays."""
    asked = [n for n, word in enumerate(old.words) if word.role == "asking"]
    start = asked[-1] + 2 if asked else 0
    if (
        old.query.kind != "person"
        or not 0 < start < len(old.words)
        or old.words[start - 1].lower not in ("là", "la")
    ):
        return None
    end = next((name[0] for name in old.names() if name[0] >= start), old.phrase_end(start))
    capitals = (n for n in range(start + 1, end) if old.words[n].text[0].isupper())
    end = next(capitals, end)  # "Bệnh viện", "Thị ủy": whose office it is
    return old.replace((start, end), new.inside(phrase)) if end > start else None


def _same_quality(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """ "Trong sạch vững mạnh" for "yếu kém": how things are, for how they are, at the end of what was asked."""
    if new.words[phrase[0]].role != "modifier":
        return None
    start = len(old.words)
    while start and old.words[start - 1].role == "modifier":
        start -= 1
    return old.replace((start, len(old.words)), new.inside(phrase)) if start < len(old.words) else None


def _same_counted(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    start, end = old.counted()
    acts = new.words[phrase[0]].role == "verb" and new.words[phrase[0]].lower not in _NOUNS_TOO
    if start == end or (acts and old.words[start].role != "verb"):
        return None
    measure = old.words[start].lower
    counts = dimension_of(measure) is not None or measure in CLASSIFIERS
    if counts and start + 1 < end:  # "tấn lúa": only what is measured changes
        return old.replace((start + 1, end), new.inside(phrase))
    if phrase[1] - phrase[0] == 1:  # "nữ": narrows what is counted
        return old.replace((start, end), f"{old.slice((start, end))} {new.inside(phrase)}")
    return old.replace((start, _with_its_own(old, end)), new.inside(phrase))


def _with_its_own(old: Phrases, end: int) -> int:
    """Where the counted phrase ends that has what it belongs to after it."""
    following = " ".join(word.lower for word in old.words[end : end + 2])
    head = next((words for words in _BELONGING if f"{following} ".startswith(f"{words} ")), "")
    return (
        old.phrase_end(end + len(head.split())) if head and not old.names_in((end, len(old.words))) else end
    )


def _same_subject(new: Phrases, phrase: Stretch, old: Phrases) -> str | None:
    """A phrase without a name of its own leaves the subject's name standing."""
    start, end = old.subject()
    names = [name for name in old.names() if start < name[0] < end and not old.is_code(name)]
    if names and all(new.is_code(name) for name in new.names()):
        end = names[0][0]
        while end > start + 1 and old.words[end - 1].lower in _PLACED:
            end -= 1
    return old.replace((start, end), new.slice(phrase)) if end > start else None
