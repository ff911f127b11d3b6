"""Everything that can go wrong inside `matching`.

    MatchingError
    ├── DataError                 input that breaks its schema; says where and what to do
    │   ├── RecordsError          one or more lines of a file could not be read (all of them listed)
    │   ├── TaxonomyError         a release whose tables contradict each other
    │   ├── UnknownCodeError      a code that the taxonomy release does not define
    │   └── PhraseError           a phrase that may not become an alias
    ├── SnapshotError             a stored pool that cannot be opened
    │   ├── SnapshotBrokenError   missing, foreign, cut short or changed
    │   └── SnapshotStaleError    of another day, release or version of this code
    └── ModelError                a stored model that cannot be served
        ├── ModelNotFoundError
        ├── ModelTamperedError    a file's SHA-256 is not the manifest's
        ├── ModelStaleError       made for other features than this code builds
        └── ModelSignError        a shape table breaks the declared sign of its feature

Being ineligible is an answer, not an error: see `matching.rules`.
"""

from collections.abc import Sequence


class MatchingError(Exception):
    """Root of the tree."""


class DataError(MatchingError):
    """Input that breaks its schema."""


class RecordsError(DataError):
    """Lines of a file that could not be read; every bad line is listed, 50 at most.

    Attributes
    ----------
    problems : tuple of str
        One message a line: file, line number, key, what is wrong and what would be right.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class TaxonomyError(DataError):
    """Tables of a taxonomy release that contradict each other."""


class UnknownCodeError(DataError):
    """A code that the taxonomy release does not define."""


class PhraseError(DataError):
    """A phrase that may not become an alias; says why and what to do instead."""


class SnapshotError(MatchingError):
    """A stored pool that cannot be opened."""


class SnapshotBrokenError(SnapshotError):
    """The snapshot is missing, foreign, cut short or changed."""


class SnapshotStaleError(SnapshotError):
    """The snapshot was made for another day, another release, or by another version of this code."""


class ModelError(MatchingError):
    """A stored model that cannot be served."""


class ModelNotFoundError(ModelError):
    """There is no release of that name."""


class ModelTamperedError(ModelError):
    """A file of the release does not have the SHA-256 that its manifest states."""


class ModelStaleError(ModelError):
    """The release was made for other features than this code builds."""


class ModelSignError(ModelError):
    """A shape table moves against the declared sign of its feature."""
