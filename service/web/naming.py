"""Names of codes, sums and days as pages show them."""

from datetime import date

from matching.domain.offer import Loan, Offer, Opening, Programme
from matching.domain.vocabulary import WageUnit
from matching.taxonomy.release import Taxonomy
from service.web.messages import Language, translator

_MONEY = {"vi": ".", "en": ","}


class Names:
    """Says codes of the contract and the taxonomy in one language."""

    def __init__(self, taxonomy: Taxonomy, language: Language) -> None:
        self._taxonomy = taxonomy
        self._language: Language = language
        self._t = translator(language)

    def occupation(self, code: str) -> str:
        """Return the everyday name of a unit group."""
        table = self._taxonomy.occupations
        names = table.plain_vi if self._language == "vi" else table.plain_en
        return names[table.row[code]] if code in table.row else code

    def fact(self, kind: str, code: str) -> str:
        """Return the name of a code in one list of a profile ("occupations", "needs" ...)."""
        if kind in ("occupations", "questions"):
            return self.occupation(code)
        if kind == "skills":
            table = self._taxonomy.skills
            names = table.names_vi if self._language == "vi" else table.names_en
            return names[table.row[code]] if code in table.row else code
        if kind == "licences":
            licences = self._taxonomy.licences
            by_code = {
                str(its): name
                for its, name in (licences.names_vi if self._language == "vi" else licences.names_en).items()
            }
            return by_code.get(code, code)
        return self._t(f"{kind}.{code}")

    def vnd(self, amount: float) -> str:
        """Return a sum of money, "5.500.000 đ"."""
        return f"{amount:,.0f}".replace(",", _MONEY[self._language]) + " đ"

    def day(self, on: date | str | None) -> str:
        """Return a day as it is written here, "23/11/2026"; empty when unknown."""
        if on is None:
            return ""
        day = date.fromisoformat(on) if isinstance(on, str) else on
        return f"{day.day}/{day.month}/{day.year}"

    def terms(self, offer: Offer) -> str:
        """Return the one line that says what an offer is: place, pay, time."""
        if isinstance(offer, Opening):
            parts = [offer.commune, self._wage(offer), offer.hours]
        elif isinstance(offer, Programme):
            weeks = None if offer.weeks is None else self._t("offer.weeks", weeks=f"{offer.weeks:g}")
            fee = None if offer.fee_vnd is None else self._t("offer.fee", fee=self.vnd(offer.fee_vnd))
            starts = self._t("offer.starts", day=self.day(offer.starts_on)) if offer.starts_on else None
            parts = [offer.commune, weeks, self._t("offer.free") if offer.fee_vnd == 0 else fee, starts]
        else:
            parts = self._loan(offer)
        return " · ".join(part for part in parts if part)

    def _wage(self, offer: Opening) -> str | None:
        bounds = [self.vnd(v) for v in (offer.wage_min_vnd, offer.wage_max_vnd) if v is not None]
        if not bounds:
            return None
        unit = "" if offer.wage_unit is WageUnit.UNKNOWN else "/" + self._t(f"wage_unit.{offer.wage_unit}")
        return " – ".join(dict.fromkeys(bounds)) + unit

    def _loan(self, offer: Loan) -> list[str | None]:
        rate = None if offer.annual_rate_pct is None else self._t("offer.rate", rate=f"{offer.annual_rate_pct:g}")
        ceiling = None if offer.max_vnd is None else self._t("offer.up_to", amount=self.vnd(offer.max_vnd))
        term = None if offer.max_term_months is None else self._t("offer.months", months=offer.max_term_months)
        return [ceiling, term, rate]
