"""Who gets offers, and whom employers see: by groups that need no forbidden question.

Three questions, each of one model on one pool:

* *Options*: how many offers of each kind are open to people of a group, and how many people have none.
* *Exposure*: how high people of a group stand in the lists that employers see. An opening's list is read from the top;
  the chance that place r is looked at is taken to fall as 1 / log2(1 + r) (Singh and Joachims 2018).
* *What must not matter*: with other sealed data, nothing about openings and programmes may change (M2); with the
  same text typed without accents, little may (X4).

A difference between communes or ways to travel is about the offers there, not about the model; see the note of each
dimension.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from matching.domain.bits import positions
from matching.domain.offer import Offer
from matching.domain.survey import Survey
from matching.domain.vocabulary import OfferKind
from matching.evaluation.counterfactual import World, accents_removed, sealed_swapped
from matching.evaluation.groups import MIN_GROUP, Groups, groups_of
from matching.evaluation.intervals import Measure, described, interval_of, resamples
from matching.evaluation.ranking import model_scores
from matching.extraction.survey import SurveyReader
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.pool.records import pools_of
from matching.ranking.additive import AdditiveModel
from matching.search import Searcher
from matching.taxonomy.home import home_province
from matching.taxonomy.release import Taxonomy

FAIR_RATIO = 0.8
"""A group is pointed out when it has less than this share of what the others have, beyond chance."""

ENOUGH_OPTIONS = 3

NOTES = {
    "accents": "about reading: the same words without accents should lead to the same offers",
    "length": "about reading: a short answer says less; ask, do not guess",
    "dialect": "about reading: words of the south, the centre and the north",
    "age": "about law and demand: legal minimum ages; age is no feature",
    "commune": "about offers: what is near, and how far the rest is",
    "transport": "about reach: without a vehicle fewer offers are near",
}
"""What a difference in each dimension is about."""

_KIND = positions(OfferKind)


def fairness(
    surveys: Sequence[Survey],
    offers: Sequence[Offer],
    model: AdditiveModel,
    taxonomy: Taxonomy,
    *,
    as_of: date,
    home: str | None = None,
) -> dict[str, Any]:
    """Return the fairness report of one model on one pool.

    Returns
    -------
    dict
        `people`, `offers`, `model`; `dimensions` (dimension -> note and groups, each with people, options, and
        exposure against everybody else's with its 95 % interval); `pointed_out` (groups that have clearly less);
        `sealed_swap` and `accents_removed` (how many people were changed, and how many would see other offers).
        Groups of fewer than 10 people are joined; a dimension of one group is left out.
    """
    province = home or home_province((survey.commune for survey in surveys), taxonomy.places)
    pools = pools_of(surveys, offers, taxonomy, as_of=as_of, home=province)
    eligible, exposure = _seen(pools.people, pools.offers, model, as_of)
    groups = groups_of(surveys, pools.people, taxonomy.places, as_of=as_of)
    dimensions = _dimensions(groups, eligible, exposure)
    world = World(
        offers=pools.offers,
        model=model,
        taxonomy=taxonomy,
        reader=SurveyReader(taxonomy),
        as_of=as_of,
        home_province=province,
    )
    shown = world.shown(pools.people)
    return {
        "people": len(surveys),
        "offers": len(offers),
        "model": model.name,
        "dimensions": dimensions,
        "pointed_out": _pointed_out(dimensions),
        "sealed_swap": sealed_swapped(surveys, world, shown),
        "accents_removed": accents_removed(surveys, world, shown),
    }


def _seen(people: People, offers: Offers, model: AdditiveModel, as_of: date) -> tuple[IntArray, FloatArray]:
    """Return how many offers of each kind are open to each person, (n_people, n_kinds), and their exposure (n_people,).

    Exposure is the sum over openings of 1 / log2(1 + place) in the list of the people it is open to.
    """
    everybody = np.arange(len(people))
    found = Searcher(people, offers, model, per="person", as_of=as_of.toordinal()).find(everybody, k=0)
    pairs = found.eligible
    count = np.zeros((len(people), len(OfferKind)), dtype=np.int64)
    np.add.at(count, (pairs.person, offers.kind[pairs.offer]), 1)
    openings = pairs.where(offers.kind[pairs.offer] == _KIND[OfferKind.OPENING])
    place = _place_in_list(openings, model_scores(openings, model)) if len(openings) else np.zeros(0)
    exposure = np.bincount(openings.person, weights=1 / np.log2(1 + place), minlength=len(people))
    return count, exposure.astype(float)


def _place_in_list(pairs: Pairs, score: FloatArray) -> FloatArray:
    """Return the place of each person in the list of each opening, from 1, equal scores sharing a place, (n_pairs,)."""
    order = np.lexsort((-score, pairs.offer))
    offer, its = pairs.offer[order], score[order]
    position = np.arange(len(order))
    first = np.maximum.accumulate(np.where(np.append(True, offer[1:] != offer[:-1]), position, 0))
    run = np.cumsum(np.append(True, (offer[1:] != offer[:-1]) | (its[1:] != its[:-1]))) - 1
    place = np.empty(len(order))
    place[order] = (np.bincount(run, weights=position - first + 1) / np.bincount(run))[run]
    return place


def _dimensions(groups: Groups, eligible: IntArray, exposure: FloatArray) -> dict[str, Any]:
    picks = resamples(len(exposure))
    report: dict[str, Any] = {}
    for dimension, labels in groups.items():
        label = np.array(labels)
        names = [name for name in sorted(set(labels)) if (label == name).sum() >= MIN_GROUP]
        told = {name: _group(label == name, eligible, exposure, picks) for name in names}
        if len(told) > 1:
            report[dimension] = {"note": NOTES[dimension], "groups": told}
    return report


def _group(mine: BoolArray, eligible: IntArray, exposure: FloatArray, picks: IntArray) -> dict[str, Any]:
    openings = eligible[:, _KIND[OfferKind.OPENING]]
    return {
        "people": int(mine.sum()),
        "open_to_each": {kind.value: round(float(eligible[mine, code].mean()), 4) for kind, code in _KIND.items()},
        "share_without_any_opening": round(float((openings[mine] == 0).mean()), 4),
        f"share_with_{ENOUGH_OPTIONS}_offers_or_more": round(
            float((eligible[mine].sum(axis=1) >= ENOUGH_OPTIONS).mean()), 4
        ),
        "openings_against_others": _against_others(mine, openings.astype(float), picks),
        "exposure_against_others": _against_others(mine, exposure, picks),
        "exposure_an_opening": _exposure_a_chance(mine, exposure, openings, picks),
    }


def _against_others(mine: BoolArray, amount: FloatArray, picks: IntArray) -> dict[str, float]:
    """Return the mean of a group as a share of the mean of everybody else, with its interval."""
    ours, theirs = (Measure(hits=amount * who, of=who.astype(float)) for who in (mine, ~mine))
    drawn = _share(ours.resampled(picks), theirs.resampled(picks))
    return interval_of(float(_share(np.array(ours.value()), np.array(theirs.value()))), drawn)


def _exposure_a_chance(mine: BoolArray, exposure: FloatArray, openings: IntArray, picks: IntArray) -> dict[str, float]:
    """Return how high a group stands where it is on a list at all: exposure an open opening, 1 is always first."""
    return described(Measure(hits=exposure * mine, of=openings * mine.astype(float)), picks)


def _share(part: FloatArray, of: FloatArray) -> FloatArray:
    return np.asarray(np.divide(part, of, out=np.full(np.shape(part), np.nan), where=of > 0))


def _pointed_out(dimensions: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the groups that have clearly less: under `FAIR_RATIO`, and the interval stays under 1."""
    found = []
    for dimension, told in dimensions.items():
        for name, group in told["groups"].items():
            for measure in ("openings_against_others", "exposure_against_others"):
                ratio = group[measure]
                if ratio["value"] < FAIR_RATIO and ratio["high"] < 1:
                    found.append({"dimension": dimension, "group": name, "measure": measure, **ratio})
    return found
