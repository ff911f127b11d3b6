"""Words as letters: one alphabet to find phrases by, one to compare their accents by."""

from matching.extraction.letters import UNKNOWN, Letters


def letters_of(*phrases: str) -> Letters:
    letters = Letters()
    for phrase in phrases:
        letters.learnt(phrase.split())
    return letters


def test_words_that_fold_alike_are_one_letter_of_the_first_alphabet() -> None:
    """X3: whatever accents were typed, a phrase is found by its syllables."""
    letters = letters_of("thợ máy", "thợ may")
    assert letters.learnt(["thợ", "máy"]) == letters.learnt(["thợ", "may"])
    folded = {letters.read(typed.split())[0] for typed in ("thợ máy", "THO MAY", "thơ mãy")}
    assert folded == {letters.learnt(["thợ", "máy"])}


def test_the_second_alphabet_tells_what_was_typed_apart() -> None:
    """X3: typed accents decide between phrases; case and the place of a tone do not."""
    letters = letters_of("máy hòa", "may")
    typed = {word: letters.read([word])[1] for word in ("máy", "may", "MÁY", "hòa", "hoà")}
    assert typed["máy"] == typed["MÁY"] != typed["may"]
    assert typed["hòa"] == typed["hoà"]


def test_words_that_contradict_every_phrase_are_alike() -> None:
    """X3: there are as many letters as ways to type the words of phrases, however texts are garbled."""
    letters = letters_of("máy")
    assert letters.read(["mảy"])[1] == letters.read(["mạy"])[1]
    assert letters.read(["mảy"])[1] != letters.read(["may"])[1]
    assert letters.read(["xyz", "máy"])[0][0] == UNKNOWN
