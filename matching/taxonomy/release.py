"""One release of the taxonomy: all tables loaded together, cross-references checked, with one hash."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.taxonomy.aliases import Alias
from matching.taxonomy.licences import Licences, load_licences
from matching.taxonomy.occupations import Occupations, load_occupations
from matching.taxonomy.places import Places, load_places
from matching.taxonomy.posting_wording import PostingWording, load_posting_wording
from matching.taxonomy.skills import Skills, load_skills, occupation_similarity
from matching.taxonomy.wording import Wording, load_wording

DATA = Path(__file__).parent / "data"
"""The release that ships with the package."""

_TABLES = frozenset({".csv", ".npz"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """All that a release defines."""

    release: str
    """Name of the release: "2026.1"; "2026.1+9f2ab1c4" with phrases accepted since."""
    sha256: str
    """Hash over the names and bytes of all its tables."""
    occupations: Occupations
    skills: Skills
    licences: Licences
    places: Places
    wording: Wording
    posting_wording: PostingWording
    similarity: npt.NDArray[np.float32]
    """How near each two unit groups are, (n_occ, n_occ), 0 to 1."""
    accepted: tuple[Alias, ...] = ()
    """Aliases of occupations accepted since the release: `accepted.with_accepted`."""


def load_taxonomy(folder: Path = DATA) -> Taxonomy:
    """Load the release in *folder* and check every reference in it.

    Raises
    ------
    TaxonomyError
        A table is missing or contradicts another; the message names file, line and column.
    """
    occupations = load_occupations(folder)
    skills = load_skills(folder, occupations)
    return Taxonomy(
        release=(folder / "RELEASE").read_text(encoding="utf-8").strip(),
        sha256=_hash(folder),
        occupations=occupations,
        skills=skills,
        licences=load_licences(folder),
        places=load_places(folder),
        wording=load_wording(folder, occupations),
        posting_wording=load_posting_wording(folder, occupations),
        similarity=occupation_similarity(occupations, skills),
    )


@cache
def current_taxonomy() -> Taxonomy:
    """Return the shipped release, loaded once a process."""
    return load_taxonomy()


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.suffix in _TABLES):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
