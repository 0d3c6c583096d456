"""Which part of speech is each word of a question? underthesea's words and tags.

`underthesea.pos_tag` parses its templates anew for each word, which is most of its time, and reads its lists with the
slow one of Python's two readers, which is most of its start. Here the features are written out for the models that it
ships, which its own engine `underthesea_core` runs; words and tags are the same. Where an underthesea ships other
models, its own `pos_tag` is asked.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from threading import Lock

from retrieval.vietnamese.pipelines import shipped_file, tokenize

_TAGS = ("pipeline", "pos_tag", "pos_crf_2017_10_11.bin")
_WORDS = ("pipeline", "word_tokenize", "models", "ws_crf_vlsp2013_20230727")
_INSIDE = "I-W"
"""The tag of a token that goes on the word before it."""

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
        from underthesea import pos_tag

        own: Callable[[str], Sequence[tuple[str, str]]] = pos_tag
        return own
    from underthesea_core import CRFFeaturizer, CRFTagger

    # What lies beside its models is trusted as the package's own code is.
    featurizer = CRFFeaturizer(pickle.loads(features.read_bytes()), pickle.loads(dictionary.read_bytes()))
    cutter, tagger = CRFTagger(), CRFTagger()
    cutter.load(str(cutting))
    tagger.load(str(tags))

    def tag(text: str) -> list[tuple[str, str]]:
        tokens = tokenize(text)
        (places,) = featurizer.process([[[token] for token in tokens]])
        words = _joined(tokens, cutter.tag(places))
        return list(zip(words, tagger.tag(list(_features(words))), strict=True))

    return tag


def _joined(tokens: Sequence[str], tags: Sequence[str]) -> list[str]:
    words: list[str] = []
    for token, tag in zip(tokens, tags, strict=True):
        if tag == _INSIDE and words:
            words[-1] += f" {token}"
        else:
            words.append(token)
    return words


def _features(words: Sequence[str]) -> Iterator[list[str]]:
    """What the tagger was trained on: for each word it, its neighbours and its pairs, and that no tags are known."""
    count = len(words)
    as_written = ["BOS", "BOS", *words, "EOS", "EOS"]
    lowered = ["BOS", "BOS", *map(str.lower, words), "EOS", "EOS"]
    capital = ["BOS", *(str(_is_title(word)) for word in words), "EOS"]
    pairs = ["BOS", "BOS", *(f"{a} {b}" for a, b in pairwise(words)), "EOS", "EOS", "EOS"]
    for at in range(count):
        far, near = ("BOS" if at < 2 else "X"), ("BOS" if at < 1 else "X")
        yield [
            f"T[-2].lower={lowered[at]}",
            f"T[-1].lower={lowered[at + 1]}",
            f"T[0].lower={lowered[at + 2]}",
            f"T[1].lower={lowered[at + 3]}",
            f"T[2].lower={lowered[at + 4]}",
            f"T[0].istitle={capital[at + 1]}",
            f"T[-1].istitle={capital[at]}",
            f"T[1].istitle={capital[at + 2]}",
            f"T[-2]={as_written[at]}",
            f"T[-1]={as_written[at + 1]}",
            f"T[0]={as_written[at + 2]}",
            f"T[1]={as_written[at + 3]}",
            f"T[2]={as_written[at + 4]}",
            f"T[-2,-1]={pairs[at]}",
            f"T[-1,0]={pairs[at + 1]}",
            f"T[0,1]={pairs[at + 2]}",
            f"T[1,2]={pairs[at + 3]}",
            f"T[-3][1]={'BOS' if at < 3 else 'X'}",
            f"T[-2][1]={far}",
            f"T[-1][1]={near}",
            f"T[-3,-2][1]={'BOS' if at < 3 else 'X X'}",
            f"T[-2,-1][1]={'BOS' if at < 2 else 'X X'}",
        ]


def _is_title(word: str) -> bool:
    return bool(word) and all(part[:1].istitle() for part in word.split(" "))
