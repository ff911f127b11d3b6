"""The features of openings as an analyst would write them in pandas, from a frame of people and a frame of offers.

A peer to be measured beside `matching.features.matrix`: the same 41 numbers, vectorised, unknown as NaN. What can be
prepared once a pool is prepared (flags as booleans, speeds, usual wages, similarities to every trade).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from matching.domain.bits import mask, positions
from matching.domain.vocabulary import (
    ConstraintCode,
    Contract,
    NeedCode,
    PreferenceCode,
    RecordClause,
    Transport,
    WageUnit,
)
from matching.pool.offers import Offers
from matching.pool.people import People

Columns = dict[str, "pd.Series[Any]"]

_SPEED_KMH = {"motorbike": 35.0, "car": 40.0, "bicycle": 12.0, "bus": 22.0, "none": 4.5}
_STABILITY = {"none": 0, "casual": 0, "day_labour": 0, "piece": 1, "share": 1, "seasonal": 1, "fixed_term": 2} | {
    "fixed_term_12m": 2,
    "formal": 3,
    "indefinite": 3,
}
_SEASONAL = [positions(Contract)[c] for c in (Contract.SEASONAL, Contract.CASUAL, Contract.DAY_LABOUR)]
_STABILITY_OF_CODE = {code: _STABILITY[contract] for contract, code in positions(Contract).items()}
_CLAUSE_OF_CODE = {positions(RecordClause)[c]: i for i, c in enumerate(("none", "soft", "hard"))}  # type: ignore[index]
_UNITS = positions(WageUnit)
_KM_OF_RADIANS = 2 * 6371.0088 * 1.3
_DAY, _CARE_FROM, _CARE_TO = 1440, 420, 1020
_TRI_STATE = ("trains", "housing", "meals", "transport_provided", "at_home", "night_shift", "pledge")
_FROM_ZERO = (*_TRI_STATE, "seats", "start", "end", "nights_away", "wage_unit", "contract", "record_clause")
_AS_THEY_ARE = ("place", "occupation", "min_years", "min_schooling", "licences_required", "physical", "response_rate")


@dataclass(frozen=True, kw_only=True)
class Frames:
    """What stands in memory before a question is asked."""

    people: pd.DataFrame
    offers: pd.DataFrame
    asked_skills: Any
    """Rows of skills, (n_offers, 8); -1 none."""
    wide: People
    """Similarities of everybody to every trade, as arrays (n_people, n_occ)."""


def frames_of(people: People, offers: Offers) -> Frames:
    """The pools as frames."""
    return Frames(
        people=_people_frame(people), offers=_offers_frame(offers), asked_skills=offers.skills[:], wide=people
    )


def _people_frame(people: People) -> pd.DataFrame:
    by_code = np.array([_SPEED_KMH[t.value] for t in positions(Transport)] + [np.nan], dtype=np.float32)
    frame = pd.DataFrame(
        {
            "home": people.place,
            "home_lat": people.lat.astype(np.float64),
            "home_lon": people.lon.astype(np.float64),
            "speed": by_code[people.transport],
            "bus": people.transport == positions(Transport)[Transport.BUS],
            "wage_floor": np.where(people.wage_floor > 0, people.wage_floor, np.nan),
            "schooling": np.where(people.schooling >= 0, people.schooling, np.nan),
            "licences": people.licences,
            "states_need": people.needs != 0,
        }
    )
    flags = ((people.constraints, ConstraintCode), (people.preferences, PreferenceCode), (people.needs, NeedCode))
    for column, codes in flags:
        for code in codes:
            frame[f"is_{code.value}"] = column & mask([code]) != 0
    frame["speed"] = frame["speed"].mask(frame["speed"].isna() & frame["is_no_vehicle"], np.float32(4.5))
    return frame


def _offers_frame(offers: Offers) -> pd.DataFrame:
    frame = pd.DataFrame({name: np.asarray(getattr(offers, name)[:]) for name in (*_FROM_ZERO, *_AS_THEY_ARE)})
    for name in _FROM_ZERO:
        frame[name] = frame[name].where(frame[name] >= 0)
    frame["lat"], frame["lon"] = (np.asarray(c[:], dtype=np.float64) for c in (offers.lat, offers.lon))
    frame["closes_on"] = np.where(offers.closes_on > 0, offers.closes_on, np.nan)
    frame["days_per_week"] = np.where(offers.days_per_week > 0, offers.days_per_week, np.nan)
    frame["wage_min"], frame["wage_max"] = offers.wage_min, offers.wage_max
    stated = _middle_wage(frame)[~offers.held].astype(np.float64)
    by_trade = stated.groupby(frame["occupation"]).agg(["median", "count"])
    usual = by_trade["median"].where(by_trade["count"] >= 5, stated.median())
    frame["usual_wage"] = frame["occupation"].map(usual).fillna(stated.median())
    return frame


def features(frames: Frames, pairs: pd.DataFrame, *, as_of: int) -> pd.DataFrame:
    """Return one row a pair; *pairs* has columns `person` and `offer`."""
    merged = pairs.join(frames.people, on="person").join(frames.offers, on="offer")
    work = _work(merged, frames)
    rest = (_need(merged), _wage(merged), _place(merged), _time(merged), _terms(merged), _chance(merged, as_of))
    return pd.DataFrame({name: column for columns in (work, *rest) for name, column in columns.items()})


def _work(p: pd.DataFrame, frames: Frames) -> Columns:
    known, row = p["occupation"] >= 0, p["occupation"].clip(lower=0)
    wide = frames.wide
    near, years, wish, refused = (
        pd.Series(values[p["person"], row], index=p.index).where(known)
        for values in (wide.experience, wide.experience_years, wide.wish, wide.refused)
    )
    near = near.round(4)
    related = years.where(near >= 0.35, 0).where(known)
    share = (related / p["min_years"].clip(lower=0.1)).clip(upper=1)
    asked = frames.asked_skills[p["offer"]]
    named = asked >= 0
    strength = np.where(named, wide.skills[p["person"].to_numpy()[:, None], asked.clip(0)], np.float32(0))
    count = pd.Series(named.sum(axis=1), index=p.index)
    return {
        "occupation_exact": (near >= 0.75).astype(float).where(known),
        "occupation_similarity": near,
        "trade_years": related,
        "years_against_asked": share.mask(p["min_years"] == 0, 1),
        "wish_similarity": wish.round(4),
        "refused_neighbour": (refused == 1).astype(float).where(known),
        "trains_on_job": p["trains"].where(~(near >= 0.35)),
        "skill_cover": (strength.sum(axis=1) / count.where(count > 0)).round(4),
        "skills_missing": pd.Series((named & (strength < 0.3)).sum(axis=1), index=p.index).where(count > 0),
    }


def _need(p: pd.DataFrame) -> Columns:
    in_part = ((p["trains"] == 1) & p["is_training"]) | ((p["housing"] == 1) & p["is_housing"])
    fit = pd.Series(np.select([p["is_job"], in_part], [1.0, 0.5], 0.0), index=p.index)
    given = (p["meals"] == 1) | (p["housing"] == 1)
    told = given | (p["meals"].notna() & p["housing"].notna())
    return {
        "need_fit": fit.where(p["states_need"]),
        "housing_wanted": p["housing"].where(p["is_needs_housing"] | p["is_housing"]),
        "meals_or_housing_wanted": given.astype(float).where(p["is_wants_meals_or_housing"] & told),
    }


def _middle_wage(p: pd.DataFrame) -> "pd.Series[Any]":
    return ((p["wage_min"] + p["wage_max"]) / 2).fillna(p["wage_max"]).fillna(p["wage_min"])


def _wage(p: pd.DataFrame) -> Columns:
    to_usual = (_middle_wage(p) / p["usual_wage"]).round(4)
    told = p["wage_unit"].notna() & (p["wage_unit"] != _UNITS[WageUnit.UNKNOWN])
    paid_daily = (p["wage_unit"] == _UNITS[WageUnit.DAY]).astype(float)
    return {
        "wage_known": (p["wage_min"].notna() | p["wage_max"].notna()).astype(float),
        "wage_to_floor": (p[["wage_min", "wage_max"]].max(axis=1) / p["wage_floor"]).round(4),
        "wage_to_usual": to_usual,
        "higher_wage_wanted": to_usual.where(p["is_wants_higher_wage"]),
        "daily_pay_wanted": paid_daily.where(told & p["is_wants_daily_pay"]),
    }


def _way_km(p: pd.DataFrame) -> "pd.Series[Any]":
    home_lat, home_lon, lat, lon = (np.radians(p[name]) for name in ("home_lat", "home_lon", "lat", "lon"))
    chord = np.sin((lat - home_lat) / 2) ** 2 + np.cos(home_lat) * np.cos(lat) * np.sin((lon - home_lon) / 2) ** 2
    return (_KM_OF_RADIANS * np.arcsin(np.sqrt(chord.clip(0, 1)))).round(6).round(2).astype(np.float32)


def _place(p: pd.DataFrame) -> Columns:
    km, housed, taken = _way_km(p), p["housing"] == 1, p["transport_provided"] == 1
    daily = ~housed & ~(p["at_home"] == 1)
    speed = p["speed"].mask(taken, np.fmax(p["speed"], np.float32(30)))
    minutes = (km / speed * 60 + np.where(p["bus"] & ~taken, 15.0, 0.0)).round(1)
    return {
        "distance_km": km.where(daily),
        "commute_minutes": minutes.where(daily),
        "housed_away_km": km.where(housed),
        "same_commune": (p["home"] == p["place"]).astype(float).where((p["home"] >= 0) & (p["place"] >= 0)),
        "transport_given": km.where(taken, 0).where(p["transport_provided"].notna() & daily),
        "work_at_home": p["at_home"],
    }


def _time(p: pd.DataFrame) -> Columns:
    night, welcome = p["night_shift"], p["is_night_shift_ok"]
    start, until = p["start"], p["end"].where(p["end"] > p["start"], p["end"] + _DAY)
    inside = (until.clip(upper=_CARE_TO) - start.clip(lower=_CARE_FROM)).clip(lower=0)
    next_day = (until.clip(upper=_CARE_TO + _DAY) - start.clip(lower=_CARE_FROM + _DAY)).clip(lower=0)
    hours = (until - start) / 60 * p["days_per_week"]
    return {
        "night_shift": night.where(~(welcome & (night == 1))),
        "night_shift_welcome": night.where(welcome),
        "nights_away": p["nights_away"],
        "hours_outside_care": ((until - start - inside - next_day) / 60).where(p["is_childcare"] | p["is_eldercare"]),
        "part_time_wanted": (hours < 30).astype(float).where(p["is_wants_part_time"] & hours.notna()),
    }


def _terms(p: pd.DataFrame) -> Columns:
    stability = p["contract"].map(_STABILITY_OF_CODE)
    lasting = (stability >= 2).astype(float)
    seasonal = p["contract"].isin(_SEASONAL).astype(float)
    asked = p["min_schooling"]
    lacking = (p["licences_required"] & ~p["licences"]) == 0
    weak = p["is_weak_health"] | p["is_limited_hand_use"]
    return {
        "licence_used": lacking.astype(float).where(p["licences_required"] != 0),
        "papers_needed": lasting.where(p["is_no_id_card"] & stability.notna()),
        "reading_needed": (asked > 0).astype(float).where(p["is_low_literacy"]),
        "schooling_gap": (asked - p["schooling"]).clip(lower=0).mask(asked <= 0, 0),
        "strain": np.bitwise_count(p["physical"]).where(weak),
        "stable_contract": stability,
        "formal_contract_wanted": lasting.where(p["is_wants_formal_contract"] & stability.notna()),
        "seasonal_when_lasting_wanted": seasonal.where(p["is_wants_year_round"] & p["contract"].notna()),
    }


def _chance(p: pd.DataFrame, as_of: int) -> Columns:
    return {
        "seats_left": p["seats"],
        "days_to_close": p["closes_on"] - as_of + 1,
        "fair_chance_pledge": p["pledge"],
        "response_rate": p["response_rate"].round(4),
        "record_clause": p["record_clause"].map(_CLAUSE_OF_CODE),
    }
