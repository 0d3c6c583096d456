"""Has each concept of the language one home? What is a list or a rule there may not be written down a second time.

A module is caught by the words of one of its statements: so many of a concept's own words together are a list of it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("retrieval/**/*.py")])


@dataclass(frozen=True)
class Concept:
    """`words`: its own words, of which `most` may stand in one statement elsewhere. `home`: who may hold more.

    `apart`: other modules that have as many for a reason of their own, which is given.
    """

    home: str
    words: Sequence[str]
    most: int = 3
    apart: dict[str, str] = field(default_factory=dict)


_PHRASES = "whole phrases, of which these words are parts"
_BOT = "the bot knows only what the library exports; it needs some of them"
_WORDS = "retrieval/vietnamese/words"
CONCEPTS = {
    "units": Concept(f"{_WORDS}/units.toml", "kg km mét hecta ha lít tấn tạ gam cm mm tuổi".split()),
    "scales": Concept("retrieval/vietnamese/units.py", "trăm nghìn ngàn triệu tỷ tỉ chục vạn".split()),
    "words of address": Concept(
        f"{_WORDS}/name_heads.toml",
        "ông bà anh chị cô chú bác cụ thầy cậu".split(),
        apart={
            "bot/smalltalk.py": "whom people greet a bot as",
        },
    ),
    "offices": Concept(
        f"{_WORDS}/name_heads.toml",
        ("chủ tịch", "bí thư", "giám đốc", "hiệu trưởng", "bộ trưởng", "thủ tướng"),
        apart={"bot/examples.py": _BOT},
    ),
    "callings": Concept(
        f"{_WORDS}/name_heads.toml",
        ("bác sĩ", "giáo sư", "tiến sĩ", "luật sư", "ca sĩ", "nhà văn", "kỹ sư"),
    ),
    "territories": Concept(
        "retrieval/vietnamese/name_heads.py",
        ("tỉnh", "huyện", "quận", "phường", "thị xã", "thị trấn"),
    ),
    "bodies": Concept(
        f"{_WORDS}/name_heads.toml",
        ("công ty", "bệnh viện", "ngân hàng", "học viện", "tập đoàn", "câu lạc bộ", "liên đoàn"),
    ),
    "family names": Concept(f"{_WORDS}/family_names.txt", "nguyễn trần phạm huỳnh đặng bùi vũ võ".split(), 2),
    "words that ask": Concept(
        f"{_WORDS}/function_words.toml",
        "bao nhiêu mấy nào gì ai đâu sao".split(),
        4,
        {
            "retrieval/question/answer_type.py": _PHRASES,
            "retrieval/dialogue/rewrite.py": _PHRASES,
        },
    ),
    "politeness": Concept(f"{_WORDS}/function_words.toml", "ạ nhé nhỉ nha hả ơi dạ".split(), 2),
    "how people call themselves": Concept(
        f"{_WORDS}/function_words.toml", "tôi mình em tớ tui cháu".split(), 2, {"bot/smalltalk.py": _BOT}
    ),
    "denials": Concept(f"{_WORDS}/function_words.toml", "không chưa chẳng".split(), 2),
    "verbs that only hold together": Concept(
        f"{_WORDS}/function_words.toml",
        "có là được bị làm gồm".split(),
        4,
        {
            "retrieval/question/answer_type.py": _PHRASES,
            "retrieval/dialogue/phrases.py": "among others that need what they belong to",
        },
    ),
    "prepositions": Concept(
        f"{_WORDS}/function_words.toml",
        "ở tại trong của về với đến từ vào cho theo do".split(),
        6,
        {
            "bot/examples.py": _BOT,
            "retrieval/question/answer_type.py": _PHRASES,
            "retrieval/corpus/metadata/official/subject.py": "after or before them a paper's subject goes on",
        },
    ),
    "openers of sentences": Concept(
        f"{_WORDS}/function_words.toml",
        "theo trong ngoài khi sau trước nếu nhưng vì để tuy hiện".split(),
        5,
        {"bot/examples.py": _BOT},
    ),
    "numbers in words": Concept(
        "retrieval/vietnamese/number_words.py", "một hai ba bốn năm sáu bảy tám chín mười".split(), 4
    ),
    "parts of the day": Concept(
        "retrieval/vietnamese/calendar_forms.py", "sáng trưa chiều tối đêm".split(), 2
    ),
    "rhymes": Concept(
        "retrieval/vietnamese/syllables.py", "uyên iêng ương uông uyêt iêc oăn oang".split(), 2
    ),
}
"""Words of address and what opens a sentence share words; each is held to its own."""


def statements(module: Path) -> Iterator[tuple[int, str]]:
    """(line, the strings in it joined) of each statement of a module that assigns or returns; docstrings left out."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.Return) and node.value is not None:
            words = [
                one.value
                for one in ast.walk(node.value)
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if words:
                yield node.lineno, " ; ".join(words).lower()


def held(words: Sequence[str], text: str) -> set[str]:
    return {word for word in words if re.search(rf"(?<!\w){word}(?!\w)", text)}


@pytest.mark.parametrize("name", CONCEPTS)
def test_a_concept_has_one_home(name: str) -> None:
    concept = CONCEPTS[name]
    seen, others = 0, {}
    assert (ROOT / concept.home).is_file()
    for module in MODULES:
        path = str(module.relative_to(ROOT))
        for line, text in statements(module):
            seen += 1
            found = held(concept.words, text)
            if path != concept.home and path not in concept.apart and len(found) > concept.most:
                others[f"{path}:{line}"] = sorted(found)
    assert seen > 500
    assert others == {}


@pytest.mark.parametrize("name", CONCEPTS)
def test_what_stands_apart_still_does(name: str) -> None:
    concept = CONCEPTS[name]
    for path in concept.apart:
        assert any(len(held(concept.words, text)) > concept.most for _, text in statements(ROOT / path)), path


RULES = {
    "what a syllable is": (r"^def (?:_?is_syllable|_?looks_vietnamese)\b", {"retrieval/vietnamese/syllables.py"}),
    "how a text loses its marks": (r"unicodedata\.combining\(", {"retrieval/vietnamese/syllables.py"}),
    "where a sentence ends": (r"\bsent_tokenize\b", {"retrieval/vietnamese/sentences.py", "retrieval/vietnamese/pipelines.py"}),
    "which letters are capitals": (r"if c\.isupper\(\)\)\}\]|À-Ỹ", {"retrieval/vietnamese/letters.py", "bot/examples.py"}),
    "what a name is": (r"^class (?:\w*Name|Named)\b", {
        "retrieval/vietnamese/mention.py",
        "retrieval/dialogue/coreference.py",  # one that "ông ấy" may mean
    }),
    "which words are the names of a text": (r"^def (?:names_in|names_of|find_names)\b", {
        "retrieval/vietnamese/names.py",  # of any text
        "retrieval/question/names.py",  # of a question: the same, and places however they are typed
        "retrieval/dialogue/coreference.py",  # of the first, those that may be meant by "ông ấy"
    }),
    "which words of a question carry its meaning": (
        r"""[("]function", "asking"\)|[("]asking", "function"\)|\{"(?:asking|function)", "(?:asking|function)"\}|^CONTENT\b""",
        {"retrieval/records.py"},  # by what they do in it
    ),
    "which of these tell one thing from another": (
        r"^def _?tells\(|HOLDING \|",
        {"retrieval/question/content.py"},
    ),
    "which of these are a name, a date, a paper's number": (
        r"^def _?is_mentioned\(|\*query\.name_spans",
        {"retrieval/question/content.py"},
    ),
    "how a word is compared without marks": (
        r"\bplain\((?:retrieval\.\w+\.)?fold\(|fold\(strip_marks\(|\bplain if \w+ else fold\b",
        {"retrieval/vietnamese/syllables.py"},
    ),
    "whether a text lacks its marks": (
        r"strip_marks\((\w+)\) [!=]= \1\b|^def _?lacks_marks\b",
        {"retrieval/vietnamese/syllables.py"},
    ),
    "how a date or a year is written": (
        r"\\d\{+(?:3,)?4\}|19\|20|1\[89\]|\[12\]\\d|(?:ngày|tháng|năm)\\s[*+]?[(?:]*\\d",
        {
            "retrieval/vietnamese/calendar.py",
            "retrieval/vietnamese/calendar_forms.py",
            "retrieval/vietnamese/date_parts.py",
            "retrieval/vietnamese/papers.py",  # a paper's number, with its year
            "retrieval/corpus/metadata/official/head.py",  # the same
            "retrieval/corpus/metadata/official/paper.py",  # the same
            "retrieval/corpus/metadata/official/subject.py",  # which lines speak of a day
            "retrieval/corpus/metadata/dates.py",  # machines' stamps
            "bot/web/shapes.py",  # the one form that HTTP takes
        },
    ),
    "what is counted": (
        r"\b_?_COUNTED_IN\b|\bunit_at\(|dimension_of\(\w+\) in\b",
        {
            "retrieval/vietnamese/units.py",
            "retrieval/vietnamese/ranges.py",  # what a range is of
            "retrieval/question/asked_quantity.py",  # said once, when a question is read
        },
    ),
    "what a line is about": (
        r"^_LABEL(?:_END|LED)? = re|^_FIELD = re|\{0,60\}\??(?:\(\?:|:)",
        {
            "retrieval/vietnamese/labels.py",
            "retrieval/corpus/metadata/names.py",  # who wrote it: "Tác giả: …"
            "retrieval/corpus/metadata/official/head.py",  # a paper's number: "Số: …"
        },
    ),
    "which functions part a text into sentences": (
        r"^def _?(?:split_)?sentences?\(|^def paragraph_sentences\(",
        {
            "retrieval/vietnamese/sentences.py",
            "retrieval/answering/pick_clause.py",  # the clauses that may answer, one for each
            "retrieval/dialogue/phrases.py",  # writes one
        },
    ),
}  # fmt: skip
"""A rule's own mark, and the modules that may have it."""


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_one_home(name: str) -> None:
    mark, homes = RULES[name]
    found = {
        str(module.relative_to(ROOT))
        for module in MODULES
        if re.search(mark, module.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert found == homes


def named(module: Path) -> Iterator[str]:
    """What a module gives names to: functions, arguments, variables, attributes."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        for field_ in ("id", "arg", "attr", "name", "asname"):
            if isinstance(name := getattr(node, field_, None), str):
                yield name


def test_without_marks_has_one_name() -> None:
    """A text `lacks_marks`, a term is `plain`: no third word for either in what reads questions and texts."""
    other = re.compile(r"(?:^|_)(?:bare|unaccented|unmarked?|without_marks|unsigned)(?:_|$)", re.IGNORECASE)
    known, others = set(), set()
    for module in MODULES:
        path = str(module.relative_to(ROOT))
        if not path.startswith(
            ("retrieval/corpus/", "retrieval/evaluation/", "bot/")
        ):  # marks of lists, of pages
            known |= set(named(module)) & {"lacks_marks", "plain", "strip_marks"}
            others |= {f"{path}: {name}" for name in named(module) if other.search(name)}
    assert known == {"lacks_marks", "plain", "strip_marks"}
    assert others == set()
