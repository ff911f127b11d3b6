"""Whether a word with accents is a syllable as Vietnamese is written: what tells words from garbled ones."""

import re
import unicodedata
from functools import lru_cache

from matching.text.fold import fold
from matching.text.spelling import is_possible, parts

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHARP = frozenset("\u0301\u0323")
"""Acute and dot below: the only tones before a stop."""
_STOPS = frozenset({"c", "ch", "p", "t"})

_RIMES = frozenset(
    re.findall(
        r"\w+",
        "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep "
        "et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach "
        "oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot "
        "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi "
        "uôm uôn uông uôt uơ uy uya uych uyn uynh uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn "
        "ương ươp ươt ươu y yêm yên yêng yêt yêu",
    )
)
_AFTER_QU = frozenset({"yn", "ynh", "yt", "ych"})
"""Rimes that "qu" has beside the others: "quỳnh"."""


@lru_cache(maxsize=65536)
def is_well_written(word: str) -> bool:
    """Say whether *word* is one syllable whose letters, marks and tone Vietnamese puts together, in any case.

    >>> [is_well_written(word) for word in ("Thợ", "NGHIÊNG", "quyển", "giếng", "tâ", "Thî", "hå", "biÓn", "môt")]
    [True, True, True, True, False, False, False, False, False]
    """
    bare, tones = _without_tone(word.lower())
    cut = parts(fold(bare)) if is_possible(fold(bare)) else None
    if cut is None or len(tones) > 1:
        return False
    onset, _, coda = cut
    written = bare[len(onset) :]
    if coda in _STOPS and not (tones and _SHARP.issuperset(tones)):
        return False
    return written in _RIMES or (onset == "qu" and written in _AFTER_QU)


def _without_tone(word: str) -> tuple[str, list[str]]:
    decomposed = unicodedata.normalize("NFD", word)
    tones = [char for char in decomposed if char in _TONES]
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES)), tones
