"""Amounts, distances, dates and times as a person reads them, in Vietnamese and English."""

from datetime import date

_UNITS = ((10**9, "tỷ", "billion"), (10**6, "triệu", "million"), (10**3, "nghìn", "thousand"))


def money(amount: float) -> tuple[str, str]:
    """Return a sum in VND in both languages.

    >>> money(20_000_000), money(25_500_000), money(800_000)
    (('20 triệu', 'VND 20 million'), ('25,5 triệu', 'VND 25.5 million'), ('800 nghìn', 'VND 800 thousand'))
    >>> money(4_000_001)
    ('4.000.001 đồng', 'VND 4,000,001')
    """
    whole = round(amount)
    for size, vi, en in _UNITS:
        if whole >= size and whole * 100 % size == 0:
            figure = f"{whole / size:.2f}".rstrip("0").rstrip(".")
            return f"{figure.replace('.', ',')} {vi}", f"VND {figure} {en}"
    return f"{whole:,}".replace(",", ".") + " đồng", f"VND {whole:,}"


def about(amount: float) -> tuple[str, str]:
    """Return a sum that was converted (a wage by the day, say), rounded to 10,000 VND.

    >>> about(7_803_333.0)
    ('7,8 triệu', 'VND 7.8 million')
    """
    return money(round(amount / 10_000) * 10_000)


def kilometres(distance: float) -> str:
    """Return a distance; below 10 km with one decimal in Vietnamese notation.

    >>> kilometres(12.3), kilometres(5.04), kilometres(0.46)
    ('12 km', '5 km', '0,5 km')
    """
    figure = f"{distance:.0f}" if distance >= 10 else f"{distance:.1f}".removesuffix(".0")
    return f"{figure.replace('.', ',')} km"


def day(ordinal: int) -> str:
    """Return a day as dd/mm/yyyy.

    >>> day(date(2026, 12, 1).toordinal())
    '01/12/2026'
    """
    return f"{date.fromordinal(int(ordinal)):%d/%m/%Y}"


def clock(minutes: int) -> str:
    """Return minutes after midnight as HH:MM.

    >>> clock(510)
    '08:30'
    """
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def listed(words: list[str], last: str) -> str:
    """Join words for a sentence.

    >>> listed(["a", "b", "c"], "và")
    'a, b và c'
    """
    return " ".join((", ".join(words[:-1]), last, words[-1])) if len(words) > 1 else "".join(words)
