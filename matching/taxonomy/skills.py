"""Skills: what a person can do, and which occupations use it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.errors import TaxonomyError
from matching.taxonomy.aliases import Alias, read_aliases
from matching.taxonomy.occupations import Occupations
from matching.taxonomy.tables import read_table

_CODE_SIMILARITY = (0.0, 0.05, 0.15, 0.35, 1.0)
"""Similarity of two unit groups by the number of leading digits they share."""

_SKILL_SHARE = 0.6
"""Share of the shared skills in the blended similarity; the rest is code distance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """The skills of a release; `row` gives the position of a code in every column."""

    codes: tuple[str, ...]
    row: dict[str, int]
    names_vi: tuple[str, ...]
    names_en: tuple[str, ...]
    aliases: tuple[Alias, ...]
    of_occupation: npt.NDArray[np.float32]
    """How central each skill is to each occupation, (n_occ, n_skills), 0 to 1."""

    def __len__(self) -> int:
        return len(self.codes)


def load_skills(folder: Path, occupations: Occupations) -> Skills:
    """Load `skills.csv`, `skill_aliases.csv` and `occupation_skills.csv`.

    Raises
    ------
    TaxonomyError
        A code is repeated, or a reference does not resolve.
    """
    path = folder / "skills.csv"
    names: dict[str, tuple[str, str]] = {}
    for line, (code, name_vi, name_en, _group) in read_table(path, ("code", "name_vi", "name_en", "group")):
        if code in names:
            raise TaxonomyError(f"{path.name}, line {line}, column code: [{code}] stands twice")
        names[code] = (name_vi, name_en)
    codes = tuple(sorted(names))
    row = {code: i for i, code in enumerate(codes)}
    return Skills(
        codes=codes,
        row=row,
        names_vi=tuple(names[code][0] for code in codes),
        names_en=tuple(names[code][1] for code in codes),
        aliases=read_aliases(folder / "skill_aliases.csv", codes),
        of_occupation=_links(folder / "occupation_skills.csv", occupations, row),
    )


def _links(path: Path, occupations: Occupations, row: dict[str, int]) -> npt.NDArray[np.float32]:
    weights = np.zeros((len(occupations), len(row)), dtype=np.float32)
    for line, (occupation, skill, weight) in read_table(path, ("occupation", "skill", "weight")):
        where = f"{path.name}, line {line}"
        if occupation not in occupations.row or skill not in row:
            raise TaxonomyError(f"{where}: occupation [{occupation}] or skill [{skill}] is not defined")
        if not 0 < float(weight) <= 1:
            raise TaxonomyError(f"{where}, column weight: [{weight}] must be above 0 and at most 1")
        cell = (occupations.row[occupation], row[skill])
        if weights[cell]:
            raise TaxonomyError(f"{where}: [{occupation}, {skill}] stands twice")
        weights[cell] = float(weight)
    return weights


def occupation_similarity(occupations: Occupations, skills: Skills) -> npt.NDArray[np.float32]:
    """Return how near each two occupations are, (n_occ, n_occ), 1 on the diagonal, symmetric, 0 to 1.

    The cosine of their weighted skills, blended with how many leading digits their codes share.
    """
    norms = np.linalg.norm(skills.of_occupation, axis=1, keepdims=True)
    unit = skills.of_occupation / np.where(norms > 0, norms, 1)
    digits = np.array([[int(d) for d in code] for code in occupations.codes], dtype=np.int8)
    same = digits[:, None, :] == digits[None, :, :]
    shared = np.cumprod(same, axis=2).sum(axis=2)
    by_code = np.array(_CODE_SIMILARITY, dtype=np.float32)[shared]
    blended = _SKILL_SHARE * (unit @ unit.T) + (1 - _SKILL_SHARE) * by_code
    np.fill_diagonal(blended, 1.0)
    similarity: npt.NDArray[np.float32] = np.clip(blended, 0, 1).astype(np.float32)
    return similarity
