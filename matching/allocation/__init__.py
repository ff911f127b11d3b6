"""Seats shared among many people, so that no seat is promised twice.

    edges ──► flow        as many people placed as possible, then the largest total score (exact)
          ──► stable      no pair that would rather have each other
          ──► hardest     people with few options first, within a stated loss of total score
          ──► spread      further options for everybody, none promised to too many
          ──► congestion  how unevenly offers are shown and filled

`allocate` does it for pools of people and offers; the functions on `Edges` do it for shortlists as well, without
records.
"""

from matching.allocation.allocating import allocate
from matching.allocation.congestion import Congestion, congestion, top_of
from matching.allocation.edges import Edges
from matching.allocation.flow import assign, spread
from matching.allocation.hardest import hardest_first
from matching.allocation.policy import PLAIN, Mode, Policy
from matching.allocation.records import Allocation, Change, EmptyOffer, Options, Placement, UnmatchedPerson
from matching.allocation.shares import Shares, within_shares
from matching.allocation.stable import stable

__all__ = [
    "PLAIN",
    "Allocation",
    "Change",
    "Congestion",
    "Edges",
    "EmptyOffer",
    "Mode",
    "Options",
    "Placement",
    "Policy",
    "Shares",
    "UnmatchedPerson",
    "allocate",
    "assign",
    "congestion",
    "hardest_first",
    "spread",
    "stable",
    "top_of",
    "within_shares",
]
