"""Loads the invented people, offers and users once, for trying the product out on one machine."""

from matching.samples import load_samples
from matching.samples.committed import HOME_PROVINCE
from service import audit
from service.access import OPERATOR, Role, hash_password
from service.operations.house import House
from service.operations.own_offers import maker
from service.operations.places import communes_of, read_commune
from service.operations.recording import read_offer, record_survey
from service.storage.accounts import save_user
from service.storage.migrations import read_meta, remember_meta
from service.storage.store import Store

PASSWORD = "viecgan-demo"  # noqa: S105 - public on purpose; the service then listens on this machine only
PHAN_RI_CUA, TRA_TAN = "22972", "23227"
SAMPLE_USERS: dict[str, tuple[Role, tuple[str, ...]]] = {
    "officer.phanri": (Role.OFFICER, (PHAN_RI_CUA,)),
    "officer.tratan": (Role.OFFICER, (TRA_TAN,)),
    "employer.one": (Role.EMPLOYER, ()),
    "employer.two": (Role.EMPLOYER, ()),
    "provider.one": (Role.PROVIDER, ()),
    "fund.tratan": (Role.LENDER, (TRA_TAN,)),
    "coordinator.lamdong": (Role.COORDINATOR, ()),
    "analyst.one": (Role.ANALYST, ()),
    "admin": (Role.ADMIN, ()),
}
"""Who may try the product; the coordinator counts the whole province."""

OWNERS = {
    "E-one": "employer.one",
    "E-two": "employer.two",
    "T-one": "provider.one",
    "F-tratan": "fund.tratan",
}
"""Which sample user keeps the offers of which invented firm; nobody signs in for the others."""

_DONE = "samples"


def load_samples_once(house: House) -> bool:
    """Load samples and sample users in one transaction; return False when they were loaded before."""
    with house.database.store(OPERATOR, write=True) as store:
        if read_meta(store.connection, _DONE) is not None:
            return False
        samples = load_samples()
        for survey in samples.surveys:
            commune = read_commune(house.taxonomy, survey.commune, home_province=house.home_province)
            record_survey(store, house, survey, commune=commune)
        for offer in samples.offers:
            read, status = read_offer(house, offer)
            store.offers.record(
                offer, read, status=status, at=house.now(), owner=OWNERS.get(maker(offer) or "", OPERATOR.user)
            )
        _add_users(store, house)
        audit.record(store, "load_samples", at=house.now(), people=len(samples.surveys), offers=len(samples.offers))
        remember_meta(store.connection, _DONE, house.now().isoformat())
    return True


def _add_users(store: Store, house: House) -> None:
    province = communes_of(house.taxonomy, HOME_PROVINCE)
    for user, (role, communes) in SAMPLE_USERS.items():
        scope = province if role is Role.COORDINATOR else communes
        save_user(store.connection, user, role=role, communes=scope, password_hash=hash_password(PASSWORD))
