"""Hidden cells: no count of fewer than ten people can be worked out."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.operations.suppression import hidden_cells, with_totals

Counts = npt.NDArray[np.int64]


def recoverable(table: Counts, hidden: npt.NDArray[np.bool_], *, rows_add_up: bool) -> list[tuple[int, int]]:
    """Return the hidden cells that linear algebra finds from the shown ones: by brute force, not by graphs."""
    unknown = [tuple(cell) for cell in np.argwhere(hidden)]
    position = {cell: i for i, cell in enumerate(unknown)}
    n, m = table.shape
    equations = []
    for j in range(m):
        equations.append([(i, j, 1 if i < n - 1 else -1) for i in range(n)])
    if rows_add_up:
        for i in range(n):
            equations.append([(i, j, 1 if j < m - 1 else -1) for j in range(m)])
    matrix = np.zeros((len(equations), len(unknown)))
    for row, equation in enumerate(equations):
        for i, j, sign in equation:
            if (i, j) in position:
                matrix[row, position[i, j]] = sign
    rank = np.linalg.matrix_rank(matrix) if unknown else 0
    found = []
    for cell, i in position.items():
        one = np.zeros((1, len(unknown)))
        one[0, i] = 1
        if np.linalg.matrix_rank(np.vstack([matrix, one])) == rank:
            found.append(cell)
    return found


tables = st.integers(1, 5).flatmap(
    lambda n: st.integers(1, 5).flatmap(
        lambda m: st.lists(
            st.lists(st.one_of(st.integers(0, 14), st.integers(0, 60)), min_size=m, max_size=m), min_size=n, max_size=n
        )
    )
)


@settings(max_examples=300, deadline=None)
@given(cells=tables, rows_add_up=st.booleans())
def test_no_hidden_cell_can_be_worked_out(cells: list[list[int]], rows_add_up: bool):
    """P6: by any combination of sums and differences of what is shown."""
    table = with_totals(np.array(cells, dtype=np.int64), rows_add_up=rows_add_up)
    hidden = hidden_cells(table, rows_add_up=rows_add_up)
    assert not (table[~hidden] < 10).any()
    assert recoverable(table, hidden, rows_add_up=rows_add_up) == []


def test_a_table_without_small_cells_is_shown_whole():
    table = with_totals(np.array([[20, 30], [40, 50]]), rows_add_up=True)
    assert not hidden_cells(table, rows_add_up=True).any()


@pytest.mark.parametrize("rows_add_up", [True, False])
def test_hidden_cells_of_a_line_are_not_known_to_be_few(rows_add_up: bool):
    """P6: two empty cells beside a shown total would both be known to be empty."""
    table = with_totals(np.array([[0, 30, 25], [0, 40, 25], [44, 50, 20]]), rows_add_up=rows_add_up)
    hidden = hidden_cells(table, rows_add_up=rows_add_up)
    column = table[:-1, 0][hidden[:-1, 0]]
    assert hidden[-1, 0] or column.sum() >= 10


@pytest.mark.parametrize("rows_add_up", [True, False])
def test_an_empty_table_tells_nothing(rows_add_up: bool):
    table = with_totals(np.zeros((0, 3), dtype=np.int64), rows_add_up=rows_add_up)
    assert hidden_cells(table, rows_add_up=rows_add_up).all()
