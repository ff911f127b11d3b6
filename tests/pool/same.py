"""Two pools hold the same, column by column."""

import numpy as np

from matching.pool.layout import PLAIN, THROUGH
from matching.pool.offers import Offers


def assert_same(found: Offers, wanted: Offers) -> None:
    """Ids, records and every column of the one are those of the other, types included."""
    assert list(found.ids) == list(wanted.ids)
    assert list(found.records) == list(wanted.records)
    for name in (*PLAIN, *THROUGH):
        one, other = getattr(found, name)[:], getattr(wanted, name)[:]
        if isinstance(other, np.ndarray):
            assert one.dtype == other.dtype, name
            np.testing.assert_array_equal(one, other, err_msg=name)
        else:
            assert tuple(one) == tuple(other), name
