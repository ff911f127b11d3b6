"""Numbers as people write them: digits with dots or commas, and number words."""

import re

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip

_AFTER_TENS = frozenset({"lam", "nham"})
"""Five as it is said after tens only, so that these may be left out: "hai lăm"."""

FIRST_WORD = r"(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|chuc|nua)"
"""Regular expression of the words that a spoken number may begin with."""

NUMBER_WORDS = r"(?:muoi|chuc|tram|mot|hai|ba|bon|tu|lam|nham|sau|bay|tam|chin)"
"""Regular expression of the words that a spoken number may go on with."""

NUMBER = rf"(?:\d+(?:[.,]\d+)*|{FIRST_WORD}(?:\s{NUMBER_WORDS}){{0,3}})"
"""Regular expression of a number in folded text; `number` reads what it matches."""

_TENS_LEFT_OUT = {"mot": 1, "tu": 4, "lam": 5, "nham": 5}
"""How the digit behind tens is said, so that these may be left out; "năm" is none of them."""

_SCORES = {"ham": 20, "bam": 30}
"""Tens that are said so before a digit: "hăm ba" is 23."""

YEARS_OF_LIFE = (
    rf"(?:(?:ham|bam)\s(?:mot|hai|ba|bon|tu|lam|sau|bay|tam|chin)"
    rf"|(?:hai|ba|bon|nam|sau|bay|tam)\s(?:mot|hai|ba|bon|tu|lam|nham|sau|bay|tam|chin)|\d\s?chuc|{NUMBER})"
)
"""Regular expression of a number of years that somebody has lived: "hăm ba", "bốn bảy", "4 chục"."""

_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def number(text: str) -> float | None:
    """Return the value of a folded number, None when it is none.

    >>> [number(t) for t in ("8", "1.500.000", "3,5", "hai muoi lam", "chuc", "hai lam", "nua", "ba chuc")]
    [8.0, 1500000.0, 3.5, 25.0, 10.0, 25.0, 0.5, 30.0]
    """
    if text[:1].isdigit():
        if _THOUSANDS.fullmatch(text):
            return float(re.sub(r"[.,]", "", text))
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return None
    return _spoken(text.split())


def years_of_life(text: str) -> float | None:
    """Return the value of what `YEARS_OF_LIFE` matches; None where two digits may be from one to the other.

    >>> [years_of_life(t) for t in ("ham ba", "bon bay", "sau mot", "4 chuc", "hai muoi lam", "hai ba")]
    [23.0, 47.0, 61.0, 40.0, 25.0, None]
    """
    tens, _, digit = text.partition(" ")
    if tens in _SCORES:
        return float(_SCORES[tens] + _DIGITS.get(digit, 0))
    if digit == "chuc" and tens.isdigit():
        return float(tens) * 10
    if tens in _DIGITS and digit in _DIGITS:
        to_the_next = _DIGITS[digit] == _DIGITS[tens] + 1 and digit not in _TENS_LEFT_OUT
        return None if to_the_next else float(10 * _DIGITS[tens] + _DIGITS[digit])
    return number(text)


def _spoken(words: list[str]) -> float | None:
    """Return the value of number words below a thousand."""
    if words == ["nua"]:
        return 0.5
    total, digit = 0, None
    for word in words:
        if word in ("muoi", "chuc"):
            total += (1 if digit is None else digit) * 10
            digit = None
        elif word == "tram":
            total += (1 if digit is None else digit) * 100
            digit = None
        elif word in _DIGITS:
            if digit is not None and word not in _AFTER_TENS:
                return None
            total += 10 * (digit or 0)
            digit = _DIGITS[word]
        else:
            return None
    return float(total + (digit or 0)) if words else None
