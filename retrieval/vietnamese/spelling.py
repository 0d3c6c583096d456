"""Is this written word a possible Vietnamese syllable? By the rules: onset, rhyme, tone. Which are capitals?"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ONSETS = (
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo
    ep et ê êch êm ên ênh êp êt êu êng i ia ich im in inh ip it iu iê iêc iêm iên iêng iêp iêt iêu o oa oac
    oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op
    ot ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt ơng u ua uân uâng uât uây uc ue uê uêch uênh ui um un ung
    uơ up ut uy uya uych uyên uyêt uynh uyt uyu uyn uyp uôc uôi uôm uôn uông uôt uô ư ưa ưc ưi ưm ưn ưng ưt ưu
    ươ ươc ươi ươm ươn ương ươp ươt ươu y yê yêm yên yêng yêt yêu ynh
    """.split()
)
_AFTER_QU = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât ây e en eo et ê ên êt êch ênh
    i ich in inh it iu o oc ôc ơ ơi ơn y ych yên yêt ynh yt yêu yu
    """.split()
)
_STOPPED = ("c", "ch", "p", "t")
_LETTERS = [chr(code) for code in range(0x41, 0x1EFA) if chr(code).isalpha()]
CAPITAL = f"[{''.join(c for c in _LETTERS if c.isupper())}]"
SMALL = f"[{''.join(c for c in _LETTERS if c.islower())}]"
"""Regular expressions of one letter; Vietnamese capitals and small letters alternate, so ranges won't do."""


@lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """True of "nghị", "Quyết", "ĐẢNG"; false of "nghÞ", "quyeát", "déjà". Old and new tone spots both pass."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in decomposed if c in _TONES]
    if len(tones) > 1:
        return False
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return any(
        _rhymes(onset, letters[len(onset) :], tones[0] if tones else "")
        for onset in _ONSETS
        if letters.startswith(onset)
    )


def _rhymes(onset: str, rhyme: str, tone: str) -> bool:
    if onset == "gi" and not rhyme:
        return True
    if onset == "gi" and rhyme[:1] in "ê":
        rhyme = f"i{rhyme}"
    if rhyme not in (_AFTER_QU if onset == "qu" else _RHYMES):
        return False
    front = rhyme[0] in "eêiy"
    if (onset in ("k", "gh", "ngh") and not front) or (onset in ("c", "ng") and front):
        return False
    if onset == "g" and rhyme[0] in "eêy":
        return False
    return not (rhyme.endswith(_STOPPED) and tone in ("\u0300", "\u0303", "\u0309"))
