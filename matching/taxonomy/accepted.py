"""Aliases accepted since a release: data laid over it, with a name and a hash of their own."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from matching.taxonomy.aliases import Alias
from matching.taxonomy.release import Taxonomy

_DIGITS = 8
"""Hexadecimal digits of the hash that stand in a name."""


def with_accepted(released: Taxonomy, aliases: Iterable[Alias]) -> Taxonomy:
    """Return a release with *aliases* laid over it: "2026.1+9f2ab1c4"; none gives the release itself.

    The same aliases give the same name and hash in any order; those that the release has by now are left out.

    NB: they stand in `accepted`, not among `occupations.aliases`: what is learnt from all aliases together
    (spelling, the back-off) stays as released, so that a new phrase changes the reading of no other phrase.
    """
    known = {(alias.phrase, alias.code) for alias in released.occupations.aliases}
    new = {(alias.phrase, alias.code): alias for alias in aliases}
    accepted = tuple(alias for key, alias in sorted(new.items()) if key not in known)
    if not accepted:
        return released
    rows = "".join(f"{alias.phrase}\t{alias.code}\n" for alias in accepted)
    sha256 = hashlib.sha256(f"{released.sha256}\n{rows}".encode()).hexdigest()
    return replace(released, accepted=accepted, release=f"{released.release}+{sha256[:_DIGITS]}", sha256=sha256)
