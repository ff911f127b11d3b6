"""What pages say, by key, in Vietnamese and English."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
CATALOGUE = Path(__file__).parent / "messages.toml"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every message: dotted key -> language -> text."""
    found: dict[str, Mapping[str, str]] = {}
    _flatten(tomllib.loads(CATALOGUE.read_text(encoding="utf-8")), "", found)
    return found


def translator(language: Language) -> Callable[..., str]:
    """Return a function from a key (and values for its ``{names}``) to the text in one language.

    A key without a message is returned as it is: a code that the catalogue does not know is better than a fault.
    """
    position = LANGUAGES.index(language)

    def translate(key: str, **values: object) -> str:
        message = catalogue().get(key)
        if message is None:
            return key.rpartition(".")[2]
        text = message[LANGUAGES[position]]
        return text.format(**values) if values else text

    return translate


def _flatten(table: Mapping[str, object], prefix: str, found: dict[str, Mapping[str, str]]) -> None:
    for key, value in table.items():
        if isinstance(value, dict) and set(value) == set(LANGUAGES):
            found[prefix + key] = value
        elif isinstance(value, dict):
            _flatten(value, f"{prefix}{key}.", found)
