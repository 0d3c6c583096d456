"""Does the corpus hold the answer, or only something near it?

Two questions, kept apart: how much of what was asked the first passage and its article hold (`support.py`, turned
into a chance that the passage answers), and whether a name, a document's number or a year of the question is nowhere in
that article (`missing`: then it speaks of something else, however well the rest fits).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from retrieval.answering.calibration import load_calibration
from retrieval.answering.label_rivals import REACH, labelled_otherwise
from retrieval.answering.rivals import Told, other_names, small_names_lacking, speaks_of, told_apart
from retrieval.answering.shown import shown
from retrieval.answering.unheard import unheard_things
from retrieval.collection import TermIds, term_id
from retrieval.index.protocol import Snapshot
from retrieval.question.vocabulary import row_df_in
from retrieval.ranking.articles import articles_named, clauses_meant, words_beside
from retrieval.ranking.order import MARGIN, contenders, lacking_less_first, named_first
from retrieval.ranking.papers import asked_fact, is_meant, span_of
from retrieval.ranking.ranker import Ranked, Ranking
from retrieval.records import Document, Query, QueryTerm
from retrieval.term_arrays import DocumentTerms
from retrieval.vietnamese.mention import FoundDate, Moment
from retrieval.vietnamese.mentions import find_mentions
from retrieval.vietnamese.name_heads import FAMILY_NAMES
from retrieval.vietnamese.syllables import fold, is_plain_syllable, plain, spell, strip_marks
from retrieval.vietnamese.tokens import Spelling, terms_of

LONG = 100_000
"""Characters of a document from which on it isn't read again for a day that its terms lack."""
OPENING = 4_000
"""Characters of a document, from its first, that are read for the names of its kinds of things."""
TOLD_CONFIDENCE = 0.9
"""At least, where the first passage is the very one that the question tells."""

_SHARE = frozenset("tỉ lệ phần trăm".split())


def chance(supporting: dict[str, float], *, told: bool = False) -> float:
    """How likely the first passage answers, in [0, 1]. `told`: it is the very one that the question tells from others,
    by an article's number, by a row's cell, by a value within its range."""
    return max(load_calibration("calibration").chance(supporting), TOLD_CONFIDENCE if told else 0.0)


def says_what_about(query: Query) -> bool:
    """Whether a question can be answered at all by itself: "Vì sao?" and "Tỷ lệ bao nhiêu phần trăm?" can't."""
    unit = plain(query.unit).split()
    return any(
        term.is_content and term.text not in _SHARE and plain(term.origin) not in unit for term in query.terms
    )


def nothing_missing_first(
    query: Query, ranking: Ranking, *, spelling: Spelling
) -> tuple[Ranking, tuple[str, ...]]:
    """The ranking, and what its first passage's article lacks of what the question names in capitals or figures.

    Among the first few passages of nearly the same score, those whose articles lack less come first: a passage on
    another name is no better an answer for fitting better otherwise.
    """
    days, told = asked_days(query), told_apart(query)
    if not (query.names or query.years or query.numbers or days or told):
        return ranking, ()
    scores = ranking.standing
    few = {place: ranking.passages[place] for place in contenders(scores)}
    lacking = {
        entry.key: missing(query, entry.document, ranking.terms_of(entry.key), spelling=spelling)
        for entry in {entry.key: entry for entry in few.values()}.values()
    }
    spoken = {place: _spoken_of(told, entry, ranking.terms_of(entry.key)) for place, entry in few.items()}
    counts = {
        place: len(lacking[entry.key])
        + (bool(days) and of_another_day(days, entry.view.mentions.moments))
        + sum(said is False and _is_somewhere(at, spoken) for at, said in enumerate(spoken[place]))
        for place, entry in few.items()
    }
    others = tuple(
        one.text for at, one in enumerate(told) if spoken[0][at] is False and not _is_somewhere(at, spoken)
    )
    if min(counts.values()) < counts[0]:
        ranking = ranking.reordered(lacking_less_first(scores, counts))
    first = ranking.passages[0]
    away = tuple(dict.fromkeys((*lacking.get(first.key, ()), *others)))
    if days and not away and of_another_day(days, first.view.mentions.moments):
        away = tuple(query.text[day.start : day.end] for day in days)
    return ranking, away


