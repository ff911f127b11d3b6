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


_EITHER = frozenset({"oa", "oe", "uy"})
"""Vowels whose tone one spelling puts on the first, the other on the last: hòa, hoà."""
_MARKED = frozenset("ăâêôơư")


@lru_cache(maxsize=65536)
def is_well_written(word: str) -> bool:
    """Say whether *word* is one syllable whose letters, marks and tone Vietnamese puts together so.

    It is in small letters, in capitals, or begins with a capital.

    >>> [is_well_written(word) for word in ("Thợ", "NGHIÊNG", "quyển", "giếng", "gì", "hoà", "hòa")]
    [True, True, True, True, True, True, True]
    >>> [is_well_written(word) for word in ("tâ", "Thî", "hå", "biÓn", "môt", "loì", "tòan")]
    [False, False, False, False, False, False, False]
    """
    if not (word.islower() or word.istitle() or word.isupper()):
        return False
    bare, tones = _apart(word.lower())
    cut = parts(fold(bare)) if is_possible(fold(bare)) else None
    if cut is None or len(tones) > 1:
        return False
    onset, nucleus, coda = cut
    rime, vowels = bare[len(onset) :], bare[len(onset) : len(onset) + len(nucleus)]
    if coda in _STOPS and not (tones and _SHARP.issuperset(tones.values())):
        return False
    if not tones.keys() <= {len(onset) + place for place in _tone_places(vowels, closed=bool(coda))}:
        return False
    return rime in _RIMES or (onset == "qu" and rime in _AFTER_QU)


def _apart(word: str) -> tuple[str, dict[int, str]]:
    """Return the letters with their marks, and the tones by their places."""
    letters, tones = list[str](), dict[int, str]()
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tones[len(letters) - 1] = char
        elif unicodedata.combining(char) and letters:
            letters[-1] += char
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)), tones


def _tone_places(vowels: str, *, closed: bool) -> set[int]:
    """Return where among the vowels the tone may stand: on the last with a mark, before a coda on the last."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in _MARKED]
    if marked:
        return {marked[-1]}
    if closed:
        return {len(vowels) - 1}
    return {0, 1} if vowels in _EITHER else {len(vowels) // 3}
