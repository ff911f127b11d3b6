"""Reports as JSON values and as tables of text."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matching.evaluation.gates import Gate


def json_ready(value: Any) -> Any:
    """Return a report with NaN (nothing to measure) as None.

    >>> json_ready({"f1": float("nan"), "cases": 3})
    {'f1': None, 'cases': 3}
    """
    if isinstance(value, Mapping):
        return {key: json_ready(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_ready(item) for item in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return rows as aligned text; numbers have three decimals and stand to the right.

    >>> print(table(("field", "f1"), [("needs", 0.91234), ("loan", None)]))
    field     f1
    needs  0.912
    loan       -
    """
    cells = [tuple(map(str, header)), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    return "\n".join(_line(row, widths) for row in cells)


def ranking_table(report: Mapping[str, Any]) -> str:
    """Return what `compare` found: a row a ranking, its intervals, and the gain over the reference."""
    metrics = list(report["rankers"][report["reference"]])
    rows = [
        (name, *(_interval(found[metric]) for metric in metrics), _gain(report, name))
        for name, found in report["rankers"].items()
    ]
    forbidden = report["must_filter"]
    lines = [
        table(("ranking", *metrics, f"ndcg gain over {report['reference']}"), rows),
        f"{report['people']} people, {report['judged']} judged pairs, {report['ordered_pairs']} in a known order",
        f"pairs that must never be shown: {forbidden['pairs']}; shown: {len(forbidden['shown'])}",
    ]
    return "\n".join([*lines, *_slices(report)])


def gates_table(found: Sequence[Gate]) -> str:
    """Return a row a gate."""
    rows = [("passed" if gate.passed else "FAILED", gate.name, gate.wanted, gate.measured) for gate in found]
    return table(("", "gate", "wanted", "found"), rows)


def fields_table(report: Mapping[str, Any]) -> str:
    """Return what a report on surveys or postings found: a row a field, and what stands beside the fields."""
    rows = [
        (name, f["precision"], f["recall"], f["f1"], f"{_cell(f['f1_low'])} to {_cell(f['f1_high'])}")
        for name, f in report["fields"].items()
    ]
    beside = {"right spans": report["evidence_share"], **report.get("occupations", {})}
    lines = [f"{name}: {_cell(value)}" for name, value in beside.items()]
    slices = [(name, *row.values()) for name, row in report["slices"].items()]
    header = ("slice", *next(iter(report["slices"].values()), ()))
    return "\n".join(
        [table(("field", "precision", "recall", "f1", "95 % interval"), rows), *lines, table(header, slices)]
    )


def fairness_table(report: Mapping[str, Any]) -> str:
    """Return what the fairness report found: a row a group, the groups with clearly less, what must not matter."""
    rows = [
        (
            f"{dimension}: {name}",
            group["people"],
            group["open_to_each"]["opening"],
            group["share_without_any_opening"],
            _interval(group["openings_against_others"]),
            _interval(group["exposure_against_others"]),
            _interval(group["exposure_an_opening"]),
        )
        for dimension, told in report["dimensions"].items()
        for name, group in told["groups"].items()
    ]
    header = (
        "group",
        "people",
        "openings each",
        "without any",
        "openings : others",
        "seen : others",
        "seen an opening",
    )
    swap, bare = report["sealed_swap"], report["accents_removed"]
    less = [
        f"clearly less: {p['dimension']} {p['group']}, {p['measure']}: {_interval(p)}" for p in report["pointed_out"]
    ]
    return "\n".join(
        [
            table(header, rows),
            *(less or ["no group has clearly less"]),
            f"other sealed data: {swap['changed']} of {swap['people']} people would see other openings or programmes",
            f"without accents: {_cell(bare['share_of_ten_best_kept'])} of the ten best stay ({bare['people']} people)",
        ]
    )


def _slices(report: Mapping[str, Any]) -> Iterator[str]:
    names = list(report["rankers"])
    rows = [
        (f"{dimension}: {group}", told["people"], *(told["rankers"][name]["ndcg_at_10"] for name in names))
        for dimension, groups in report["slices"].items()
        for group, told in groups.items()
    ]
    if rows:
        yield table(("ndcg_at_10 by group", "people", *names), rows)


def _gain(report: Mapping[str, Any], name: str) -> str:
    gain = report["differences"].get(name)
    return "" if gain is None else _interval(gain["ndcg_at_10"], sign="+")


def _interval(found: Mapping[str, float | None], *, sign: str = "") -> str:
    value, low, high = (found[key] for key in ("value", "low", "high"))
    if value is None or math.isnan(value):
        return "-"
    return f"{value:{sign}.3f} ({low:{sign}.3f} to {high:{sign}.3f})"


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first = row[0].ljust(widths[0])
    rest = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
    return "  ".join((first, *rest)).rstrip()
