"""Survey -> Profile: one look at the text, then one reader a field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from matching.domain.profile import LoanWish, NeedMention, OccupationMention, Profile, Redaction
from matching.domain.survey import Survey
from matching.domain.vocabulary import Assertion, NeedCode, RedactionKind
from matching.extraction.ages import read_age
from matching.extraction.assertion import modes
from matching.extraction.backoff_store import occupation_backoff
from matching.extraction.cues import Mode, Spoken
from matching.extraction.fuzzy import Speller
from matching.extraction.guesses import Guesser, asked, stated, with_sure
from matching.extraction.lexicon import Hit
from matching.extraction.limits import read_constraints
from matching.extraction.loans import read_loan
from matching.extraction.papers import read_licences
from matching.extraction.phrases import lexicon_of
from matching.extraction.preferences import read_preferences
from matching.extraction.reading import Reading, reading_steps
from matching.extraction.redaction import read_redactions
from matching.extraction.schooling import read_schooling
from matching.extraction.status import read_status
from matching.extraction.steps import Steps, finished, side_by_side
from matching.extraction.trades import read_trades
from matching.extraction.wants import need_of_a_wish, read_needs
from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold

_LIVELIHOODS = frozenset({NeedCode.JOB, NeedCode.TRAINING, NeedCode.LOAN, NeedCode.NONE})
"""Needs that say what somebody wants to live on."""

_NO_TRADE = frozenset({NeedCode.EQUIPMENT, NeedCode.DOCUMENTS})
"""Needs within which a trade is only named."""

_SIDE_BY_SIDE = 64
"""Surveys that are read side by side: of more, what they look up no longer stays near the processor."""

_OPENED_WITHIN = 8
"""Words up to the end of a wish among which "mở" tells of something new."""


class SurveyReader:
    """Reads surveys with one taxonomy release; make it once and use it for many texts.

    Attributes
    ----------
    taxonomy : Taxonomy
        The release. Phrases accepted since are found as they are spelt; misspelt ones are mended by the release alone.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._lexicon = lexicon_of(taxonomy)
        released = lexicon_of(replace(taxonomy, accepted=())) if taxonomy.accepted else self._lexicon
        self._speller = Speller(released, taxonomy.places.communes)
        self._guesser = Guesser(occupation_backoff(taxonomy), taxonomy)

    def read(self, survey: Survey) -> Profile:
        """Return what the survey's text says; every fact in a list carries its span of the text as given.

        Nothing is guessed silently: a text without facts gives an empty profile, an open reading becomes a question.
        """
        return finished(self._steps(survey))

    def read_all(self, surveys: Iterable[Survey]) -> Iterator[Profile]:
        """Yield what the text of each survey says, in order, as `read` returns it; many are read faster so.

        A few dozen are read at a time, however many there are.
        """
        surveys = iter(surveys)
        while some := [*islice(surveys, _SIDE_BY_SIDE)]:
            yield from side_by_side(map(self._steps, some))

    def _steps(self, survey: Survey) -> Steps[Profile]:
        """Read a survey step by step."""
        reading = yield from reading_steps(survey.text, self._lexicon, self._speller)
        if not len(reading.text):
            return Profile(person_id=survey.person_id)
        yield
        redactions = read_redactions(reading)
        guesses = self._guesser.guesses(reading, redactions)
        reading = with_sure(reading, guesses)
        yield
        spoken = _outside_names(reading, modes(reading), redactions)
        yield
        occupations, skills, questions = read_trades(reading, spoken, self.taxonomy, surveyed_on=survey.surveyed_on)
        if guesses:
            occupations = stated(reading, occupations, guesses)
            questions += asked(reading, guesses, occupations, self.taxonomy)
        yield
        needs = _with_wishes(reading, read_needs(reading), occupations)
        loan = read_loan(reading, needs, occupations)
        age = read_age(reading)
        yield
        status = read_status(reading, occupations, needs)
        yield
        constraints = tuple(read_constraints(reading, age))
        yield
        return Profile(
            person_id=survey.person_id,
            employment_status=status,
            occupations=tuple(_without_loan_echo(reading, occupations, loan)),
            skills=tuple(skills),
            licences=tuple(read_licences(reading, spoken.trades)),
            needs=tuple(needs),
            loan=loan,
            constraints=constraints,
            preferences=tuple(read_preferences(reading)),
            schooling_grade=read_schooling(reading),
            age_stated=None if age is None else age[0],
            redactions=tuple(redactions),
            questions=tuple(questions),
        )


def _with_wishes(
    reading: Reading, needs: list[NeedMention], occupations: Iterable[OccupationMention]
) -> list[NeedMention]:
    """Add the work or the lessons that a wish implies where no need says what to live on."""
    if not _LIVELIHOODS.isdisjoint([need.code for need in needs]):
        return needs
    wishes = [m for m in occupations if m.assertion is Assertion.WISH and not _is_for_a_tool(reading, m, needs)]
    if needs and not wishes:
        return needs
    return [*needs, *need_of_a_wish(reading, wishes)]


def _is_for_a_tool(reading: Reading, wish: OccupationMention, needs: Iterable[NeedMention]) -> bool:
    """Whether a wish tells what a tool is for, or lies in other help: "xin bộ đồ nghề cắt tóc", "làm bảo hiểm y tế"."""
    start, end = wish.evidence
    begin = reading.text.span(*reading.clause_bounds(reading.text.index_in_original(start)))[0]
    return any(
        (need.code is NeedCode.EQUIPMENT and begin <= need.evidence[0] and need.evidence[1] <= start)
        or (need.code in _NO_TRADE and need.evidence[0] <= start and end < need.evidence[1])
        for need in needs
    )


def _outside_names(reading: Reading, spoken: Spoken, redactions: Iterable[Redaction]) -> Spoken:
    """Drop phrases that are part of a name: "Van Thu" is no clerk ("văn thư")."""
    names = [r.evidence for r in redactions if r.kind is RedactionKind.PII]
    if not names:
        return spoken

    def outside(phrases: Mapping[Hit, Mode]) -> dict[Hit, Mode]:
        spans = {hit: reading.span(hit) for hit in phrases}
        return {
            hit: mode
            for hit, mode in phrases.items()
            if not any(start <= spans[hit][0] and spans[hit][1] <= end for start, end in names)
        }

    return Spoken(*map(outside, spoken))


def _without_loan_echo(
    reading: Reading, mentions: list[OccupationMention], loan: LoanWish | None
) -> list[OccupationMention]:
    """Drop the wish for a trade that the person has and borrows for: it is no new wish unless it opens a shop."""
    if loan is None:
        return mentions
    own = {m.code for m in mentions if m.assertion is Assertion.EXPERIENCE}
    return [
        m
        for m in mentions
        if m.assertion is not Assertion.WISH or m.code != loan.purpose or m.code not in own or _opens(reading, m)
    ]


def _opens(reading: Reading, wish: OccupationMention) -> bool:
    """Whether a wish is to open something: "vay 20 triệu mở tiệm may"; to open again what stood before is none."""
    words = reading.text.source.original[: wish.evidence[1]].casefold().split()[-_OPENED_WITHIN:]
    folded = fold(" ".join(words)).split()
    return any(word == "mo" and following != "lai" for word, following in zip(folded, [*folded[1:], ""], strict=True))
