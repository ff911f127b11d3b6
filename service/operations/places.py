"""Communes of an office: what a survey's place name means there."""

from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold
from service.errors import InvalidError


def commune_name(taxonomy: Taxonomy, code: str) -> str:
    """Return the full name of a commune, "Xã Phan Rí Cửa, Tỉnh Lâm Đồng"; the code itself when it is unknown."""
    row = taxonomy.places.row.get(code)
    if row is None:
        return code
    return f"{taxonomy.places.communes[row]}, {taxonomy.places.provinces[row]}"


def communes_of(taxonomy: Taxonomy, province: str) -> list[str]:
    """Return the codes of every commune of a province, "Lâm Đồng" or "Tỉnh Lâm Đồng", with or without accents.

    Raises
    ------
    InvalidError
        There is no such province.
    """
    places, wanted = taxonomy.places, fold(province).strip()
    full = {name for name in places.provinces if fold(name) == wanted or fold(name).endswith(" " + wanted)}
    if len(full) != 1:
        raise InvalidError(f"[{province}] names no province, or several", path="province")
    return [code for code, its in zip(places.codes, places.provinces, strict=True) if its in full]


def own_commune(taxonomy: Taxonomy, communes: tuple[str, ...], text: str | None, *, home_province: str) -> str:
    """Return the code of the commune that *text* names for an officer of *communes*.

    An officer of one commune need not name it. A name that exists in several provinces is read in the officer's
    own province, and one that leaves the commune open is read as the officer's own if that is among the readings.

    Raises
    ------
    InvalidError
        The text names no commune, or none of the officer's.
    """
    if text is None or not text.strip():
        if len(communes) == 1:
            return communes[0]
        raise InvalidError("say which of your communes the person lives in", path="commune")
    code = read_commune(taxonomy, text, home_province=_province(taxonomy, communes) or home_province, among=communes)
    if code not in communes:
        raise InvalidError(f"[{text}] is read as {commune_name(taxonomy, code)}, which is not yours", path="commune")
    return code


def read_commune(taxonomy: Taxonomy, text: str | None, *, home_province: str, among: tuple[str, ...] = ()) -> str:
    """Return the code of the commune that *text* names; an open reading is settled if one of *among* is in it.

    Raises
    ------
    InvalidError
        The text is missing, names no commune, or leaves open which one.
    """
    if text is None:
        raise InvalidError("the commune is missing", path="commune")
    if text in taxonomy.places.row:
        return text
    read = taxonomy.places.resolve(text, home_province=home_province)
    if read.commune_code is not None:
        return read.commune_code
    own = [c.commune_code for c in read.candidates if c.commune_code in among]
    if len(own) == 1:
        return own[0]
    if not read.candidates:
        raise InvalidError(f"[{text}] names no commune we know; write the commune and its province", path="commune")
    choices = "; ".join(f"{c.commune}, {c.province}" for c in read.candidates[:5])
    raise InvalidError(f"[{text}] may be {choices}; write the province too", path="commune")


def _province(taxonomy: Taxonomy, communes: tuple[str, ...]) -> str | None:
    rows = [taxonomy.places.row[code] for code in communes if code in taxonomy.places.row]
    return taxonomy.places.provinces[rows[0]] if rows else None
