"""The page of measured numbers. Each benchmark keeps its own part; the page is written from the parts there are.

`python -m tests.benchmarks.engine.report` writes the page anew from the parts that are kept.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.engine.measure import machine

PARTS = ("top_k", "pairs", "peers", "service", "load", "pool", "batch", "allocation")
"""Order of the page; parts of other names follow."""

_DOCS = Path(__file__).parents[3] / "docs"
_KEPT, _PAGE = _DOCS / "performance.json", _DOCS / "performance.md"

_HEAD = """# Performance

Written by `make bench`, from `performance.json` beside this page; each part says on which machine and under which load
it was measured. Correctness comes first: a time is taken only where the answer is shown to be right. Times stand as
median (quartiles), contestants take turns, and a ratio is of two numbers of one run.
"""


def keep_part(name: str, *, page: Sequence[str], found: Mapping[str, Any]) -> None:
    """Keep what one benchmark found, and write the page; what others found stays.

    Parameters
    ----------
    name : str
        Of the part: a later run replaces it.
    page : lines of Markdown
        The first is the part's heading, "## ...".
    found : mapping
        The numbers, for machines.
    """
    parts = _parts()
    parts[name] = {"machine": machine(), "page": list(page), "found": dict(found)}
    _KEPT.write_text(json.dumps(parts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_page()


def write_page() -> None:
    """Write docs/performance.md from the parts that are kept."""
    parts = _parts()
    order = [name for name in PARTS if name in parts] + sorted(set(parts) - set(PARTS))
    _PAGE.write_text(_HEAD + "".join(_section(parts[name]) for name in order), encoding="utf-8")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Return the lines of a table: the first column is text, the others are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return ["| " + " | ".join(map(str, line)) + " |" for line in lines]


def spread(times: Mapping[str, float]) -> str:
    """Return what `quartiles_ms` found as "median (first to third quartile)"."""
    return f"{times['median']:.2f} ({times['q1']:.2f} to {times['q3']:.2f})"


def _parts() -> dict[str, Any]:
    return json.loads(_KEPT.read_text(encoding="utf-8")) if _KEPT.exists() else {}


def _section(part: Mapping[str, Any]) -> str:
    heading, *rest = part["page"]
    its = part["machine"]
    where = (
        f"Measured on {its['cpu']}, {its['cores']} cores, load {its['load_1min']} "
        f"(Python {its['python']}, numpy {its['numpy']})."
    )
    return "\n" + "\n".join([heading, "", *rest, "", where]) + "\n"


if __name__ == "__main__":
    write_page()
