"""How syllables are misspelt: what can be a syllable, what sounds alike, what a keyboard leaves behind."""

import re
import unicodedata
from functools import lru_cache

_ONSETS = r"ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvxfwzj]"
_NUCLEI = r"[aeiouy]{1,3}"
_CODAS = r"ch|ng|nh|[cmnpt]"
_PARTS = re.compile(rf"(?P<onset>{_ONSETS})?(?P<nucleus>{_NUCLEI})(?P<coda>{_CODAS})?")

_RIMES = frozenset(
    re.findall(
        r"\w+",
        "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet "
        "ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc "
        "oong op ot u ua uac uai uan uang uanh uao uat uau uay uc ue uech uenh ui um un ung uoc uoi uom uon uong uop "
        "uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu y yem yen yeng yet yeu",
    )
)

_SOUNDS = (
    ({"n", "l"}, {"ch", "tr"}, {"s", "x"}, {"d", "gi", "r", "v", "z", "j"}, {"c", "k", "qu", "q"}, {"g", "gh"},
     {"ng", "ngh"}, {"ph", "f", "p"}, {"qu", "w", "h"}),
    ({"i", "y", "ie", "ye"}, {"u", "uo", "uu", "uou"}, {"ai", "ay"}, {"ao", "au"}, {"iu", "ieu", "yeu"},
     {"oi", "uoi"}, {"o", "oo"}),
    ({"n", "ng", "nh"}, {"c", "t", "ch"}),
)  # fmt: skip
"""Onsets, nuclei and codas that one region or another does not tell apart, and so writes for each other."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm", "ik", "ol", "wa", "es")
_NEIGHBOURS = frozenset(
    pair for row in _ROWS for i in range(len(row) - 1) for pair in (row[i : i + 2], row[i + 1] + row[i])
)
"""Pairs of neighbouring keys."""

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_DIGITS = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
"""VNI keys of the tones, as telex letters."""

_STOPS = frozenset({"c", "ch", "p", "t"})
"""Codas after which every syllable has a tone."""
_HATTED = ("ie", "uo", "ye")
"""Nuclei that carry a hat or horn before a coda."""

_HAT, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_DOUBLED = re.compile(r"([aeo])(\w*?)\1")
_LEAST_KEYS = 3


@lru_cache(maxsize=65536)
def is_possible(folded: str) -> bool:
    """Say whether folded letters can be a Vietnamese syllable at all.

    >>> [is_possible(word) for word in ("tho", "nghieng", "gi", "thp", "thoz", "hoof", "gho")]
    [True, True, True, False, False, False, False]
    """
    found = _PARTS.fullmatch(folded)
    if found is None or (found["onset"] or "") in ("f", "w", "z", "j", "q"):
        return False
    onset, front = found["onset"] or "", found["nucleus"][0] in "eiy"
    if onset in ("gh", "ngh", "k") and not front:
        return False
    if (onset in ("ng", "c") and front) or (onset == "g" and found["nucleus"][0] == "e"):
        return False
    return found["nucleus"] + (found["coda"] or "") in _RIMES


@lru_cache(maxsize=65536)
def lacks_marks(word: str) -> bool:
    """Say whether a syllable typed without marks cannot be meant so: a stop needs a tone, "uo" and "ie" need a hat.

    >>> [lacks_marks(word) for word in ("hoc", "muon", "thich", "kiem", "ban", "học", "k", "thuo")]
    [True, True, True, True, False, False, False, False]
    """
    found = _PARTS.fullmatch(word)
    if found is None or not found["coda"]:
        return False
    return found["coda"] in _STOPS or found["nucleus"].endswith(_HATTED)


@lru_cache(maxsize=65536)
def parts(folded: str) -> tuple[str, str, str] | None:
    """Return onset, nucleus and coda of a folded syllable; None when it has no such parts.

    >>> parts("nghieng"), parts("an"), parts("thp")
    (('ngh', 'ie', 'ng'), ('', 'a', 'n'), None)
    """
    found = _PARTS.fullmatch(folded)
    return None if found is None else (found["onset"] or "", found["nucleus"], found["coda"] or "")


def sounds_like(left: str, right: str) -> bool:
    """Say whether two folded syllables differ in one part only, and that part is one that people confuse.

    >>> sounds_like("nam", "lam"), sounds_like("tro", "cho"), sounds_like("han", "hang"), sounds_like("nang", "lan")
    (True, True, True, False)
    """
    first, second = parts(left), parts(right)
    if first is None or second is None:
        return False
    differing = [i for i in range(3) if first[i] != second[i]]
    return len(differing) == 1 and any({first[differing[0]], second[differing[0]]} <= g for g in _SOUNDS[differing[0]])


def alike(folded: str) -> tuple[str, ...]:
    """Return every spelling that `sounds_like` the syllable, words or not.

    >>> alike("xua")[:2], "lam" in alike("nam"), alike("thp")
    (('sua',), True, ())
    """
    cut = parts(folded)
    if cut is None:
        return ()
    found: dict[str, None] = {}
    for i, groups in enumerate(_SOUNDS):
        for group in groups:
            if cut[i] in group:
                found.update(
                    dict.fromkeys("".join((*cut[:i], other, *cut[i + 1 :])) for other in sorted(group - {cut[i]}))
                )
    return tuple(found)


def slip_of_a_finger(typed: str, meant: str) -> bool:
    """Say whether one key went wrong: two letters swapped, one doubled, or its neighbour hit; both folded.

    >>> [slip_of_a_finger(*pair) for pair in (("htp", "thp"), ("lamm", "lam"), ("lsm", "lam"), ("lkm", "lam"))]
    [True, True, True, False]
    """
    if len(typed) == len(meant):
        off = [i for i in range(len(typed)) if typed[i] != meant[i]]
        if len(off) == 1:
            return typed[off[0]] + meant[off[0]] in _NEIGHBOURS
        return len(off) == 2 and typed[off[0]] == meant[off[1]] and typed[off[1]] == meant[off[0]]
    return len(typed) > len(meant) and any(meant[: i + 1] + meant[i:] == typed for i in range(len(meant)))


@lru_cache(maxsize=65536)
def from_keys(word: str) -> str | None:
    """Return the syllable that the keys of a telex or VNI keyboard mean; None when the word has none of them.

    >>> [from_keys(word) for word in ("thowj", "hoof", "tho75", "ho62", "dduwowngf", "thaays", "lam", "2tr")]
    ['thợ', 'hồ', 'thợ', 'hồ', 'đường', 'thấy', None, None]
    """
    if len(word) < _LEAST_KEYS or not word.isascii() or not word[0].isalpha():
        return None
    keys = _vni_as_telex(word.lower())
    return _telex(keys) if keys is not None else None


def _vni_as_telex(word: str) -> str | None:
    """Return VNI keys as telex keys: digits after the letters they mark."""
    out: list[str] = []
    tone = ""
    for char in word:
        if char in _DIGITS:
            tone += _DIGITS[char]
        elif char == "6":
            at = max((i for i, c in enumerate(out) if c in "aeo"), default=-1)
            if at < 0:
                return None
            out.insert(at, out[at])
        elif char in "78":
            out.append("w")
        elif char == "9":
            if "d" not in out:
                return None
            out.insert(out.index("d"), "d")
        elif char.isdigit():
            return None
        else:
            out.append(char)
    return "".join(out) + tone


def _telex(keys: str) -> str | None:
    """Return what telex keys mean, NFC; None when nothing in them is a key, or they mean nothing."""
    body, tone = _without_tone(keys)
    plain = body
    if body.startswith("dd"):
        body = "đ" + body[2:]
    elif body[:1] == "d" and body[1:].count("d") == 1:
        body = "đ" + body[1:].replace("d", "")
    body = _DOUBLED.sub(lambda m: f"{m[1]}{_HAT}{m[2]}", body, count=1)
    body = _with_horns(body)
    if "w" in body or (body == plain and not tone):
        return None
    at = _tone_place(body)
    if tone and at < 0:
        return None
    return unicodedata.normalize("NFC", body[:at] + _TONES[tone] + body[at:] if tone else body)


def _without_tone(keys: str) -> tuple[str, str]:
    """Return the keys without their tone letter (the last one after a vowel), and that letter or ""."""
    vowel = re.search("[aeiouyw]", keys[1:])
    if vowel is None:
        return keys, ""
    tones = [i for i in range(vowel.start() + 2, len(keys)) if keys[i] in _TONES]
    if len(tones) != 1:
        return keys, ""
    return keys[: tones[0]] + keys[tones[0] + 1 :], keys[tones[0]]


def _with_horns(body: str) -> str:
    """Return the letters with the mark that a "w" gives: uow is ươ, ow is ơ, uw is ư, aw is ă."""
    count = body.count("w")
    if not 1 <= count <= 2:
        return body
    bare = body.replace("w", "")
    if "uo" in bare:
        return bare.replace("uo", f"u{_HORN}o{_HORN}", 1)
    for vowel, mark in (("o", _HORN), ("u", _HORN), ("a", _BREVE)):
        if vowel in bare and count == 1 and not (vowel == "u" and "qu" in bare):
            return bare.replace(vowel, vowel + mark, 1)
    return body


def _tone_place(body: str) -> int:
    """Return where the tone mark goes: after the marked vowel, else after the first of the vowels; -1 without any."""
    marked = [i for i, c in enumerate(body) if c in (_HAT, _HORN, _BREVE)]
    if marked:
        return marked[-1] + 1
    start = 2 if body.startswith(("qu", "gi")) and len(body) > 2 else 0
    vowels = [i for i in range(start, len(body)) if body[i] in "aeiouy"]
    return vowels[0] + 1 if vowels else -1
