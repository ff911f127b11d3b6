"""Surveys and offers as given -> columns: every text is read on the fly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.domain.offer import Loan, Offer, Opening
from matching.domain.posting import PostingRead
from matching.domain.profile import Profile
from matching.domain.survey import Survey
from matching.extraction.posting import PostingReader
from matching.extraction.survey import SurveyReader
from matching.law import current_law
from matching.pool.build import offers_from, people_from
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.taxonomy.home import home_province
from matching.taxonomy.release import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """People and offers as columns, on one day."""

    people: People
    offers: Offers
    as_of: date


def pools_of(
    surveys: Sequence[Survey], offers: Sequence[Offer], taxonomy: Taxonomy, *, as_of: date, home: str | None = None
) -> Pools:
    """Read surveys and postings on the fly and lay everything out as columns.

    Parameters
    ----------
    surveys, offers : sequences
        Records as given.
    taxonomy : Taxonomy
        The release that reads them.
    as_of : date
        The day the question is asked for.
    home : str or None
        Province in which bare commune names are read; None: the one most names of the records stand in.

    Raises
    ------
    UnknownCodeError
        An offer names an occupation, or *home* a province, that does not exist.
    """
    survey_reader, posting_reader = SurveyReader(taxonomy), PostingReader(taxonomy, current_law())
    profiles = [*survey_reader.read_all(surveys)]
    reads = [posting_reader.read(offer) for offer in offers if isinstance(offer, Opening)]
    return laid_out(surveys, profiles, offers, reads, taxonomy, as_of=as_of, home=home)


def laid_out(
    surveys: Sequence[Survey],
    profiles: Sequence[Profile],
    offers: Sequence[Offer],
    reads: Sequence[PostingRead],
    taxonomy: Taxonomy,
    *,
    as_of: date,
    home: str | None = None,
) -> Pools:
    """Lay out as columns what was read: *profiles* of the surveys, *reads* of the openings, in their order.

    Raises
    ------
    UnknownCodeError
        As `pools_of` does.
    """
    province = home or home_province(_communes(surveys, offers), taxonomy.places)
    by_id = {read.offer_id: read for read in reads}
    return Pools(
        people=people_from(surveys, profiles, taxonomy, as_of=as_of, home_province=province),
        offers=offers_from(offers, by_id, taxonomy, as_of=as_of, home_province=province),
        as_of=as_of,
    )


def _communes(surveys: Sequence[Survey], offers: Sequence[Offer]) -> list[str | None]:
    named = [survey.commune for survey in surveys]
    for offer in offers:
        named += (offer.communes or ()) if isinstance(offer, Loan) else (offer.commune,)
    return named
