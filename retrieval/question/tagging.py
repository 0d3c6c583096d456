"""Which part of speech is each word of a question? underthesea's words and tags.

`underthesea.pos_tag` parses its templates anew for each word, which is most of its time, and reads its lists with the
slow one of Python's two readers, which is most of its start. Here the features are written out for the models that it
ships, which its own engine `underthesea_core` runs; words and tags are the same. Where an underthesea ships other
models, its own `pos_tag` is asked.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import TypeVar

from retrieval.vietnamese.pipelines import shipped_file, tokenize

T = TypeVar("T")
Function = Callable[[Sequence[str], int], Iterable[str]]
"""What makes one feature of each of so many neighbours among some words."""

_TAGS = ("pipeline", "pos_tag", "pos_crf_2017_10_11.bin")
_WORDS = ("pipeline", "word_tokenize", "models", "ws_crf_vlsp2013_20230727")
_INSIDE = "I-W"
"""The tag of a token that goes on the word before it."""
_TEMPLATE = re.compile(r"T\[(?P<first>-?\d)(?:,(?P<last>-?\d))?\](?P<tag>\[1\])?(?:\.(?P<function>\w+))?")
_FARTHEST = 3
"""How many words away the farthest neighbour of a template is."""
_BEFORE, _AFTER = ("BOS",) * _FARTHEST, ("EOS",) * 2 * _FARTHEST
_SAID = {False: "False", True: "True"}
_FIGURE = re.compile(r"[+-]?[0-9]+")
_OF_WORDS = (
    *(f"T[{at}].lower" for at in (-2, -1, 0, 1, 2)),
    *(f"T[{at}].istitle" for at in (0, -1, 1)),
    *(f"T[{at}]" for at in (-2, -1, 0, 1, 2)),
    *(f"T[{at},{at + 1}]" for at in (-2, -1, 0, 1)),
    *(f"T[{at}][1]" for at in (-3, -2, -1)),
    *(f"T[{at},{at + 1}][1]" for at in (-3, -2)),
)
"""What the tagger was trained on; underthesea ships these as code."""

_TAGGING = Lock()
"""underthesea loads its models on first use and is not made for two threads that come at once."""


def tagged(text: str) -> list[tuple[int, int, str]]:
    """(start, end, tag) of each word that underthesea finds."""
    with _TAGGING:
        pairs = _tagger()(text)
    found, at = [], 0
    for word, tag in pairs:
        start = text.find(word, at)
        if start >= 0:
            at = start + len(word)
            found.append((start, at, tag))
    return found


@cache
def _tagger() -> Callable[[str], Sequence[tuple[str, str]]]:
    tags = shipped_file(*_TAGS)
    cutting, features, dictionary = (
        shipped_file(*_WORDS, f"{name}.bin") for name in ("models", "features", "dictionary")
    )
    if tags is None or cutting is None or features is None or dictionary is None:
        return _own()
    from underthesea_core import CRFTagger

    # What lies beside its models is trusted as the package's own code is.
    templates, known = pickle.loads(features.read_bytes()), pickle.loads(dictionary.read_bytes())
    of_tokens: dict[str, Function] = {
        "": _runs,
        "lower": _lowered,
        "isdigit": lambda words, size: _each(map(_is_figure, _runs(words, size))),
        "istitle": lambda words, size: _each(map(all, _windows(map(_is_raised, words), size))),
        "is_in_dict": lambda words, size: _each(map(known.__contains__, _lowered(words, size))),
    }
    of_words: dict[str, Function] = {
        "": _runs,
        "lower": _lowered,
        "istitle": lambda words, size: _each(map(_is_title, _runs(words, size))),
    }
    if not all(
        (match := _TEMPLATE.fullmatch(each))
        and (match["function"] or "") in of_tokens
        and max(abs(int(match["first"])), abs(int(match["last"] or 0))) <= _FARTHEST
        for each in templates
    ):
        return _own()
    features_of_tokens, features_of_words = _features(templates, of_tokens), _features(_OF_WORDS, of_words)
    cutter, tagger = CRFTagger(), CRFTagger()
    cutter.load(str(cutting))
    tagger.load(str(tags))

    def tag(text: str) -> list[tuple[str, str]]:
        tokens = tokenize(text)
        words = _joined(tokens, cutter.tag(features_of_tokens(tokens)))
        return list(zip(words, tagger.tag(features_of_words(words)), strict=True))

    return tag


def _own() -> Callable[[str], Sequence[tuple[str, str]]]:
    from underthesea import pos_tag

    return pos_tag  # type: ignore[no-any-return]


def _joined(tokens: Sequence[str], tags: Sequence[str]) -> list[str]:
    words: list[str] = []
    for token, tag in zip(tokens, tags, strict=True):
        if tag == _INSIDE and words:
            words[-1] += f" {token}"
        else:
            words.append(token)
    return words


def _features(
    templates: Sequence[str], functions: Mapping[str, Function]
) -> Callable[[Sequence[str]], list[tuple[str, ...]]]:
    """What writes out the features of some words, one row of them for each word.

    A template names neighbours by their distance and a function of them: "T[-1,0].lower" is the word before and this
    one in small letters. "T[-1][1]" is the tag of the word before, which isn't known.
    """
    columns = []
    for template in templates:
        match = _TEMPLATE.fullmatch(template)
        assert match
        first = int(match["first"])
        size = int(match["last"] or first) - first + 1
        columns.append((f"{template}=", _FARTHEST + first, (match["tag"], match["function"] or "", size)))
    kinds = {kind for *_, kind in columns}

    def write(words: Sequence[str]) -> list[tuple[str, ...]]:
        count = len(words)
        unknown = ["X"] * count
        values = {
            (tag, function, size): [*_BEFORE, *functions[function](unknown if tag else words, size), *_AFTER]
            for tag, function, size in kinds
        }
        return list(
            zip(
                *(
                    [prefix + value for value in values[kind][start : start + count]]
                    for prefix, start, kind in columns
                ),
                strict=True,
            )
        )

    return write


def _windows(values: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """`size` neighbours each."""
    values = list(values)
    return zip(*(values[at:] for at in range(size)), strict=False)


def _runs(words: Sequence[str], size: int) -> Iterable[str]:
    return words if size == 1 else map(" ".join, _windows(words, size))


def _lowered(words: Sequence[str], size: int) -> Iterable[str]:
    return _runs(list(map(str.lower, words)), size)


def _each(values: Iterable[bool]) -> Iterable[str]:
    return map(_SAID.__getitem__, values)


def _is_figure(token: str) -> bool:
    """What Rust reads as a number of 32 bits."""
    return token[-1:].isdigit() and bool(_FIGURE.fullmatch(token)) and -(2**31) <= int(token) < 2**31


@lru_cache(maxsize=20_000)
def _is_raised(token: str) -> bool:
    """Whether no part of it opens with a small letter."""
    return token[:1] == token[:1].upper() and (" " not in token or all(map(_is_raised, token.split(" "))))


def _is_title(word: str) -> bool:
    return all(part[:1].istitle() for part in word.split(" "))
