"""The back-off of the shipped release, as a file of plain arrays: about a megabyte, nothing in it can run code."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from sys import intern

import numpy as np
import numpy.typing as npt

from matching.errors import TaxonomyError
from matching.extraction.backoff import NOTHING, BackOff, Fitted
from matching.taxonomy.release import DATA, Taxonomy

STORED = DATA / "backoff.npz"
"""Made by `python -m matching.extraction.backoff_fitting` (`make backoff`)."""


def write(fitted: Fitted, path: Path) -> None:
    """Write what was learnt; the same is written in the same bytes."""
    np.savez_compressed(
        path,
        allow_pickle=False,
        names=_packed(fitted.names),
        labels=_packed(fitted.labels),
        terms=_packed([term for terms in fitted.terms for term in terms]),
        kinds=np.array([len(terms) for terms in fitted.terms]),
        weights=np.array(fitted.weights),
        rarity=fitted.rarity,
        counts=np.diff(fitted.starts),
        # Steps from row to row are small and pack well; from one feature to the next they wrap around and back.
        steps=np.diff(fitted.holders, prepend=np.uint32(0)),
        times=fitted.times,
        lengths=fitted.lengths,
        worth=fitted.worth,
    )


def read(path: Path) -> Fitted:
    """Read what `write` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        terms = iter(_unpacked(stored["terms"]))
        return Fitted(
            names=_unpacked(stored["names"]),
            labels=tuple(map(intern, _unpacked(stored["labels"]))),
            terms=tuple(tuple(next(terms) for _ in range(count)) for count in stored["kinds"]),
            weights=tuple(stored["weights"].tolist()),
            rarity=stored["rarity"],
            starts=np.concatenate(([0], np.cumsum(stored["counts"]))),
            holders=np.cumsum(stored["steps"], dtype=np.uint32),
            times=stored["times"],
            lengths=stored["lengths"],
            worth=stored["worth"],
        )


@cache
def _shipped() -> BackOff:
    return BackOff(read(STORED))


def occupation_backoff(taxonomy: Taxonomy) -> BackOff:
    """Return the back-off over the aliases and names of unit groups, read at its first use.

    It stays as released when phrases are accepted, and may lack the latest aliases: the lexicon reads both.

    Raises
    ------
    TaxonomyError
        It would suggest codes that the release does not have.
    """
    backoff = _shipped()
    unknown = set(backoff.labels) - taxonomy.occupations.row.keys() - {NOTHING}
    if unknown:
        raise TaxonomyError(f"{STORED.name}: codes {sorted(unknown)} are not in the release; run `make backoff`")
    return backoff


def _packed(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _unpacked(letters: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(letters.tobytes().decode().split("\n"))
