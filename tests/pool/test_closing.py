"""An offer that closes is gone from the next answer, whatever was reckoned before."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind
from matching.pool.closing import close_offer
from matching.ranking.prior import stated_prior
from matching.search import Searcher
from tests import pools
from tests.builders import TODAY

LOAN = positions(OfferKind)[OfferKind.LOAN]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_closed_offer_is_not_shown_again(seed: int) -> None:
    """M3: after each closing the pruned search still equals judging everything."""
    people, offers = pools.pools(seed, 4, 200)
    rows, day = np.arange(4), TODAY.toordinal()
    searcher = Searcher(people, offers, stated_prior(), per="person", as_of=day)
    for _ in range(3):
        shown = searcher.best(rows, k=2).shown.offer
        gone = [row for row in shown.tolist() if offers.kind[row] != LOAN]
        for row in gone:
            close_offer(offers, row, as_of=day)
        found, whole = searcher.best(rows, k=2), searcher.find(rows, k=2)
        assert not set(found.shown.offer.tolist()) & set(gone)
        assert found.shown.offer.tolist() == whole.shown.offer.tolist()
        assert found.score.tolist() == whole.score.tolist()