def small_names_missing(query: Query, ranking: Ranking, *, spelling: Spelling) -> tuple[str, ...]:
    """What the question names in small letters that the first passage's article lacks, which names others there."""
    first = ranking.passages[0]
    terms = ranking.terms_of(first.key)
    stream = terms.plain if query.lacks_marks else terms.accented

    @cache
    def heard(word: str) -> bool:
        return bool(np.any(stream == np.uint32(term_id(fold(word)))))

    def stands(run: Sequence[QueryTerm]) -> bool:
        return _has_run(stream, _ids(spell(term.origin, lacks_marks=query.lacks_marks) for term in run))

    def text() -> str:
        return "\n".join((card, first.document.text[:OPENING]))

    card = _card_text(first, terms)
    passage = first.passage
    around = first.document.text[max(0, passage.start - REACH) : passage.end + REACH]
    lacking = small_names_lacking(query, text, heard, spelling)
    lacking = lacking or labelled_otherwise(query, card, around, stands, title=first.document.title)
    beside = cache(lambda: set(terms_of(card, spelling)))

    def known(term: QueryTerm) -> bool:
        return heard(term.origin) or fold(term.origin) in beside()

    return lacking or unheard_things(query, known, text)


def _card_text(entry: Ranked, terms: DocumentTerms) -> str:
    """What is shown of a passage, below its article's title and its headings."""
    start, end = shown(entry.document.text, terms, entry.number)
    return "\n".join((entry.document.title, *entry.passage.section, entry.document.text[start:end]))


def _spoken_of(told: Sequence[Told], entry: Ranked, terms: DocumentTerms) -> list[bool | None]:
    """Of each thing that the question tells from its like, whether what is shown speaks of it, its headings included;
    see `speaks_of`."""
    if not told:
        return []
    text, over = _card_text(entry, terms), entry.passage.section[-1:]
    if over and " | " in over[0] and " | " in entry.passage.text:
        row = (
            f"{over[0].split(' | ')[0]} {entry.passage.text}"  # "2 | 6:30" below "Lượt | Rời bến" is "Lượt 2"
        )
        text = "\n".join((entry.document.title, *entry.passage.section, row))
    return [speaks_of(one, text) for one in told]


def _is_somewhere(at: int, spoken: Mapping[int, Sequence[bool | None]]) -> bool:
    return any(said[at] for said in spoken.values())


def named_articles_first(query: Query, ranking: Ranking) -> tuple[Ranking, tuple[str, ...]]:
    """The ranking with what the question names as "khoản 2 Điều 5" first, and what of that isn't there.

    It is looked for in the documents of the first few passages of nearly the same score, the best document first: a
    question that names a paper means that paper's article, and not another's of the same number.
    """
    references = articles_named(query.text)
    if not references:
        return ranking, ()
    scores = ranking.standing
    meant = list(dict.fromkeys(ranking.passages[place].key for place in contenders(scores)))
    named = [place for place in range(len(scores)) if ranking.candidates.is_named[ranking.places[place]]]
    for key in meant:
        here = [place for place in named if ranking.passages[place].key == key]
        if here:
            at = {ranking.passages[place].number: place for place in sorted(here)}
            whole = [ranking.passages[at[number]].passage for number in sorted(at)]
            clauses = clauses_meant(references, whole, ranking.passages[here[0]].document.text)
            kept = {at[passage.number] for passage in clauses}
            here = [place for place in here if place in kept]
        if here and not words_beside(query, references, ranking.passages[here[0]].document.title):
            # what an article says is read from its beginning
            here.sort(key=lambda place: ranking.passages[place].number)
        if here:
            return ranking.reordered(named_first(scores, here)), ()
    return ranking, tuple(
        dict.fromkeys(query.text[reference.start : reference.end] for reference in references)
    )


