"""Promises of the phrase automaton, held against a plain reading of the same rules."""

import unicodedata
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.extraction.lexicon import Entry, Lexicon
from matching.taxonomy.wording import CLASSES, GAP, MAX_GAP
from matching.text.fold import agreement, fold
from matching.text.syllables import PAUSE, Syllables, syllables

ENTRIES = tuple(
    Entry(layer=layer, code=code, phrase=phrase)
    for layer, code, phrase in (
        ("trade", "7531", "thợ may"), ("trade", "7233", "thợ máy"), ("trade", "7233", "thợ máy tàu"),
        ("trade", "8153", "may công nghiệp"), ("trade", "7112", "thợ hồ"), ("skill", "sew", "may"),
        ("negator", "", "không"), ("negator", "", "chưa"), ("want", "", "muốn"), ("kin", "", "vợ"),
        ("kin", "", "má"), ("need", "job", "WANT việc"), ("need", "job", "WANT có việc"),
        ("limit", "far", "NEG … đi xa"), ("limit", "far", "đi xa NEG"), ("limit", "kin", "KIN … không cho"),
        ("limit", "sick", "đau … lưng"), ("need", "none", "NEG WANT"),
    )
)  # fmt: skip
LEXICON = Lexicon(ENTRIES)
WORDS = ["thợ", "tho", "may", "máy", "mày", "tàu", "không", "khong", "muốn", "việc", "viec", "có", "đi", "xa", "vợ",
         "má", "ma", "cho", "đau", "lưng", "công", "nghiệp", "hồ", "hố", "chưa", "x"]  # fmt: skip
Found = set[tuple[str, int, int, int]]


def spelt(text: Syllables, words: list[str], first: int) -> int | None:
    """Exact syllables of *words* at *first*, 0 in a text without accents; None when they do not stand there."""
    exact, bare = 0, text.source.original.isascii()
    for i, word in enumerate(words, start=first):
        if i >= len(text) or text.folded[i] != fold(word) or not agreement(text.typed(i), word):
            return None
        exact += not bare and agreement(text.typed(i), word) == 2
    return exact


def standing(text: Syllables, entry: Entry) -> Found:
    """Every place where a phrase stands, looked for word by word."""
    ends: set[tuple[int, int, int]] = {(i, i, 0) for i in range(len(text))}
    gap, begun = 0, False
    for word in entry.phrase.split():
        if word == GAP:
            gap = MAX_GAP
            continue
        grown = set()
        for (first, stop, exact), skip in product(ends, range(gap + 1 if begun else 1)):
            at = stop + skip
            for length, more in options(text, word, at):
                grown.add((first, at + length, exact + more + skip))
        ends, gap, begun = grown, 0, True
    return {(entry.layer, *end) for end in ends if one_clause(text, end[0], end[1])}


def options(text: Syllables, word: str, at: int) -> list[tuple[int, int]]:
    if word in CLASSES:
        of_class = [e.phrase.split() for e in ENTRIES if e.layer == CLASSES[word]]
        return [(len(w), exact) for w in of_class if (exact := spelt(text, w, at)) is not None]
    exact = spelt(text, [word], at)
    return [] if exact is None else [(1, exact)]


def one_clause(text: Syllables, first: int, stop: int) -> bool:
    return stop > first and max(text.breaks[first : stop - 1], default=0) < PAUSE


def longest(found: Found) -> Found:
    kept: Found = set()
    for layer, first, stop, exact in sorted(found, key=lambda f: (f[1] - f[2], -f[3], f[1])):
        if all(stop <= f or s <= first for other, f, s, _ in kept if other == layer):
            kept.add((layer, first, stop, exact))
    return kept


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", " ", ", ", ". "])), max_size=12))
def test_every_phrase_is_found_as_by_a_plain_search(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    cut = syllables(text)
    plain = longest({found for entry in ENTRIES for found in standing(cut, entry)})
    read = {(h.layer, h.first, h.stop, h.exact) for hits in LEXICON.find(cut).values() for h in hits}
    assert read == plain
    decomposed = LEXICON.find(syllables(unicodedata.normalize("NFD", text)))
    assert {(h.layer, h.first, h.stop, h.exact) for hits in decomposed.values() for h in hits} == plain


def test_accents_that_were_typed_decide_between_readings() -> None:
    """X4."""
    assert [h.code for h in LEXICON.find(syllables("thợ máy"))["trade"]] == ["7233"]
    assert [h.code for h in LEXICON.find(syllables("tho may tau"))["trade"]] == ["7233"]
    assert "trade" not in LEXICON.find(syllables("thợ mày"))
