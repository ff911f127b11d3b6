"""A plausible commune or province of any size from a seed: the same seed gives the same bytes on every machine."""

from collections.abc import Sequence
from datetime import date

from matching.domain.offer import Offer
from matching.errors import UnknownCodeError
from matching.samples.committed import AS_OF, HOME_PROVINCE
from matching.samples.judged import judge
from matching.samples.openings import openings as write_openings
from matching.samples.people import people as write_people
from matching.samples.records import Samples
from matching.samples.schemes import loans as write_loans
from matching.samples.schemes import programmes as write_programmes
from matching.samples.tables import Commune, communes
from matching.samples.words import trade_words
from matching.taxonomy.release import Taxonomy, current_taxonomy

_COUNTRYSIDE = "farm"
"""Setting of a commune of which the tables know nothing."""


def generate(
    seed: int,
    *,
    people: int = 200,
    openings: int = 300,
    programmes: int = 30,
    loans: int = 8,
    judged: int = 100,
    places: Sequence[str] | None = None,
    as_of: date = AS_OF,
    taxonomy: Taxonomy | None = None,
) -> Samples:
    """Invent people and offers, with what is declared to be true of them.

    Texts are put together from clauses over the taxonomy's own phrases, so an extractor that reads the same release
    finds the phrases; what is measured on them is how it reads sentences, not how many phrases it knows.

    Parameters
    ----------
    seed : int
        The first people of a seed are the same whatever the counts are; so are the first offers of each kind.
    judged : int
        How many people, from the first, get judged pairs.
    places : sequence of str or None
        Codes of communes to spread everybody over; None: 32 communes from the coast of Phan Rí Cửa to Trà Tân.
    as_of : date
        The day on which most openings are open; surveys are from the half year before.
    taxonomy : Taxonomy or None
        None: the release that ships with the package.

    Raises
    ------
    UnknownCodeError
        *places* names a commune that the release does not define.

    Examples
    --------
    >>> samples = generate(7, people=3, openings=2, programmes=1, loans=1, judged=1)
    >>> [survey.person_id for survey in samples.surveys], len(samples.offers)
    (['P-000001', 'P-000002', 'P-000003'], 4)
    """
    release = current_taxonomy() if taxonomy is None else taxonomy
    spots = communes() if places is None else _spots(places, release)
    words = trade_words(release)
    told = list(write_people(seed, people, spots, words, as_of))
    posted = list(write_openings(seed, openings, spots, words, as_of))
    offers: tuple[Offer, ...] = (
        *(opening for opening, _ in posted),
        *write_programmes(seed, programmes, spots, words, as_of),
        *write_loans(seed, loans, spots, as_of),
    )
    planted = tuple(breach for _, breach in posted if breach is not None)
    surveys, truths = tuple(survey for survey, _ in told), tuple(truth for _, truth in told)
    return Samples(
        surveys=surveys,
        offers=offers,
        judgements=judge(
            seed,
            surveys[:judged],
            truths[:judged],
            offers,
            planted=planted,
            as_of=as_of,
            taxonomy=release,
            home_province=HOME_PROVINCE,
        ),
        truths=truths,
        planted=planted,
    )


def _spots(codes: Sequence[str], taxonomy: Taxonomy) -> tuple[Commune, ...]:
    """Return communes by code: from the table where it knows them, else written out with their province."""
    known = {commune.code: commune for commune in communes()}
    return tuple(known.get(code) or _spot(code, taxonomy) for code in codes)


def _spot(code: str, taxonomy: Taxonomy) -> Commune:
    row = taxonomy.places.row.get(code)
    if row is None:
        raise UnknownCodeError(f"places: [{code}] is no commune of release {taxonomy.release}; give codes of its table")
    spelling = f"{taxonomy.places.communes[row]}, {taxonomy.places.provinces[row]}"
    return Commune(code=code, weight=5, setting=_COUNTRYSIDE, spellings=(spelling,))
