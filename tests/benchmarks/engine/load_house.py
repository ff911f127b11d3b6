"""A house with a whole country's offers in it, and officers with people to ask for: for measuring under load."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from matching.domain.offer import Loan, Offer
from matching.domain.survey import Survey
from matching.domain.vocabulary import OfferKind
from matching.samples.generate import generate
from matching.taxonomy.release import Taxonomy
from service.access import Actor, Role, hash_password
from service.app import build_house
from service.operations.house import House
from service.operations.recording import read_offer, record_survey
from service.settings import Settings
from service.storage.accounts import save_user
from service.storage.rows import encode, instant
from service.storage.schema import offers as offer_table
from tests.benchmarks.engine.generated import places_of

PASSWORD = "mot-mat-khau-dai"
EMPLOYER = Actor(user="employer.one", role=Role.EMPLOYER, communes=())
N_PROGRAMMES, N_LOANS = 1_000, 30
_OFFICERS, _PEOPLE_EACH = 20, 10
N_PEOPLE = _OFFICERS * _PEOPLE_EACH
_A_PIECE = 50_000


@dataclass(frozen=True, kw_only=True)
class Asker:
    """An officer, and those of their commune who are asked for."""

    user: str
    people: tuple[str, ...]


def settings_for(folder: Path) -> Settings:
    """Everything in one folder."""
    return Settings(database=f"sqlite:///{folder / 'load.db'}", secret_file=folder / "secret", models=folder / "models")


def filled(folder: Path, n_openings: int) -> list[Asker]:
    """Fill a new database with openings, programmes, loans and people from all over the country."""
    (folder / "secret").write_bytes(b"k" * 32)
    house = build_house(settings_for(folder))
    drawn = generate(11, people=N_PEOPLE, openings=3_000, programmes=300, loans=N_LOANS, judged=0)
    _write_offers(house, drawn.offers, n_openings)
    askers = _write_people(house, drawn.surveys)
    house.database.close()
    return askers


def _write_offers(house: House, offers: tuple[Offer, ...], n_openings: int) -> None:
    """Write the offers drawn again and again, each time in another commune, as if each had been posted and read."""
    at, names = instant(house.now()), _names(house.taxonomy)
    for kind, n in {OfferKind.OPENING: n_openings, OfferKind.PROGRAMME: N_PROGRAMMES, OfferKind.LOAN: N_LOANS}.items():
        drawn = [(offer, read_offer(house, offer)) for offer in offers if offer.kind is kind]
        homes = places_of("country", n, np.random.default_rng([7, n])).tolist()
        for first in range(0, n, _A_PIECE):
            rows = []
            for number in range(first, min(first + _A_PIECE, n)):
                offer, (read, status) = drawn[number % len(drawn)]
                name = f"{kind.value[0].upper()}{number:07d}"
                placed = {} if isinstance(offer, Loan) else {"commune": names[homes[number]]}
                rows.append(
                    {
                        "offer_id": name,
                        "kind": kind.value,
                        "owner": "operator",
                        "status": status.value,
                        "offer": encode(replace(offer, offer_id=name, **placed)),
                        "posting_read": None if read is None else encode(replace(read, offer_id=name)),
                        "recorded_at": at,
                        "changed_at": at,
                    }
                )
            with house.database.writing() as connection:
                connection.execute(insert(offer_table), rows)


def _write_people(house: House, surveys: tuple[Survey, ...]) -> list[Asker]:
    """Record surveys, so many in each of some communes, and sign up the officer of each."""
    places, names, hashed = house.taxonomy.places, _names(house.taxonomy), hash_password(PASSWORD)
    homes = np.unique(places_of("country", 3 * _OFFICERS, np.random.default_rng(5)))[:_OFFICERS].tolist()
    askers = []
    with house.database.writing() as connection:
        save_user(connection, EMPLOYER.user, role=Role.EMPLOYER, communes=[], password_hash=hashed)
    for number, home in enumerate(homes):
        code = places.codes[home]
        actor = Actor(user=f"officer.{code}", role=Role.OFFICER, communes=(code,))
        theirs = surveys[number * _PEOPLE_EACH : (number + 1) * _PEOPLE_EACH]
        with house.database.store(actor, write=True) as store:
            save_user(store.connection, actor.user, role=actor.role, communes=actor.communes, password_hash=hashed)
            for survey in theirs:
                record_survey(store, house, replace(survey, commune=names[home]), commune=code)
        askers.append(Asker(user=actor.user, people=tuple(survey.person_id for survey in theirs)))
    return askers


def _names(taxonomy: Taxonomy) -> list[str]:
    places = taxonomy.places
    return [f"{commune}, {province}" for commune, province in zip(places.communes, places.provinces, strict=True)]
