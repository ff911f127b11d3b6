"""People who are hard to place come first, as far as a stated loss of total score allows."""

import numpy as np

from matching.allocation.edges import Edges
from matching.allocation.flow import assign
from matching.pool.people import BoolArray
from matching.ranking.additive import MICRO

STRENGTHS = tuple(MICRO * 2**i // 16 for i in range(17))
"""What being placed counts for somebody with one option, millionths: a sixteenth of a point to 4,096 points.

Somebody with n options counts for an n-th of it.
"""


def hardest_first(edges: Edges, *, largest_loss: float) -> BoolArray:
    """Return which edges are chosen, (n_edges,): as many people as possible, those with few options first.

    The strongest preference of `STRENGTHS` is taken that keeps within the loss; the loss grows with the preference, so
    halving finds it in a few steps.

    Parameters
    ----------
    largest_loss : float
        How much of the largest total score may be given up, as a share of it: 0.01 is a hundredth.

    Raises
    ------
    MatchingError
        As for `assign`.
    """
    options = np.maximum(edges.options(), 1)
    best = assign(edges)
    found, within, beyond = best, 0, len(STRENGTHS) + 1
    tried = len(STRENGTHS)
    while beyond - within > 1:
        chosen = assign(edges, bonus=STRENGTHS[tried - 1] // options)
        if loss(edges, chosen, best) <= largest_loss:
            found, within = chosen, tried
        else:
            beyond = tried
        tried = (within + beyond) // 2
    return found


def loss(edges: Edges, chosen: BoolArray, best: BoolArray) -> float:
    """Return what *chosen* gives up of the total score of *best*, as a share of it; 0 where there is none."""
    largest = int(edges.score[best].sum())
    return (largest - int(edges.score[chosen].sum())) / abs(largest) if largest else 0.0
