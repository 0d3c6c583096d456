"""A corpus of a few sentences, as the vocabulary that questions are understood by."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from retrieval.analyzer import Analyzer
from retrieval.collection import CollectionStats
from retrieval.lexicon import load_lexicon
from retrieval.question.understand import understand
from retrieval.records import Query
from retrieval.settings import PassageSettings
from retrieval.vietnamese.syllables import plain
from retrieval.vietnamese.tokens import terms_of

SENTENCES = (
    "Đảng bộ thị xã Kiến Tường có 1.985 đảng viên, trong đó có 882 đảng viên nữ.",
    "Bí thư Tỉnh ủy Phan Văn Sáu phát biểu tại hội nghị ở Sóc Trăng.",
    "Ông Trần Ngọc Tam cho biết tỉnh kết nạp được bao nhiêu đảng viên và xử lý kỷ luật bao nhiêu người.",
    "Tiền đạo Lionel Messi ghi bàn ở Paris; huấn luyện viên Mourinho rời sân.",
    "Trung Quốc và Việt Nam ký kết hiệp định; người dân đi xem chợ nổi trên sông.",
)
ANALYZER = Analyzer(PassageSettings(), load_lexicon())


class Shelf:
    """Counts over these sentences, each a passage."""

    def __init__(self, *sentences: str) -> None:
        self._held: dict[bool, list[set[str]]] = {False: [], True: []}
        for sentence in sentences:
            terms = terms_of(sentence, ANALYZER.spelling)
            for unmarked, row in ((False, terms), (True, [plain(term) for term in terms])):
                self._held[unmarked].append({*row, *(f"{left}_{right}" for left, right in pairwise(row))})

    @property
    def stats(self) -> CollectionStats:
        return CollectionStats(len(self._held[False]), len(self._held[False]), 20.0, 20.0)

    def passage_df(self, term: str, *, plain: bool) -> int:
        return sum(term in held for held in self._held[plain])

    @property
    def df(self) -> Callable[[str, bool], int]:
        return lambda term, unmarked: self.passage_df(term, plain=unmarked)


SHELF = Shelf(*SENTENCES)


def ask(question: str) -> Query:
    return understand(question, analyzer=ANALYZER, vocabulary=SHELF)
