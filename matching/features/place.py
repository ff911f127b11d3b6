"""The way between home and the offer."""

import numpy as np

from matching.features.measures import commutes, way_km, way_minutes, when, yes
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray


def distance_km(pairs: Pairs) -> FloatArray:
    """Road-like distance of the daily way in km."""
    return when(commutes(pairs), way_km(pairs))


def commute_minutes(pairs: Pairs) -> FloatArray:
    """Minutes of the daily way by the person's own transport, or by the employer's where it is given."""
    return when(commutes(pairs), way_minutes(pairs))


def housed_away_km(pairs: Pairs) -> FloatArray:
    """Road-like distance from home in km of a place that gives housing: how far away one would live."""
    return when(pairs.what.housing == 1, way_km(pairs))


def same_commune(pairs: Pairs) -> FloatArray:
    """1 when the offer is in the person's commune, 0 when in another."""
    home, place = pairs.who.place, pairs.what.place
    return when((home >= 0) & (place >= 0), home == place)


def work_at_home(pairs: Pairs) -> FloatArray:
    """1 when the posting says that the work can be done at the person's own home."""
    return yes(pairs.what.at_home)


def transport_given(pairs: Pairs) -> FloatArray:
    """Kilometres of a daily way on which the employer takes people along, 0 when everybody comes by themselves."""
    given = pairs.what.transport_provided
    km = np.where(given == 1, way_km(pairs), np.float32(0))
    return when((given >= 0) & commutes(pairs), km)
