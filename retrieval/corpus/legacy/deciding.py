"""Which reading holds for which stretch of a document? Its own words decide, else its font's, else its neighbours'."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from retrieval.corpus.legacy.casing import raise_case
from retrieval.corpus.legacy.evidence import SUSPECT, UNICODE, Evidence, convert, evidence_of, under_readings
from retrieval.vietnamese.syllables import is_syllable

_FEWEST = 3
"""Words that must speak for a reading; fewer could be a foreign name."""
_PLAUSIBLE = 0.85
"""Share of the words beyond ASCII that must become Vietnamese syllables: measured 0.97 and more on real text,
under 0.3 on French, German and Portuguese."""
_DOUBTFUL = 0.5
"""Share of such words that may be syllables by accident in a text that needs another reading."""
_RARER = 0.04
"""Of two readings the later in the list, which fewer texts are in, must explain this share of the words more."""
_WITH_ETH = re.compile(r"(?<!\w)[^\W\d_]{0,6}[ðÐ][^\W\d_]{0,6}(?!\w)")
_FONTS = (
    (re.compile(r"^\.Vn", re.IGNORECASE), "tcvn3"),
    (re.compile(r"^VNI[- ]", re.IGNORECASE), "vni"),
    (re.compile(r"^VPS", re.IGNORECASE), "vps"),
    (re.compile(r"^(?:VISCII|VI )", re.IGNORECASE), "viscii"),
)
"""What a font's name promises; whether it keeps that, its words say."""
_CAPITALS = re.compile(r"^\.Vn\w*H$", re.IGNORECASE)
"""Fonts that draw small letters as capitals."""
_AS_IT_STANDS = ""


class Run(NamedTuple):
    """A stretch of a paragraph in one font, where the format names it."""

    text: str
    font: str | None = None


@dataclass(slots=True)
class _Segment:
    """Runs of one font in a paragraph. `found`: evidence by reading, where there is any. `reading`: None, undecided."""

    text: str
    font: str | None
    found: dict[str, Evidence] = field(default_factory=dict)
    reading: str | None = None
    sure: bool = False


def repair(text: str) -> str:
    """The text with its legacy parts in Unicode; the same text where it has none. Time grows with its length."""
    if SUSPECT.search(text):
        text = "\n".join(_repaired([[Run(line)] for line in text.split("\n")]))
    return _without_eth(text)


def repair_runs(paragraphs: Sequence[Sequence[Run]]) -> list[str]:
    """The paragraphs' texts in Unicode. A font's name is believed only where the font's words don't say otherwise."""
    return [_without_eth(text) for text in _repaired(paragraphs)]


def vietnamese_share(text: str) -> tuple[float, int]:
    """(share, count) of the words with letters beyond ASCII that are possible Vietnamese syllables."""
    found = evidence_of(text)
    return found.share, found.good + found.bad


def _repaired(paragraphs: Sequence[Sequence[Run]]) -> list[str]:
    held = [_segments(runs) for runs in paragraphs]
    segments = [segment for group in held for segment in group]
    _decide(segments)
    texts = []
    before = ""
    for group in held:
        if not any(segment.reading for segment in group):
            before = "".join(segment.text for segment in group)
            texts.append(before)
            continue
        text = "".join(_converted(segment) for segment in group)
        if any(segment.reading in ("tcvn3", "vps") for segment in group):
            fonts = any(segment.font for segment in group)
            text = raise_case(text) if fonts or not before.strip() else raise_case(f"x\n{text}")[2:]
        before = text
        texts.append(text)
    return texts


def _segments(runs: Sequence[Run]) -> list[_Segment]:
    segments: list[_Segment] = []
    for run in runs:
        if segments and segments[-1].font == run.font:
            segments[-1].text += run.text
        elif run.text:
            segments.append(_Segment(run.text, run.font))
    return segments


def _converted(segment: _Segment) -> str:
    if not segment.reading:
        return segment.text
    text = convert(segment.text, segment.reading, font=_promised(segment.font) == segment.reading)
    return text.upper() if segment.font and _CAPITALS.match(segment.font) else text


def _decide(segments: Sequence[_Segment]) -> None:
    for segment in segments:
        _decide_alone(segment)
    by_font = _decide_fonts(segments)
    for segment in segments:
        decided = by_font.get(segment.font) if segment.font else None
        if decided is not None and (
            _may_be(segment, decided) if segment.reading is None else _says_as_much(segment, decided)
        ):
            segment.reading = decided
            segment.sure = bool(decided)
    if not any(segment.reading for segment in segments):
        _decide_all(segments)
    _follow_neighbours(segments)


