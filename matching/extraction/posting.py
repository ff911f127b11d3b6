"""Opening -> PostingRead: one look at title and text, then one reader a field, then the law."""

from datetime import date

from matching.domain.offer import Opening
from matching.domain.posting import PostingRead
from matching.extraction.postings.age import read_age
from matching.extraction.postings.benefits import (
    read_deposit,
    read_housing,
    read_meals,
    read_training,
    read_transport,
)
from matching.extraction.postings.clauses import read_gender, read_record
from matching.extraction.postings.experience import read_years
from matching.extraction.postings.licences import read_licences
from matching.extraction.postings.lint import HOLDING_RULES, Terms, lint
from matching.extraction.postings.occupations import read_occupations
from matching.extraction.postings.page import page_of
from matching.extraction.postings.phrases import posting_lexicon
from matching.extraction.postings.schooling import read_schooling
from matching.extraction.postings.wage import read_wage
from matching.extraction.postings.working_time import read_hours, read_night, read_rotation
from matching.law import Law
from matching.taxonomy.release import Taxonomy

__all__ = ["HOLDING_RULES", "PostingReader"]


class PostingReader:
    """Reads openings with one taxonomy release and one table of law; make it once and use it for many."""

    def __init__(self, taxonomy: Taxonomy, law: Law) -> None:
        self._taxonomy = taxonomy
        self._law = law
        self._lexicon = posting_lexicon(taxonomy)
        self._newest = max(row.valid_from for rows in law.rows.values() for row in rows)

    def read(self, opening: Opening, *, as_of: date | None = None) -> PostingRead:
        """Return what title and text say; spans count in both, joined by one newline, as given.

        Parameters
        ----------
        opening : Opening
            Its other fields are not copied; the law is asked about its wage where the text is silent.
        as_of : date or None
            Day whose law counts and in whose year years of birth become ages; None: the day the opening closes or
            opens, else the newest day that the table of law knows.
        """
        on = as_of or opening.closes_on or opening.opens_on or self._newest
        page = page_of(opening.title, opening.text, self._lexicon)
        if not len(page.folded):
            return PostingRead(offer_id=opening.offer_id)
        terms = Terms(
            wage=read_wage(page),
            age=read_age(page, year=on.year),
            gender=read_gender(page),
            hours=read_hours(page),
            deposit=read_deposit(page),
        )
        licences = read_licences(page)
        return PostingRead(
            offer_id=opening.offer_id,
            occupations=tuple(read_occupations(page, self._taxonomy, licences)),
            wage=terms.wage,
            age=terms.age,
            gender_clause=terms.gender,
            min_years=read_years(page),
            licences_required=tuple(licences),
            min_schooling_grade=read_schooling(page),
            night_shift=read_night(page),
            rotating_shifts=read_rotation(page),
            hours_per_day=terms.hours,
            housing=read_housing(page),
            meals=read_meals(page),
            transport_provided=read_transport(page),
            trains_on_job=read_training(page),
            record_clause=read_record(page),
            deposit_asked=terms.deposit,
            law_flags=tuple(lint(page, opening, terms, self._law, on)),
        )