def paper_facts_first(query: Query, ranking: Ranking) -> Ranking:
    """The ranking with the head or the signature of the paper that is asked about first.

    It stands by the score of its paper's best passage: how well the question fits the paper is told by that one.
    """
    fact = asked_fact(query)
    scores = ranking.standing
    if fact is None:
        return _body_first(ranking) if query.mentions.papers else ranking
    for key in dict.fromkeys(ranking.passages[place].key for place in contenders(scores)):
        here = [place for place, entry in enumerate(ranking.passages) if entry.key == key]
        document = ranking.passages[here[0]].document
        if not is_meant(query, document):
            continue
        telling = [
            place
            for place in here
            if ranking.candidates.is_beside[ranking.places[place]]
            and span_of(fact, document, ranking.passages[place].passage.text)
        ]
        if telling:
            number_of = {place: ranking.passages[place].number for place in telling}
            place = (max if fact == "signer" else min)(telling, key=number_of.__getitem__)
            return _brought_first(ranking, place, here)
    return ranking


def _body_first(ranking: Ranking) -> Ranking:
    """For a question that names a paper by its number, which only the paper's head holds: the head says which paper it
    is, not what it says, so that the first of the other passages that fit about as well as any comes before.
    """
    beside = ranking.candidates.is_beside[ranking.places]
    here = [place for place, entry in enumerate(ranking.passages) if entry.key == ranking.passages[0].key]
    body = [place for place in here if not beside[place]]
    if not beside[0] or not body:
        return ranking
    scores = ranking.standing
    headed = [place for place in body if ranking.passages[place].passage.section]
    fitting = [place for place in body if scores[place] >= scores[body[0]] - MARGIN]
    if headed and not ranking.passages[body[0]].passage.section:
        fitting = headed  # what the paper leans on ("Căn cứ …") stands above its articles
    first = min(fitting, key=lambda place: ranking.passages[place].number)
    return _brought_first(ranking, first, here)


def _brought_first(ranking: Ranking, place: int, here: Sequence[int]) -> Ranking:
    """The passage at `place` before all others, with the best score of its document's passages, which are `here`."""
    passages = list(ranking.passages)
    passages[place] = replace(passages[place], score=max(passages[each].score for each in here))
    return replace(ranking, passages=tuple(passages)).reordered(named_first(ranking.standing, [place]))


def missing(query: Query, document: Document, terms: DocumentTerms, *, spelling: Spelling) -> tuple[str, ...]:
    """What the question names and the document, its title and its source don't: names, years, papers' numbers."""
    facts = (document.title, document.source, document.author, document.number)
    beside = terms_of(" ".join(filter(None, facts)), spelling)
    streams = (terms.plain, _ids(map(plain, beside))) if query.lacks_marks else (terms.accented, _ids(beside))
    lacking = []
    for name in query.names:
        wanted = terms_of(name, spelling)
        said = [wanted, *(terms_of(other, spelling) for other in other_names(query, name))]
        runs = [_ids(map(plain, run) if query.lacks_marks else run) for run in said]
        if any(c.isdigit() for c in wanted[-1]) and not wanted[-1].isdigit() and len(wanted) > 1:
            runs.append(runs[0][:-1])  # SU-35M is also written Su 35M
            if "".join(wanted[:-1]) == wanted[-1]:  # of 7A1 only "a1" is a word of its own
                runs.append(runs[0][-1:])
        if query.text.startswith(name) and _opens_with_common_word(wanted):
            runs.append(runs[0][1:])  # the capital that opens a question tells nothing
        if not any(_has_run(stream, run) for stream in streams for run in runs):
            lacking.append(name)
    for number in query.numbers:
        runs = [_ids(map(plain, run)) for run in _statements(query, number, spelling)]
        if not (document.number or "").startswith((f"{number}/", f"{number}-")) and not any(
            _has_run(stream, run) for run in runs for stream in (terms.plain, _ids(map(plain, beside)))
        ):
            lacking.append(f"số {number}")
    years = {document.date.year} if document.date else set()
    lacking += [
        f"năm {year}"
        for year in query.years
        if year not in years
        and not any(str(year) in number for number in query.numbers)
        and not np.any(terms.accented == np.uint32(term_id(str(year))))
    ]
    lacking += [
        query.text[day.start : day.end]
        for day in asked_days(query)
        if not _holds_day(day.value, document, terms)
    ]
    return tuple(dict.fromkeys(lacking))


