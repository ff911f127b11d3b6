"""Promises of the finder of phrases, held against a plain search."""

from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.finder import PhraseFinder

PHRASES = ["tho ho", "tho ho chinh", "tho", "ho", "co2", "han co2", "3d", "in 3d", "2 kim", "may 2 kim", "a"]
FINDER = PhraseFinder(PHRASES)
WORDS = ["tho", "ho", "chinh", "hoa", "co2", "x3d", "3d", "in", "han", "2", "kim", "may", "a2", "12", "đ", "a"]


def plainly(text: str) -> list[str]:
    """The longest phrase at each word from the left; a comma parts."""
    found = []
    for run in text.replace("đ", " ").split(","):
        words = run.split()
        first = 0
        while first < len(words):
            stops = [s for s in range(len(words), first, -1) if " ".join(words[first:s]) in PHRASES]
            found += [" ".join(words[first : stops[0]])] if stops else []
            first = stops[0] if stops else first + 1
    return found


TEXTS = st.lists(st.sampled_from([*WORDS, ","]), max_size=14).map(lambda words: " ".join(words).replace(" đ ", " , "))


@given(st.lists(TEXTS, max_size=5))
def test_a_batch_finds_what_a_plain_search_finds(texts: list[str]) -> None:
    assert FINDER.find_all(texts) == [plainly(text) for text in texts]
    assert [FINDER.find(text) for text in texts] == [plainly(text) for text in texts]


@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_gives_one_list(texts: list[str]) -> None:
    """F1: separators of the batch, line ends and foreign letters in the text are only marks."""
    assert len(FINDER.find_all(texts)) == len(FINDER.between(texts)) == len(texts)


def test_a_number_inside_a_word_is_no_phrase() -> None:
    assert FINDER.find("x3d in 3d") == ["in 3d"]
