"""Which cells of a table of counts must be hidden so that no count of fewer than ten people can be worked out.

Cells under ten are hidden, and then as many others as it takes that subtraction finds none of them. A two-way
table with its totals is a graph: every row and every column is a node, every cell the edge between its row and
its column. A hidden cell can be worked out exactly if and only if its edge is a bridge of the graph of hidden
cells (Gusfield 1988, "A graph theoretic approach to statistical data security"). So hidden cells are added,
smallest first, until no bridge is left.
NB: ranges that a hidden cell must lie in, and reports of two different days, are not looked at.
"""

import numpy as np
import numpy.typing as npt

from service.privacy import MIN_CELL

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Edge = tuple[int, int]


def with_totals(cells: Counts, *, rows_add_up: bool) -> Counts:
    """Append the total of each column as a last row and, if *rows_add_up*, of each row as a last column."""
    table = np.vstack([cells, cells.sum(axis=0, keepdims=True)])
    return np.hstack([table, table.sum(axis=1, keepdims=True)]) if rows_add_up else table


def hidden_cells(table: Counts, *, rows_add_up: bool) -> Mask:
    """Return which cells of a table from `with_totals` must not be told, with the table's shape.

    Parameters
    ----------
    rows_add_up : bool
        Whether the last column is the sum of the others (each person in one column only). When a person may count
        in several columns there is no such total, and cells of one row do not tell of each other.
    """
    hidden = table < MIN_CELL
    while not hidden.all():
        weak = _lines_with_little(table, hidden, rows_add_up=rows_add_up)
        for cell in weak or _bridged(table, hidden, rows_add_up=rows_add_up):
            hidden[cell] = True
        if not weak and not _bridges(_edges(hidden, rows_add_up=rows_add_up)):
            break
    return hidden


def _lines_with_little(table: Counts, hidden: Mask, *, rows_add_up: bool) -> list[Edge]:
    """Return cells to hide where the hidden cells of a line are known to hold fewer than ten people together."""
    more = [(i, j) for j, i in enumerate(_weakest(table, hidden)) if i is not None]
    if rows_add_up:
        more += [(i, j) for i, j in enumerate(_weakest(table.T, hidden.T)) if j is not None]
    return more


def _weakest(table: Counts, hidden: Mask) -> list[int | None]:
    """Return for each column the smallest shown cell, where its total is shown and gives the hidden ones away."""
    inner, closed = table[:-1], hidden[:-1]
    known = np.where(closed, inner, 0).sum(axis=0)
    weak = closed.any(axis=0) & ~hidden[-1] & (known < MIN_CELL)
    smallest = np.where(closed, np.iinfo(np.int64).max, inner).argmin(axis=0)
    return [int(smallest[j]) if weak[j] else None for j in range(table.shape[1])]


def _bridged(table: Counts, hidden: Mask, *, rows_add_up: bool) -> list[Edge]:
    """Return, for one bridge, the smallest shown cell that closes a cycle through it."""
    edges = _edges(hidden, rows_add_up=rows_add_up)
    bridges = _bridges(edges)
    if not bridges:
        return []
    side = _reached(edges, without=bridges[0])
    shown = _edges(~hidden, rows_add_up=rows_add_up)
    closing = [cell for cell, (a, b) in shown.items() if (a in side) != (b in side)]
    return [min(closing, key=lambda cell: (int(table[cell]), cell))]


def _edges(mask: Mask, *, rows_add_up: bool) -> dict[Edge, Edge]:
    """Return the graph of the cells in *mask*: columns are nodes 0..., rows follow; rows without a total are one."""
    columns = mask.shape[1]
    return {
        (int(i), int(j)): (int(j), columns + (int(i) if rows_add_up else 0))
        for i, j in zip(*np.nonzero(mask), strict=True)
    }


def _bridges(edges: dict[Edge, Edge]) -> list[Edge]:
    """Return the cells whose edge is a bridge (Tarjan's low-link numbers, without recursion)."""
    beside: dict[int, list[tuple[int, Edge]]] = {}
    for cell, (a, b) in edges.items():
        beside.setdefault(a, []).append((b, cell))
        beside.setdefault(b, []).append((a, cell))
    seen: dict[int, int] = {}
    low: dict[int, int] = {}
    found: list[Edge] = []
    for root in beside:
        if root in seen:
            continue
        seen[root] = low[root] = len(seen)
        stack: list[tuple[int, Edge | None, int]] = [(root, None, 0)]
        while stack:
            node, came_by, i = stack.pop()
            if i < len(beside[node]):
                stack.append((node, came_by, i + 1))
                other, cell = beside[node][i]
                if cell == came_by:
                    continue
                if other in seen:
                    low[node] = min(low[node], seen[other])
                else:
                    seen[other] = low[other] = len(seen)
                    stack.append((other, cell, 0))
            elif stack:
                above = stack[-1][0]
                low[above] = min(low[above], low[node])
                if low[node] > seen[above] and came_by is not None:
                    found.append(came_by)
    return found


def _reached(edges: dict[Edge, Edge], *, without: Edge) -> set[int]:
    """Return the nodes on one side of a bridge."""
    beside: dict[int, list[int]] = {}
    for cell, (a, b) in edges.items():
        if cell != without:
            beside.setdefault(a, []).append(b)
            beside.setdefault(b, []).append(a)
    side, todo = set(), [edges[without][0]]
    while todo:
        node = todo.pop()
        if node not in side:
            side.add(node)
            todo += beside.get(node, [])
    return side