def _opens_with_common_word(name: Sequence[str]) -> bool:
    """Whether the rest of a name that opens a question may be a name by itself: "Môn Tiếng Anh", "Thuốc Augbidil"."""
    first, *rest = name
    if not rest or first in FAMILY_NAMES or not is_plain_syllable(strip_marks(first)):
        return False
    return len(rest) > 1 or (len(rest[0]) > 2 and not is_plain_syllable(strip_marks(rest[0])))


def asked_days(query: Query) -> tuple[FoundDate, ...]:
    """The days that the question names: "ngày 14/11", "14-11-2025"."""
    return tuple(
        found
        for found in query.mentions.moments
        if found.value.grain == "day" and found.value.month and found.value.day and not found.value.doubtful
    )


def of_another_day(days: Sequence[FoundDate], moments: Sequence[FoundDate]) -> bool:
    """Whether a passage names days of a month, and none of those that are asked for."""
    named = [found.value for found in moments if found.value.grain == "day" and found.value.month]
    return bool(named) and not any(day.value.agrees_with(moment) for day in days for moment in named)


def _holds_day(day: Moment, document: Document, terms: DocumentTerms) -> bool:
    """Whether the document is of that day or names it; a long one only where it writes it out whole."""
    if document.date and day.agrees_with(
        Moment("day", document.date.year, document.date.month, document.date.day)
    ):
        return True
    written = f"{day.day}/{day.month}"
    if day.year is not None:
        written = f"{written}/{day.year}"
    if np.any(terms.accented == np.uint32(term_id(written))):
        return True
    if len(document.text) > LONG:
        return False
    return any(
        day.agrees_with(found.value) for found in find_mentions(document.text).moments if found.value.day
    )


def _statements(query: Query, number: str, spelling: Spelling) -> list[list[str]]:
    """How an article may state a paper's number: a code as it is; a bare number after what kind of paper it is, as
    in "Nghị quyết số 05" and "Nghị quyết 05": "Chỉ thị số 05" is another."""
    wanted = terms_of(number, spelling)
    words = [term.text for term in query.terms]
    if not number.isdigit() or wanted[0] not in words:
        return [wanted]
    before = words[: words.index(wanted[0])]
    kind = [word for word in before[-2:] if plain(word) != "so"][-1:]
    return [[*kind, "số", *wanted], [*kind, *wanted]]


def held_elsewhere(
    query: Query, lacking: Sequence[str], snapshot: Snapshot, *, spelling: Spelling
) -> tuple[str, ...]:
    """Those that some article may hold: each syllable, and each pair of neighbours, occurs in the corpus."""
    row_df = row_df_in(snapshot)

    def occurs(name: str) -> bool:
        lacks_marks = query.lacks_marks
        return (
            row_df([plain(term) if lacks_marks else term for term in terms_of(name, spelling)], lacks_marks)
            > 0
        )

    return snapshot.settled(lambda: tuple(name for name in lacking if occurs(name))) if lacking else ()


def _ids(terms: Iterable[str]) -> TermIds:
    return np.array([term_id(term) for term in terms], dtype=np.uint32)


def _has_run(stream: TermIds, wanted: TermIds) -> bool:
    if not len(wanted):
        return True
    starts = np.flatnonzero(stream[: len(stream) - len(wanted) + 1] == wanted[0])
    return any(np.array_equal(stream[start : start + len(wanted)], wanted) for start in starts)
