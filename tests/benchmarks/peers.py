"""Phrase matchers that others built, each behind one function: folded text in, phrases out."""

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

Find = Callable[[str], list[str]]


def installed_peers(phrases: Sequence[str], *, only: str | None = None) -> dict[str, Find]:
    """Return the peers that are installed, or one of them, with the dictionary *phrases*."""
    return {name: make(phrases) for name, make in _MAKERS.items() if only in (None, name) and find_spec(name)}


def _flashtext(phrases: Sequence[str]) -> Find:
    processor: Any = import_module("flashtext").KeywordProcessor()
    for phrase in phrases:
        processor.add_keyword(phrase, phrase)
    find: Find = processor.extract_keywords
    return find


def _flashtext2(phrases: Sequence[str]) -> Find:
    processor: Any = import_module("flashtext2").KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_iter(phrases)
    find: Find = processor.extract_keywords
    return find


def _spacy(phrases: Sequence[str]) -> Find:
    vocab: Any = import_module("spacy").blank("xx").vocab
    make: Any = import_module("spacy.tokens").Doc
    matcher: Any = import_module("spacy.matcher").PhraseMatcher(vocab)
    matcher.add("phrase", [make(vocab, words=phrase.split()) for phrase in phrases])

    def find(text: str) -> list[str]:
        words = text.split()
        return leftmost_longest(words, [(first, stop) for _, first, stop in matcher(make(vocab, words=words))])

    return find


def leftmost_longest(words: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return the phrases at *spans* from the left, the longest at each place, none inside another."""
    found, end = [], 0
    for first, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if first >= end:
            found.append(" ".join(words[first:stop]))
            end = stop
    return found


_MAKERS: dict[str, Callable[[Sequence[str]], Find]] = {
    "flashtext": _flashtext,
    "flashtext2": _flashtext2,
    "spacy": _spacy,
}