def _decide_alone(segment: _Segment) -> None:
    text = segment.text
    if text.isascii():
        segment.reading = None
        return
    if not SUSPECT.search(text):
        if UNICODE.search(text):
            segment.reading, segment.sure = _AS_IT_STANDS, True
        return
    segment.found = under_readings(text)
    best = _best(segment.found)
    if best is not None:
        segment.reading, segment.sure = best, True
    elif UNICODE.search(text) and segment.found[_AS_IT_STANDS].share > _DOUBTFUL:
        segment.reading, segment.sure = _AS_IT_STANDS, True


def _best(found: dict[str, Evidence]) -> str | None:
    """The reading under which the words are Vietnamese, if as they stand they are not."""
    standing = found[_AS_IT_STANDS]
    if standing.share > _DOUBTFUL:
        return None
    best, best_share = None, _PLAUSIBLE
    for name, evidence in found.items():
        more = evidence.good - standing.good
        if name and more >= _FEWEST and evidence.good >= _FEWEST and evidence.share >= best_share:
            best, best_share = name, evidence.share + _RARER
    return best


def _promised(font: str | None) -> str | None:
    return next((name for pattern, name in _FONTS if pattern.match(font)), None) if font else None


def _decide_fonts(segments: Sequence[_Segment]) -> dict[str, str]:
    """What each font holds, over the whole document."""
    totals: dict[str, dict[str, Evidence]] = defaultdict(lambda: defaultdict(Evidence))
    unicode: dict[str, int] = defaultdict(int)
    for segment in segments:
        if not segment.font:
            continue
        if segment.found:
            for name, evidence in segment.found.items():
                totals[segment.font][name].add(evidence)
        elif segment.reading == _AS_IT_STANDS:
            unicode[segment.font] += 1
    decided: dict[str, str] = {}
    for font in {segment.font for segment in segments if segment.font}:
        found = totals.get(font)
        best = _best(found) if found else None
        promised = _promised(font)
        if found and best and unicode[font] <= found[best].good:
            decided[font] = best
        elif unicode[font]:
            decided[font] = _AS_IT_STANDS
        elif promised:
            decided[font] = promised
    return decided


def _may_be(segment: _Segment, reading: str) -> bool:
    """True where the reading explains the segment's words no worse than they stand."""
    if segment.text.isascii():
        return bool(segment.font and _CAPITALS.match(segment.font))
    if not reading:
        return True
    if not segment.found:
        segment.found = under_readings(segment.text)
    standing, read = segment.found[_AS_IT_STANDS], segment.found[reading]
    return read.bad <= standing.bad or read.good > standing.good


def _says_as_much(segment: _Segment, reading: str) -> bool:
    """True where the reading of the segment's font explains its few words as well as the one that they chose alone."""
    if not reading or not segment.reading or reading == segment.reading:
        return False
    own, other = segment.found[segment.reading], segment.found[reading]
    return other.good >= own.good and other.bad <= own.bad


def _decide_all(segments: Sequence[_Segment]) -> None:
    """Where no segment is long enough to say anything, all of them together may be."""
    total: dict[str, Evidence] = defaultdict(Evidence)
    undecided = [s for s in segments if s.reading is None and not s.text.isascii()]
    if not any(segment.found for segment in undecided) or any(s.reading == _AS_IT_STANDS for s in segments):
        return
    for segment in undecided:
        if not segment.found:
            segment.found = under_readings(segment.text)
        for name, evidence in segment.found.items():
            total[name].add(evidence)
    best = _best(total)
    if best:
        for segment in undecided:
            segment.reading = best


def _follow_neighbours(segments: Sequence[_Segment]) -> None:
    """What is too short to judge goes with the nearest that is judged; of two, with the one that explains it better."""
    last = len(segments) - 1
    before = _nearest_sure(segments)
    after = [None if n is None else last - n for n in _nearest_sure(segments[::-1])][::-1]
    for number, segment in enumerate(segments):
        if segment.reading is not None or segment.text.isascii():
            continue
        near: list[tuple[float, int, str]] = []
        for place in (before[number], after[number]):
            reading = (segments[place].reading or _AS_IT_STANDS) if place is not None else _AS_IT_STANDS
            if place is not None and _may_be(segment, reading):
                share = segment.found[reading].share if segment.found else 0.0
                near.append((-share, abs(number - place), reading))
        if near:
            segment.reading = min(near)[2]


def _nearest_sure(segments: Sequence[_Segment]) -> list[int | None]:
    found: list[int | None] = []
    last: int | None = None
    for number, segment in enumerate(segments):
        found.append(last)
        if segment.sure:
            last = number
    return found


def _without_eth(text: str) -> str:
    return _WITH_ETH.sub(_eth_as_d, text) if "ð" in text or "Ð" in text else text


def _eth_as_d(match: re.Match[str]) -> str:
    """The Icelandic letter where an old keyboard put it for đ: "Ðảng" -> "Đảng"."""
    mended = match[0].replace("ð", "đ").replace("Ð", "Đ")
    return mended if is_syllable(mended) else match[0]
