"""Counts the numbers of `retrieval/answering/rarity.npz`: how rare are words and pairs of words in Vietnamese at large?

What: ln(1 + sentences / sentences with the term), for single terms and neighbouring pairs, with and without
diacritics; what is in fewer than MIN_SINGLE or MIN_PAIR sentences counts as if it were in half as many.
On what: any large corpus of Vietnamese; the file that ships comes from VNTC's 20,000 news articles.
How: python benchmarks/count_rarity.py CORPUS [--write]
Takes a minute and a half for 10 million syllables.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np

from retrieval import read_corpus
from retrieval.answering.rarity import RARITY, STEPS
from retrieval.collection import term_id
from retrieval.passages import split_passages
from retrieval.vietnamese.syllables import plain
from retrieval.vietnamese.tokens import Spelling, terms_of

MIN_SINGLE = 5
MIN_PAIR = 20


def count(texts: Iterable[str]) -> tuple[int, dict[str, Counter[str]]]:
    """(sentences, how many have each term and pair, by spelling)."""
    spelling = Spelling({})
    sentences = 0
    counts: dict[str, Counter[str]] = {"accented": Counter(), "plain": Counter()}
    for text in texts:
        for start, end in split_passages(text):
            terms = terms_of(text[start:end], spelling)
            sentences += 1
            for name, stream in (("accented", terms), ("plain", list(map(plain, terms)))):
                counts[name].update({*stream, *map("_".join, pairwise(stream))})
    return sentences, counts


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    documents = read_corpus([arguments.corpus], on_problem=lambda where, what: None)
    sentences, counts = count(document.text for document in documents)

    def rarity(found: float) -> float:
        return math.log1p(sentences / found)

    table = {"unseen": np.array(rarity(MIN_SINGLE / 2))}
    for name, counter in counts.items():
        kept = {
            term_id(term): round(STEPS * rarity(found))
            for term, found in counter.items()
            if found >= (MIN_PAIR if "_" in term else MIN_SINGLE)
        }
        ids = sorted(kept)
        table[f"{name}_ids"] = np.array(ids, np.uint32)
        table[f"{name}_steps"] = np.array([kept[each] for each in ids], np.uint8)
        print(f"{name}: {len(ids)} terms and pairs of {sentences} sentences")
    if arguments.write:
        np.savez(RARITY, **table)
        print(f"{RARITY.name}: {RARITY.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
